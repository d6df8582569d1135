"""The readers of one cell: every spelling met in registers, and a refusal beside each."""

from datetime import date as d
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inmates.register_reading import cells, rows
from inmates.register_reading.dates import Birth, read_birth, read_date
from inmates.register_reading.errors import ReaderError
from inmates.register_reading.penalties import Penalty, read_penalty
from inmates.register_reading.text import fold, tidy
from inmates.terms import Term
from tests.inmates.register_reading.whatever import anything, said

NASTY = [
    "\x00",
    "\ud800",
    "a" * 10_000,
    "\u200f\u202e12/05/2016\u202c",
    "٣١/٠٢/١٩٨٨",
    "%s %(value)s {}",
    "=1+1",
    "½",
    "²",
    "Ⅻ ans",
    "9" * 5000,
    "- -3",
]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (datetime(2016, 5, 17, 8, 30), d(2016, 5, 17)),  # noqa: DTZ001 (a cell of a spreadsheet has no time zone)
        (d(2016, 5, 17), d(2016, 5, 17)),
        ("17/05/2016", d(2016, 5, 17)),
        (" 4/6/2016 ", d(2016, 6, 4)),
        ("4 / 6 / 2016", d(2016, 6, 4)),
        ("17-05-2016", d(2016, 5, 17)),
        ("17.05.2016", d(2016, 5, 17)),
        ("2016-05-17", d(2016, 5, 17)),
        ("2016-05-17T00:00:00", d(2016, 5, 17)),
        ("17/05/2016 08:30", d(2016, 5, 17)),
        ("٠٢/٠٥/١٩٧٢", d(1972, 5, 2)),
        ("۱۷/۰۵/۲۰۱۶", d(2016, 5, 17)),
        ("\u200f17/05/2016\u200e", d(2016, 5, 17)),
        ("1er janvier 2016", d(2016, 1, 1)),
        ("12 AOÛT 2016", d(2016, 8, 12)),
        ("12 غشت 2016", d(2016, 8, 12)),
        ("12 August 2016", d(2016, 8, 12)),
        (42507, d(2016, 5, 17)),
        (42507.75, d(2016, 5, 17)),
        ("29/02/2016", d(2016, 2, 29)),
        ("", None),
        (None, None),
        (" - ", None),
    ],
)
def test_dates(cell, expected):
    assert read_date(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/1988",
        "29/02/2015",
        "05/25/2016",
        "1899",
        1899,
        12,
        "17/05/16",
        "abc",
        "2016",
        "00/00/1974",
        "32/01/2016",
        True,
        1e300,
        "17/05/1816",
        "17/05/2216",
        d(1, 1, 1),
        float("nan"),
        float("-inf"),
        "#REF!",
        "mai 2016",
        "17/05",
        5.5,
    ],
)
def test_no_dates(cell):
    with pytest.raises(ReaderError):
        read_date(cell)


@pytest.mark.parametrize(
    ("cell", "day", "precision", "latest"),
    [
        ("19/03/1979", d(1979, 3, 19), "day", d(1979, 3, 19)),
        (datetime(1976, 5, 2), d(1976, 5, 2), "day", d(1976, 5, 2)),  # noqa: DTZ001
        ("1995", d(1995, 1, 1), "year", d(1995, 12, 31)),
        (1995, d(1995, 1, 1), "year", d(1995, 12, 31)),
        ("١٩٩٥", d(1995, 1, 1), "year", d(1995, 12, 31)),
        ("présumé 1974", d(1974, 1, 1), "presumed", d(1974, 12, 31)),
        ("Présumée en 1974", d(1974, 1, 1), "presumed", d(1974, 12, 31)),
        ("presumed 1974", d(1974, 1, 1), "presumed", d(1974, 12, 31)),
        ("1974 (présumé)", d(1974, 1, 1), "presumed", d(1974, 12, 31)),
        ("مفترض ١٩٧٤", d(1974, 1, 1), "presumed", d(1974, 12, 31)),
        ("vers 1974", d(1974, 1, 1), "presumed", d(1974, 12, 31)),
        ("présumé 12/03/1974", d(1974, 3, 12), "presumed", d(1974, 3, 12)),
        ("02/1974", d(1974, 2, 1), "month", d(1974, 2, 28)),
        ("février 1976", d(1976, 2, 1), "month", d(1976, 2, 29)),
        ("00/00/1974", d(1974, 1, 1), "year", d(1974, 12, 31)),
        ("00/12/1974", d(1974, 12, 1), "month", d(1974, 12, 31)),
        ("né en 1974", d(1974, 1, 1), "year", d(1974, 12, 31)),
    ],
)
def test_births(cell, day, precision, latest):
    birth = read_birth(cell)
    assert birth == Birth(day, precision)
    assert birth.latest == latest


