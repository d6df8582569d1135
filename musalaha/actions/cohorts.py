"""Rounds: planned, opened, started with everybody at once, completed or cancelled."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.templatetags.display import listed, moment_text
from core.workflow import InvalidTransition, ensure, follow, lock, transition
from facilities.models import Unit
from inmates.custody.actions import placements
from inmates.custody.models import Placement, Transfer
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import Alert
from inmates.terms import step
from musalaha import days, eligibility, sayings
from musalaha.actions.enrolments import end
from musalaha.models import Application, Cohort, Enrolment, Strand

State = Cohort.State
RELATED = ("facility", "unit")
DEFAULT_HOURS = {Strand.RELIGION: 60, Strand.RIGHTS: 40, Strand.PSYCHOLOGY: 40, Strand.VOCATION: 60}


@transaction.atomic
def plan_cohort(
    number, *, facility, unit, starts_on, capacity, ends_on=None, sex="M", partners=(), hours_planned=None, by
):
    """Plan a round: two months unless another end is given, in a programme unit of the host prison."""
    by.require("musalaha.manage_rounds", at=facility)
    if unit.facility_id != facility.pk:
        raise ValidationError({"unit": _("This unit is in another prison.")})
    if unit.purpose != Unit.Purpose.PROGRAMME:
        raise ValidationError({"unit": _("Participants live apart: choose a programme unit.")})
    if unit.sex != sex:
        raise ValidationError({"unit": _("The unit does not hold people of this sex.")})
    if capacity > unit.working_capacity:
        raise ValidationError({"capacity": _("The unit has %(places)s places.") % {"places": unit.working_capacity}})
    if Cohort.objects.filter(number=number).exists():
        raise ValidationError({"number": _("A round of this number exists already.")})
    ends_on = ends_on or step(starts_on, settings.POLICY["round_months"])
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": _("The end lies before the start.")})
    cohort = Cohort(
        number=number,
        facility=facility,
        unit=unit,
        sex=sex,
        starts_on=starts_on,
        ends_on=ends_on,
        capacity=capacity,
        partners=list(partners),
        hours_planned=dict(hours_planned) if hours_planned is not None else dict(DEFAULT_HOURS),
    )
    cohort.full_clean(exclude=["opened_by"])
    cohort.save()
    trail.record("round.planned", by=by, facility=facility, obj=cohort, detail={"number": number})
    return cohort


@transaction.atomic
def open_cohort(cohort, *, by):
    """Open a planned round to applicants."""
    cohort = lock(cohort, related=RELATED)
    transition(cohort, State.OPEN, by=by)
    cohort.opened_by = by
    cohort.save()
    trail.record("round.opened", by=by, facility=cohort.facility, obj=cohort, detail={"number": cohort.number})
    return cohort


@transaction.atomic
def extend_cohort(cohort, *, ends_on, reason, by):
    """Move the end of a round, with a reason."""
    cohort = lock(cohort, related=RELATED)
    by.require("musalaha.manage_rounds", at=cohort.facility)
    ensure(cohort.state in Cohort.LIVE, _("This round is over."))
    if ends_on <= (cohort.started_on or cohort.starts_on):
        raise ValidationError({"ends_on": _("The end lies before the start.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    before, cohort.ends_on, cohort.extension_reason = cohort.ends_on, ends_on, reason
    cohort.save()
    trail.record(
        "round.extended",
        by=by,
        facility=cohort.facility,
        obj=cohort,
        detail={"from": before.isoformat(), "to": ends_on.isoformat()},
    )
    return cohort


@transaction.atomic
def start_cohort(cohort, *, on=None, by):
    """Start a round: everybody accepted moves into the programme unit together, or nobody does.

    Raises ValidationError with one sentence for each person who cannot, or InvalidTransition when the round is not open.
    """
    cohort = lock(cohort, related=RELATED)
    day = days.given(on)
    transition(cohort, State.RUNNING, by=by)
    applications = list(
        cohort.applications.filter(state=Application.State.ACCEPTED)
        .select_related("inmate__facility", "inmate__unit")
        .order_by("asked_on", "pk")
    )
    ensure(applications, _("Nobody has a place in this round yet."))
    if min(application.asked_on for application in applications) > day:
        raise ValidationError({"on": _("Some of the applicants asked later than that.")})
    cohort.started_on = day
    if cohort.ends_on <= day:
        raise ValidationError(_("The planned end has passed: set another end first."))
    cohort.save()
    problems = []
    for application in applications:
        try:
            with transaction.atomic():
                _enrol(_lock_accepted(application, cohort, by), cohort, day, by)
        except ValidationError as error:
            problems += [f"{application.inmate.name}: {text}" for text in error.messages]
        except InvalidTransition as error:
            problems.append(f"{application.inmate.name}: {error}")
    if problems:
        raise ValidationError([_("Nobody was moved, and the round was not started."), *problems])
    _tell_of_outsiders(cohort)
    trail.record(
        "round.started",
        by=by,
        facility=cohort.facility,
        obj=cohort,
        detail={"number": cohort.number, "people": len(applications)},
    )
    return cohort


def _tell_of_outsiders(cohort):
    """Participants live apart: whoever else lives in the programme unit when the round starts is told of at once."""
    inside = Placement.objects.current().filter(unit=cohort.unit)
    said = sayings.OUTSIDER(number=cohort.number, unit=cohort.unit)
    for one in inside.exclude(inmate__in=cohort.enrolments.values("inmate")).select_related("inmate"):
        for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL):
            raise_alert(one.inmate, Alert.Kind.OUTSIDER_IN_ROUND, audience, f"round:{cohort.number}:{one.pk}", said)


@transaction.atomic
def join(application, *, on=None, by):
    """Let somebody accepted join a running round; only sessions from that day on concern them."""
    cohort = lock(application.cohort, related=RELATED)
    application = _lock_accepted(application, cohort, by)
    ensure(cohort.state == State.RUNNING, _("This round is not running."))
    day = days.given(on)
    if day < cohort.started_on:
        raise ValidationError({"on": _("Before the start of the round.")})
    return _enrol(application, cohort, day, by)


def _lock_accepted(application, cohort, by):
    """An application of this round, locked and taken to "enrolled"."""
    _inmate, application = lock(application, "inmate", related=("cohort__facility",))
    ensure(application.cohort_id == cohort.pk, _("This person has no place in this round."))
    transition(application, Application.State.ENROLLED, by=by)
    return application


def _enrol(application, cohort, day, by):
    """Enrol the person of a locked application and move them into the programme unit. The rules are checked again."""
    inmate = application.inmate
    failing = eligibility.against(eligibility.check(inmate, cohort, application=application, on=day))
    if failing:
        raise ValidationError([eligibility.sentence_of(rule) for rule in failing])
    if inmate.facility_id != cohort.facility_id:
        raise ValidationError(
            _("Held in %(prison)s: a transfer to %(host)s comes first.")
            % {"prison": inmate.facility, "host": cohort.facility}
        )
    application.save()
    enrolment = Enrolment.objects.create(
        cohort=cohort, inmate=inmate, application=application, started_on=day, earlier_unit=_home_unit(inmate, cohort)
    )
    if inmate.unit_id != cohort.unit_id:
        at = days.moment_of(day)
        running = Placement.objects.current().filter(inmate=inmate).first()
        if running is not None and running.during.lower >= at:
            raise ValidationError(
                _("In the present unit only since %(moment)s.") % {"moment": moment_text(running.during.lower)}
            )
        placements.place_by_another_act(inmate, unit=cohort.unit, at=at, by=by)
    trail.record("enrolment.started", by=by, inmate=inmate, obj=enrolment, detail={"round": cohort.number})
    return enrolment


def _home_unit(inmate, cohort):
    """The unit to return to: the one before a transfer made for the round, else the present one."""
    came = (
        Transfer.objects.filter(
            inmate=inmate, destination=cohort.facility, state=Transfer.State.ARRIVED, reason=Transfer.Reason.PROGRAMME
        )
        .order_by("-arrived_at")
        .first()
    )
    if came is not None:
        before = (
            Placement.objects.filter(inmate=inmate, facility=came.origin, during__startswith__lt=came.arrived_at)
            .order_by("-during")
            .first()
        )
        if before is not None and before.admission.released_at is None:
            return before.unit
    return inmate.unit


@transaction.atomic
def complete_cohort(cohort, *, on=None, close_rest=False, by):
    """End a round whose participants have all graduated or left; `close_rest` ends the others as 'not completed'."""
    cohort = lock(cohort, related=RELATED)
    day = days.given(on)
    transition(cohort, State.COMPLETED, by=by)
    if day < cohort.started_on:
        raise ValidationError({"on": _("Before the start of the round.")})
    rest = list(cohort.enrolments.filter(ended_on=None).select_related("inmate"))
    if rest and not close_rest:
        raise InvalidTransition(
            _("Still taking part, to be graduated or closed first: %(names)s")
            % {"names": listed(enrolment.inmate.name for enrolment in rest)}
        )
    _end_all(rest, outcome=Enrolment.Outcome.NOT_COMPLETED, day=day, by=by)
    _free_places(cohort, day)
    cohort.completed_on = day
    cohort.save()
    trail.record("round.completed", by=by, facility=cohort.facility, obj=cohort, detail={"number": cohort.number})
    return cohort


@transaction.atomic
def cancel_cohort(cohort, *, reason, on=None, by):
    """Cancel a round. Those who have begun go back to their units; those accepted wait for another round."""
    cohort = lock(cohort, related=RELATED)
    transition(cohort, State.CANCELLED, by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    day = days.given(on)
    rest = cohort.enrolments.filter(ended_on=None)
    _end_all(rest, outcome=Enrolment.Outcome.CANCELLED, day=day, reason=reason, by=by)
    _free_places(cohort, day)
    cohort.cancelled_on, cohort.cancelled_reason = day, reason
    cohort.save()
    trail.record("round.cancelled", by=by, facility=cohort.facility, obj=cohort, detail={"number": cohort.number})
    return cohort


def _end_all(enrolments, **how):
    """End each of these parts in the round that nobody has ended meanwhile."""
    for enrolment in enrolments:
        _inmate, enrolment = lock(enrolment, "inmate")
        if enrolment.ended_on is None:
            end(enrolment, **how)


def _free_places(cohort, day):
    """Put those accepted who never began back on the waiting list, in order of request, and drop future sessions."""
    for application in cohort.applications.filter(state=Application.State.ACCEPTED):
        _inmate, application = lock(application, "inmate")
        if application.state == Application.State.ACCEPTED:
            follow(application, Application.State.WAITING)
            application.cohort = None
            application.save()
    cohort.sessions.filter(starts_at__gte=clock.end_of(day), attendances=None).delete()
