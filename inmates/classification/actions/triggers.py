"""When the next review falls due, and what classification does when something happens elsewhere."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, follow, lock
from inmates.classification import sayings
from inmates.classification.actions.effects import apply_standing, waiting
from inmates.classification.models import Appeal, Assessment, Postponement, Review, ReviewTrigger
from inmates.conditions.models import Incident, IncidentPerson

POSTPONE_AT_MOST_DAYS = 30  # policy: how far a review may be put off, all postponements together


@transaction.atomic
def trigger_review(inmate, *, cause, incident=None, happened_on=None, by=None):
    """Bring the next review forward: within 14 days of what happened. Once for each incident, and only in custody.

    Called inside acts that have asked for their own permission (an incident recorded, a graduation, an appeal).
    """
    inmate = lock(inmate)
    ensure(inmate.held, _("This person is not in custody: nothing was changed."))
    if incident is not None:
        known = ReviewTrigger.objects.filter(inmate=inmate, incident=incident).first()
        if known is not None:
            return known
    happened_on = happened_on or clock.today()
    if happened_on > clock.today():
        raise ValidationError({"happened_on": _("This day lies in the future.")})
    trigger = ReviewTrigger.objects.create(
        inmate=inmate,
        cause=cause,
        incident=incident,
        happened_on=happened_on,
        due_on=happened_on + timedelta(days=settings.POLICY["triggered_review_days"]),
    )
    trail.record("review.triggered", by=by, inmate=inmate, obj=trigger, detail={"cause": str(cause)})
    apply_standing(inmate, by=by)
    return trigger


@transaction.atomic
def ask_for_review(inmate, *, happened_on, by):
    """Bring the next review forward because of new information: by an assessor or a reviewer of the person's prison."""
    inmate = lock(inmate)
    if not by.can("inmates.assess", at=inmate.facility):
        by.require("inmates.decide_review", at=inmate.facility)
    return trigger_review(inmate, cause=Assessment.Cause.INFORMATION, happened_on=happened_on, by=by)


@transaction.atomic
def postpone_review(inmate, *, until, reason, by):
    """Put a review off, by name and with a reason, thirty days at the most counted from the day it was first due."""
    inmate = lock(inmate)
    by.require("inmates.postpone_review", at=inmate.facility)
    ensure(inmate.held and inmate.next_review_on is not None, _("No review of this person is due."))
    due_on = inmate.next_review_on
    latest = first_due(inmate) + timedelta(days=POSTPONE_AT_MOST_DAYS)
    errors = {}
    if until <= due_on or until <= clock.today():
        errors["until"] = _("Choose a day after today and after the day it is due.")
    elif until > latest:
        errors["until"] = _("A review can be put off until %(day)s at the latest.") % {"day": latest.isoformat()}
    if not reason.strip():
        errors["reason"] = _("Say why the review is put off.")
    if errors:
        raise ValidationError(errors)
    postponement = Postponement.objects.create(
        inmate=inmate, due_on=due_on, until=until, reason=reason.strip(), postponed_by=by
    )
    ReviewTrigger.objects.open().filter(inmate=inmate, due_on__lt=until).update(due_on=until)
    trail.record(
        "review.postponed",
        by=by,
        inmate=inmate,
        obj=postponement,
        detail={"from": due_on.isoformat(), "until": until.isoformat()},
    )
    apply_standing(inmate, by=by)
    return postponement


def first_due(inmate):
    """The day the review was due before it was ever put off: follows the chain of postponements back."""
    day = inmate.next_review_on
    for postponement in inmate.postponements.order_by("-id"):
        if postponement.until != day:
            break
        day = postponement.due_on
    return day


def expect_first_assessment(inmate, admission, *, by):
    """After an admission the first assessment is due within 14 days."""
    apply_standing(inmate, by=by)


def review_after_incident(incident, *, by):
    """A serious incident brings forward the review of those who took part, not of victims and witnesses."""
    for person in _concerned(incident).select_related("inmate"):
        if person.inmate.held:
            trigger_review(
                person.inmate,
                cause=Assessment.Cause.INCIDENT,
                incident=incident,
                happened_on=timezone.localdate(incident.happened_at),
                by=by,
            )


