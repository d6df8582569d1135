"""Sessions: added within the round, cancelled with a reason, and their attendance entered."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from musalaha.actions import cohorts
from musalaha.actions import sessions as session_actions
from musalaha.models import Attendance, Enrolment
from tests.factories import ago
from tests.musalaha.conftest import mark, past, refused


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


def test_marks_of_others_and_of_the_future_are_refused(running, coordinator, officer):
    session = past(running)
    with pytest.raises(ValidationError):
        session_actions.mark_attendance(session, marks={999999: ("present", "", "")}, by=coordinator)
    enrolment = running.enrolments.first()
    with pytest.raises(ValidationError):
        session_actions.mark_attendance(session, marks={enrolment.pk: ("excused", "", "")}, by=coordinator)
    with pytest.raises(PermissionDenied):
        session_actions.mark_attendance(session, marks={enrolment.pk: ("present", "", "")}, by=officer)
    tomorrow = running.sessions.create(starts_at=ago(-1), strand="rights", title="x")
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
    coming = running.sessions.create(starts_at=ago(-2), strand="rights", title="old")
    for kept in (
        {"catch_up": True, "title": "catch-up"},
        {"only_for": running.enrolments.first(), "title": "alone"},
    ):
        running.sessions.create(starts_at=ago(-2), strand="rights", **kept)
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


def test_a_timetable_is_looked_at_before_it_is_made(cohort, coordinator):
    client, address = Client(), reverse("musalaha:timetable", args=[3])
    client.force_login(coordinator)
    assert 'value="next" selected' in client.get(address).content.decode()
    week = {"slot-0-09:30": "rights", "minutes": "9999", "room": "R1"}
    page = client.post(address, week | {"do": "look"})
    assert (page.status_code, cohort.sessions.count()) == (200, 0)
    assert 'value="rights" selected' in page.content.decode()
    for wrong, words in (({"minutes": "60"}, "at least one hour"), ({"slot-0-09:30": "chess"}, "valid choice")):
        refusal = client.post(address, wrong | {"do": "make"})
        assert refusal.status_code == 422
        assert words in refusal.content.decode()
    assert client.post(address, week | {"do": "make"}).status_code == 302
    made = cohort.sessions.order_by().values_list("strand", "room", "minutes").distinct()
    assert list(made) == [("rights", "R1", 600)]


def test_a_refused_attendance_keeps_what_was_typed(running, coordinator):
    session, people = past(running), list(running.enrolments.order_by("pk"))
    client = Client()
    client.force_login(coordinator)
    data = {f"mark-{enrolment.pk}": "absent" for enrolment in people} | {f"engagement-{people[0].pk}": "Silent"}
    page = client.post(reverse("musalaha:attendance", args=[session.pk]), data | {f"reason-{people[1].pk}": "bored"})
    assert page.status_code == 422
    assert page.content.decode().count('value="absent" checked') == 3
    assert 'value="Silent"' in page.content.decode()
    assert not session.attendances.exists()
