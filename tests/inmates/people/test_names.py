"""Names as text: both scripts of one name meet, strangers do not, and no text whatever breaks it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inmates.people import names, spelling_likelihood
from inmates.people.folding import plain, skeleton
from tests.inmates.people.moroccan_names import pairs

PAIRS = list(dict.fromkeys(pairs()))


def test_the_table_is_long_enough():
    assert len(PAIRS) >= 300
    assert len({arabic for arabic, _ in PAIRS}) >= 150


@pytest.mark.parametrize(("arabic", "latin"), PAIRS)
def test_both_scripts_of_a_name_meet(arabic, latin):
    (left,), (right,) = names.tokens(arabic), names.tokens(latin)
    assert names.fold(left) & names.fold(right)
    assert names.probes(left) & names.probes(right)
    assert spelling_likelihood.likeness(left, right) > 4
    assert spelling_likelihood.likeness(left, right) == spelling_likelihood.likeness(right, left)


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
    (left,), (right,) = names.tokens(one), names.tokens(other)
    assert not names.fold(left) & names.fold(right)
    assert spelling_likelihood.likeness(left, right) < 3


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
    assert names.tokens(text) == expected


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "a\ud800\x00b", "\u202e" * 50, "ﷺ" * 500, "م" * 10_000, "el " * 5000, "x" * 10_000]
)
def test_strange_texts(text):
    found = names.tokens(text)
    assert len(found) <= names.MAX_TOKENS
    assert all(0 < len(token) <= names.MAX_TOKEN for token in found)


@settings(max_examples=3 * settings.default.max_examples)
@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_no_text_breaks_it(text):
    assert plain(plain(text)) == plain(text)
    for token in names.tokens(text):
        assert token
        assert token.isascii() or all("\u0621" <= char <= "\u064a" or char.isascii() for char in token)
        assert all(names.fold(token)) or names.fold(token)
        assert names.probes(token)
        assert isinstance(names.prefix_key(token), str)
        assert skeleton(token)
        assert spelling_likelihood.likeness(token, "mohamed") == spelling_likelihood.likeness("mohamed", token)
        assert spelling_likelihood.beginning(token, "محمد") <= spelling_likelihood.rarity(token)


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=50))
def test_long_texts(text):
    text = (text * 10_000)[:10_000]
    assert len(names.normalise(text)) <= names.MAX_CHARS
    assert len(names.tokens(text)) <= names.MAX_TOKENS


MARKS = st.sampled_from(["", "\u064e", "\u0640", "\u200f", "\u0651", "\u200c"])


@given(st.sampled_from(sorted({arabic for arabic, _ in PAIRS})), st.lists(MARKS, min_size=40, max_size=40))
def test_marks_and_tatweel_change_nothing(arabic, marks):
    marked = "".join(char + mark for char, mark in zip(arabic, marks, strict=False))
    assert names.tokens(marked) == names.tokens(arabic)


@given(st.sampled_from([latin for _, latin in PAIRS]))
def test_case_and_accents_change_nothing(latin):
    assert names.tokens(latin.upper()) == names.tokens(latin)


@pytest.mark.parametrize(
    ("typed", "name"), [("moh", "محمد"), ("amr", "العمراني"), ("كر", "karim"), ("kar", "karim"), ("elam", "elamrani")]
)
def test_a_name_being_typed(typed, name):
    assert spelling_likelihood.beginning(typed, name) > 2
    assert spelling_likelihood.beginning("zx", name) < 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [(" 12 345 ", "12345"), ("ab-12/3", "AB-12/3"), ("١٢٣٤", "1234"), ("محمد", ""), ("\x00\ud800", "")],
)
def test_registration_numbers(text, expected):
    assert names.number(text) == expected
