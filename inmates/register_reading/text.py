"""Text as cells hold it, made comparable. Never fails, whatever the text."""

import re
import unicodedata

_ARABIC_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه", "ـ": None}
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣-", "-"))
_SPACES = re.compile(r"\s+")
_NOT_WORDS = re.compile(r"[\W_]+")


def tidy(value) -> str:
    """The text of a cell without invisible marks, with plain digits, dashes and single spaces; "" for an empty cell.

    The apostrophe that keeps a spreadsheet from reading text as a formula, as exports write it, is taken off again.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    if text.isascii() and text.isprintable():
        return _plain(text)
    letters = []
    for letter in unicodedata.normalize("NFKC", text).translate(_DASHES):
        kind = unicodedata.category(letter)
        if kind == "Nd":
            letters.append(str(unicodedata.decimal(letter)))
        elif letter.isspace():
            letters.append(" ")
        elif kind[0] != "C":  # control, direction mark, lone surrogate, private use
            letters.append(letter)
    return _plain("".join(letters))


def _plain(text: str) -> str:
    text = _SPACES.sub(" ", text).strip()
    return text[1:].strip() if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def fold(value) -> str:
    """A word for comparing, without case, accents, vowels, hamza seats, punctuation: "Été (x)" -> "ete x"."""
    decomposed = unicodedata.normalize("NFD", tidy(value).casefold().translate(_ARABIC_FORMS))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", bare.translate(_ARABIC_FORMS)).strip()


def folded(words: str, separator: str | None = None) -> frozenset[str]:
    """A list of words in one text, folded."""
    return frozenset(map(fold, words.split(separator)))


def is_blank(value) -> bool:
    """An empty cell, or one that holds only dashes, dots or slashes, as clerks write "nothing"."""
    return not fold(value)


def is_arabic(value) -> bool:
    """Whether most letters of a text are Arabic."""
    letters = [letter for letter in tidy(value) if letter.isalpha()]
    return sum("\u0600" <= letter <= "\u06ff" for letter in letters) * 2 > len(letters)
