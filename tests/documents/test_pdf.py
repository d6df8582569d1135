"""Papers: data is printed and never run, Arabic is Arabic, and what does not exist is refused."""

from datetime import date

import pytest
from django.utils.translation import gettext_lazy

from documents import pdf


def paper(**more):
    return {
        "title": "Notice",
        "reference": "2026/TD-118",
        "blocks": [
            pdf.facts([("Name", "#panic() $x$ *b* \\ محمد"), ("Day", date(2026, 8, 3)), ("None", None)]),
            pdf.text("One.\n\nTwo.", heading=gettext_lazy("Reasons")),
            pdf.items(["First", "Second"]),
            pdf.table(["Left", "Right"], [["a", 1], ["b", None]]),
            pdf.signatures(["Inmate", "Officer"]),
        ],
    } | more


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_language_gives_a_pdf_with_its_own_fonts(language):
    with pdf.language(language):
        content = pdf.render("letter", paper(), language)
    assert content.startswith(b"%PDF-1.7")
    assert b"Amiri" in content


def test_data_is_printed_and_not_run():
    content = pdf.render("letter", paper(title='#panic() $x$ "b"'), "fr")
    assert b"#panic() $x$" in content


def test_arabic_months_are_moroccan():
    with pdf.language("ar"):
        assert pdf.day(date(2026, 8, 3)) == "3 غشت 2026"
        assert pdf.day(None) == ""


@pytest.mark.parametrize(("name", "language"), [("nothing", "fr"), ("_letter", "fr"), ("../x", "fr"), ("letter", "de")])
def test_unknown_papers_and_languages_are_refused(name, language):
    with pytest.raises(LookupError):
        pdf.render(name, paper(), language)


def test_what_cannot_be_printed_is_refused():
    with pytest.raises(TypeError):
        pdf.render("letter", paper(subtitle=object()), "fr")
