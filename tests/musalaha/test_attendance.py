"""The timetable knows weekends and holidays; attendance counts what concerns somebody, and suggests conversations
only.
"""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from musalaha import attendance, holidays
from musalaha.actions import applications, cohorts, enrolments
from musalaha.actions import sessions as session_actions
from musalaha.models import Attendance, Cohort, Enrolment
from musalaha.timetable import Slot, generate, hours, working_days


def past(cohort, *, strand="rights", days=1, **fields):
    """A session of some days ago, in a round that began before it."""
    Cohort.objects.filter(pk=cohort.pk).update(started_on=clock.today() - timedelta(days=30))
    cohort.enrolments.update(started_on=clock.today() - timedelta(days=30))
    cohort.refresh_from_db()
    return cohort.sessions.create(
        starts_at=clock.now() - timedelta(days=days), strand=strand, title=f"{strand} {days}", **fields
    )


def mark(session, by, **marks):
    people = list(session.cohort.enrolments.order_by("pk"))
    return session_actions.mark_attendance(
        session,
        marks={
            people[int(n[1:])].pk: (value, "health" if value == "excused" else "", "") for n, value in marks.items()
        },
        by=by,
    )


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 6, 5), "Fitr"),
        (date(2019, 8, 12), "Adha"),
        (date(2026, 11, 6), "Green March"),
        (date(2026, 7, 30), "Throne"),
        (date(2026, 10, 31), "Unity"),
    ],
)
def test_public_holidays(day, name):
    assert name in str(holidays.on(day).name)
    assert day not in working_days(day, day)


def test_an_ordinary_day_is_none_and_calculated_feasts_say_so():
    assert holidays.on(date(2026, 11, 10)) is None
    assert holidays.on(date(2025, 10, 31)) is None
    feast = next(h for h in holidays.of_year(2030) if "Fitr" in str(h.name))
    assert not feast.certain
    assert abs((feast.day - date(2030, 2, 4)).days) <= 1


def test_a_timetable_fills_each_strand_within_its_hours(cohort, coordinator):
    sessions = session_actions.make_timetable(cohort, by=coordinator)
    given = hours(sessions)
    for strand, planned in cohort.hours_planned.items():
        assert 0 < given[strand] <= planned + 2
    days = {timezone.localdate(session.starts_at) for session in sessions}
    assert all(day.weekday() < 5 and holidays.on(day) is None for day in days)
    assert generate(cohort, slots=[Slot(0, time(9, 30), strand="religion")]) == []
    assert session_actions.make_timetable(cohort, replace=True, by=coordinator)
    assert cohort.sessions.count() == len(sessions)


def test_a_session_outside_the_round_is_refused(running, coordinator, officer):
    late = timezone.make_aware(datetime.combine(running.ends_on + timedelta(days=1), time(9)))
    fields = {"strand": "rights", "title": "x"}
    with pytest.raises(ValidationError):
        session_actions.add_session(running, starts_at=late, by=coordinator, **fields)
    with pytest.raises(PermissionDenied):
        session_actions.add_session(running, starts_at=clock.now(), by=officer, **fields)
    session = session_actions.add_session(running, starts_at=clock.now(), by=coordinator, **fields)
    with pytest.raises(ValidationError):
        session_actions.cancel_session(session, reason="", by=coordinator)
    assert session_actions.cancel_session(session, reason="Speaker ill", by=coordinator).cancelled_reason


def test_shares_leave_excused_and_unmarked_out(running, coordinator):
    for n, marks in enumerate([{"p0": "present"}, {"p0": "excused"}, {"p0": "absent"}], 1):
        mark(past(running, days=n), coordinator, **marks)
    past(running, days=9)
    first = running.enrolments.order_by("pk").first()
    share = attendance.records([first])[first.pk].by_strand["rights"]
    assert (share.present, share.of, share.excused, share.unmarked) == (1, 2, 1, 1)


def test_a_catch_up_makes_up_for_an_absence_and_blames_nobody(running, coordinator):
    mark(past(running, days=3), coordinator, p0="absent", p1="absent")
    mark(past(running, days=1, catch_up=True), coordinator, p0="present", p1="absent")
    one, two = running.enrolments.order_by("pk")[:2]
    records = attendance.records([one, two])
    assert (records[one.pk].total.present, records[one.pk].total.of) == (1, 1)
    assert (records[two.pk].total.present, records[two.pk].total.of) == (0, 1)


