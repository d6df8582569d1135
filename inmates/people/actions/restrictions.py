"""Restricting a record, naming who reads it, renewing and lifting: one asks, another approves. Taking away is done by one."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.roles import ALONE
from audit import trail
from config import clock
from core.workflow import ensure, follow, lock, transition
from inmates.people.models import RestrictionStep
from inmates.people.models.restrictions import LONGEST

Kind, State = RestrictionStep.Kind, RestrictionStep.State


def state_of(inmate):
    """`(restriction in force or None, day on which it is looked at again, what is asked for, readers named)` of a person."""
    steps = list(
        inmate.restriction_steps.filter(state__in=[State.ASKED, State.APPROVED]).select_related(
            "user", "asked_by", "decided_by"
        )
    )
    holds = [step for step in steps if step.state == State.APPROVED]
    restriction = next((step for step in holds if step.kind == Kind.RESTRICT), None)
    reviews = [step for step in holds if step.kind in (Kind.RESTRICT, Kind.RENEW)]
    review_on = max(reviews, key=lambda step: step.decided_at).until if restriction else None
    asked = [step for step in steps if step.state == State.ASKED]
    readers = [step for step in holds if step.kind == Kind.NAME and step.until >= clock.today()]
    return restriction, review_on, asked, readers


@transaction.atomic
def ask(inmate, *, kind, user=None, until=None, by):
    """Ask for a step about who reads this record; a second person answers.

    `until`: of a restriction, the day on which it is looked at again, a year away at most; of a reader, the last day. Raises
    PermissionDenied, InvalidTransition where there is nothing to renew or lift, ValidationError for a day or reader that does
    not fit.
    """
    inmate = lock(inmate)
    by.require("inmates.restrict_record", at=inmate.facility_id)
    restriction, _review, asked, _readers = state_of(inmate)
    if kind == Kind.RESTRICT:
        ensure(restriction is None, _("This record is restricted already."))
    elif kind == Kind.NAME:
        being_asked = any(step.kind == Kind.RESTRICT for step in asked)
        ensure(
            restriction or being_asked, _("This record is not restricted: whoever has the person in scope reads it.")
        )
        _fitting_reader(inmate, user)
    else:
        ensure(restriction, _("This record is not restricted."))
    again = [step for step in asked if step.kind == kind and step.user_id == (user.pk if user else None)]
    ensure(not again, _("This is asked for already and waits for a second person."))
    if kind != Kind.LIFT and not (isinstance(until, date) and clock.today() <= until <= clock.today() + LONGEST):
        raise ValidationError({"until": _("A day from today on, a year away at most.")})
    if kind == Kind.NAME:  # who is named anew keeps one access
        _over_with_old(inmate, user, by)
    step = RestrictionStep.objects.create(
        inmate=inmate, kind=kind, user=user, until=until, asked_by=by, asked_on=clock.today()
    )
    _record("restriction.asked", step, by)
    return step


def _fitting_reader(inmate, user):
    """Raise ValidationError unless this user has the person in scope and may read records at all."""
    fits = user is not None and user.is_active and not ALONE & user.role_names
    if not fits or not user.can("inmates.view_record", at=inmate.facility_id):
        raise ValidationError({"user": _("This colleague does not have the person in scope.")})


def _over_with_old(inmate, user, by):
    """An access of this reader whose last day has passed makes room for a new one; one that holds stands in its way."""
    old = RestrictionStep.objects.select_for_update().filter(
        inmate=inmate, kind=Kind.NAME, user=user, state=State.APPROVED
    )
    for step in old:
        ensure(step.until < clock.today(), _("This colleague is named already: take the access away first."))
        follow(step, State.ENDED, by=by)
        step.save()


@transaction.atomic
def approve(step, *, by):
    """Approve what another asked for: it holds from this moment. Raises PermissionDenied for whoever asked, or is named."""
    inmate, step = lock(step, "inmate")
    transition(step, State.APPROVED, by=by)
    if step.kind in (Kind.RENEW, Kind.LIFT):
        ensure(inmate.restriction_steps.restricting().exists(), _("This record is not restricted."))
    step.save()
    _record("restriction.approved", step, by)
    if step.kind == Kind.LIFT:
        _end_all(inmate, step, by)
    return step


def _end_all(inmate, lift, by):
    """What held with the restriction ends with it, at the same moment; what was asked for falls away."""
    rest = RestrictionStep.objects.select_for_update().filter(inmate=inmate).exclude(pk=lift.pk)
    for step in rest.filter(state=State.APPROVED).exclude(kind=Kind.LIFT):
        follow(step, State.ENDED, by=by, when=lift.decided_at)
        step.save()
    for step in rest.waiting():
        follow(step, State.WITHDRAWN, by=by, when=lift.decided_at)
        step.save()


@transaction.atomic
def refuse(step, *, by):
    """Do not approve what another asked for."""
    _inmate, step = lock(step, "inmate")
    transition(step, State.REFUSED, by=by)
    step.save()
    _record("restriction.refused", step, by)
    return step


@transaction.atomic
def withdraw(step, *, by):
    """Take back what one asked for oneself."""
    _inmate, step = lock(step, "inmate")
    if step.asked_by_id != by.pk:
        raise PermissionDenied(_("Whoever asked for it withdraws it."))
    transition(step, State.WITHDRAWN, by=by)
    step.save()
    _record("restriction.withdrawn", step, by)
    return step


@transaction.atomic
def take_away(step, *, by):
    """Take a reader's access away, at once and alone. Raises InvalidTransition for a restriction: two people lift that."""
    _inmate, step = lock(step, "inmate")
    ensure(step.kind == Kind.NAME, _("A restriction is lifted by two people."))
    transition(step, State.ENDED, by=by)
    step.save()
    _record("restriction.access_ended", step, by)
    return step


def _record(verb, step, by):
    detail = {"step": step.kind}
    if step.user_id:
        detail["reader"] = step.user.username
    if step.until:
        detail["until"] = step.until.isoformat()
    trail.record(verb, by=by, inmate=step.inmate, obj=step, detail=detail)
