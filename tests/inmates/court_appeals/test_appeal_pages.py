"""Pages of the register of appeals and of a judgment that became final."""

import pytest
from django.urls import reverse

from config import clock
from inmates.sentences.models import CourtAppeal
from tests.inmates.sentences.conftest import ago, day


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def test_the_registry_goes_the_whole_way_on_pages(signed_in, tried):
    case = tried.cases.get()
    address = reverse("inmates:court_appeal_new", args=[tried.uuid, case.pk])
    data = {"kind": "appeal", "party": "person", "court": "Cour d'appel", "at": "", "reference": ""}
    refused_page = signed_in.post(address, data)
    assert refused_page.status_code == 422
    assert "Enter the number" in refused_page.content.decode()
    assert "Cour d&#x27;appel" in refused_page.content.decode()
    assert signed_in.post(address, data | {"reference": "3/2026"}).status_code == 302
    appeal = CourtAppeal.objects.get()
    register = reverse("inmates:court_appeals")
    assert "3/2026" in signed_in.get(register + "?show=to_send").content.decode()

    def post(name, **fields):
        return signed_in.post(reverse(f"inmates:{name}", args=[tried.uuid, appeal.pk]), fields)

    assert post("court_appeal_receipt", at="").status_code == 302
    assert post("court_appeal_send", at="", proof="").status_code == 422
    assert post("court_appeal_send", at="", proof="BE 44").status_code == 302
    assert "3/2026" not in signed_in.get(register + "?show=to_send").content.decode()
    today = f"{clock.today():%d/%m/%Y}"
    ruling = {"outcome": "changed", "on": today, "decision": "AR 9"}
    for wrong in (
        {},
        {"sentence_kind": "term"},
        {"sentence_kind": "term", "months": "18", "held": "yes"},
        {"outcome": "sent_back", "sentence_kind": ""},
        {"outcome": "sent_back", "held": "yes"},  # until when, or that the ruling does not say
        {"outcome": "confirmed", "sentence_kind": "term", "months": "3"},
        {"outcome": "sent_back", "held": "no", "until": today},
    ):
        assert post("court_appeal_outcome", **(ruling | wrong)).status_code == 422
    assert post("court_appeal_outcome", **ruling, sentence_kind="term", months="18").status_code == 302
    tab = signed_in.get(reverse("inmates:tab_custody", args=[tried.uuid])).content.decode()
    assert "<s>5 years</s>" in tab
    assert "replaced by a later judgment" in tab
    assert "AR 9" in tab
    assert "3/2026" in signed_in.get(register + "?show=answered").content.decode()


def test_another_prisons_register_shows_nothing_of_it(client, declare, officer2):
    declare(at=ago(hours=1))
    client.force_login(officer2)
    assert "12/2026" not in client.get(reverse("inmates:court_appeals")).content.decode()


def test_final_is_entered_on_one_page_with_its_paper(signed_in, tried):
    address = reverse("inmates:sentence_final", args=[tried.uuid, tried.sentences.get().pk])
    data = {"on": f"{day(-1):%d/%m/%Y}", "reference": ""}
    assert signed_in.post(address, data).status_code == 422
    assert signed_in.post(address, data | {"reference": "CNA 5"}).status_code == 302
    tried.refresh_from_db()
    assert tried.legal_status == "convicted_final"
    assert 'name="final_on"' not in signed_in.get(reverse("inmates:add_sentence", args=[tried.uuid])).content.decode()


def test_an_appeal_is_offered_until_the_judgment_is_final(signed_in, tried, inmate):
    for person, offered in ((tried, True), (inmate, False)):
        address = reverse("inmates:court_appeal_new", args=[person.uuid, person.cases.get().pk])
        tab = signed_in.get(reverse("inmates:tab_custody", args=[person.uuid])).content.decode()
        assert (address in tab) is offered
