"""Releases that a court ordered in one case: what holds in another goes on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import releases
from inmates.custody.holds import holds
from inmates.people.models import Inmate
from inmates.sentences import actions
from inmates.sentences.models import Sentence
from tests.factories import make_inmate

DOOR = {"identity_check": "Card and photo compared", "property_return": "Effects, against signature"}


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def provisional(inmate, case, officer):
    return releases.release(stored(inmate), ground="provisional", reference="O-1", case=case, by=officer)


@pytest.fixture
def tried(unit, officer):
    """Somebody whose four years, of which 300 days are served, are not final."""
    return make_inmate(unit, by=officer, legal_status="convicted_appeal", days_ago=300, years=4)


@pytest.fixture
def other(tried, officer):
    """Another case of the same person, on remand."""
    return actions.open_case(tried, court="Fès", number="B/2", on_remand=True, by=officer)


def judged(case, officer, **fields):
    fields = {"years": 3, "starts_on": case.inmate.admitted_on, "pronounced_on": day(-10)} | fields
    return actions.pronounce(Sentence(case=case, inmate=case.inmate, **fields), by=officer)


def test_provisional_release_in_one_case_leaves_the_sentence_of_another(tried, other, officer):
    first = tried.cases.exclude(pk=other.pk).get()
    with pytest.raises(InvalidTransition, match="A sentence runs until"):
        provisional(tried, other, officer)
    with pytest.raises(InvalidTransition, match="On remand in case B/2"):
        provisional(tried, first, officer)
    assert len(holds(stored(tried))) == 2
    actions.set_remand(other, on_remand=False, reference="J 4", by=officer)
    assert provisional(tried, None, officer).ground == "provisional"  # the only case that holds


def test_with_no_case_chosen_it_is_asked_which_and_nothing_typed_is_lost(client, tried, other, officer):
    with pytest.raises(ValidationError) as refusal:
        provisional(tried, None, officer)
    assert list(refusal.value.message_dict) == ["case"]
    client.force_login(officer)
    typed = {
        "ground": "provisional",
        "release_reference": "O-1",
        "at": f"{timezone.localtime():%d/%m/%Y %H:%M}",
        **DOOR,
    }
    refused = client.post(reverse("inmates:release", args=[tried.uuid]), typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["case"])
    assert refused.context["form"]["release_reference"].value() == "O-1"


@pytest.mark.parametrize("relation", ["", "confused", "cumulated"])
def test_of_two_sentences_not_final_the_other_holds_on(tried, other, officer, relation):
    judged(other, officer, relation=relation, relation_decision="J" if relation else "")
    for case in tried.cases.all():
        with pytest.raises(InvalidTransition, match="Cannot be released"):
            provisional(tried, case, officer)


@pytest.mark.parametrize("final", [False, True])
def test_once_the_other_sentence_was_served_it_is_in_nobodys_way(unit, officer, final):
    inmate = make_inmate(
        unit, by=officer, days_ago=500, years=1, legal_status="convicted_final" if final else "convicted_appeal"
    )
    case = actions.open_case(inmate, court="Fès", number="B/2", by=officer)
    judged(case, officer, starts_on=inmate.admitted_on, relation="confused", relation_decision="J")
    assert provisional(inmate, case, officer)


def test_a_final_count_of_the_same_case_runs_on(tried, officer):
    first = tried.sentences.get()
    second = judged(first.case, officer, count=2, relation="confused", relation_decision="J")
    actions.make_final(second, on=day(-1), reference="C", by=officer)
    with pytest.raises(InvalidTransition, match="A sentence runs until"):
        provisional(tried, first.case, officer)