def test_a_late_joiner_has_later_sessions_only_and_a_leaver_keeps_past_ones(
    running, coordinator, officer, person, apply
):
    earlier = past(running, days=2)
    joined = cohorts.join(applications.accept(apply(person()), cohort=running, by=coordinator), by=coordinator)
    assert joined not in attendance.people_of(earlier)
    leaver = running.enrolments.order_by("pk").first()
    mark(earlier, coordinator, p0="present")
    enrolments.withdraw(leaver, by=officer)
    assert leaver.attendances.count() == 1
    leaver.refresh_from_db()
    assert attendance.records([leaver])[leaver.pk].total.of == 1


def test_three_absences_in_a_row_suggest_a_conversation_and_nothing_else(running, coordinator):
    for n in (1, 2, 3):
        mark(past(running, days=n), coordinator, p0="absent")
    first = running.enrolments.order_by("pk").first()
    record = attendance.records([first])[first.pk]
    assert "conversation" in attendance.conversation(first, record)
    assert not first.inmate.alerts.exists()
    assert not first.inmate.tasks.exists()


def test_marks_of_others_and_of_the_future_are_refused(running, coordinator, officer):
    session = past(running)
    with pytest.raises(ValidationError):
        session_actions.mark_attendance(session, marks={999999: ("present", "", "")}, by=coordinator)
    enrolment = running.enrolments.first()
    with pytest.raises(ValidationError):
        session_actions.mark_attendance(session, marks={enrolment.pk: ("excused", "", "")}, by=coordinator)
    with pytest.raises(PermissionDenied):
        session_actions.mark_attendance(session, marks={enrolment.pk: ("present", "", "")}, by=officer)
    tomorrow = running.sessions.create(starts_at=clock.now() + timedelta(days=1), strand="rights", title="x")
    with pytest.raises(InvalidTransition):
        session_actions.mark_attendance(tomorrow, marks={enrolment.pk: ("present", "", "")}, by=coordinator)
    assert not Attendance.objects.exists()


def test_a_whole_session_on_one_page(running, coordinator):
    session = past(running)
    client = Client()
    client.force_login(coordinator)
    address = reverse("musalaha:attendance", args=[session.pk])
    page = client.get(address).content.decode()
    assert page.count('value="present" checked') == 3
    people = list(running.enrolments.order_by("pk"))
    data = {f"mark-{enrolment.pk}": "present" for enrolment in people} | {f"mark-{people[0].pk}": "excused"}
    refused = client.post(address, data)
    assert "needs its reason" in refused.content.decode()
    assert not session.attendances.exists()
    assert client.post(address, data | {f"reason-{people[0].pk}": "court"}).status_code == 302
    assert sorted(session.attendances.values_list("mark", flat=True)) == ["excused", "present", "present"]
    assert client.post(address, data | {f"mark-{people[0].pk}": "present"}).status_code == 302
    assert session.attendances.filter(mark="present").count() == 3


def test_graduation_needs_attendance_in_each_strand(running, coordinator):
    for n in (1, 2):
        mark(past(running, days=n), coordinator, p0="absent", p1="present")
    for enrolment in running.enrolments.all():
        session_actions.add_note(enrolment, kind="final", text="x", by=coordinator)
    one, two = running.enrolments.order_by("pk")[:2]
    with pytest.raises(ValidationError, match="Human rights"):
        enrolments.graduate(one, by=coordinator)
    assert enrolments.graduate(two, by=coordinator).exceptions == ""
    assert enrolments.graduate(one, exceptions="Was in hospital", by=coordinator).exceptions == "Was in hospital"


def refused(field, act, **fields):
    """The act is refused at this field."""
    with pytest.raises(ValidationError) as refusal:
        act(**fields)
    assert list(refusal.value.message_dict) == [field]


