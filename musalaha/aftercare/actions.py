"""After release: who is to be seen when, what came of it, and new convictions, from their source only."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from core.workflow import ensure, lock
from inmates.terms import step
from musalaha import days
from musalaha.aftercare.models import FollowUp, Reconviction, RecordCheck


@transaction.atomic
def plan_follow_up(admission, *, by):
    """Plan the contacts after a release, for everybody, whether they took part in the programme or not."""
    released_on = timezone.localdate(admission.released_at)
    return FollowUp.objects.bulk_create(
        [
            FollowUp(
                admission=admission, inmate_id=admission.inmate_id, months=months, due_on=step(released_on, months)
            )
            for months in settings.POLICY["follow_up_months"]
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def record_follow_up(
    follow_up,
    *,
    done_on,
    contact,
    housing="not_known",
    work="not_known",
    training="not_known",
    support="",
    lost=False,
    note="",
    by,
):
    """Record a contact after release, or that nobody was found. May be entered once."""
    follow_up = lock(follow_up, related=("inmate__facility", "admission"))
    by.require("musalaha.record_follow_up", at=follow_up.inmate.facility)
    ensure(follow_up.done_on is None, _("This contact is recorded already."))
    days.given(done_on, "done_on")
    if done_on < timezone.localdate(follow_up.admission.released_at):
        raise ValidationError({"done_on": _("Before the release.")})
    if lost and contact in FollowUp.REACHED:
        raise ValidationError({"lost": _("Somebody who was reached is not lost to follow-up.")})
    follow_up.done_on, follow_up.contact, follow_up.recorded_by = done_on, contact, by
    follow_up.housing, follow_up.work, follow_up.training = housing, work, training
    follow_up.support, follow_up.lost, follow_up.note = support, lost, note
    follow_up.full_clean()
    follow_up.save()
    trail.record(
        "follow_up.recorded", by=by, inmate=follow_up.inmate, obj=follow_up, detail={"months": follow_up.months}
    )
    return follow_up


@transaction.atomic
def lose_sight(follow_up, *, by=None):
    """Mark as lost to follow-up, until somebody records a contact, whom nobody reached long after the day.

    Called by the daily run only.
    """
    follow_up = lock(follow_up)
    if follow_up.done_on is None and not follow_up.lost:
        follow_up.lost = True
        follow_up.save()
    return follow_up


@transaction.atomic
def record_reconviction(admission, *, act_on, final_on, terrorism, source, by):
    """Record a final conviction for an act after release.

    Raises ValidationError for an earlier act or a judgment that is not final.
    """
    admission = lock(admission, related=("inmate__facility",))
    by.require("musalaha.record_follow_up", at=admission.inmate.facility)
    ensure(admission.released_at is not None, _("This person has not been released."))
    released_on = timezone.localdate(admission.released_at)
    if act_on < released_on:
        raise ValidationError({"act_on": _("The act lies before the release of %(day)s.") % {"day": released_on}})
    days.given(final_on, "final_on")
    if final_on < act_on:
        raise ValidationError({"final_on": _("Before the act.")})
    if not source.strip():
        raise ValidationError({"source": _("Name the judgment: court and number. Allegations do not count.")})
    reconviction = Reconviction(
        admission=admission,
        inmate=admission.inmate,
        act_on=act_on,
        final_on=final_on,
        terrorism=terrorism,
        source=source.strip(),
        recorded_by=by,
    )
    reconviction.full_clean()
    reconviction.save()
    trail.record("reconviction.recorded", by=by, inmate=admission.inmate, obj=reconviction)
    return reconviction


@transaction.atomic
def record_check(admission, *, checked_on, reference, by):
    """Record that the criminal record was read after a release: until that day it is known who was convicted again.

    Raises ValidationError for a day before the release or to come, one recorded already, or without a reference.
    """
    admission = lock(admission, related=("inmate__facility",))
    by.require("musalaha.record_follow_up", at=admission.inmate.facility)
    ensure(admission.released_at is not None, _("This person has not been released."))
    days.given(checked_on, "checked_on")
    if checked_on < timezone.localdate(admission.released_at):
        raise ValidationError({"checked_on": _("Before the release.")})
    if not reference.strip():
        raise ValidationError({"reference": _("Name the extract that was read.")})
    if admission.record_checks.filter(checked_on=checked_on).exists():
        raise ValidationError({"checked_on": _("A check of that day is recorded already.")})
    check = RecordCheck.objects.create(
        admission=admission,
        inmate=admission.inmate,
        checked_on=checked_on,
        reference=reference.strip(),
        recorded_by=by,
    )
    trail.record("record_check.recorded", by=by, inmate=admission.inmate, obj=check)
    return check
