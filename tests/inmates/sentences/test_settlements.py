"""A settled release date ends with its ground: by a judgment, a quashing, a relation, a pardon of the term, a merge."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import releases
from inmates.custody.holds import Hold, holds
from inmates.duplicates.actions import merges
from inmates.people.actions import alerts
from inmates.people.models import Alert, Task
from inmates.sentences import actions, daily
from inmates.sentences.models import Fine, Pardon, Sentence
from inmates.sentences.release_dates import as_calculated, bounds
from musalaha.pardon_effects import would_free
from tests.factories import ago, end_case, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


@pytest.fixture
def second(inmate, officer):
    """A second sentence of `inmate`, whose relation to the first nobody knows."""
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    sentence = Sentence(case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on)
    return actions.pronounce(sentence, by=officer)


@pytest.fixture
def settled(second, inmate, director):
    """The settlement of `inmate`'s date, 400 days from now."""
    return actions.settle_release_date(
        inmate, release_on=day(400), reasons="Asked.", source="Prosecutor", sooner=True, by=director
    )


@pytest.fixture
def pardon(inmate, second, coordinator, reviewer):
    """Record and verify a pardon of one of `inmate`'s sentences."""

    def act(sentence=None, reference="1-26-5", verified=True, **fields):
        fields = {"prison": "remainder"} | fields
        one = Pardon(inmate=inmate, sentence=sentence or inmate.sentences.first(), **fields)
        one = actions.record_pardon(one, reference=reference, dated_on=day(-1), by=coordinator)
        return actions.verify_pardon(one, by=reviewer) if verified else one

    return act


def third_sentence(inmate, officer, **fields):
    case = actions.open_case(inmate, court="Agadir", number="10", by=officer)
    fields = {"months": 3, "starts_on": inmate.admitted_on} | fields
    return actions.pronounce(Sentence(case=case, inmate=inmate, **fields), by=officer)


def left(settlement, inmate):
    """`(why it ended, basis, open tasks, audiences told)`."""
    settlement.refresh_from_db()
    inmate.refresh_from_db()
    tasks = list(Task.objects.open().filter(inmate=inmate, kind="release_date").values_list("due_on", flat=True))
    told = Alert.objects.filter(inmate=inmate, kind="release_date", raised_at__gt=settlement.settled_at)
    return settlement.ended_why, inmate.release_basis, tasks, sorted(set(told.values_list("audience", flat=True)))


def test_a_day_before_the_earliest_end_is_asked_for_twice(second, inmate, director, client):
    """Of five years and two of which no ruling says how they stand, no day before the five are served is a slip."""
    url = reverse("inmates:settle_release_date", args=[inmate.uuid])
    typed = {"release_on": day(30).isoformat(), "reasons": "Asked.", "source": "Prosecutor"}
    client.force_login(director)
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert "By the rules the sentences end on" in answer.context["form"].errors["release_on"][0]
    assert not inmate.settlements.exists()
    inmate.refresh_from_db()
    earliest = bounds(inmate).earliest
    assert earliest > as_calculated(second).release().on
    with pytest.raises(ValidationError):
        actions.settle_release_date(
            inmate, release_on=earliest - timedelta(days=1), reasons="R", source="S", by=director
        )
    actions.settle_release_date(inmate, release_on=earliest, reasons="R", source="S", by=director)
    assert client.post(url, typed | {"sooner": "on"}).status_code == 302
    inmate.refresh_from_db()
    assert inmate.release_on == day(30)


def test_a_day_after_the_latest_end_is_asked_for_twice_and_told_nationally(second, inmate, director, client):
    url = reverse("inmates:settle_release_date", args=[inmate.uuid])
    inmate.refresh_from_db()
    latest = bounds(inmate).latest
    typed = {"release_on": (latest + timedelta(days=9000)).isoformat(), "reasons": "Asked.", "source": "Prosecutor"}
    client.force_login(director)
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert "at the latest" in answer.context["form"].errors["release_on"][0]
    assert not inmate.settlements.exists()
    assert client.post(url, typed | {"later": "on"}).status_code == 302
    told = Alert.objects.filter(inmate=inmate, kind="settled_late")
    assert [alert.audience for alert in told] == ["national"]
    actions.settle_release_date(
        inmate, release_on=latest, reasons="R", source="S", by=director
    )  # the very day is in order
    assert told.count() == 1


