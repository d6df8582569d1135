"""Effects of a decision: the day from which it holds, the notice owed, the place that no longer fits."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, say_more
from facilities.models import Tier
from inmates.classification import in_force, sayings
from inmates.classification.models import Notice, TierDecision
from inmates.custody.placement_rules import placement_objections
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Task
from inmates.people.telling import language_for

PLACEMENT_DAYS = 7  # policy: how soon a place that no longer fits must be settled


def check_effect(inmate, *, tier, reasons, effective_on):
    """Raise ValidationError for a decision that says too little, InvalidTransition while an earlier one still waits."""
    errors = {}
    if tier not in Tier.values:
        errors["tier"] = _("Choose one of the three tiers.")
    if not reasons.strip():
        errors["reasons"] = _("A decision needs written reasons.")
    elif message := say_more(reasons):
        errors["reasons"] = message
    if effective_on < clock.today():
        errors["effective_on"] = _("A decision cannot take effect before the day it is made.")
    if errors:
        raise ValidationError(errors)
    ensure(
        not waiting(inmate.admissions.open().get()),
        _("An earlier decision has not taken effect yet: serve its notice first, or wait for its day."),
    )


def waiting(admission):
    """Decisions of a stay made and not yet in force: of a later day, or stricter and their notice not served."""
    made = TierDecision.objects.filter(admission=admission, suspended_on=None)
    return made.exclude(origin=TierDecision.Origin.IMPORT).exclude(pk__in=in_force.holding(admission.pk, clock.today()))


def open_notice(decision, inmate):
    """The notice owed to the person, in a language of theirs where there is one, due within three days."""
    return Notice.objects.create(
        decision=decision,
        language=language_for(inmate),
        due_on=decision.decided_on + timedelta(days=settings.POLICY["notice_days"]),
    )


def apply_standing(inmate, *, by, quiet=False):
    """Write on the (locked) person what decisions say today; a new tier that no longer fits the unit raises a task.

    `quiet`: imported history, which raises no task and no event. Returns whether anything changed.
    """
    now = in_force.standing(inmate)
    was = in_force.Standing(inmate.tier, inmate.tier_since, inmate.next_review_on)
    if now == was:
        return False
    inmate.tier, inmate.tier_since, inmate.next_review_on = now.tier, now.tier_since, now.next_review_on
    inmate.save(update_fields=["tier", "tier_since", "next_review_on"])
    if now.tier != was.tier and not quiet:
        trail.record("tier.took_effect", by=by, inmate=inmate, detail={"from": was.tier, "to": now.tier})
        _ask_for_a_place(inmate, by)
    return True


def _ask_for_a_place(inmate, by):
    """A unit that does not take the tier is settled by a task, never by a silent move."""
    if not inmate.held or inmate.unit is None:
        return
    against = [objection.said for objection in placement_objections(inmate, inmate.unit) if objection.code == "tier"]
    if against:
        raise_task(
            inmate,
            kind=Task.Kind.PLACEMENT,
            due_on=clock.today() + timedelta(days=PLACEMENT_DAYS),
            said=against[0],
            by=by,
        )
    else:
        inmate.tasks.open().filter(kind=Task.Kind.PLACEMENT).update(
            done_at=clock.now(), done_note=sayings.UNIT_TAKES_TIER.mark
        )
