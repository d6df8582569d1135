"""People of whose sentences the rules give no date: freed by pardons, held no longer than to the latest end, and told of."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.custody.actions import releases
from inmates.custody.holds import Hold, holds, nothing_holds
from inmates.custody.release_grounds import proposed
from inmates.people.models import Alert, Inmate
from inmates.sentences import actions, daily
from inmates.sentences.models import Pardon, Sentence
from inmates.sentences.release_dates import bounds
from musalaha.pardon_effects import would_free
from tests.factories import make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


@pytest.fixture
def held(unit, officer):
    """Somebody held `days_ago` days under a term of `months`, and a second one of `other` months beside it, if any."""

    def make(days_ago=400, months=60, other=24, final=True, **fields):
        status = "convicted_final" if final else "convicted_appeal"
        inmate = make_inmate(unit, by=officer, days_ago=days_ago, years=0, months=months, legal_status=status)
        if other:
            case = actions.open_case(inmate, court="Fès", number="8", by=officer)
            fields = {"starts_on": inmate.admitted_on, "pronounced_on": inmate.admitted_on} | fields
            if fields.get("relation"):
                fields["relation_decision"] = "CA 7"
            actions.pronounce(Sentence(case=case, inmate=inmate, months=other, **fields), by=officer)
        inmate.refresh_from_db()
        return inmate

    return make


@pytest.fixture
def pardon(coordinator, reviewer):
    """A pardon of a sentence, verified unless said otherwise."""

    def act(sentence, dated_on=None, verified=True, **effect):
        one = Pardon(inmate=sentence.inmate, sentence=sentence, **(effect or {"prison": "remainder"}))
        reference = f"1-26-{sentence.pk}-{dated_on}"
        one = actions.record_pardon(one, reference=reference, dated_on=dated_on or day(-1), by=coordinator)
        return actions.verify_pardon(one, by=reviewer) if verified else one

    return act


def both(inmate):
    return list(inmate.sentences.standing().order_by("pk"))


def again(inmate):
    return Inmate.objects.get(pk=inmate.pk)


PART = {"relation": "partly", "total_months": 72}


# --- all of it pardoned


def test_cumulated_in_part_and_both_pardoned_nothing_holds(held, pardon, officer, reviewer):
    inmate = held(**PART)
    first, second = both(inmate)
    pardon(first)
    assert [hold.kind for hold in holds(again(inmate))] == [Hold.SENTENCE]  # the other is not pardoned
    last = pardon(second, verified=False)
    assert would_free(last)  # every hour counts
    actions.verify_pardon(last, by=reviewer)
    inmate = again(inmate)
    assert (inmate.release_on, inmate.release_basis, holds(inmate)) == (day(-1), "computed", [])
    assert proposed(inmate).ground == "pardon"
    releases.release(inmate, ground="term_served", by=officer)
    assert not again(inmate).held


@pytest.mark.parametrize(("pardoned", "free"), [(-1, True), (-200, False)])
def test_a_revoked_part_falls_with_a_later_pardon_and_not_with_an_earlier(held, pardon, officer, pardoned, free):
    inmate = held(months=24, other=12, suspended_months=6, relation="cumulated")
    first, second = both(inmate)
    actions.revoke_suspension(second, on=day(-100), decision="Ruling", by=officer)
    pardon(first, day(-1))
    pardon(second, day(pardoned))
    inmate = again(inmate)
    assert (holds(inmate) == []) is free
    if not free:  # the revoked part alone is left, after all else at the latest
        assert bounds(inmate).latest > clock.today()
        assert holds(inmate, day=bounds(inmate).latest) == []


# --- a latest end where the rules give no date


def lowered(inmate, pardon, officer, months):
    """Reduced by a month, then lowered on appeal to so many months."""
    [sentence] = both(inmate)
    pardon(sentence, day(-300), prison="reduced", months=1)
    appeal = court_appeals.declare_appeal(
        sentence.case, kind="appeal", party="person", court="Rabat", reference="R", judgment=sentence, by=officer
    )
    court_appeals.decide_appeal(
        appeal, outcome="changed", on=clock.today(), decision="AR 7", sentence=Sentence(kind="term", months=months),
        by=officer,
    )  # fmt: skip
    return again(inmate)


def test_lowered_on_appeal_after_a_reduction_it_holds_no_longer_than_the_new_term(held, pardon, officer):
    inmate = lowered(held(months=24, other=0, final=False, days_ago=500), pardon, officer, 12)
    assert inmate.release_basis == "unsettled"
    assert bounds(inmate).over(clock.today())
    assert holds(inmate) == []
    assert nothing_holds(Inmate.objects.in_custody()) == [inmate]
    releases.release(inmate, ground="term_served", by=officer)


def test_the_same_while_the_new_term_runs_holds_and_a_pardon_of_it_frees(held, pardon, officer):
    inmate = lowered(held(months=24, other=0, final=False, days_ago=500), pardon, officer, 20)
    within = bounds(inmate)
    assert within.earliest < within.latest
    assert [hold.until for hold in holds(inmate)] == [within.latest]
    pardon(both(inmate)[0])
    assert holds(again(inmate)) == []


def test_after_the_severest_is_pardoned_the_absorbed_one_holds_to_its_own_end(held, pardon, officer):
    over = held(days_ago=900, months=108, relation="confused")
    pardon(both(over)[0], day(-600))
    assert holds(again(over)) == []
    runs = held(days_ago=900, months=108, other=36, relation="confused")
    pardon(both(runs)[0], day(-600))
    runs = again(runs)
    assert [hold.kind for hold in holds(runs)] == [Hold.SENTENCE]
    assert daily.run()["past_an_earliest_end"] == 4
    assert runs.tasks.open().filter(kind="release_date", due_on=clock.today()).exists()
    with pytest.raises(InvalidTransition, match="Release date to be settled"):
        releases.release(runs, ground="term_served", reference="P-1", by=officer)
    with pytest.raises(ValidationError):
        releases.release(runs, ground="term_served", before_term=True, by=officer)
    releases.release(runs, ground="term_served", before_term=True, reference="P-1", by=officer)
    assert Alert.objects.filter(inmate=runs, kind="release_disputed").exists()


@pytest.mark.parametrize(("other", "free"), [(4, True), (24, False)])
def test_cumulated_after_a_break_each_holds_to_its_own_end(held, officer, other, free):
    inmate = held(days_ago=900, months=6, other=other, starts_on=day(-400), pronounced_on=day(-400))
    assert (holds(inmate) == []) is free
    actions.answer_relation(inmate, relation="cumulated", reference="P 3", on=day(0), by=officer)
    inmate = again(inmate)
    assert inmate.release_basis == "unsettled"
    assert (holds(inmate) == []) is free
    assert (nothing_holds(Inmate.objects.in_custody()) == [inmate]) is free


def test_life_that_nobody_pardoned_stays_with_a_person(held, pardon, officer):
    inmate = held(months=24, other=0)
    case = actions.open_case(inmate, court="Fès", number="9", by=officer)
    dates = {"starts_on": inmate.admitted_on, "pronounced_on": inmate.admitted_on}
    actions.pronounce(Sentence(case=case, inmate=inmate, kind="life", **dates), by=officer)
    pardon(both(inmate)[0])
    inmate = again(inmate)
    assert bounds(inmate).latest is None
    assert [hold.kind for hold in holds(inmate)] == [Hold.SENTENCE]


# --- told again


def test_a_new_fact_tells_again_where_it_moves_an_end_and_only_there(held, pardon):
    inmate = held(**PART | {"total_months": 66})
    first, second = both(inmate)
    told = Alert.objects.filter(inmate=inmate, kind="release_date")
    pardon(first, day(-3), prison="reduced", months=6)
    assert told.count() == 2
    pardon(first, day(-2), prison="reduced", months=6)
    assert told.count() == 4
    assert inmate.tasks.open().get(kind="release_date").text.startswith("A new fact moved the days")
    pardon(second, day(-1), prison="reduced", months=1)  # moves neither end
    assert told.count() == 4