@pytest.mark.parametrize(
    "cell", ["31/02/1988", "présumé", "19", "abc", "1874", "3/0/1974", "13/1974", "74", 74, "1974 ou 1975"]
)
def test_no_births(cell):
    with pytest.raises(ReaderError):
        read_birth(cell)


def test_no_birth_given():
    assert read_birth("") is read_birth(None) is None


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("5 ans", Term(5)),
        ("5 ANS ET 6 MOIS", Term(5, 6)),
        ("10 ans ferme", Term(10)),
        ("17 ans de réclusion", Term(17)),
        ("20 ans de réclusion criminelle à temps", Term(20)),
        ("5 ans d'emprisonnement ferme", Term(5)),
        ("condamné à 5 ans de prison", Term(5)),
        ("6 mois", Term(0, 6)),
        ("18 mois", Term(0, 18)),
        ("1 an, 2 mois et 15 jours", Term(1, 2, 15)),
        ("1an 2mois", Term(1, 2)),
        ("5a6m3j", Term(5, 6, 3)),
        ("cinq ans", Term(5)),
        ("5 (cinq) ans", Term(5)),
        ("vingt-cinq ans", Term(25)),
        ("dix-huit mois", Term(0, 18)),
        ("5 years and 6 months", Term(5, 6)),
        ("1 month", Term(0, 1)),
        ("٥ سنوات", Term(5)),
        ("5 سنوات و6 أشهر", Term(5, 6)),
        ("خمس سنوات", Term(5)),
        ("خمس عشرة سنة سجنا نافذا", Term(15)),
        ("خمس وعشرون سنة", Term(25)),
        ("سنة واحدة", Term(1)),
        ("سنتان وشهران", Term(2, 2)),
        ("سنة وستة أشهر", Term(1, 6)),
        ("عشر سنوات وشهر واحد", Term(10, 1)),
        ("15 يوما", Term(0, 0, 15)),
    ],
)
def test_terms(cell, term):
    assert read_penalty(cell) == Penalty("term", term)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("life", cell)
        for cell in ("perpétuité", "Réclusion à perpétuité", "réclusion criminelle à perpétuité", "à vie", "Life")
    ]
    + [("life", cell) for cell in ("life imprisonment", "مؤبد", "السجن المؤبد", "réclusion perpétuelle")]
    + [
        ("death", cell)
        for cell in ("peine de mort", "Peine capitale", "Condamné à mort", "death penalty", "الإعدام", "إعدام")
    ],
)
def test_life_and_death(kind, cell):
    assert read_penalty(cell) == Penalty(kind)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("-3 ans", "no time"),
        ("- 3 ans", "no time"),
        ("−3 ans", "no time"),
        ("0", "no time"),
        (0, "no time"),
        ("0 ans", "no time"),
        ("abc", "no sentence"),
        ("ans", "no sentence"),
        ("5 ans 3 ans", "no sentence"),
        ("2,5 ans", "no sentence"),
        ("1.5 an", "no sentence"),
        ("5 (six) ans", "no sentence"),
        ("perpétuité commuée en 30 ans", "no sentence"),
        ("perpétuité et 5 ans", "no sentence"),
        ("5 ou 6 ans", "no sentence"),
        ("5", "years, months or days"),
        (5, "years, months or days"),
        ("5 ans et 6", "years, months or days"),
        ("2 ans dont 1 an avec sursis", "a person must settle"),
        ("2 ans avec sursis", "a person must settle"),
        ("سنتان موقوفة التنفيذ", "a person must settle"),
        ("5 ans et 5000 DH d'amende", "fine"),
        ("120 ans", "longer than a life"),
        ("99999999999999999999 ans", "longer than a life"),
    ],
)
def test_no_sentences(cell, message, english):
    with pytest.raises(ReaderError, match=message):
        read_penalty(cell)