def _concerned(incident):
    """The parts of those whose review an incident brings forward."""
    if incident.severity != Incident.Severity.SERIOUS:
        return incident.people.none()
    return incident.people.filter(part__in=[IncidentPerson.Part.ALLEGED_AUTHOR, IncidentPerson.Part.INVOLVED])


def close_when_not_established(person, *, by):
    """An incident found not established for somebody (an `IncidentPerson`) closes the early review it called for."""
    if person.outcome != IncidentPerson.Outcome.DISMISSED:
        return
    _close(person.inmate, person.incident, by=by)


def review_after_correction(incident, *, by):
    """An incident or a part in it was corrected: reviews are called for whom it now concerns, and for nobody else."""
    called, parts = ReviewTrigger.objects.filter(incident=incident), _concerned(incident)
    for trigger in called.open().exclude(inmate__in=parts.values("inmate")).select_related("inmate"):
        _close(trigger.inmate, incident, by=by)
    established = parts.exclude(outcome=IncidentPerson.Outcome.DISMISSED)
    called.filter(inmate__in=established.values("inmate")).update(closed_on=None, closed_by=None)
    review_after_incident(incident, by=by)


def _close(inmate, incident, *, by):
    """End the early reviews that an incident called for of one person."""
    inmate = lock(inmate)
    for trigger in ReviewTrigger.objects.select_for_update().open().filter(inmate=inmate, incident=incident):
        trigger.closed_on, trigger.closed_by = clock.today(), by
        trigger.save()
        trail.record("review.no_longer_called", by=by, inmate=inmate, obj=trigger)
    apply_standing(inmate, by=by)


def end_at_release(inmate, admission, *, by):
    """A release ends what is under way: review and draft, the appeal, and decisions that still wait for their day."""
    reason = sayings.RELEASED.mark
    for review in Review.objects.select_for_update().live().filter(inmate=inmate):
        follow(review, Review.State.CANCELLED)
        review.cancelled_reason, review.cancelled_by = reason, by
        review.save()
        trail.record("review.cancelled", by=by, inmate=inmate, obj=review, detail={"reason": "released"})
    for draft in Assessment.objects.select_for_update().drafts().filter(inmate=inmate):
        draft.ended_at, draft.ended_reason = clock.now(), reason
        draft.save()
        trail.record("assessment.given_up", by=by, inmate=inmate, obj=draft, detail={"reason": "released"})
    for appeal in Appeal.objects.select_for_update().live().filter(inmate=inmate):
        appeal.outcome = Appeal.Outcome.LAPSED
        appeal.save()
        trail.record("appeal.lapsed", by=by, inmate=inmate, obj=appeal)
    for decision in waiting(admission):
        decision.suspended_on, decision.suspended_by = clock.today(), by
        decision.save()
    apply_standing(inmate, by=by)


def release_undone(admission):
    """What a release entered by mistake had ended goes on: review, draft and appeal, decisions that waited for their day."""
    inmate, reason = admission.inmate, sayings.RELEASED.mark
    reviews = inmate.reviews.filter(cancelled_reason=reason, submitted_at__gte=admission.admitted_at)
    steps = [
        (review, {"state": was.state, "cancelled_reason": "", "cancelled_by": None})
        for review in reviews.order_by("-id")[:1]
        if (was := review.events.exclude(state=Review.State.CANCELLED).order_by("-pgh_id").first())
    ]
    drafts = inmate.assessments.filter(ended_reason=reason, started_at__gte=admission.admitted_at)
    steps += [(draft, {"ended_at": None, "ended_reason": ""}) for draft in drafts.order_by("-id")[:1]]
    decisions = admission.tier_decisions.all()
    lapsed = inmate.appeals.filter(outcome=Appeal.Outcome.LAPSED, decision__in=decisions)
    steps += [(appeal, {"outcome": ""}) for appeal in lapsed]
    waited = decisions.filter(suspended_by=admission.released_by, resumed_on=None)
    return steps + [(decision, {"suspended_on": None, "suspended_by": None}) for decision in waited]


def stands_again(inmate, admission, *, by):
    """The tier of the stay that goes on, and the day of its next review, stand on the record again."""
    apply_standing(lock(inmate), by=by)


def count_from_the_right_day(correction, *, by):
    """The first review counts from the day of the admission, a tier holds until that of the release: put right, they follow."""
    if correction.subject in ("admission", "release_day") and correction.inmate_id is not None:
        apply_standing(lock(correction.inmate), by=by)
