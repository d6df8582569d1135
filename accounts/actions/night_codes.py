"""Night codes: printed once, used once, acknowledged by the national office.

The code is made from the service's secret and the row's own number, like those of enrolment, and stored nowhere.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.actions.enrolment import code_of, plain
from accounts.models import NightCode
from audit import signed_context, trail
from config import clock
from core.workflow import ensure, lock

LETTERS = 16


def sealed_code(night_code):
    """The code on the paper: 16 letters and digits in groups of four."""
    return code_of("accounts.night_code", night_code, 10)


@transaction.atomic
def print_once(night_code, *, by):
    """Say that the paper is being printed; it is printed once, by the administrator who approved it."""
    by.require("accounts.approve_change")
    night_code = lock(night_code)
    if night_code.change.decided_by_id != by.pk:
        raise PermissionDenied(_("The administrator who approved prints it."))
    ensure(night_code.printed_at is None, _("This code was printed once already. Ask for a new one."))
    night_code.printed_at = clock.now()
    night_code.save(update_fields=["printed_at"])
    trail.record("night_code.printed", by=by, facility=night_code.facility_id, obj=night_code)
    return night_code


def looks_like(typed):
    """Whether what was typed has the length of a night code (an app's code has six digits)."""
    return len(plain(typed)) == LETTERS


def find(user, typed):
    """The night code of a prison where the user serves now that reads as typed, or None."""
    codes = NightCode.objects.in_safes().filter(facility_id__in=user.facility_ids)
    return next((one for one in codes if constant_time_compare(plain(typed), plain(sealed_code(one)))), None)


@transaction.atomic
def use(night_code, *, by):
    """Spend it. Raises InvalidTransition where somebody was faster; PermissionDenied for who does not serve there."""
    night_code = lock(night_code)
    if night_code.facility_id not in by.facility_ids:
        raise PermissionDenied(_("This code is for another prison."))
    ensure(night_code.printed_at and night_code.used_at is None, _("This code was used already."))
    night_code.used_by, night_code.used_at = by, clock.now()
    night_code.save(update_fields=["used_by", "used_at"])
    with signed_context.in_the_name_of(by):
        trail.record("night_code.used", by=by, facility=night_code.facility_id, obj=night_code)
    return night_code


@transaction.atomic
def acknowledge(night_code, *, by):
    """Say that the national office knows of the use and has looked into it."""
    by.require("accounts.acknowledge_nightcode", at=night_code.facility_id)
    night_code = lock(night_code)
    ensure(night_code.used_at and night_code.seen_at is None, _("There is nothing to acknowledge."))
    if night_code.used_by_id == by.pk:
        raise PermissionDenied(_("Somebody else acknowledges what you used."))
    night_code.seen_by, night_code.seen_at = by, clock.now()
    night_code.save(update_fields=["seen_by", "seen_at"])
    trail.record("night_code.acknowledged", by=by, facility=night_code.facility_id, obj=night_code)
    return night_code
