"""Cases and sentences on their pages: recorded, computed again, and refused with words at the field."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from config import clock
from core.workflow import InvalidTransition
from inmates.sentences import actions
from inmates.sentences.models import Case, Offence, Sentence
from tests.factories import make_inmate


@pytest.fixture(autouse=True)
def _english():
    """Refusals are read in the source language."""
    with translation.override("en"):
        yield


@pytest.fixture
def untried(unit, officer):
    """Somebody on remand in one case."""
    return make_inmate(unit, by=officer, legal_status="remand")


@pytest.fixture
def signed_in(client, officer):
    """The records officer's browser."""
    client.force_login(officer)
    return client


def sentence_data(case, /, **changes):
    data = {
        "case": case.pk,
        "sentence_kind": "term",
        "years": "5",
        "starts_on": "17/05/2016",
        "held_elsewhere": "Oujda 2, attestation 5",
        "pronounced_on": "17/05/2016",
    }
    return data | changes


def test_a_case_is_recorded(signed_in, inmate):
    address = reverse("inmates:add_case", args=[inmate.uuid])
    assert signed_in.post(address, {"number": "7"}).status_code == 422
    assert signed_in.post(address, {"court": "Rabat", "number": "7", "on_remand": "on"}).status_code == 302
    assert Case.objects.get(number="7").on_remand


def test_a_sentence_gives_a_release_date_with_its_steps(signed_in, untried):
    case = untried.cases.get()
    address = reverse("inmates:add_sentence", args=[untried.uuid])
    assert signed_in.post(address, sentence_data(case, years="")).status_code == 422
    assert signed_in.post(address, sentence_data(case)).status_code == 302
    untried.refresh_from_db()
    assert untried.release_on.isoformat() == "2021-05-17"
    page = signed_in.get(reverse("inmates:tab_custody", args=[untried.uuid])).content.decode()
    assert "5 years from 17 May 2016 = 17 May 2021." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sentence_kind": "life"}, "have no term"),
        ({"years": "-1"}, "greater than or equal to 0"),
        ({"starts_on": "17/05/2099"}, "future"),
        ({"remand_from_1": "10/01/2016"}, "Both days are needed"),
        ({"relation": "confused"}, "Name the decision"),
        ({"case": "0"}, "Select a valid choice"),
    ],
)
def test_what_no_court_pronounces_is_refused(signed_in, untried, changes, words):
    address = reverse("inmates:add_sentence", args=[untried.uuid])
    answer = signed_in.post(address, sentence_data(untried.cases.get(), **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Sentence.objects.exists()


def test_a_term_outside_the_range_must_be_acknowledged(signed_in, untried):
    case = untried.cases.get()
    case.offences.add(
        Offence.objects.create(law="Penal Code", article="218-1-1", label="Joining", min_years=5, max_years=15)
    )
    address = reverse("inmates:add_sentence", args=[untried.uuid])
    refused = signed_in.post(address, sentence_data(case, years="20"))
    assert "outside the range" in refused.content.decode()
    assert signed_in.post(address, sentence_data(case, years="20", range_acknowledged="on")).status_code == 302


def test_two_sentences_without_a_relation_have_no_date_until_it_is_recorded(signed_in, inmate, officer, director):
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    sentence = Sentence(
        case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on, pronounced_on=inmate.admitted_on
    )
    actions.pronounce(sentence, by=officer)
    inmate.refresh_from_db()
    assert (inmate.release_on, inmate.release_basis) == (None, "unsettled")
    assert inmate.registration_number in signed_in.get(reverse("inmates:releases") + "?span=none").content.decode()
    address = reverse("inmates:sentence_relation", args=[inmate.uuid, sentence.pk])
    assert signed_in.post(address, {"relation": "confused"}).status_code == 422
    assert signed_in.post(address, {"relation": "confused", "relation_decision": "D-1"}).status_code == 302
    inmate.refresh_from_db()
    assert inmate.release_basis == "computed"


def test_a_date_is_settled_with_reasons_only_where_the_rules_give_none(client, inmate, officer, director):
    address = reverse("inmates:settle_release_date", args=[inmate.uuid])
    data = {"release_on": "01/02/2030", "source": "Prosecutor, 12/2026", "reasons": "Asked.", "sooner": "on"}
    client.force_login(officer)
    assert client.post(address, data).status_code == 403
    client.force_login(director)
    client.post(address, data)
    inmate.refresh_from_db()
    assert inmate.release_basis == "computed"
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    actions.pronounce(Sentence(case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on), by=officer)
    assert client.post(address, data | {"reasons": ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    inmate.refresh_from_db()
    assert (inmate.release_on.isoformat(), inmate.release_basis) == ("2030-02-01", "settled")


def test_an_acquittal_quashes_the_sentence_and_is_recorded_once(signed_in, inmate, officer):
    case = inmate.cases.get()
    inmate.sentences.update(final_on=None, final_reference="")
    fields = {"on": clock.today(), "reference": "Arrêt 7", "sentence_read": True, "by": officer}
    with pytest.raises(ValidationError):
        actions.close_case(case, state="convicted", **fields)
    address = reverse("inmates:close_case", args=[inmate.uuid, case.pk])
    typed = {"state": "acquitted", "on": clock.today().isoformat(), "reference": "Arrêt 7", "sentence_read": "on"}
    assert signed_in.post(address, typed).status_code == 302
    inmate.refresh_from_db()
    assert (inmate.release_on, inmate.release_basis) == (None, "none")
    with pytest.raises(InvalidTransition):
        actions.close_case(case, state="dropped", **fields)
