"""Every string that a user may see exists in French and in Arabic, with the same placeholders, compiled as committed."""

import ast
import io
import re
import warnings
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
ROOMS = ("config", "audit", "documents", "facilities", "accounts", "core", "inmates", "musalaha", "reports", "demo")
CALLS = {
    "_",
    "npgettext",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
CONTEXT_FIRST = ("pgettext", "npgettext")
LANGUAGES = ("fr", "ar")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def in_python(source):
    """`(context, msgid)` of every translation call in Python source; what is not a plain string is skipped."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in CALLS:
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name.startswith(CONTEXT_FIRST) and len(texts) >= 2:
            yield texts[0], texts[1]
        elif texts and not name.startswith(CONTEXT_FIRST):
            yield None, texts[0]


def in_template(source):
    """`(context, msgid)` of every translation tag in a template, as Django itself takes it out."""
    code = templatize(source)
    for match in re.finditer(r"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(", code):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            call = _balanced(code[match.start() :])
            try:
                yield from in_python(call.replace("npgettext(", "pgettext("))
            except SyntaxError:
                continue


def _balanced(text):
    """The call at the beginning of `text`, up to its closing bracket outside strings."""
    depth, quote, out = 0, None, io.StringIO()
    escaped = False
    for char in text:
        out.write(char)
        if quote:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == quote:
                quote = None
        elif char in "'\"":
            quote = char
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                break
    return out.getvalue()


def used():
    """Everything to be translated in the project."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" not in path.parts:
                found.update(in_python(path.read_text()))
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in (".html", ".txt"):
            found.update(in_template(path.read_text()))
    return {(context, text) for context, text in found if text.strip()}


def catalogue(language):
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language):
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue(language) if entry.translated() and not entry.obsolete}
    missing = sorted(text for context, text in used() if (context, text) not in known)
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_and_placeholders_agree(language):
    wrong = []
    for entry in catalogue(language):
        if entry.obsolete:
            continue
        texts = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
        if (
            entry.fuzzy
            or any(not set(PLACEHOLDER.findall(text)) <= wanted for text in texts)
            or (not entry.msgid_plural and set(PLACEHOLDER.findall(entry.msgstr)) != wanted)
        ):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language):
    folder = ROOT / "locale" / language / "LC_MESSAGES"
    written = {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in catalogue(language).translated_entries()}
    compiled = {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.mofile(str(folder / "django.mo"))}
    assert compiled == written


# Punctuation

LATIN_IN_ARABIC = re.compile(r"[\u0600-\u06ff»]\s*[,;?]|[,;?]\s*[\u0600-\u06ff«]")
NO_SPACE_IN_FRENCH = re.compile(r"\w[;:!?](\s|$)")


def said(language):
    """`(msgid, text)` of all that is read in a language, without placeholders, markup and times of day."""
    for entry in catalogue(language):
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            yield entry.msgid, re.sub(r"%\(\w+\)s|%%|<[^>]+>|&\w+;|https?:|\d[:,]\d", "", text)


@pytest.mark.parametrize(("language", "wrong"), [("ar", LATIN_IN_ARABIC), ("fr", NO_SPACE_IN_FRENCH)])
def test_punctuation_is_that_of_the_language(language, wrong):
    of_a_filter = {"yes,no,not known"}  # read comma by comma
    assert [text for msgid, text in said(language) if wrong.search(text) and msgid.lower() not in of_a_filter] == []
