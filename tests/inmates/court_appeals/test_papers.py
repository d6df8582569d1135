"""The receipt of a declaration of appeal: what it states, in every language, and where it is printed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from config import clock
from documents import pdf
from inmates.court_appeals import actions as court_appeals
from inmates.court_appeals import papers
from tests.documents.reading import facts_of, people_of, signers_of, text_of
from tests.factories import NEEDS_TO_KNOW, make_inmate


@pytest.fixture
def appeal(unit, officer):
    """The appeal of somebody convicted."""
    inmate = make_inmate(unit, by=officer, legal_status="convicted_appeal")
    fields = {"kind": "appeal", "party": "person", "court": "Cour d'appel de Rabat", "reference": "12/2026"}
    return court_appeals.declare_appeal(inmate.cases.get(), **fields, by=officer)


def test_the_receipt_states_who_declared_what_when_and_by_when_it_goes_to_the_court(appeal, officer):
    letter, inmate = papers.receipt(appeal, "en", NEEDS_TO_KNOW), appeal.case.inmate
    assert people_of(letter) == [(inmate.name_latin, inmate.name_ar)]
    facts = facts_of(letter)
    assert facts["Number in the register of declarations"] == "12/2026"
    assert facts["Court appealed to"] == "Cour d'appel de Rabat"
    assert facts["Last day to appeal"] == appeal.last_day
    assert facts["To be sent to the court by"] == pdf.moment(timezone.localtime(appeal.send_by))
    assert signers_of(letter) == {"Records officer": str(officer), "The person who appeals": inmate.name}
    assert letter.day == clock.today()


@pytest.mark.parametrize(("language", "title"), [("ar", "وصل التصريح بالطعن"), ("fr", "Récépissé"), ("en", "Receipt")])
def test_it_is_printed_in_every_language(appeal, language, title):
    letter = papers.receipt(appeal, language, NEEDS_TO_KNOW)
    assert letter.title.startswith(title)
    assert "12/2026" in text_of(pdf.render(letter))


def test_the_page_prints_the_persons_own_declarations_alone(client, appeal, officer, officer2):
    inmate = appeal.case.inmate
    address = reverse("inmates:court_appeal_receipt_paper", args=[inmate.uuid, appeal.pk])
    client.force_login(officer)
    assert client.get(address)["Content-Type"] == "application/pdf"
    assert Event.objects.about(inmate).filter(verb="court_appeal_receipt.viewed").count() == 1
    theirs = court_appeals.declare_appeal(appeal.case, kind="cassation", party="prosecution", court="Rabat", by=officer)
    assert client.get(reverse("inmates:court_appeal_receipt_paper", args=[inmate.uuid, theirs.pk])).status_code == 404
    client.force_login(officer2)
    assert client.get(address).status_code == 404
