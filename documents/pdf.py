"""Papers as PDF: a Typst template, its data as JSON, its fonts from packages. Arabic runs from right to left.

Data never becomes part of the template's source: it reaches it as one JSON string (`sys.inputs.data`), so that a name
with Typst's own signs in it is printed and not run. All words come from Python, in the language of the paper; the
templates in `templates/pdf/` hold layout only. What is printed is a paper of `documents.letters`, never a dict.

    with pdf.language("ar"):
        letter = Letter(language="ar", title=_("Notice"), ...)
    content = pdf.render(letter)

Build inside `pdf.language(code)`, so that `_()` speaks the language of the paper.
"""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path

import fontpkg_amiri
import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import typst
from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.templatetags.display import day_text
from documents.letters import UNKNOWN, Certificate, Letter, Paper, Part

TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
TEMPLATE_OF = {Letter: "letter.typ", Certificate: "certificate.typ"}
FONTS = [Path(package.ROOT) / "files" for package in (fontpkg_amiri, fontpkg_noto_sans, fontpkg_noto_sans_arabic)]
HEAD_LANGUAGES = ("fr", "ar")
NO_BREAK = "\N{NO-BREAK SPACE}"

language = translation.override


def render(paper: Paper) -> bytes:
    """The PDF of a paper, in its language. TypeError for anything else than a paper."""
    if type(paper) not in TEMPLATE_OF:
        raise TypeError(f"Not a paper: {type(paper).__name__}")
    with translation.override(paper.language):
        content = json.dumps(_plain(paper) | _frame(paper), ensure_ascii=False, default=_plain)
    return typst.compile(
        str(TEMPLATES / TEMPLATE_OF[type(paper)]),
        root=str(TEMPLATES),
        font_paths=[str(path) for path in FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": content},
        pdf_standards=["1.7"],
    )


def _frame(paper):
    """What stands on every paper beside its own parts: the head in both languages, and the words of head and foot."""
    return {
        "rtl": translation.get_language_info(paper.language)["bidi"],
        "head": {code: _head(paper.issuer, code) for code in HEAD_LANGUAGES},
        "place_and_day": place_and_day(paper.place, paper.day),
        "words": {
            "number": pgettext("of a letter", "No."),
            "to": pgettext("of a letter", "To:"),
            "page": _("Page"),
            "of": _("of"),
        },
    }


def _head(issuer, code):
    with translation.override(code):
        return [
            _("Kingdom of Morocco"),
            _("General Delegation for Prison Administration and Reintegration"),
            issuer.name_ar if code == "ar" else issuer.name_fr,
        ]


def _plain(value):
    """How parts, days, lazy words and what is unknown reach the template."""
    if isinstance(value, Part):
        plain = {field.name: getattr(value, field.name) for field in fields(value)}
        return {"kind": type(value).__name__.lower()} | plain
    if isinstance(value, date):
        return day(value)
    if value is UNKNOWN:
        return None
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"Cannot print {type(value).__name__}")


def place_and_day(place, value) -> str:
    """Where and when, as papers say it: Salé, le 25 novembre 2026."""
    return _("%(place)s, %(day)s") % {"place": place, "day": day(value)}


def day(value) -> str:
    """A day in words that stays on one line, in the language now spoken; nothing for no day."""
    if value is None:
        return ""
    return day_text(value).replace(" ", NO_BREAK)


def moment(value) -> str:
    """A day with hours and minutes in Morocco's time, in the language now spoken."""
    comma = "،" if translation.get_language() == "ar" else ","
    return f"{day(value)}{comma} {timezone.localtime(value):%H:%M}"


def code(value) -> str:
    """A number or reference that must not turn round inside Arabic text: set apart, left to right."""
    return f"\u2066{value}\u2069" if value else ""
