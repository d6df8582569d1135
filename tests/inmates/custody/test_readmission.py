"""Who comes back: time at liberty between two stays is not time served, and a term released as served is over."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.custody import daily
from inmates.custody.actions import admissions, releases
from inmates.custody.derived_columns import disagreements
from inmates.custody.holds import Hold, holds
from inmates.custody.models import DetentionOrder
from inmates.duplicates.actions import merges
from inmates.people.models import Alert, Inmate
from inmates.sentences import actions
from inmates.sentences.models import Sentence, TimeAtLarge
from inmates.sentences.release_dates import bounds, calculated
from inmates.sentences.wording import Step, describe
from tests.factories import make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def ago(days):
    """A moment so many days ago: at noon of that day for whole ones, whatever the hour and the change of clocks."""
    if isinstance(days, float):
        return clock.now() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day(-days), time(12)))


@pytest.fixture
def again(unit, officer):
    """Release somebody `left` days ago on a ground, and admit them again `back` days ago."""

    def act(inmate, ground, *, left=100, back=40, legal_status="convicted_final", **options):
        releases.release(inmate, ground=ground, reference="J-1", at=ago(left), by=officer, **options)
        return come_back(inmate, back=back, legal_status=legal_status)

    def come_back(inmate, *, back=40, legal_status="convicted_final"):
        inmate = Inmate.objects.get(pk=inmate.pk)
        admissions.admit(
            inmate,
            unit=unit,
            order=DetentionOrder(kind="arrest", authority="R", reference="Back", issued_on=day(-back)),
            legal_status=legal_status,
            registration_number=f"9{inmate.pk}",
            admitted_at=ago(back),
            by=officer,
        )
        return Inmate.objects.get(pk=inmate.pk)

    act.come_back = come_back
    return act


def codes(inmate):
    return [step["code"] for step in inmate.release_computations.first().steps]


@pytest.mark.parametrize("ground", ["conditional", "provisional", "judicial"])
def test_time_at_liberty_between_two_stays_is_not_served(unit, officer, again, ground):
    status = "convicted_appeal" if ground == "provisional" else "convicted_final"
    inmate = make_inmate(unit, by=officer, legal_status=status)
    before = inmate.release_on
    inmate = again(inmate, ground, legal_status=status)
    within = bounds(inmate)
    assert (inmate.release_on, inmate.release_basis) == (None, "unsettled")
    assert (within.earliest, within.latest) == (before, before + timedelta(days=60))
    assert inmate.tasks.open().filter(kind="release_date", due_on=clock.today()).exists()
    assert set(Alert.objects.filter(kind="release_date").values_list("audience", flat=True)) == {"prison", "national"}
    with pytest.raises(InvalidTransition):
        releases.release(inmate, ground="term_served", by=officer)


def test_the_steps_say_at_liberty_in_the_words_of_the_administration(client, inmate, officer, again):
    inmate = again(inmate, "conditional")
    [step] = [Step.read(one) for one in inmate.release_computations.first().steps if one["code"] == "at_liberty"]
    shown = {}
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            shown[language] = describe(step)
    assert shown["en"].startswith("At liberty from")
    assert shown["fr"].startswith("En liberté du")
    assert "في حالة سراح" in shown["ar"]
    client.force_login(officer)
    assert shown["en"] in client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()


def test_abroad_a_person_settles_whether_the_sentence_ran_there(inmate, again):
    inmate = again(inmate, "abroad")
    assert inmate.release_basis == "unsettled"
    assert "abroad" in codes(inmate)
    assert "at_liberty" not in codes(inmate)


def test_what_was_released_as_served_is_over_also_where_our_date_was_to_come(inmate, officer, again):
    """A written order said that the term was over: whoever comes back in another case owes nothing of it."""
    assert inmate.release_on > clock.today()
    inmate = again(inmate, "term_served", before_term=True, legal_status="remand")
    assert (inmate.release_on, inmate.release_basis) == (day(-100), "computed")
    assert "released_as_served" in codes(inmate)
    assert Hold.SENTENCE not in [hold.kind for hold in holds(inmate)]
    assert not inmate.tasks.open().filter(kind="release_date").exists()
    # A new sentence counts alone, though nothing says how the two stand to each other.
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    actions.pronounce(
        Sentence(case=case, inmate=inmate, years=1, starts_on=day(-40), pronounced_on=day(-1)), by=officer
    )
    inmate.refresh_from_db()
    assert inmate.release_basis == "computed"
    assert inmate.release_on > day(300)


def test_out_and_back_on_one_day_a_served_term_is_over_too_and_a_running_one_runs_on(unit, officer, again):
    left, back = 30.0, 30.0 - 60 / 86400
    served = again(make_inmate(unit, by=officer), "term_served", before_term=True, left=left, back=back)
    assert served.release_on == timezone.localdate(clock.now() - timedelta(days=left))
    running = make_inmate(unit, by=officer)
    before = running.release_on
    assert again(running, "conditional", left=left, back=back).release_on == before
    with pytest.raises(IntegrityError, match="at_large_for_a_day"), transaction.atomic():
        TimeAtLarge.objects.create(inmate=running, first_day=day(0), day_after_last=day(0), reason="liberty")


def test_a_term_that_had_ended_before_the_release_stays_as_it_was(unit, officer, again):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=1)
    before = inmate.release_on
    inmate = again(inmate, "term_served", left=400, legal_status="remand")
    assert (inmate.release_on, inmate.release_basis) == (before, "computed")


def test_whoever_served_one_sentence_and_serves_another_since_was_away_from_neither(
    unit, officer, coordinator, reviewer, again
):
    """Pardoned, released, and sentenced for what came after: the years between lengthen nothing."""
    inmate = make_inmate(unit, by=officer, days_ago=800, years=1)
    inmate = again(inmate, "judicial", left=300, back=40)
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    fields = {"relation": "cumulated", "relation_decision": "Ruling"}
    actions.pronounce(
        Sentence(case=case, inmate=inmate, years=2, starts_on=day(-40), pronounced_on=day(-1), **fields), by=officer
    )
    inmate.refresh_from_db()
    assert not {"at_liberty", "bound_interrupted"} & set(codes(inmate))


def test_a_sentence_that_an_appeal_has_raised_since_is_not_over(unit, officer, again):
    """Released as served on the first judgment; the court of appeal gives more: the days at liberty are for a person."""
    inmate = make_inmate(unit, by=officer, days_ago=500, years=1, legal_status="convicted_appeal")
    appeal = court_appeals.declare_appeal(
        inmate.cases.get(), kind="appeal", party="prosecution", court="Rabat", at=clock.now() - timedelta(days=450),
        by=officer,
    )  # fmt: skip
    inmate = again(inmate, "term_served", left=100, legal_status="convicted_appeal")
    assert inmate.release_basis == "computed"
    court_appeals.decide_appeal(
        appeal, outcome="changed", on=day(-5), decision="AR", sentence=Sentence(kind="term", years=3), by=officer
    )
    inmate.refresh_from_db()
    assert inmate.release_basis == "unsettled"
    assert "at_liberty" in codes(inmate)


def test_a_settled_day_that_had_come_stays_and_one_to_come_ends(unit, officer, director, again):
    def settled(on):
        inmate = make_inmate(unit, by=officer, days_ago=800, years=1)
        case = actions.open_case(inmate, court="Fès", number="8", by=officer)
        actions.pronounce(Sentence(case=case, inmate=inmate, years=1, starts_on=inmate.admitted_on), by=officer)
        fields = {"reasons": "Asked.", "source": "P", "sooner": True, "later": True, "by": director}
        actions.settle_release_date(inmate, release_on=on, **fields)
        return Inmate.objects.get(pk=inmate.pk)

    assert again(settled(day(-300)), "judicial").release_basis == "settled"
    assert again(settled(day(30)), "judicial").release_basis == "unsettled"


def test_two_records_merged_count_the_days_between_their_stays(unit, officer, director):
    earlier = make_inmate(unit, by=officer, days_ago=900, years=5)
    at = clock.now() - timedelta(days=400)
    releases.release(earlier, ground="conditional", reference="J-1", at=at, by=officer)
    inmate = make_inmate(unit, by=officer, days_ago=200, legal_status="remand")
    earlier.refresh_from_db()
    merges.approve(merges.propose(inmate, earlier, reason="Same", by=officer), by=director)
    inmate.refresh_from_db()
    away = inmate.times_at_large.get()
    assert (away.reason, away.days) == ("liberty", 200)
    assert inmate.release_basis == "unsettled"
    assert (inmate.release_on, inmate.release_basis) == calculated(inmate)[:2]


def test_a_release_entered_late_leaves_no_status_of_after_it(unit, officer, again):
    """The judgment became final, on the record, when the person had left: held on that ground they never were."""
    inmate = make_inmate(unit, by=officer, days_ago=10, legal_status="convicted_appeal")
    actions.make_final(inmate.sentences.get(), on=clock.today(), reference="CNA 1", by=officer)
    assert inmate.legal_statuses.count() == 2
    inmate = again(inmate, "conditional", left=6, back=3, legal_status="convicted_appeal")
    periods = list(inmate.legal_statuses.order_by("starts_on").values_list("status", "starts_on", "ends_on"))
    assert periods == [("convicted_appeal", day(-10), day(-6)), ("convicted_appeal", day(-3), None)]
    assert list(disagreements()) == []


def test_stays_entered_before_such_days_were_kept_are_found_by_the_daily_run_once(unit, officer, again):
    inmate = again(make_inmate(unit, by=officer), "conditional")
    hour = again(make_inmate(unit, by=officer), "conditional", left=30.0, back=30.0 - 60 / 86400)  # no whole day
    TimeAtLarge.objects.all().delete()
    actions.recompute(inmate, cause="admission", by=officer)
    assert inmate.release_basis == "computed"
    assert [daily.run()["liberty_not_counted"] for _run in range(2)] == [1, 0]
    inmate.refresh_from_db()
    hour.refresh_from_db()
    assert (inmate.release_basis, hour.release_basis) == ("unsettled", "computed")
    assert inmate.tasks.open().filter(kind="release_date").exists()


@pytest.mark.parametrize(
    ("among", "later", "basis"),
    [("confused", "", "computed"), ("cumulated", "cumulated", "computed"), ("cumulated", "confused", "unsettled")],
)
def test_a_served_sentence_that_a_ruling_joins_to_a_later_one_is_counted_with_it(
    unit, officer, again, among, later, basis
):
    """Two old ones confused with each other are both over; a new one confused with them is for a person."""

    def pronounced(number, relation, **fields):
        decision = "Ruling" if relation else ""
        case = actions.open_case(inmate, court="Fès", number=number, by=officer)
        one = Sentence(case=case, inmate=inmate, relation=relation, relation_decision=decision, **fields)
        actions.pronounce(one, by=officer)
        return Inmate.objects.get(pk=inmate.pk)

    inmate = make_inmate(unit, by=officer, years=2)
    inmate = pronounced("7", among, months=3, starts_on=inmate.admitted_on, pronounced_on=inmate.admitted_on)
    inmate = again(inmate, "term_served", before_term=True, legal_status="remand")
    assert inmate.release_on == day(-100)
    inmate = pronounced("8", later, years=1, starts_on=day(-40), pronounced_on=day(-1))
    assert inmate.release_basis == basis
