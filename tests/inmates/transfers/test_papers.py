"""The transfer order: what it must state, and whose word it is."""

import pytest
from django.urls import reverse
from django.utils import translation

from config import clock
from documents import pdf
from documents.letters import UNKNOWN
from inmates.custody.models import Transfer
from inmates.people.models import Inmate
from inmates.transfers import actions as transfers
from inmates.transfers import papers
from tests.documents.reading import facts_of, people_of, text_of
from tests.factories import NEEDS_TO_KNOW

LANGUAGES = ["ar", "fr", "en"]


@pytest.fixture
def transfer(inmate, other_prison, officer):
    """A transfer that waits for the sender's director."""
    return transfers.propose(inmate, destination=other_prison, reason="family", by=officer)


def test_the_transfer_order_states_all_of_it(transfer, inmate):
    letter, today = papers.transfer_order(transfer, "en", NEEDS_TO_KNOW), clock.today()
    assert letter.issuer.name_fr == "Établissement pénitentiaire Salé 2"
    assert (letter.place, letter.day, letter.subtitle) == ("Salé 2", today, "Proposed")
    assert letter.reference == f"{today.year}/T-{transfer.pk}"
    assert letter.recipient == "Toulal 2"
    assert people_of(letter) == [(inmate.name_latin, inmate.name_ar)]
    facts = facts_of(letter)
    assert facts["Registration number"] == pdf.code(inmate.registration_number)
    assert (facts["From"], facts["To"], facts["Reason"]) == ("Salé 2", "Toulal 2", "Nearer to the family")
    assert facts["National or urgent order"] == "No"
    assert facts["Proposed"] == transfer.proposed_at
    assert [facts[state.label] for state in list(Transfer.STEPS)[1:]] == [UNKNOWN] * 4


def test_a_national_order_is_the_central_administrations(inmate, other_prison, coordinator):
    order = transfers.propose(inmate, destination=other_prison, reason="programme", national=True, by=coordinator)
    letter = papers.transfer_order(order, "fr", NEEDS_TO_KNOW)
    assert (letter.issuer.name_fr, letter.issuer.name_ar) == ("Administration centrale", "الإدارة المركزية")
    assert letter.place == "Rabat"
    assert facts_of(letter)["Ordre national ou urgent"] == "Oui"
    assert papers.transfer_order(order, "ar", NEEDS_TO_KNOW).place == "الرباط"


def test_after_the_departure_the_order_names_the_file_as_it_left(transfer, inmate, director, officer, officer2):
    transfers.approve(transfer, by=director)
    transfers.accept(transfer, by=officer2)
    transfer = transfers.depart(transfer, by=officer)
    name, number = inmate.name_latin, inmate.registration_number
    Inmate.objects.filter(pk=inmate.pk).update(family_name_latin="Other", registration_number="9", cin="BE100038")
    transfer.refresh_from_db()
    letter = papers.transfer_order(transfer, "en", NEEDS_TO_KNOW)
    assert people_of(letter) == [(name, inmate.name_ar)]
    facts = facts_of(letter)
    assert (facts["Registration number"], facts["National ID card (CIN)"]) == (pdf.code(number), UNKNOWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_transfer_order_shows_issuer_and_day(transfer, inmate, language):
    text = text_of(pdf.render(papers.transfer_order(transfer, language, NEEDS_TO_KNOW)))
    for words in ("Salé 2", inmate.name_latin, f"T-{transfer.pk}"):
        assert words in text
    assert {"السجنية", "سلا", "التازي"} <= set(text.split())
    with translation.override(language):
        assert set(pdf.day(clock.today()).split()) <= set(text.split())


def test_the_page_answers_with_the_paper(client, transfer, officer):
    client.force_login(officer)
    order = reverse("inmates:transfer_paper", args=[transfer.uuid])
    assert f"T-{transfer.pk}" in text_of(client.get(order).content)