def test_past_the_latest_end_it_is_told_each_day_until_the_prosecutor_answers(second, inmate, director, officer):
    inmate.refresh_from_db()
    latest = bounds(inmate).latest
    late = {"release_on": latest + timedelta(days=9000), "reasons": "R", "source": "S", "later": True, "by": director}
    actions.settle_release_date(inmate, **late)
    told = Alert.objects.filter(inmate=inmate, kind="settled_late", reference__startswith="settlement")
    with time_machine.travel(latest - timedelta(days=1)):
        assert daily.run()["past_the_latest_end"] == 0
    with time_machine.travel(latest + timedelta(days=1), tick=True):
        assert (daily.run()["past_the_latest_end"], daily.run()["past_the_latest_end"]) == (2, 0)
        assert inmate.tasks.open().filter(kind="release_date").exists()
        alerts.acknowledge(told.get(audience="prison"), by=officer)
    with time_machine.travel(latest + timedelta(days=2), tick=True):
        assert daily.run()["past_the_latest_end"] == 2
        assert told.get(audience="prison").acknowledged_at is None
        actions.settle_release_date(inmate, **late, answer="PG 12/2026")
        assert not told.filter(acknowledged_at=None).exists()
    with time_machine.travel(latest + timedelta(days=4), tick=True):
        assert daily.run()["past_the_latest_end"] == 0


def test_a_pardon_of_one_of_two_sentences_ends_it_and_somebody_settles_again_today(
    settled, inmate, pardon, officer, inspector
):
    pardon(prison="reduced", years=1)
    told = ["national", "prison"]
    assert left(settled, inmate) == ("pardon", "unsettled", [clock.today()], told)
    assert inmate.release_on is None
    assert {alert.kind for alert in alerts.waiting_for(inspector)} == {"release_date"}
    assert {alert.kind for alert in alerts.waiting_for(officer)} == {"release_date"}
    assert Event.objects.get(verb="release_date.settlement_ended").detail == {"cause": "pardon"}


def test_settling_again_closes_the_task(settled, inmate, pardon, director):
    pardon(prison="reduced", years=1)
    again = actions.settle_release_date(inmate, release_on=day(90), reasons="R", source="S", sooner=True, by=director)
    assert left(again, inmate)[:3] == ("", "settled", [])
    assert set(inmate.tasks.filter(kind="release_date").values_list("done_by", flat=True)) == {director.pk}


def test_a_pardon_that_nobody_verified_or_that_is_of_a_fine_leaves_it(settled, inmate, pardon):
    before = (settled.release_on, "settled")
    pardon(verified=False)
    assert left(settled, inmate) == ("", "settled", [], [])
    Fine.objects.create(case=inmate.sentences.first().case, amount=500, remaining=500)
    pardon(reference="1-26-6", prison="kept", fine="remitted")
    assert left(settled, inmate) == ("", "settled", [], [])
    assert (inmate.release_on, inmate.release_basis) == before


def test_a_recorded_relation_ends_it_and_the_rules_give_the_date(settled, second, inmate, officer, officer2):
    with pytest.raises(PermissionDenied):
        actions.relate(second, relation="confused", decision="D-1", by=officer2)
    assert left(settled, inmate)[:2] == ("", "settled")
    actions.relate(second, relation="confused", decision="D-1", by=officer)
    assert left(settled, inmate) == ("relation", "computed", [], [])
    assert inmate.release_on != settled.release_on


def test_a_new_sentence_ends_it(settled, inmate, officer):
    third_sentence(inmate, officer)
    assert left(settled, inmate) == ("sentence", "unsettled", [clock.today()], ["national", "prison"])


def test_an_acquittal_ends_it_where_it_quashes_a_sentence_and_else_not(settled, second, inmate, officer):
    other = actions.open_case(inmate, court="Agadir", number="10", by=officer)
    end_case(other, state="acquitted", on=clock.today(), by=officer)
    assert left(settled, inmate) == ("", "settled", [], [])
    end_case(second.case, state="acquitted", on=clock.today(), by=officer)
    assert left(settled, inmate) == ("case closed", "computed", [], [])


def test_once_every_sentence_is_quashed_nothing_of_it_is_left(settled, second, inmate, officer):
    for case in inmate.cases.all():
        end_case(case, state="acquitted", on=clock.today(), by=officer)
    assert left(settled, inmate) == ("case closed", "none", [], [])
    assert inmate.release_on is None


