"""A count ended without prison beside one that stands: its acquittal is appealed, and never the sentence on the other."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.workflow import InvalidTransition
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Inmate
from inmates.sentences import actions
from inmates.sentences.models import Case, CourtAppeal, Sentence
from tests.inmates.sentences.conftest import ago, day

WHY = {"why": "Entered for the file of a namesake", "paper": "L"}


@pytest.fixture
def first(tried):
    return tried.sentences.get()


@pytest.fixture
def other(tried, first, officer):
    """The sentence on the second count: six years, confused with the first."""
    fields = {"starts_on": first.starts_on, "pronounced_on": first.pronounced_on}
    relation = {"relation": "confused", "relation_decision": "J"}
    return actions.pronounce(
        Sentence(case=first.case, inmate=tried, count=2, years=6, **fields, **relation), by=officer
    )


@pytest.fixture
def acquitted(first, other, declare, decide):
    """The first count, five years, set aside a hundred days ago."""
    decide(declare(judgment=first), "quashed")
    return Sentence.objects.get(pk=first.pk)


def standing(tried):
    return [(one.count, one.years) for one in tried.sentences.standing().order_by("count")]


def against(judgment, declare, **fields):
    told = {"party": "prosecution", "reference": "", "at": ago(90), "judgment": judgment}
    return declare(**told | {"kind": "cassation"} | fields)


def test_which_of_them_is_asked_and_the_other_stays_as_it_is(tried, acquitted, other, declare, decide):
    with pytest.raises(ValidationError) as refusal:
        against(None, declare)
    assert list(refusal.value.message_dict) == ["judgment"]
    appeal = against(acquitted, declare)
    assert (appeal.judgment, appeal.standing_judgment) == (acquitted, None)
    decide(appeal, "confirmed", on=day(-50))
    assert standing(tried) == [(2, 6)]


def test_not_before_the_acquittal_and_not_against_what_was_replaced(tried, first, other, declare, decide):
    decide(declare(judgment=first), "changed", sentence=Sentence(years=3))
    with pytest.raises(ValidationError) as refusal:
        against(first, declare)
    assert list(refusal.value.message_dict) == ["judgment"]
    decide(against(tried.sentences.standing().get(count=1), declare), "quashed", on=day(-60))
    with pytest.raises(ValidationError) as refusal:
        against(tried.sentences.get(count=1, replaces=first), declare, at=ago(70))
    assert list(refusal.value.message_dict) == ["at"]


def test_a_term_in_its_place_stands_on_its_own_count_and_goes_again_with_the_answer(
    tried, acquitted, other, declare, decide, officer, director
):
    new = Sentence(years=7, starts_on=acquitted.starts_on, relation="confused", relation_decision="J")
    appeal = decide(against(acquitted, declare), "changed", sentence=new, on=day(-50))
    assert standing(tried) == [(1, 7), (2, 6)]
    made = corrections.annul(correctables.find("court_answer"), appeal, by=officer, **WHY)
    if made.state == made.State.PROPOSED:
        corrections.confirm(made, by=director)
    assert standing(tried) == [(2, 6)]
    assert CourtAppeal.objects.open().get().judgment == acquitted


def test_sent_back_and_that_taken_back_the_acquittal_stands(
    tried, acquitted, other, declare, decide, officer, director
):
    appeal = decide(against(acquitted, declare), "sent_back", on=day(-50))
    assert (Case.objects.get().state, standing(tried)) == ("open", [(2, 6)])
    made = corrections.annul(correctables.find("court_answer"), appeal, by=officer, **WHY)
    if made.state == made.State.PROPOSED:
        corrections.confirm(made, by=director)
    assert (Case.objects.get().state, standing(tried)) == ("convicted", [(2, 6)])
    assert Sentence.objects.get(pk=acquitted.pk).quashed_on == acquitted.quashed_on


def test_the_end_of_a_retrial_that_was_appealed_is_not_taken_back(tried, first, other, declare, decide, officer):
    sent_back = decide(declare(judgment=first), "sent_back")
    actions.close_case(Case.objects.get(), state="acquitted", on=day(-80), reference="A 1", by=officer)
    with pytest.raises(ValidationError) as refusal:
        against(first, declare, at=ago(85))
    assert list(refusal.value.message_dict) == ["at"]
    against(first, declare, at=ago(70))
    sent_back.refresh_from_db()
    with pytest.raises(InvalidTransition, match="declared after"):
        corrections.annul(correctables.find("retrial_end"), sent_back, by=officer, **WHY)


def test_the_page_names_both(client, tried, acquitted, other, officer):
    until = Inmate.objects.get(pk=tried.pk).release_on
    client.force_login(officer)
    address = reverse("inmates:court_appeal_new", args=[tried.uuid, acquitted.case_id])
    assert address in client.get(reverse("inmates:tab_custody", args=[tried.uuid])).content.decode()
    page = client.get(address).content.decode()
    assert f"5 years · count 1 · {tried.cases.get()}, set aside: what is appealed is how this count ended" in page
    typed = {"kind": "cassation", "party": "prosecution", "court": "R", "judgment": acquitted.pk}
    typed |= {"at": "", "reference": ""}
    assert client.post(address, typed).status_code == 302
    assert CourtAppeal.objects.open().get().judgment == acquitted
    assert Inmate.objects.get(pk=tried.pk).release_on == until
