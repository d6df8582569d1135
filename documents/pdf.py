"""Papers as PDF: a Typst template, its data as JSON, its fonts from packages. Arabic runs from right to left.

Data never becomes part of the template's source: it reaches it as one JSON string (`sys.inputs.data`), so that a name
with Typst's own signs in it is printed and not run. All words come from Python, in the language of the paper; the
templates in `templates/pdf/` hold layout only. `letter.typ` prints what most papers need, from a list of blocks; a
paper with a layout of its own gets a template of its own that starts from `_letter.typ`.

    with pdf.language("ar"):
        blocks = [pdf.facts([(_("Name"), inmate.name)]), pdf.text(reasons, heading=_("Reasons"))]
    content = pdf.render("letter", {"title": title, "reference": number, "blocks": blocks}, "ar")

Call the block builders inside `pdf.language(code)`, so that `_()` speaks the language of the paper.
"""

import json
from datetime import date, datetime
from pathlib import Path

import fontpkg_amiri
import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import typst
from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from config.formats.ar.formats import MONTHS as MOROCCAN_MONTHS

TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
FONTS = [Path(package.ROOT) / "files" for package in (fontpkg_amiri, fontpkg_noto_sans, fontpkg_noto_sans_arabic)]
RTL = {"ar"}

language = translation.override


def render(name: str, data: dict, language: str) -> bytes:
    """The PDF of `templates/pdf/<name>.typ` filled with `data`. LookupError for an unknown paper or language."""
    if language not in dict(settings.LANGUAGES):
        raise LookupError(f"No such language: {language}")
    template = TEMPLATES / f"{name}.typ"
    if name.startswith("_") or "/" in name or not template.is_file():
        raise LookupError(f"No such paper: {name}")
    with translation.override(language):
        frame = {
            "language": language,
            "rtl": language in RTL,
            "country": _("Kingdom of Morocco"),
            "service": _("General Delegation for Prison Administration and Reintegration"),
            "page_of": [_("Page"), _("of")],
        }
        content = json.dumps(frame | data, ensure_ascii=False, default=_plain)
    return typst.compile(
        str(template),
        root=str(TEMPLATES),
        font_paths=[str(path) for path in FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": content},
        pdf_standards=["1.7"],
    )


def _plain(value):
    """How dates and lazy words are printed."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"Cannot print {type(value).__name__}")


def day(value) -> str:
    """A day in words, in the language now spoken; nothing for no day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if translation.get_language() == "ar":  # Django's Arabic catalogue has other months than Morocco
        return f"{value.day} {MOROCCAN_MONTHS[value.month - 1]} {value.year}"
    return formats.date_format(value, "DATE_FORMAT")


def code(value) -> str:
    """A number or reference that must not turn round inside Arabic text: set apart, left to right."""
    return f"\u2066{value}\u2069" if value else ""


def text(value, *, heading="") -> dict:
    """Running text; blank lines part paragraphs."""
    return {"kind": "text", "heading": str(heading), "paragraphs": [part.strip() for part in str(value).split("\n\n")]}


def facts(pairs, *, heading="") -> dict:
    """Labels and values beside each other; values of None are printed as a dash."""
    return {"kind": "facts", "heading": str(heading), "rows": [[label, _or_dash(value)] for label, value in pairs]}


def items(lines, *, heading="") -> dict:
    """A list of sentences."""
    return {"kind": "items", "heading": str(heading), "lines": [str(line) for line in lines]}


def table(head, rows, *, heading="") -> dict:
    """A table with a head that is repeated on each page."""
    return {
        "kind": "table",
        "heading": str(heading),
        "head": list(head),
        "rows": [[_or_dash(cell) for cell in row] for row in rows],
    }


def signatures(names) -> dict:
    """Room for signatures, side by side, each under its label."""
    return {"kind": "signatures", "names": list(names)}


def _or_dash(value):
    """Something to print for every cell."""
    if value is None or value == "":
        return "—"
    return value if isinstance(value, str | date | Promise) else str(value)
