"""Permanences: a colleague is named for some hours; it works at once, is reported, and can be ended."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Permanence
from accounts.models.permanences import LONGEST
from audit import trail
from config import clock
from core.workflow import ensure, lock, say_more


@transaction.atomic
def name(user, *, facility, role, starts_at, ends_at, reason, by):
    """Let `user` stand in for `role` at `facility` from one moment until another, 72 hours at most.

    The director of the prison names, or the national office. Raises PermissionDenied for oneself and for a role that one
    may not give, ValidationError for moments that do not fit and for whoever may not stand in: who does not serve in that prison
    (of other prisons the national office names directors), whose account nobody has opened, or who has a role outside prisons.
    """
    by.require("accounts.name_permanence", at=facility)
    if user.pk == by.pk:
        raise PermissionDenied(_("Nobody names themselves."))
    user = lock(user)
    if refusal := say_more(reason):
        raise ValidationError({"reason": refusal})
    if role not in Permanence.ROLES:
        raise ValidationError({"role": _("Nobody stands in for this role.")})
    if not user.is_active or not user.has_usable_password() or not (user.role_names <= Permanence.STAND_INS):
        raise ValidationError({"user": _("This account cannot stand in for anybody.")})
    if not _may_be_named(user, facility, by):
        raise ValidationError(
            {"user": _("Who stands in serves in that prison, or is a director whom the national office names.")}
        )
    if role in user.role_names and any(posting.facility_id == facility.pk for posting in user.current_postings):
        raise ValidationError({"role": _("This colleague has the role there already.")})
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise ValidationError({"ends_at": _("A permanence lasts 72 hours at most.")})
    if ends_at <= clock.now():
        raise ValidationError({"ends_at": _("This is past.")})
    permanence = Permanence.objects.create(
        user=user, facility=facility, role=role, starts_at=starts_at, ends_at=ends_at, reason=reason, named_by=by
    )
    detail = {"username": user.username, "role": role, "from": starts_at.isoformat(), "until": ends_at.isoformat()}
    trail.record("permanence.named", by=by, facility=facility, obj=permanence, detail={**detail, "reason": reason})
    return permanence


def _may_be_named(user, facility, by):
    if any(posting.facility_id == facility.pk for posting in user.current_postings):
        return True
    return user.has_role(roles.DIRECTOR) and by.has_role(roles.REVIEWER)


@transaction.atomic
def end(permanence, *, by):
    """End a permanence before its time."""
    permanence = lock(permanence)
    by.require("accounts.name_permanence", at=permanence.facility_id)
    ensure(permanence.ended_at is None and permanence.ends_at > clock.now(), _("This permanence is over."))
    permanence.ended_by, permanence.ended_at = by, clock.now()
    permanence.save()
    trail.record(
        "permanence.ended",
        by=by,
        facility=permanence.facility_id,
        obj=permanence,
        detail={"username": permanence.user.username},
    )
    return permanence
