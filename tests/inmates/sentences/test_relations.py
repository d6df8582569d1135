"""Sentences whose relation nobody recorded: both possible ends, what is presumed, the prosecutor's answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from config import clock
from core.workflow import InvalidTransition
from inmates.custody import daily as custody_daily
from inmates.custody.actions import releases
from inmates.custody.holds import Hold, holds, nothing_holds
from inmates.custody.release_grounds import proposed
from inmates.people import corrections as correctables
from inmates.people.actions import alerts, corrections
from inmates.people.actions.tasks import settle_task
from inmates.people.models import Inmate, Task
from inmates.sentences import actions, daily
from inmates.sentences.actions.release_dates import end_settlement
from inmates.sentences.models import Sentence
from inmates.sentences.release_dates import bounds, calculated
from tests.factories import make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


@pytest.fixture
def twice(unit, officer):
    """Somebody held for `days_ago` days under two sentences of which nothing says how they stand to each other."""

    def make(days_ago=200, months=12, other=6, acts=(None, None), final=True, **fields):
        status = "convicted_final" if final else "convicted_appeal"
        inmate = make_inmate(unit, by=officer, days_ago=days_ago, years=0, months=months, legal_status=status)
        case = actions.open_case(inmate, court="Fès", number="8", by=officer)
        fields = {"months": other, "starts_on": inmate.admitted_on, "pronounced_on": inmate.admitted_on} | fields
        actions.pronounce(Sentence(case=case, inmate=inmate, **fields), by=officer)
        for sentence, on in zip(inmate.sentences.order_by("id"), acts, strict=True):
            if on:
                actions.relate(sentence, relation="", decision="", acts_on=on, by=officer)
        inmate.refresh_from_db()
        return inmate

    return make


def test_both_ends_are_known_and_the_term_holds_until_the_later(twice):
    inmate = twice()
    within = bounds(inmate)
    assert (inmate.release_on, inmate.release_basis) == (None, "unsettled")
    assert within.earliest < within.latest
    assert (within.latest - within.earliest).days in range(180, 186)
    assert [hold.kind for hold in holds(inmate)] == [Hold.SENTENCE]
    assert [hold.kind for hold in holds(inmate, day=within.latest - timedelta(days=1))] == [Hold.SENTENCE]
    assert holds(inmate, day=within.latest) == []


def test_once_even_the_later_has_passed_nothing_of_it_holds(twice, officer, director):
    inmate = twice(days_ago=600)
    assert bounds(inmate).over(clock.today())
    assert holds(inmate) == []
    assert nothing_holds(Inmate.objects.in_custody()) == [inmate]
    assert inmate.tasks.open().filter(kind="no_title", due_on=clock.today()).exists()  # told when it was entered
    assert custody_daily.run()["held_without_title"] == 0
    proposal = proposed(inmate)
    assert (proposal.ground, proposal.on) == ("term_served", bounds(inmate).latest)
    releases.release(inmate, ground="term_served", by=officer)
    assert not Inmate.objects.in_custody().filter(pk=inmate.pk).exists()


def test_before_it_has_passed_nobody_is_released_as_served(twice, officer):
    inmate = twice(days_ago=400)  # the earlier has passed, the later has not
    assert bounds(inmate).earliest < clock.today() < bounds(inmate).latest
    assert proposed(inmate) is None
    with pytest.raises(InvalidTransition, match="Release date to be settled"):
        releases.release(inmate, ground="term_served", by=officer)
    assert nothing_holds(Inmate.objects.in_custody()) == []


def test_sentences_each_served_in_its_own_stretch_hold_nothing(twice):
    inmate = twice(days_ago=900, months=2, other=3, starts_on=day(-300), pronounced_on=day(-300))
    assert day(-300) < bounds(inmate).latest < day(-200)
    assert bounds(inmate).over(clock.today())
    assert holds(inmate) == []


def test_life_has_no_bounds(twice):
    inmate = twice(kind="life", other=0)
    assert (bounds(inmate).earliest, bounds(inmate).latest) == (None, None)
    assert [hold.kind for hold in holds(inmate)] == [Hold.SENTENCE]


EARLY = (day(-900), day(-800))


@pytest.mark.parametrize(
    ("acts", "final", "presumed"),
    [
        (EARLY, True, True),
        (EARLY, False, True),  # nothing is final yet: all came before
        ((EARLY[0], None), True, False),
        ((None, None), True, False),
    ],
)
def test_the_earlier_end_is_presumed_where_all_acts_came_before_the_first_final_conviction(
    twice, acts, final, presumed
):
    assert (bounds(twice(acts=acts, final=final)).presumed is not None) is presumed


def test_an_act_after_the_first_final_conviction_presumes_nothing(twice):
    inmate = twice(acts=(day(-900), day(-100)), pronounced_on=day(-50))
    assert bounds(inmate).earliest is not None
    assert bounds(inmate).presumed is None


@pytest.mark.parametrize(("second", "presumed"), [(-100, False), (-950, True)])
def test_a_conviction_imported_as_final_without_its_day_may_have_come_before_a_later_act(
    twice, officer, second, presumed
):
    inmate = twice(acts=(day(-900), day(second)), pronounced_on=day(-50))
    first = inmate.sentences.order_by("id")[:1]
    Sentence.objects.filter(pk__in=first).update(pronounced_on=None, final_on=None, final_reference="")
    inmate = actions.recompute_on_new_facts(inmate, cause="relation", by=officer)
    assert inmate.release_basis == "unsettled"
    assert None not in (bounds(inmate).earliest, bounds(inmate).latest)
    assert (bounds(inmate).presumed is not None) is presumed


def test_once_a_first_conviction_is_final_what_came_after_it_is_presumed_no_longer(twice, officer, director):
    inmate = twice(acts=(day(-900), day(-500)), final=False, days_ago=800, other=24, pronounced_on=day(-20))
    assert bounds(inmate).presumed is not None
    first = inmate.sentences.order_by("id").first()
    actions.settle_release_date(
        inmate, release_on=day(30), reasons="The prosecutor wrote so", source="TD 9", by=director
    )
    actions.make_final(first, on=day(-700), reference="C 4", by=officer)
    inmate.refresh_from_db()
    assert inmate.release_basis == "unsettled"  # what was settled rested on the presumption
    assert bounds(inmate).presumed is None
    assert inmate.release_computations.first().steps == calculated(inmate)[2]
    assert inmate.tasks.open().filter(kind="release_date", due_on=clock.today()).exists()


def test_finality_that_changes_no_presumption_leaves_a_settled_date(twice, officer, director):
    inmate = twice(acts=(day(-900), day(-850)), final=False, days_ago=800, months=12, other=24)
    actions.settle_release_date(
        inmate, release_on=day(30), reasons="The prosecutor wrote so", source="TD 9", by=director
    )
    actions.make_final(inmate.sentences.order_by("id").first(), on=day(-700), reference="C 4", by=officer)
    inmate.refresh_from_db()
    assert (inmate.release_basis, inmate.release_on) == ("settled", day(30))


def test_every_day_past_the_presumed_end_is_told_to_the_national_office_too(twice, inspector, officer, client):
    inmate = twice(days_ago=400, acts=(day(-900), day(-800)))
    assert daily.run()["past_an_earliest_end"] == 2
    assert daily.run()["past_an_earliest_end"] == 0
    assert next(alert.kind for alert in alerts.waiting_for(inspector)) == "presumed_past"
    assert Task.objects.open().filter(inmate=inmate, kind="release_date", due_on=clock.today()).exists()
    client.force_login(officer)
    assert "days ago: the prosecutor must answer in writing" in client.get(inmate.get_absolute_url()).content.decode()
    actions.answer_relation(inmate, relation="cumulated", reference="P 3/2026", on=day(0), by=officer)
    assert daily.run()["past_an_earliest_end"] == 0
    for user in (officer, inspector):
        assert not alerts.waiting_for(user).filter(kind__in=["presumed_past", "release_date"]).exists()
    assert inmate.alerts.filter(kind="presumed_past").exists()  # what was told stays on the record


def test_while_no_date_is_settled_a_task_closed_by_hand_is_due_again(twice, officer):
    inmate = twice(days_ago=100)
    task = inmate.tasks.open().get(kind="release_date")
    settle_task(task, note="Asked the prosecutor", by=officer)
    assert daily.run()["past_an_earliest_end"] == 0
    assert inmate.tasks.open().get(kind="release_date").due_on == clock.today()
    daily.run()
    assert inmate.tasks.open().filter(kind="release_date").count() == 1


def test_without_a_presumption_the_earlier_end_is_told_once(twice, officer, director, inspector):
    inmate = twice(days_ago=400)
    assert daily.run()["past_an_earliest_end"] == 2
    assert daily.run()["past_an_earliest_end"] == 0
    settle_date = {"reasons": "R", "source": "S", "sooner": True, "later": True, "by": director}
    actions.settle_release_date(inmate, release_on=day(50), **settle_date)
    for user in (officer, inspector):
        assert not alerts.waiting_for(user).filter(kind="release_date").exists()
    end_settlement(inmate, cause="test", by=officer)
    actions.recompute(inmate, cause="test", by=officer)
    assert daily.run()["past_an_earliest_end"] == 2


@pytest.mark.parametrize("relation", ["confused", "cumulated"])
def test_the_prosecutors_answer_gives_the_date(twice, officer, officer2, relation):
    inmate = twice()
    within = bounds(inmate)
    answer = {"relation": relation, "reference": "P 3/2026", "on": clock.today(), "by": officer}
    with pytest.raises(PermissionDenied):
        actions.answer_relation(inmate, **(answer | {"by": officer2}))
    for field, wrong in (("on", day(1)), ("reference", " ")):
        with pytest.raises(ValidationError) as refusal:
            actions.answer_relation(inmate, **(answer | {field: wrong}))
        assert list(refusal.value.message_dict) == [field]
    actions.answer_relation(inmate, **answer)
    inmate.refresh_from_db()
    expected = within.earliest if relation == "confused" else within.latest
    assert (inmate.release_on, inmate.release_basis) == (expected, "computed")
    assert all("P 3/2026" in one.relation_decision for one in inmate.sentences.all())
    with pytest.raises(InvalidTransition, match="Every relation"):
        actions.answer_relation(inmate, **answer)


def test_one_sentence_has_no_relation_to_answer(inmate, officer):
    with pytest.raises(InvalidTransition):
        actions.answer_relation(inmate, relation="confused", reference="P", on=clock.today(), by=officer)


def test_acts_come_before_the_judgment(twice, officer):
    sentence = twice().sentences.first()
    with pytest.raises(ValidationError) as refusal:
        actions.relate(sentence, relation="", decision="", acts_on=day(-199), by=officer)
    assert list(refusal.value.message_dict) == ["acts_on"]


def test_the_pages_show_both_ends_and_take_the_answer(client, twice, officer):
    inmate = twice()
    client.force_login(officer)
    tab = reverse("inmates:tab_custody", args=[inmate.uuid])
    address = reverse("inmates:relation_answer", args=[inmate.uuid])
    assert address in client.get(tab).content.decode()
    assert client.post(address, {"relation": "confused", "reference": "P 3", "on": ""}).status_code == 422
    assert client.post(address, {"relation": "confused", "reference": "P 3", "on": "01/01/2026"}).status_code == 302
    assert address not in client.get(tab).content.decode()
    sentence = inmate.sentences.first()
    page = reverse("inmates:sentence_relation", args=[inmate.uuid, sentence.pk])
    data = {"relation": "confused", "relation_decision": "P 3 (01/01/2026)", "acts_on": f"{day(3):%d/%m/%Y}"}
    assert client.post(page, data).status_code == 422
    assert client.post(page, data | {"acts_on": f"{day(-900):%d/%m/%Y}"}).status_code == 302
    sentence.refresh_from_db()
    assert sentence.acts_on == day(-900)


def test_a_recorded_relation_is_put_right_by_two_people(twice, officer, director, client):
    inmate = twice()
    second = inmate.sentences.order_by("id").last()
    actions.relate(second, relation="cumulated", decision="D-1", by=officer)
    client.force_login(officer)
    typed = {"relation": "confused", "relation_decision": "D-2"}
    answer = client.post(reverse("inmates:sentence_relation", args=[inmate.uuid, second.pk]), typed)
    assert answer.status_code == 422
    assert "relation" in answer.context["form"].errors
    waiting = corrections.correct(
        correctables.find("sentence"), second, typed, why="The ruling says confused.", paper="D-2", by=officer
    )
    assert (waiting.state, waiting.moves) == ("proposed", ["release_date", "sentence"])
    before = Inmate.objects.get(pk=inmate.pk).release_on
    corrections.confirm(waiting, by=director)
    assert Inmate.objects.get(pk=inmate.pk).release_on < before
    with pytest.raises(ValidationError) as refusal:  # the decision is put right as the relation is
        actions.relate(second, relation="confused", decision="D-3", by=officer)
    assert list(refusal.value.message_dict) == ["relation_decision"]
    actions.relate(second, relation="confused", decision="D-2", acts_on=day(-300), by=officer)


def test_a_day_of_the_acts_is_filled_in_once_and_then_put_right_by_a_correction(client, twice, officer):
    """By another day of the acts another end is presumed: no one person moves that without a reason."""
    inmate = twice(acts=(day(-900), None))
    second = inmate.sentences.order_by("id").last()
    actions.relate(second, relation="", decision="", acts_on=day(-300), by=officer)
    presumed = bounds(Inmate.objects.get(pk=inmate.pk)).presumed
    second.refresh_from_db()
    for again in (None, day(-300)):
        actions.relate(second, relation="", decision="", acts_on=again, by=officer)
    with pytest.raises(ValidationError, match="under Corrections") as refusal:
        actions.relate(second, relation="", decision="", acts_on=day(-100), by=officer)
    assert list(refusal.value.message_dict) == ["acts_on"]
    client.force_login(officer)
    url = reverse("inmates:sentence_relation", args=[inmate.uuid, second.pk])
    page = client.post(url, {"relation": "", "relation_decision": "", "acts_on": f"{day(-100):%d/%m/%Y}"})
    assert page.status_code == 422
    assert "under Corrections" in page.content.decode()
    second.refresh_from_db()
    assert (second.acts_on, bounds(Inmate.objects.get(pk=inmate.pk)).presumed) == (day(-300), presumed)
    made = corrections.correct(
        correctables.find("sentence"), second, {"acts_on": day(-250).isoformat()},
        why="Copied wrong from the judgment.", paper="J 1", by=officer,
    )  # fmt: skip
    assert made.changes["acts_on"] == [day(-300).isoformat(), day(-250).isoformat()]
