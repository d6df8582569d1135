"""What each act of the programme writes on the trail: of whom, by whom, what."""

from datetime import timedelta

import pytest

from config import clock
from musalaha.actions import applications, cohorts, enrolments, pardon_files, pardon_follow_through, sessions
from tests.musalaha.conftest import mark, past, written


def test_an_application(person, apply, cohort, coordinator, officer):
    inmate = person()
    application = apply(inmate)
    applications.put_on_waiting_list(application, by=coordinator)
    applications.accept(application, cohort=cohort, by=coordinator)
    applications.take_back(application, by=officer)
    applications.decline(apply(inmate), reason="R", by=coordinator)
    recorded = ("application.recorded", officer.pk, {"channel": "staff", "eligible": True})
    assert written("application.", inmate_id=inmate.pk) == [
        recorded,
        ("application.waiting", coordinator.pk, {}),
        ("application.accepted", coordinator.pk, {"round": 3}),
        ("application.taken_back", officer.pk, {}),
        recorded,
        ("application.declined", coordinator.pk, {}),
    ]


def test_an_exception(person, apply, coordinator, appeals_officer):
    inmate = person(tier=1)
    application = apply(inmate)
    applications.ask_exception(application, why="W", by=coordinator)
    applications.refuse_exception(application, reason="R", by=appeals_officer)
    applications.ask_exception(application, why="W", by=coordinator)
    applications.grant_exception(application, reason="R", by=appeals_officer)
    assert written("exception.", inmate_id=inmate.pk) == [
        ("exception.asked", coordinator.pk, {}),
        ("exception.refused", appeals_officer.pk, {}),
        ("exception.asked", coordinator.pk, {}),
        ("exception.granted", appeals_officer.pk, {}),
    ]


def test_a_round(cohort, accepted, coordinator):
    waiting = accepted()
    before, later = cohort.ends_on, cohort.ends_on + timedelta(days=5)
    cohorts.extend_cohort(cohort, ends_on=later, reason="R", by=coordinator)
    cohorts.start_cohort(cohort, by=coordinator)
    cohorts.complete_cohort(cohort, close_rest=True, by=coordinator)
    by = coordinator.pk
    assert written("round.", facility_id=cohort.facility_id) == [
        ("round.planned", by, {"number": 3}),
        ("round.opened", by, {"number": 3}),
        ("round.extended", by, {"from": before.isoformat(), "to": later.isoformat()}),
        ("round.started", by, {"number": 3, "people": 1}),
        ("round.completed", by, {"number": 3}),
    ]
    assert written("enrolment.", inmate_id=waiting.inmate_id) == [("enrolment.started", by, {"round": 3})]


def test_a_cancelled_round(cohort, coordinator):
    cohorts.cancel_cohort(cohort, reason="R", by=coordinator)
    assert written("round.cancelled") == [("round.cancelled", coordinator.pk, {"number": 3})]


def test_sessions(running, coordinator):
    fields = {"starts_at": clock.now(), "strand": "rights", "title": "x", "by": coordinator}
    sessions.cancel_session(sessions.add_session(running, **fields), reason="R", by=coordinator)
    mark(past(running), coordinator, p0="present", p1="absent")
    made = sessions.make_timetable(running, by=coordinator)
    enrolment = running.enrolments.first()
    sessions.add_note(enrolment, text="Good", by=coordinator)
    assert written("session.", "attendance.", "timetable.", facility_id=running.facility_id) == [
        ("session.added", coordinator.pk, {}),
        ("session.cancelled", coordinator.pk, {}),
        ("attendance.recorded", coordinator.pk, {"people": 2, "absent": 1}),
        ("timetable.made", coordinator.pk, {"sessions": len(made)}),
    ]
    assert written("progress.", inmate_id=enrolment.inmate_id) == [("progress.noted", coordinator.pk, {"kind": "note"})]


def test_ways_out_of_a_round(running, coordinator, coordinator2, director, officer):
    one, two, three = running.enrolments.order_by("pk")
    enrolments.withdraw(one, by=officer)
    enrolments.propose_removal(two, code="safety", by=coordinator)
    enrolments.drop_removal(two, by=director)
    enrolments.propose_removal(two, code="disruption", by=coordinator)
    enrolments.confirm_removal(two, by=director)
    enrolments.appeal_removal(two, by=officer)
    enrolments.answer_removal_appeal(two, answer="Proven", set_aside=False, by=coordinator2)
    certificate = enrolments.graduate(three, exceptions="Was ill", by=coordinator)
    ways = ("enrolment.withdrawn", "enrolment.graduated", "removal.")
    assert written(*ways, inmate_id=one.inmate_id) == [("enrolment.withdrawn", officer.pk, {})]
    assert written(*ways, inmate_id=two.inmate_id) == [
        ("removal.proposed", coordinator.pk, {"ground": "safety"}),
        ("removal.dropped", director.pk, {}),
        ("removal.proposed", coordinator.pk, {"ground": "disruption"}),
        ("removal.confirmed", director.pk, {}),
        ("removal.appealed", officer.pk, {}),
        ("removal.appeal_answered", coordinator2.pk, {"set_aside": False}),
    ]
    assert written(*ways, inmate_id=three.inmate_id) == [
        ("enrolment.graduated", coordinator.pk, {"certificate": certificate.number, "exceptions": True})
    ]


@pytest.mark.parametrize("refused", [True, False])
def test_a_pardon_file(person, coordinator, refused):
    inmate = person()
    fields = {"sentence": inmate.sentences.get(), "requester": "inmate", "occasion": "x", "by": coordinator}
    file = pardon_files.open_pardon_file(inmate, **fields)
    pardon_files.send_pardon_file(file, by=coordinator)
    pardon_files.close_pardon_file(file, refused=refused, note="N", by=coordinator)
    assert written("pardon_file.", inmate_id=inmate.pk) == [
        ("pardon_file.opened", coordinator.pk, {"requester": "inmate"}),
        ("pardon_file.sent", coordinator.pk, {}),
        ("pardon_file.closed", coordinator.pk, {"refused": refused}),
    ]


def test_a_pardon_that_frees(recorded, reviewer):
    pardon = pardon_follow_through.verify_pardon(recorded(), by=reviewer)
    assert written("release.raised", inmate_id=pardon.inmate_id) == [("release.raised", reviewer.pk, {})]
