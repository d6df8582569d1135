"""The notice of a decision: what it must state before anybody signs for it."""

import pytest
from django.utils import translation

from config import clock
from documents import pdf
from documents.letters import UNKNOWN, Items, Text
from inmates.classification import papers
from inmates.classification.actions import notices
from inmates.people.models import Inmate
from tests.documents.reading import facts_of, people_of, signers_of, text_of
from tests.inmates.classification.conftest import decided


@pytest.fixture
def decision(inmate, assessor, reviewer):
    return decided(inmate, assessor=assessor, reviewer=reviewer)


def headings(letter):
    return [str(block.heading) for block in letter.blocks if isinstance(block, Text | Items)]


def test_the_notice_states_all_of_it(decision, inmate):
    letter = papers.notice(decision, "en")
    assert letter.issuer.name_fr == "Établissement pénitentiaire Salé 2"
    assert (letter.place, letter.day) == ("Salé 2", decision.decided_on)
    assert letter.reference == f"{decision.decided_on.year}/C-{decision.pk}"
    assert letter.recipient == inmate.name
    assert people_of(letter) == [(inmate.name_latin, inmate.name_ar)]
    facts = facts_of(letter)
    assert facts["Registration number"] == pdf.code(inmate.registration_number)
    assert facts["Decided on"] == decision.decided_on
    assert (facts["Tier before"], facts["Tier decided"]) == ("not yet classified", "Tier 2, reconcilable")
    assert headings(letter) == ["Reasons", "What this tier means", "If you do not agree"]
    signers = signers_of(letter)
    assert signers == {
        "The inmate (or: refused to sign)": inmate.name,
        "Served by, on": UNKNOWN,
        "Interpreter": UNKNOWN,
    }


def test_once_served_it_names_who_served_it(decision, officer):
    notice = decision.notice
    notices.serve_notice(
        notice, served_on=clock.today(), how="read", language="fr", interpreter="A. Ait Ali", by=officer
    )
    decision.refresh_from_db()
    signers = signers_of(papers.notice(decision, "en"))
    assert (signers["Served by, on"], signers["Interpreter"]) == (str(officer), "A. Ait Ali")


def test_a_withheld_passage_says_why_and_by_whom(decision, officer):
    decision.notice.withheld, decision.notice.withheld_reason = "proposed", "Safety of a third person"
    decision.notice.withheld_by = officer
    texts = [str(block.text) for block in papers.notice(decision, "en").blocks if isinstance(block, Text)]
    assert texts[0] == "As […], on the same grounds."
    assert "Safety of a third person" in texts[1]
    assert str(officer) in texts[1]


@pytest.mark.parametrize("lost", ["reasons", "decided_on", "next_review_on"])
def test_a_notice_without_its_grounds_is_never_built(decision, lost):
    setattr(decision, lost, " " if lost == "reasons" else None)
    with pytest.raises((TypeError, ValueError, AttributeError)):
        papers.notice(decision, "fr")


def test_nor_one_about_somebody_without_a_name(decision):
    decision.inmate = Inmate(facility=decision.inmate.facility, registration_number="1")
    with pytest.raises(ValueError, match=r"blank|no name"):
        papers.notice(decision, "fr")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_sheet_shows_issuer_day_person_and_number(decision, inmate, language):
    text = text_of(pdf.render(papers.notice(decision, language)))
    for said in ("Salé 2", inmate.name_latin, inmate.registration_number, f"C-{decision.pk}"):
        assert said in text
    assert {"السجنية", "سلا", "عمر", "التازي"} <= set(text.split())
    with translation.override(language):
        assert set(pdf.day(decision.decided_on).split()) <= set(text.split())