def test_a_session_is_for_people_of_its_round_and_took_place_once_marked(running, cohort, coordinator, officer):
    stranger = Enrolment(cohort_id=running.pk + 1)
    fields = {"starts_at": clock.now(), "strand": "rights", "title": "x", "by": coordinator}
    refused("only_for", lambda **f: session_actions.add_session(running, **fields, **f), only_for=stranger)
    early = clock.midnight(running.started_on) - timedelta(minutes=1)
    refused("day", lambda **f: session_actions.add_session(running, **(fields | f)), starts_at=early)
    session = session_actions.add_session(running, **fields)
    mark(session, coordinator, p0="present")
    with pytest.raises(InvalidTransition, match="took place"):
        session_actions.cancel_session(session, reason="Ill", by=coordinator)
    other = session_actions.add_session(running, **fields)
    with pytest.raises(PermissionDenied):
        session_actions.cancel_session(other, reason="Ill", by=officer)
    session_actions.cancel_session(other, reason="Ill", by=coordinator)
    with pytest.raises(InvalidTransition, match="cancelled already"):
        session_actions.cancel_session(other, reason="Ill", by=coordinator)
    enrolment = running.enrolments.first()
    with pytest.raises(InvalidTransition, match="was cancelled"):
        session_actions.mark_attendance(other, marks={enrolment.pk: ("present", "", "")}, by=coordinator)


def test_marks_and_reasons_are_those_of_the_list_and_may_be_corrected(running, coordinator):
    session, enrolment = past(running), running.enrolments.first()
    for given in (("late", "", ""), ("absent", "bored", "")):
        with pytest.raises(ValidationError):
            session_actions.mark_attendance(session, marks={enrolment.pk: given}, by=coordinator)
    assert not Attendance.objects.exists()
    session_actions.mark_attendance(session, marks={enrolment.pk: ("excused", "court", "Asked")}, by=coordinator)
    session_actions.mark_attendance(session, marks={enrolment.pk: ("present", "court", "Lively")}, by=coordinator)
    stored = Attendance.objects.get()
    assert (stored.mark, stored.reason, stored.engagement, stored.marked_by) == ("present", "", "Lively", coordinator)


def test_nothing_is_added_to_a_round_that_is_over_or_marked_in_one_not_begun(cohort, accepted, coordinator, officer):
    session = cohort.sessions.create(starts_at=clock.now(), strand="rights", title="x")
    with pytest.raises(InvalidTransition, match="not started"):
        session_actions.mark_attendance(session, marks={}, by=coordinator)
    with pytest.raises(PermissionDenied):
        session_actions.make_timetable(cohort, by=officer)
    cohorts.cancel_cohort(cohort, reason="No lecturers", by=coordinator)
    for act in (
        lambda: session_actions.make_timetable(cohort, by=coordinator),
        lambda: session_actions.add_session(cohort, starts_at=clock.now(), strand="rights", title="x", by=coordinator),
        lambda: session_actions.cancel_session(session, reason="x", by=coordinator),
    ):
        with pytest.raises(InvalidTransition, match="over"):
            act()


def test_a_new_timetable_replaces_only_what_is_to_come_and_unattended(running, coordinator):
    held = past(running, days=1)
    mark(held, coordinator, p0="present")
    coming = running.sessions.create(starts_at=clock.now() + timedelta(days=2), strand="rights", title="old")
    for kept in (
        {"catch_up": True, "title": "catch-up"},
        {"only_for": running.enrolments.first(), "title": "alone"},
    ):
        running.sessions.create(starts_at=clock.now() + timedelta(days=2), strand="rights", **kept)
    session_actions.make_timetable(running, replace=True, by=coordinator)
    assert not running.sessions.filter(pk=coming.pk).exists()
    assert running.sessions.filter(pk=held.pk).exists()
    assert running.sessions.filter(title__in=["catch-up", "alone"]).count() == 2


def test_notes_are_words_of_those_who_lead_and_one_final_report(running, coordinator, officer):
    enrolment = running.enrolments.first()
    with pytest.raises(PermissionDenied):
        session_actions.add_note(enrolment, text="Good", by=officer)
    refused("text", lambda **f: session_actions.add_note(enrolment, by=coordinator, **f), text=" ")
    for _n in range(2):
        session_actions.add_note(enrolment, text="Good", by=coordinator)
    note = session_actions.add_note(enrolment, kind="final", text="Good", by=coordinator)
    assert (note.written_by, note.written_on) == (coordinator, clock.today())
    with pytest.raises(InvalidTransition, match="written already"):
        session_actions.add_note(enrolment, kind="final", text="Better", by=coordinator)
    assert enrolment.notes.count() == 3