def test_a_merge_ends_it(settled, inmate, unit, officer, director):
    earlier = make_inmate(unit, by=officer, days_ago=900, years=1)
    releases.release(earlier, ground="term_served", at=ago(400), by=officer)
    earlier.refresh_from_db()
    merges.approve(merges.propose(inmate, earlier, reason="Same", by=officer), by=director)
    assert left(settled, inmate) == ("merge", "unsettled", [clock.today()], ["national", "prison"])


def test_two_records_that_were_both_settled_are_merged_and_somebody_settles_again(
    settled, inmate, unit, officer, director
):
    earlier = make_inmate(unit, by=officer, days_ago=900, years=4)
    third_sentence(earlier, officer)
    theirs = actions.settle_release_date(
        earlier, release_on=day(300), reasons="R", source="S", sooner=True, by=settled.settled_by
    )
    releases.release(earlier, ground="judicial", reference="J 1", at=ago(400), by=officer)
    earlier.refresh_from_db()
    merges.approve(merges.propose(inmate, earlier, reason="Same", by=officer), by=director)
    for one in (settled, theirs):
        one.refresh_from_db()
        assert one.ended_why == "merge"
    assert inmate.tasks.open().filter(kind="release_date", due_on=clock.today()).exists()


def test_somebody_whom_a_pardon_would_free_is_seen_through_a_settled_date(settled, inmate, officer, second, pardon):
    end_case(second.case, state="dropped", on=clock.today(), by=officer)
    third = third_sentence(inmate, officer)
    actions.settle_release_date(
        inmate, release_on=day(400), reasons="R", source="S", sooner=True, by=settled.settled_by
    )
    end_case(third.case, state="dropped", on=clock.today(), by=officer)
    waiting = pardon(verified=False)
    assert would_free(waiting)


FACTS = {
    "pardon": lambda w: w.pardon(prison="reduced", months=1),
    "remainder": lambda w: w.pardon(reference="1-26-9"),
    "relation": lambda w: actions.relate(w.second, relation="cumulated", decision="D", by=w.officer),
    "sentence": lambda w: third_sentence(w.inmate, w.officer),
    "quashed": lambda w: end_case(w.second.case, state="acquitted", on=clock.today(), by=w.officer),
    "all quashed": lambda w: [
        end_case(case, state="dropped", on=clock.today(), by=w.officer)
        for case in w.inmate.cases.filter(state="convicted")
    ],
}


@pytest.mark.parametrize("later", FACTS)
@pytest.mark.parametrize("fact", FACTS)
def test_whatever_comes_after_a_settlement_no_stale_date_is_left(settled, second, inmate, officer, pardon, fact, later):
    """After any one of the facts, and any second, what is stored is what the rules say, or somebody's task of today."""
    world = SimpleNamespace(pardon=pardon, second=second, inmate=inmate, officer=officer)
    for step in dict.fromkeys([fact, later]):
        try:
            FACTS[step](world)
        except InvalidTransition:  # what was quashed is not changed again
            assert "quashed" in f"{fact} {later}"
        inmate.refresh_from_db()
        assert not inmate.settlements.filter(ended_at=None).exists()
        stored = inmate.release_on, inmate.release_basis
        assert stored[1] != "settled"
        assert actions.recompute(inmate, cause="check", by=officer).release_basis == stored[1]
        assert inmate.release_on == stored[0]
        due_today = Task.objects.open().filter(inmate=inmate, kind="release_date", due_on=clock.today())
        assert stored[1] != "unsettled" or due_today.exists()
        standing = inmate.sentences.standing().exists()
        assert standing or not [hold for hold in holds(inmate) if hold.kind == Hold.SENTENCE]


def test_once_the_rules_give_a_date_again_nobody_is_asked_to_settle_one(second, inmate, officer):
    asked = inmate.tasks.open().filter(kind=Task.Kind.RELEASE_DATE)
    task = asked.get()
    actions.relate(second, relation="", decision="", acts_on=inmate.admitted_on, by=officer)
    assert asked.get() == task  # the rules still give none
    actions.relate(second, relation="confused", decision="Ruling 4", by=officer)
    task.refresh_from_db()
    inmate.refresh_from_db()
    assert inmate.release_basis == "computed"
    assert not asked.exists()
    assert task.done_at is not None
    assert task.done_by == officer
