"""Reading one cell: each reader gives a value, None for an empty cell, or raises ReaderError. They never guess."""

import re

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying
from inmates.register_reading import vocabulary
from inmates.register_reading.errors import ReaderError
from inmates.register_reading.text import fold, folded, is_blank, tidy

NAME_LENGTH, NUMBER_LENGTH, PLACE_LENGTH, NOTE_LENGTH = 80, 20, 120, 2000

NOT_A_NAME = Saying("intake.not_a_name", _("“%(value)s” is no name."))
NAME_TOO_LONG = Saying("intake.name_too_long", _("This name is longer than %(limit)s letters: %(value)s"))
TOO_LONG = Saying("intake.too_long", _("This is longer than %(limit)s letters: %(value)s"))
NOT_A_NUMBER = Saying("intake.not_a_number", _("“%(value)s” is no registration number."))
NOT_A_CIN = Saying("intake.not_a_cin", _("“%(value)s” is no CIN: one or two letters, then 5 to 8 digits."))
NOT_A_SEX = Saying("intake.not_a_sex", _("“%(value)s” is no sex: M or F."))
NOT_YES_OR_NO = Saying("intake.not_yes_or_no", _("“%(value)s” is neither yes nor no."))
NOT_A_STATUS = Saying(
    "intake.not_a_status",
    _("“%(value)s” is no legal status: on remand, convicted under appeal, convicted and final, or civil imprisonment."),
)
APPEAL_OR_FINAL = Saying(
    "intake.appeal_or_final",
    _("“%(value)s” does not say whether the conviction is final or under appeal."),
)
NOT_A_ROLE = Saying("intake.not_a_role", _("“%(value)s” is no known role in a group."))
NOT_A_COUNTRY = Saying(
    "intake.not_a_country",
    _("“%(value)s” is no known nationality. Write it as an adjective or a two-letter country code."),
)
TOO_MANY_COUNTRIES = Saying("intake.too_many_countries", _("“%(value)s” holds more than two nationalities."))


def read_name(value) -> str | None:
    """A name as written, spaces tidied; a name all in capitals gets small letters ("EL FASSI" -> "El Fassi")."""
    text = tidy(value)
    if is_blank(text):
        return None
    if any(letter.isdigit() for letter in text) or not any(letter.isalpha() for letter in text):
        raise ReaderError(NOT_A_NAME, value)
    if len(text) > NAME_LENGTH:
        raise ReaderError(NAME_TOO_LONG, value, limit=NAME_LENGTH)
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text) if text.isupper() else text


def read_number(value) -> str | None:
    """A registration number (*numéro d'écrou*): text with at least one digit, 45000.0 being 45000."""
    text = tidy(value).upper()
    if is_blank(text):
        return None
    if len(text) > NUMBER_LENGTH or not re.fullmatch(r"[^\W_]+([ /.\-][^\W_]+)*", text) or not re.search(r"\d", text):
        raise ReaderError(NOT_A_NUMBER, value)
    return text


def read_cin(value) -> str | None:
    """A national ID number, normalised: "be-100 037" -> "BE100037"; None for an empty cell or a word like "néant"."""
    text = re.sub(r"[\s.\-_/°]", "", tidy(value)).upper()
    if is_blank(text) or fold(value) in vocabulary.NOTHING:
        return None
    if not re.fullmatch(r"[A-Z]{1,2}[0-9]{5,8}", text):
        raise ReaderError(NOT_A_CIN, value)
    return text


def read_sex(value) -> str | None:
    """M or F."""
    return _word(vocabulary.SEXES, value, NOT_A_SEX)


def read_answer(value) -> bool | None:
    """Yes or no; None where nothing is known."""
    if isinstance(value, bool):
        return value
    return {"yes": True, "no": False}.get(_word(vocabulary.ANSWERS, value, NOT_YES_OR_NO))


def read_legal_status(value) -> str | None:
    """remand, convicted_appeal, convicted_final or civil_imprisonment."""
    if fold(value) in _CONVICTED:
        raise ReaderError(APPEAL_OR_FINAL, value)
    return _word(vocabulary.LEGAL_STATUSES, value, NOT_A_STATUS)


_CONVICTED = folded("Condamné Condamnée Convicted مدان مدانة محكوم")


def read_role(value) -> str | None:
    """The code of a role in the group; None where nothing is known."""
    if fold(value) in vocabulary.NOTHING or vocabulary.ANSWERS.get(fold(value)) == "not known":
        return None
    return _word(vocabulary.ROLES, value, NOT_A_ROLE)


def read_nationality(value) -> tuple[str, ...] | None:
    """One or two ISO 3166 codes, in the order written: "Franco-marocaine" -> ("FR", "MA")."""
    text = re.sub(r"^(double nationalite|binational[e]?|مزدوج الجنسيه)\W*", "", fold(value))
    if not text:
        return None
    if country := _country(text):
        return (country,)
    words = text.split()
    # Every way to part the words in two: "saoudienne marocaine", "arabie saoudite et maroc".
    for cut in range(1, len(words)):
        for second in (words[cut:], words[cut + 1 :] if words[cut] in ("et", "and", "و") else []):
            pair = (
                _country(" ".join(words[:cut])),
                _country(" ".join(second).removeprefix("و")) or _country(" ".join(second)),
            )
            if all(pair):
                return pair if pair[0] != pair[1] else pair[:1]
    raise ReaderError(TOO_MANY_COUNTRIES if len(words) > 2 and all(map(_country, words)) else NOT_A_COUNTRY, value)


def _country(word: str) -> str | None:
    return vocabulary.NATIONALITIES.get(word) or (word.upper() if word in vocabulary.COUNTRIES else None)


def read_text(value, limit: int = PLACE_LENGTH) -> str | None:
    """Free text, tidied, not longer than a column holds."""
    text = tidy(value)
    if is_blank(text):
        return None
    if len(text) > limit:
        raise ReaderError(TOO_LONG, value, limit=limit)
    return text


def unit_key(value) -> str:
    """A unit's name for comparing: "Quartier A", "quartier a" and "A" are one."""
    return re.sub(r"^(quartier|unite|aile|pavillon|bloc|secteur|unit|wing|block|حي|الحي|جناح|الجناح) ", "", fold(value))


def _word(table: dict[str, str], value, message) -> str | None:
    """The value that a table gives for a cell; None for an empty cell."""
    folded = fold(int(value) if isinstance(value, float) and value.is_integer() else value)
    if not folded:
        return None
    if folded not in table:
        raise ReaderError(message, value)
    return table[folded]