def test_no_sentence_given():
    assert read_penalty(None) is read_penalty(" ") is read_penalty("-") is None


@pytest.mark.parametrize(
    ("reader", "cell", "expected"),
    [
        (cells.read_cin, "BE 100000", "BE100000"),
        (cells.read_cin, " LC-100333 ", "LC100333"),
        (cells.read_cin, "k100777", "K100777"),
        (cells.read_cin, "AB١٠٠١٤٨", "AB100148"),
        (cells.read_cin, "néant", None),
        (cells.read_cin, "-", None),
        (cells.read_sex, "m", "M"),
        (cells.read_sex, "Masculin", "M"),
        (cells.read_sex, "FÉMININ", "F"),
        (cells.read_sex, "أنثى", "F"),
        (cells.read_sex, "ذكر", "M"),
        (cells.read_answer, "oui", True),
        (cells.read_answer, "O", True),
        (cells.read_answer, "نعم", True),
        (cells.read_answer, 1.0, True),
        (cells.read_answer, True, True),
        (cells.read_answer, "N", False),
        (cells.read_answer, "لا", False),
        (cells.read_answer, 0, False),
        (cells.read_answer, None, None),
        (cells.read_answer, "inconnu", None),
        (cells.read_legal_status, "Prévenu", "remand"),
        (cells.read_legal_status, "PREVENUE", "remand"),
        (cells.read_legal_status, "معتقل احتياطي", "remand"),
        (cells.read_legal_status, "Condamné (appel)", "convicted_appeal"),
        (cells.read_legal_status, "condamne en appel", "convicted_appeal"),
        (cells.read_legal_status, "Condamné définitif", "convicted_final"),
        (cells.read_legal_status, "مدان نهائيا", "convicted_final"),
        (cells.read_legal_status, "convicted_final", "convicted_final"),
        (cells.read_legal_status, "Contrainte par corps", "civil_imprisonment"),
        (cells.read_legal_status, "الإكراه البدني", "civil_imprisonment"),
        (cells.read_role, "recruteur", "recruiter"),
        (cells.read_role, "Idéologue", "ideologue"),
        (cells.read_role, "non-combattant", "non_combatant"),
        (cells.read_role, "غير مقاتل", "non_combatant"),
        (cells.read_role, "مقاتل", "fighter"),
        (cells.read_role, "soutien logistique", "logistics"),
        (cells.read_role, "propagandiste", "propagandist"),
        (cells.read_role, None, None),
        (cells.read_nationality, "Marocaine", ("MA",)),
        (cells.read_nationality, "ma", ("MA",)),
        (cells.read_nationality, "مغربية", ("MA",)),
        (cells.read_nationality, "Franco-marocaine", ("FR", "MA")),
        (cells.read_nationality, "Marocaine et française", ("MA", "FR")),
        (cells.read_nationality, "MA/BE", ("MA", "BE")),
        (cells.read_nationality, "double nationalité : marocaine, néerlandaise", ("MA", "NL")),
        (cells.read_nationality, "مغربية وبلجيكية", ("MA", "BE")),
        (cells.read_nationality, "Arabie saoudite", ("SA",)),
        (cells.read_nationality, "Marocaine/Marocaine", ("MA",)),
        (cells.read_number, 45000.0, "45000"),
        (cells.read_number, "٤٥٠٠٠", "45000"),
        (cells.read_number, " 45000/19 ", "45000/19"),
        (cells.read_name, "EL  FASSI ", "El Fassi"),
        (cells.read_name, "M'HAMED", "M'Hamed"),
        (cells.read_name, "Aït Lahcen", "Aït Lahcen"),
        (cells.read_name, "عبد\u200fالله", "عبدالله"),
        (cells.read_name, " - ", None),
        (cells.read_text, "'=2+2", "=2+2"),  # as exports write it
        (cells.read_text, "'Ouinat", "'Ouinat"),
    ],
)
def test_other_cells(reader, cell, expected):
    assert reader(cell) == expected


