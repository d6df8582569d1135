"""Attendance: shares count what concerns somebody, and suggest conversations only."""

from musalaha import attendance
from musalaha.actions import applications, cohorts, enrolments
from tests.musalaha.conftest import mark, past


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
