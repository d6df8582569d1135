"""A sentence that was over when somebody left custody is over: what is pronounced after a readmission runs by itself."""

from datetime import timedelta

import pytest

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import admissions, orders, outings, releases
from inmates.custody.holds import Hold, holds
from inmates.custody.models import DetentionOrder
from inmates.people.models import Alert, Inmate
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon, Sentence
from inmates.sentences.release_dates import bounds
from tests.factories import ago, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


@pytest.fixture
def pardoned(officer, coordinator, reviewer):
    """`pardoned(inmate, on, **fields)`: a verified pardon of the person's only sentence."""

    def make(inmate, on, **fields):
        pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), **fields)
        made = sentences.record_pardon(pardon, reference="1-26-1", dated_on=on, by=coordinator)
        return sentences.verify_pardon(made, by=reviewer)

    return make


def again(inmate, unit, officer, *, days_ago=700, years=3, relation=""):
    """Admitted again on remand, and sentenced for that."""
    warrant = DetentionOrder(kind="remand", authority="R", reference="Back", issued_on=day(-days_ago))
    admissions.admit(
        stored(inmate),
        unit=unit,
        order=warrant,
        legal_status="remand",
        registration_number="90210",
        admitted_at=ago(days_ago),
        by=officer,
    )
    case = sentences.open_case(stored(inmate), court="Fes", number="B/2", on_remand=True, by=officer)
    start = day(-days_ago)
    new = Sentence(case=case, inmate=inmate, years=years, starts_on=start, pronounced_on=day(10 - days_ago))
    new.relation, new.relation_decision = relation, "J" if relation else ""
    sentences.pronounce(new, by=officer)
    return start.replace(year=start.year + years)


@pytest.mark.parametrize("relation", ["", "cumulated"])
@pytest.mark.parametrize("effect", [{"prison": "remainder"}, {"prison": "reduced", "years": 9}])
def test_what_a_pardon_ended_takes_nothing_from_the_next_sentence(unit, officer, pardoned, relation, effect):
    inmate = make_inmate(unit, by=officer, days_ago=2000, years=10)
    pardoned(inmate, day(-1500), **effect)
    releases.release(stored(inmate), ground="pardon", at=ago(1499), by=officer)
    end = again(inmate, unit, officer, relation=relation)
    inmate = stored(inmate)
    assert (inmate.release_on, inmate.release_basis) == (end, "computed")
    assert "ended_before" in [step["code"] for step in inmate.release_computations.first().steps]
    assert [hold.kind for hold in holds(inmate)] == [Hold.SENTENCE]
    assert not Alert.objects.filter(inmate=inmate, kind="no_title").exists()
    with pytest.raises(InvalidTransition):
        releases.release(inmate, ground="term_served", by=officer)


def test_confused_with_a_sentence_that_a_pardon_ended_it_holds_to_its_own_end(unit, officer, pardoned):
    inmate = make_inmate(unit, by=officer, days_ago=2000, years=10)
    pardoned(inmate, day(-1500), prison="remainder")
    releases.release(stored(inmate), ground="pardon", at=ago(1499), by=officer)
    end = again(inmate, unit, officer, relation="confused")
    assert bounds(stored(inmate)).latest == end
    assert [hold.kind for hold in holds(stored(inmate))] == [Hold.SENTENCE]


@pytest.mark.parametrize("ground", ["civil_ended", "judicial"])
def test_served_and_gone_on_another_ground_it_is_over_too(unit, officer, ground):
    inmate = make_inmate(unit, by=officer, days_ago=1000, years=1)
    if ground == "civil_ended":
        civil = DetentionOrder(kind="civil", authority="x", reference="CC", issued_on=day(-640), expires_on=day(-600))
        orders.add_order(inmate, order=civil, by=officer)
    releases.release(stored(inmate), ground=ground, reference="J", at=ago(599), by=officer)
    end = again(inmate, unit, officer, days_ago=200, years=2)
    assert (stored(inmate).release_on, stored(inmate).release_basis) == (end, "computed")


def test_released_before_its_end_it_is_not_over(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=1000, years=10)
    releases.release(stored(inmate), ground="judicial", reference="J", at=ago(599), by=officer)
    again(inmate, unit, officer, days_ago=200, years=2)
    assert stored(inmate).release_basis == "unsettled"
    assert bounds(stored(inmate)).latest > day(9 * 365)


def test_the_days_at_large_before_count_in_asking_whether_it_was_over(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=1000, years=1)
    outings.record_escape(inmate, account="Over the wall", at=ago(900), by=officer)
    outings.record_return(stored(inmate), unit=unit, at=ago(700), by=officer)  # 265 days still to serve
    releases.release(stored(inmate), ground="judicial", reference="J", at=ago(600), by=officer)
    again(inmate, unit, officer, days_ago=200, years=2)
    assert stored(inmate).release_basis == "unsettled"


def test_pardoned_while_held_on_for_another_case_the_next_is_counted_from_its_own_start(unit, officer, pardoned):
    inmate = make_inmate(unit, by=officer, days_ago=2000, years=10)
    pardoned(inmate, day(-900), prison="remainder")
    case = sentences.open_case(stored(inmate), court="Fes", number="B/2", by=officer)
    new = Sentence(case=case, inmate=inmate, years=2, starts_on=day(-500), pronounced_on=day(-300))
    sentences.pronounce(new, by=officer)
    latest = bounds(stored(inmate)).latest
    assert latest == day(-500).replace(year=day(-500).year + 2)
    assert [hold.until for hold in holds(stored(inmate))] == [latest]