@pytest.mark.parametrize(
    ("reader", "cell"),
    [
        (cells.read_cin, "ABC12345"),
        (cells.read_cin, "12345"),
        (cells.read_cin, "AB1234"),
        (cells.read_cin, "AB123456789"),
        (cells.read_sex, "X"),
        (cells.read_sex, "MF"),
        (cells.read_answer, "peut-être"),
        (cells.read_answer, 2),
        (cells.read_legal_status, "inconnu"),
        (cells.read_legal_status, "Condamné"),
        (cells.read_legal_status, "libéré"),
        (cells.read_role, "chef"),
        (cells.read_role, "مجند"),  # recruiter or recruit: not for a reader to choose
        (cells.read_nationality, "Martienne"),
        (cells.read_nationality, "ZZ"),
        (cells.read_nationality, "MA/FR/BE"),
        (cells.read_number, "sans"),
        (cells.read_number, "1" * 21),
        (cells.read_name, "Tazi 2"),
        (cells.read_name, "a" * 81),
        (cells.read_text, "a" * 121),
    ],
)
def test_other_cells_refused(reader, cell):
    with pytest.raises(ReaderError) as refused:
        reader(cell)
    assert str(refused.value)


@pytest.mark.parametrize("name", ["A", "a", "Quartier A", "QUARTIER  A", "حي A", "Unit A", "Wing A"])
def test_unit_keys(name):
    assert cells.unit_key(name) == "a"


# --- hypothesis ----------------------------------------------------------------------------------------------------


@given(anything)
@example("\x00")
def test_readers_never_crash(value):
    for reader in rows.READERS.values():
        said(reader, value)
    assert "\x00" not in tidy(value) + fold(value)


@pytest.mark.parametrize("value", NASTY)
def test_readers_never_crash_on_nasty_text(value):
    for reader in rows.READERS.values():
        answer = said(reader, value)
        assert "\x00" not in answer
        assert len(answer.encode()) < 600


def arabic(text):
    return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


FORMATS = [
    "{:%d/%m/%Y}",
    "{:%Y-%m-%d}",
    "{:%d-%m-%Y}",
    " {0.day}/{0.month}/{0.year} ",
    "{0.day} {0.month} {0.year}",
    "{0.day}.{0.month}.{0.year}",
    "{:%Y/%m/%d}",
]


@given(st.dates(d(1900, 1, 1), d(2100, 12, 31)), st.sampled_from(FORMATS), st.booleans())
def test_dates_round_trip(day, form, in_arabic):
    text = form.format(day)
    assert read_date(arabic(text) if in_arabic else text) == day
    assert read_birth(arabic(text) if in_arabic else text) == Birth(day, "day")
    assert read_date(datetime(day.year, day.month, day.day)) == day  # noqa: DTZ001


@given(st.dates(d(1927, 5, 18), d(2100, 12, 31)))
def test_day_numbers_round_trip(day):
    assert read_date((day - d(1899, 12, 30)).days) == day


WORDS = {
    "fr": (("an", "ans"), ("mois", "mois"), ("jour", "jours"), " et "),
    "en": (("year", "years"), ("month", "months"), ("day", "days"), " and "),
    "ar": (("سنة", "سنوات"), ("شهر", "أشهر"), ("يوم", "أيام"), " و"),
}


@given(
    st.builds(Term, st.integers(0, 99), st.integers(0, 60), st.integers(0, 900)).filter(bool),
    st.sampled_from(sorted(WORDS)),
    st.sampled_from(["", " ferme", " de réclusion"]),
    st.booleans(),
)
def test_terms_round_trip(term, language, after, in_arabic):
    *units, joiner = WORDS[language]
    parts = [f"{n} {unit[n > 1]}" for n, unit in zip((term.years, term.months, term.days), units, strict=True) if n]
    text = joiner.join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts) + after
    assert read_penalty(arabic(text) if in_arabic else text) == Penalty("term", term)
