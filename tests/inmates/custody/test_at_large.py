"""While somebody is at large the sentence does not run: they are not released as having served it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import outings, releases
from inmates.custody.holds import Hold, holds
from inmates.custody.release_grounds import proposed
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon
from tests.factories import ago, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


@pytest.fixture
def fugitive(unit, officer):
    """Two years from 930 days ago, at large for 500 days."""
    inmate = make_inmate(unit, by=officer, days_ago=930, years=2)
    outings.record_escape(inmate, account="Over the wall", at=ago(500), by=officer)
    return stored(inmate)


@pytest.mark.parametrize("before_term", [False, True])
def test_a_fugitive_has_served_no_term(fugitive, officer, before_term):
    assert fugitive.release_on < clock.today()
    assert [hold.what for hold in holds(fugitive)] == [Hold.AT_LARGE]
    assert proposed(fugitive) is None
    with pytest.raises(InvalidTransition, match="At large since"):
        releases.release(fugitive, ground="term_served", before_term=before_term, reference="P 1", by=officer)


def test_page_and_profile_say_so(client, fugitive, officer):
    client.force_login(officer)
    page = client.get(reverse("inmates:release", args=[fugitive.uuid])).content.decode()
    assert "At large since" in page
    assert "Nothing that is recorded holds" not in page
    profile = client.get(fugitive.get_absolute_url()).content.decode()
    tab = client.get(reverse("inmates:tab_custody", args=[fugitive.uuid])).content.decode()
    for shown in (profile, tab):
        assert "At large since" in shown
        assert "computed before the absence" in shown
    assert "Nothing that is recorded: release today" not in tab


def test_a_judges_written_order_opens_all_the_same(fugitive, officer):
    stay = releases.release(fugitive, ground="judicial", reference="J 7", by=officer)
    assert [one["what"] for one in stay.release_file["against"]] == [Hold.AT_LARGE]
    assert "At large since" in Hold.read(stay.release_file["against"][0]).text


def test_who_escaped_after_the_term_had_ended_is_held_by_nothing(client, unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=930, years=2)
    outings.record_escape(inmate, account="Over the wall", at=ago(100), by=officer)
    assert holds(stored(inmate)) == []
    client.force_login(officer)
    tab = client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()
    assert "What holds this person" not in tab  # nobody is there to be released today
    releases.release(stored(inmate), ground="term_served", by=officer)


def test_pardoned_meanwhile_nothing_is_left(fugitive, officer, coordinator, reviewer):
    pardon = Pardon(inmate=fugitive, sentence=fugitive.sentences.get(), prison="remainder")
    made = sentences.record_pardon(pardon, reference="1-26-1", dated_on=clock.today(), by=coordinator)
    sentences.verify_pardon(made, by=reviewer)
    assert holds(stored(fugitive)) == []
    assert releases.release(stored(fugitive), ground="pardon", by=officer).ground == "pardon"


def test_back_again_the_days_at_large_are_for_a_person_to_settle(fugitive, unit, officer):
    outings.record_return(fugitive, unit=unit, by=officer)
    assert stored(fugitive).release_basis == "unsettled"
    assert [hold.kind for hold in holds(stored(fugitive))] == [Hold.SENTENCE]
