"""Papers as PDF: data is printed and never run, Arabic is Arabic, and nothing but a paper is taken."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from documents import pdf
from documents.letters import UNKNOWN, Certificate, Fact, Facts, Items, Letter, Person, Signatures, Signer, Table, Text
from tests.documents.reading import pages_of, text_of
from tests.documents.test_letters import PARTS

DAYS = {"ar": ["في", "3", "غشت", "2026"], "fr": ["le 3 août 2026"], "en": ["Salé 2, 3 Aug 2026"]}


@pytest.mark.parametrize("kind", [Letter, Certificate])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_language_shows_issuer_day_and_number(kind, language):
    content = pdf.render(replace(PARTS[kind], language=language))
    assert content.startswith(b"%PDF-1.7")
    text = text_of(content)
    for said in ("Royaume du Maroc", "Salé 2", "2026/TD-118", "Omar", "Notice", *DAYS[language]):
        assert said in text
    assert {"السجنية", "سلا"} <= set(text.split())  # the issuer in Arabic, whatever the language of the paper


def test_every_block_is_printed():
    text = text_of(pdf.render(PARTS[Letter]))
    for said in (
        *("Omar", "عمر", "Number", "About", "3 août 2026", "—", "One.", "Two.", "1.", "First", "Left", "Right"),
        *("Which?", "That", "In my own words", "Inmate", "Officer", "Copy", "Page 1 sur 1"),
    ):
        assert said in text


def test_a_signer_shows_function_name_and_note():
    signed = pdf.render(replace(PARTS[Letter], blocks=(Signatures((PARTS[Signer],)),)))
    assert [said for said in ("Director", "N. Benali", "Stamp") if said not in text_of(signed)] == []
    unsigned = text_of(pdf.render(replace(PARTS[Letter], blocks=(Signatures((Signer("Director"),)),))))
    assert "—" not in unsigned


def test_what_is_unknown_is_a_dash():
    person = Person(name_ar=UNKNOWN, name_latin="OMAR", facts=(Fact("Card", "x"),))
    assert text_of(pdf.render(replace(PARTS[Letter], blocks=(person,)))).count("—") == 1


LONG = {
    "a paragraph": Text("Long. " * 300),
    "a list": Items(("Long. " * 30,) * 12, apart=True),
    "a table": Table(("A",), tuple((f"{n} Long.",) for n in range(60))),
}


@pytest.mark.parametrize("last", LONG.values(), ids=LONG)
def test_signatures_are_never_alone_on_a_page(last):
    lengths = set()
    for filling in range(1, 24, 3):
        blocks = (Facts(tuple(Fact("x", "y") for _n in range(filling))), last, PARTS[Signatures])
        pages = pages_of(pdf.render(replace(PARTS[Letter], blocks=blocks)))
        assert "Officer" in pages[-1]
        assert "Long." in pages[-1]
        lengths.add(len(pages))
    assert len(lengths) > 1  # somewhere on the way the page was full


def test_data_is_printed_and_not_run():
    content = pdf.render(replace(PARTS[Letter], title='#panic() $x$ "b"'))
    assert '#panic() $x$ "b"' in text_of(content)


def test_days_and_moments_stay_on_one_line_and_months_are_moroccan():
    with pdf.language("ar"):
        assert pdf.day(date(2026, 8, 3)) == "3\u00a0غشت\u00a02026"
        assert pdf.day(None) == ""
        assert pdf.moment(datetime(2026, 8, 3, 8, 5, tzinfo=UTC)) == "3\u00a0غشت\u00a02026، 09:05"
    with pdf.language("fr"):
        assert pdf.moment(datetime(2026, 8, 3, 23, 30, tzinfo=UTC)) == "4\u00a0août\u00a02026, 00:30"


@pytest.mark.parametrize("other", [None, {"title": "Notice"}, "letter", PARTS[Text], PARTS[Facts]])
def test_nothing_but_a_paper_is_printed(other):
    with pytest.raises(TypeError):
        pdf.render(other)
