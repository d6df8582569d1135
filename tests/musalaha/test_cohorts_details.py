"""The end of a round in detail: where everybody is afterwards, and what is left to do."""

from config import clock
from inmates.people.models import Inmate, Task
from musalaha.actions import applications, cohorts, enrolments


def test_who_had_begun_a_round_that_is_cancelled_goes_back_to_their_unit(running, accepted, coordinator, unit):
    left, *others = running.enrolments.order_by("pk")
    enrolments.withdraw(left, by=coordinator)
    waiting = accepted()
    cohorts.cancel_cohort(running, reason="No lecturers", by=coordinator)
    left.refresh_from_db()
    waiting.refresh_from_db()
    assert (left.outcome, waiting.state, waiting.cohort) == ("withdrew", "waiting", None)
    for enrolment in others:
        enrolment.refresh_from_db()
        assert (enrolment.outcome, enrolment.outcome_reason) == ("cancelled", "No lecturers")
        assert (enrolment.ended_on, enrolment.application.state) == (clock.today(), "closed")
        assert Inmate.objects.get(pk=enrolment.inmate_id).unit == unit
    assert not Task.objects.exists()


def test_who_lived_in_the_programme_unit_before_stays_there(cohort, person, apply, coordinator):
    application = applications.accept(apply(person(unit=cohort.unit)), cohort=cohort, by=coordinator)
    cohorts.start_cohort(cohort, by=coordinator)
    enrolments.withdraw(application.enrolment, by=coordinator)
    inmate = Inmate.objects.get(pk=application.inmate_id)
    assert inmate.unit == cohort.unit
    assert inmate.placements.count() == 1
    assert not inmate.tasks.exists()
