"""Sentences as registers write them: "5 ans et 6 mois", "10 ans ferme", "perpétuité", "خمس سنوات"."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying
from inmates.register_reading.errors import ReaderError
from inmates.register_reading.text import fold, folded, is_blank, tidy
from inmates.terms import Term


@dataclass(frozen=True, slots=True)
class Penalty:
    """A pronounced sentence: `kind` is term, life or death; `term` is there for the first only."""

    kind: str
    term: Term | None = None


_YEARS = folded("an ans année années a y yr yrs year years سنة سنوات سنين عام أعوام عاما")
_MONTHS = folded("mois m month months شهر أشهر شهور شهرا")
_DAYS = folded("jour jours j day days يوم أيام يوما")
_TWO = {
    **dict.fromkeys(folded("سنتان سنتين سنتي عامان عامين"), "years"),
    **dict.fromkeys(folded("شهران شهرين"), "months"),
    **dict.fromkeys(folded("يومان يومين"), "days"),
}
_UNITS = {**dict.fromkeys(_YEARS, "years"), **dict.fromkeys(_MONTHS, "months"), **dict.fromkeys(_DAYS, "days")}
_ALONE_IS_ONE = folded("سنة عام شهر يوم")
_ONE_AFTER = folded("واحد واحدة")

_NUMBERS = {
    fold(word): number
    for number, words in {
        1: "un une one واحد واحدة إحدى أحد",
        2: "deux two اثنان اثنين اثنتان اثنتين اثنا اثنتا اثني اثنتي",
        3: "trois three ثلاث ثلاثة",
        4: "quatre four أربع أربعة",
        5: "cinq five خمس خمسة",
        6: "six ست ستة",
        7: "sept seven سبع سبعة",
        8: "huit eight ثمان ثماني ثمانية",
        9: "neuf nine تسع تسعة",
        10: "dix ten عشر عشرة",
        11: "onze eleven",
        12: "douze twelve",
        13: "treize thirteen",
        14: "quatorze fourteen",
        15: "quinze fifteen",
        16: "seize sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "vingt twenty عشرون عشرين",
        30: "trente thirty ثلاثون ثلاثين",
    }.items()
    for word in words.split()
}
_LIFE = folded("perpétuité perpétuelle perpétuel vie life مؤبد مؤبدا المؤبد المؤبدة مدى الحياة")
_DEATH = folded("mort capitale death إعدام الإعدام بالإعدام إعداما")
_SUSPENDED = folded("sursis suspended probation موقوف موقوفة موقوفا التنفيذ")
_FINE = folded("amende amendes dh dhs mad dirham dirhams fine غرامة درهم دراهم درهما")
_SAID_BESIDES = folded(
    "ferme fermes réclusion criminelle emprisonnement prison détention peine de d l la à temps condamné condamnée "
    "imprisonment sentence penalty of in jail fixed term et and السجن "
    "سجن سجنا حبس حبسا الحبس نافذ نافذة نافذا نافذين من "
    "بالسجن بالحبس محكوم عليه ب عقوبة المحدد و"
)
_KNOWN = frozenset([*_UNITS, *_TWO, *_NUMBERS]) | _LIFE | _DEATH | _SUSPENDED | _FINE | _SAID_BESIDES
_LIMITS = {"years": 99, "months": 600, "days": 9999}

NOT_A_SENTENCE = Saying(
    "intake.not_a_sentence",
    _("“%(value)s” is no sentence. Write it like “5 ans et 6 mois”, “perpétuité” or “10 years”."),
)
NO_UNIT = Saying("intake.no_unit", _("“%(value)s” does not say years, months or days."))
NOT_POSITIVE = Saying("intake.not_positive", _("A sentence of “%(value)s” is no time at all."))
TOO_LONG = Saying("intake.sentence_too_long", _("A sentence of “%(value)s” is longer than a life."))
SUSPENDED = Saying(
    "intake.suspended",
    _("“%(value)s” is suspended in whole or in part: a person must settle what is to be served."),
)
WITH_A_FINE = Saying(
    "intake.with_a_fine",
    _("“%(value)s” holds a fine: enter the prison term here and the fine on the sentence."),
)


def read_penalty(value) -> Penalty | None:
    """A pronounced sentence; None for an empty cell. Raises ReaderError.

    A term with suspension (*sursis*) or a fine in it is refused: what is to be served is not for a reader to guess.
    """
    text = tidy(value)
    if re.match(r"-\s*\d", text):
        raise ReaderError(NOT_POSITIVE, value)
    if is_blank(value):
        return None
    if re.fullmatch(r"[0-9.,]+", text):
        raise ReaderError(NO_UNIT if text.strip("0.,") else NOT_POSITIVE, value)
    if re.search(r"\d[.,]\d", text) or len(text) > 200:
        raise ReaderError(NOT_A_SENTENCE, value)
    words = list(map(_without_and, re.findall(r"\d+|[^\W\d_]+", fold(text))))
    if _SUSPENDED & set(words):
        raise ReaderError(SUSPENDED, value)
    if _FINE & set(words):
        raise ReaderError(WITH_A_FINE, value)
    for kind, signs in (("life", _LIFE), ("death", _DEATH)):
        if signs & set(words) and not set(words) - signs - _SAID_BESIDES:
            return Penalty(kind)
    term = _term(words, value)
    if not term:
        raise ReaderError(NOT_POSITIVE, value)
    return Penalty("term", term)


def _term(words: list[str], value) -> Term:
    """Numbers and units in turn, each unit once; a number may be in figures, in words, or in both if they agree."""
    parts: dict[str, int] = {}
    figures: int | None = None
    spelled = 0
    previous = ""
    for word in words:
        if word.isdigit():
            if figures is not None or spelled:
                raise ReaderError(NOT_A_SENTENCE, value)
            figures = int(word[:9])
        elif word in _ONE_AFTER and previous in _ALONE_IS_ONE:
            pass  # سنة واحدة: counted with the unit
        elif word == "a" and figures is None and not spelled:
            pass  # condamné à 5 ans
        elif word in _NUMBERS:
            spelled += _NUMBERS[word]
        elif unit := _UNITS.get(word) or _TWO.get(word):
            given = [number for number in (figures, spelled or None) if number is not None]
            if word in _TWO:
                given.append(2)
            elif not given and word in _ALONE_IS_ONE:
                given.append(1)
            if not given or len(set(given)) > 1 or unit in parts:
                raise ReaderError(NOT_A_SENTENCE, value)
            if given[0] > _LIMITS[unit]:
                raise ReaderError(TOO_LONG, value)
            parts[unit], figures, spelled = given[0], None, 0
        elif word not in _SAID_BESIDES:
            raise ReaderError(NOT_A_SENTENCE, value)
        previous = word
    if figures is not None or spelled:
        raise ReaderError(NO_UNIT, value)
    if not parts:
        raise ReaderError(NOT_A_SENTENCE, value)
    return Term(**parts)


def _without_and(word: str) -> str:
    """An Arabic word without the "and" written onto it, where that leaves a word we know."""
    rest = word.removeprefix("و")
    return rest if word not in _KNOWN and rest in _KNOWN else word
