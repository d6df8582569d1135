"""Names as text: both scripts of one name meet, strangers do not, and no text whatever breaks it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inmates.names import likelihood, spellings
from inmates.names.folding import plain, skeleton
from tests.inmates.names.moroccan_names import pairs

PAIRS = list(dict.fromkeys(pairs()))


def test_the_table_is_long_enough():
    assert len(PAIRS) >= 300
    assert len({arabic for arabic, _ in PAIRS}) >= 150


@pytest.mark.parametrize(("arabic", "latin"), PAIRS)
def test_both_scripts_of_a_name_meet(arabic, latin):
    (left,), (right,) = spellings.tokens(arabic), spellings.tokens(latin)
    assert spellings.fold(left) & spellings.fold(right)
    assert spellings.probes(left) & spellings.probes(right)
    assert likelihood.likeness(left, right) > 4
    assert likelihood.likeness(left, right) == likelihood.likeness(right, left)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("محمد", "Rachid"),
        ("العلوي", "Tazi"),
        ("خديجة", "Fatima"),
        ("Benali", "Chraibi"),
        ("سعيد", "Mounir"),
        ("كريم", "Driss"),
    ],
)
def test_two_names_do_not_meet(one, other):
    (left,), (right,) = spellings.tokens(one), spellings.tokens(other)
    assert not spellings.fold(left) & spellings.fold(right)
    assert likelihood.likeness(left, right) < 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mohamed Ben Ali", ["mohamed", "benali"]),
        ("محمد بن علي", ["محمد", "بنعلي"]),
        ("Nour-Eddine EL AMRANI", ["noureddine", "elamrani"]),
        ("عَبْدُ اللّه  الـعـلـوي", ["عبدالله", "العلوي"]),
        ("Aït Ouhssaïn", ["aitouhssain"]),
        ("M'hamed d'Oued", ["mhamed", "doued"]),
        ("فاطمة الزهراء", ["فاطمه", "الزهرا"]),
        ("Fatimazzahra", ["fatima", "zahra"]),
        ("Er-Rachidi", ["errachidi"]),
        ("أحمد إدريس آدم", ["احمد", "ادريس", "ادم"]),
        ("مصطفى يحيى حياة", ["مصطفي", "يحيي", "حياه"]),
        ("گنون ڤاطمة پاشا", ["كنون", "فاطمه", "باشا"]),
        ("ⵎⵓⵃⴰⵎⵎⴷ", ["muhammd"]),
        ("\u200fكريم\u200e \u202bTazi\u202c", ["كريم", "tazi"]),
        ("١٢٣ ٤", ["123", "4"]),
        ("", []),
        ("--- ///", []),
    ],
)
def test_tokens(text, expected):
    assert spellings.tokens(text) == expected


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "a\ud800\x00b", "\u202e" * 50, "ﷺ" * 500, "م" * 10_000, "el " * 5000, "x" * 10_000]
)
def test_strange_texts(text):
    found = spellings.tokens(text)
    assert len(found) <= spellings.MAX_TOKENS
    assert all(0 < len(token) <= spellings.MAX_TOKEN for token in found)


@settings(max_examples=3 * settings.default.max_examples)
@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_no_text_breaks_it(text):
    assert plain(plain(text)) == plain(text)
    for token in spellings.tokens(text):
        assert token
        assert token.isascii() or all("\u0621" <= char <= "\u064a" or char.isascii() for char in token)
        assert all(spellings.fold(token)) or spellings.fold(token)
        assert spellings.probes(token)
        assert isinstance(spellings.prefix_key(token), str)
        assert skeleton(token)
        assert likelihood.likeness(token, "mohamed") == likelihood.likeness("mohamed", token)
        assert likelihood.beginning(token, "محمد") <= likelihood.rarity(token)


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=50))
def test_long_texts(text):
    text = (text * 10_000)[:10_000]
    assert len(spellings.normalise(text)) <= spellings.MAX_CHARS
    assert len(spellings.tokens(text)) <= spellings.MAX_TOKENS


MARKS = st.sampled_from(["", "\u064e", "\u0640", "\u200f", "\u0651", "\u200c"])


@given(st.sampled_from(sorted({arabic for arabic, _ in PAIRS})), st.lists(MARKS, min_size=40, max_size=40))
def test_marks_and_tatweel_change_nothing(arabic, marks):
    marked = "".join(char + mark for char, mark in zip(arabic, marks, strict=False))
    assert spellings.tokens(marked) == spellings.tokens(arabic)


@given(st.sampled_from([latin for _, latin in PAIRS]))
def test_case_and_accents_change_nothing(latin):
    assert spellings.tokens(latin.upper()) == spellings.tokens(latin)


@pytest.mark.parametrize(
    ("typed", "name"), [("moh", "محمد"), ("amr", "العمراني"), ("كر", "karim"), ("kar", "karim"), ("elam", "elamrani")]
)
def test_a_name_being_typed(typed, name):
    assert likelihood.beginning(typed, name) > 2
    assert likelihood.beginning("zx", name) < 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [(" 12 345 ", "12345"), ("ab-12/3", "AB-12/3"), ("١٢٣٤", "1234"), ("محمد", ""), ("\x00\ud800", "")],
)
def test_registration_numbers(text, expected):
    assert spellings.number(text) == expected
