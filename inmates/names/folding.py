"""Letters: any text to plain Arabic and Latin letters, and from those to a skeleton that both scripts reach."""

import re
import unicodedata

from anyascii import anyascii

ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ARABIC_RUN = re.compile(f"[{ARABIC}]")

# What canonical decomposition does not settle. Hamza carriers (أ إ آ ؤ ئ) decompose to their letter by themselves.
_LETTERS = str.maketrans(
    {
        "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ٱ": "ا", "ء": "", "ـ": "", "ک": "ك", "ڪ": "ك", "گ": "ك",
        "ڭ": "ك", "ݣ": "ك", "ڨ": "ق", "ڧ": "ق", "ڤ": "ف", "ڢ": "ف", "ڥ": "ف", "پ": "ب", "چ": "ش", "ژ": "ج", "ہ": "ه",
        "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۃ": "ه", "ں": "ن", "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "،": " ", "؛": " ", "؟": " ",
        "š": "sh", "ş": "sh", "ș": "sh", "č": "ch", "ć": "ch", "ž": "j", "ı": "i", "ø": "o", "ł": "l", "đ": "d",
        "ð": "dh", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ɛ": "",
        "ç": "s", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "",
        "ʽ": "", "'": "", "’": "", "‘": "", "`": "", "´": "", "′": "", "ḫ": "kh", "ẖ": "kh", "ḵ": "kh", "ṯ": "th",
        "ḏ": "dh", "ġ": "gh", "ǧ": "j", "ḡ": "gh",
    }
)  # fmt: skip
_ASCII_WORD = re.compile(r"[^a-z0-9]+")


def plain(text: object) -> str:
    """Lower case, one form per letter, no marks, no invisible characters: only ARABIC, a-z, 0-9 and single spaces."""
    text = unicodedata.normalize("NFKC", str(text).translate(_LETTERS)).casefold().translate(_LETTERS)
    out = []
    for char in unicodedata.normalize("NFD", text):
        category = unicodedata.category(char)
        if char.isascii():
            out.append(char if char.isalnum() else " ")
        elif category[0] == "M" or category in ("Cf", "Cs", "Co", "Cn", "Lm"):
            continue
        elif category == "Nd":
            out.append(str(unicodedata.digit(char)))
        elif char in ARABIC:
            out.append(char)
        elif category[0] == "L":
            mapped = char.translate(_LETTERS)
            out.append(mapped if mapped != char else _ASCII_WORD.sub("", anyascii(char).lower()))
        else:
            out.append(" ")
    return " ".join("".join(out).split())


def script_of(token: str) -> str:
    """'a' for a token with any Arabic letter, else 'l'."""
    return "a" if _ARABIC_RUN.search(token) else "l"


# --- The consonant skeleton ---------------------------------------------------------------------------------------
# Letters that spellings confuse share a class: k g q gh kh dj; s z sh ch; d dh z; b p; f v. w and y stand for long
# vowels and half-vowels, h for the breaths; keys that ignore them drop them later.
_FROM_ARABIC = str.maketrans(
    dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهوي", "bttkhkddrssssdtdkfkklmnhwy", strict=True)) | {"ا": "", "ع": ""}
)
_FROM_LATIN = {
    "tch": "s", "sch": "s", "sh": "s", "ch": "s", "kh": "k", "gh": "k", "dh": "d", "th": "t", "ph": "f", "dj": "k",
    "dg": "k", "ck": "k", "qu": "k", "gu": "k", "ce": "s", "ci": "sy", "cy": "sy", "ou": "w", "oo": "w", "ee": "y",
    "x": "ks", "c": "k", "q": "k", "g": "k", "j": "k", "z": "s", "p": "b", "v": "f", "u": "w", "o": "w", "i": "y",
    "a": "", "e": "",
}  # fmt: skip
_LATIN_SOUND = re.compile("|".join(sorted(_FROM_LATIN, key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1+")


def skeleton(token: str) -> tuple[str, ...]:
    """The sounds of a token that both scripts write: one or two readings.

    *ch* is also خ and ك; حياة is Haya and Hayat.
    """
    if script_of(token) == "a":
        first = _close(token.translate(_FROM_ARABIC))
        return (first, first + "t") if token.endswith("اه") and len(token) > 3 else (first,)
    first = _close(_LATIN_SOUND.sub(lambda match: _FROM_LATIN[match.group()], _DOUBLED.sub(r"\1", token)))
    if "ch" in token.replace("sch", "").replace("tch", ""):
        return first, _close(
            _LATIN_SOUND.sub(lambda match: _FROM_LATIN[match.group()], _DOUBLED.sub(r"\1", token.replace("ch", "k")))
        )
    return (first,)


def _close(key: str) -> str:
    key = _DOUBLED.sub(r"\1", key)
    return key.rstrip("h") or key
