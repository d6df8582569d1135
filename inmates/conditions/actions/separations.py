"""Separation: authorised for at most 15 days in a row, facts recorded daily, a breach alerted at once (DOMAIN 2)."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from inmates.conditions.models import Separation, SeparationDay
from inmates.conditions.sayings import SEPARATED_TOO_LONG
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import Alert

MOST = settings.POLICY["separation_max_days"]
GAP = settings.POLICY["separation_gap_days"]
ADULT_YEARS = 18


def days_in_a_row(inmate, first, last, *, but=None):
    """Days that a separation from `first` to `last` makes in a row: a gap shorter than 15 days continues the count.

    The database counts the same way (trigger `separation_at_most_15_days`); this refuses it with words first.
    """
    total, earliest = (last - first).days + 1, first
    earlier = inmate.separations.exclude(pk=but).order_by("-began_on")
    for one in earlier:
        ended = one.ended_on or one.authorised_until
        if one.began_on >= earliest or ended < earliest - timedelta(days=GAP):
            continue
        total += (min(ended, earliest - timedelta(days=1)) - one.began_on).days + 1
        earliest = one.began_on
    return total


@transaction.atomic
def authorise(inmate, *, reason, starts_on, until, health_checked, by):
    """Authorise a separation from a day to a last day, both counted, and record that it begins.

    None for minors, and none without a doctor's word that nothing stands against it (pregnancy, nursing, disability).
    """
    inmate = lock(inmate)
    by.require("inmates.authorise_separation", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody."))
    ensure(not inmate.separations.running().exists(), _("This person is separated already."))
    if inmate.birth_date and starts_on < _birthday(inmate.birth_date, ADULT_YEARS):
        raise ValidationError({"starts_on": _("A minor is never separated.")})
    if not health_checked:
        raise ValidationError({"health_checked": _("A doctor must first find nothing against it.")})
    _check_period(inmate, starts_on, until, reason)
    separation = Separation.objects.create(
        inmate=inmate,
        facility=inmate.facility,
        reason=reason,
        authorised_by=by,
        authorised_from=starts_on,
        authorised_until=until,
        began_on=starts_on,
        health_checked=True,
    )
    detail = {"from": starts_on.isoformat(), "until": until.isoformat()}
    trail.record("separation.authorised", by=by, inmate=inmate, obj=separation, detail=detail)
    return separation


@transaction.atomic
def prolong(separation, *, until, reason, by):
    """Move the last authorised day, still within 15 days in a row."""
    inmate, separation = lock(separation, "inmate")
    by.require("inmates.authorise_separation", at=separation.facility)
    ensure(separation.ended_on is None, _("This separation has ended."))
    if until <= separation.authorised_until:
        raise ValidationError({"until": _("The new last day must be later than the old one.")})
    _check_period(inmate, separation.authorised_from, until, reason, but=separation.pk)
    separation.authorised_until = until
    separation.save()
    trail.record("separation.prolonged", by=by, inmate=inmate, obj=separation, detail={"until": until.isoformat()})
    return separation


@transaction.atomic
def record_day(separation, *, day, hours_out, hours_contact, health_visit_by="", note="", by):
    """Write one day's facts, as they were, also of a day past what was authorised; the same day again corrects it."""
    inmate, separation = lock(separation, "inmate")
    by.require("inmates.record_separation", at=separation.facility)
    if not separation.began_on <= day <= min(clock.today(), separation.ended_on or clock.today()):
        raise ValidationError({"day": _("This day is not a day of this separation.")})
    sheet = separation.days.filter(day=day).first() or SeparationDay(separation=separation, day=day)
    sheet.hours_out, sheet.hours_contact = hours_out, hours_contact
    sheet.health_visit_by, sheet.note, sheet.recorded_by = health_visit_by, note, by
    sheet.full_clean()
    sheet.save()
    trail.record("separation.day", by=by, inmate=inmate, obj=separation, detail={"day": day.isoformat()})
    return sheet


@transaction.atomic
def end(separation, *, on, by):
    """Record the last day of a separation as it was."""
    inmate, separation = lock(separation, "inmate")
    by.require("inmates.record_separation", at=separation.facility)
    ensure(separation.ended_on is None, _("This separation has ended."))
    if not separation.began_on <= on <= clock.today():
        raise ValidationError({"on": _("The day lies between the beginning and today.")})
    separation.ended_on, separation.ended_by = on, by
    separation.save()
    trail.record("separation.ended", by=by, inmate=inmate, obj=separation)
    return separation


def alert_breach(separation, *, today):
    """Alert the national office, the inspectors and the prison to a separation past its fifteenth day, once each."""
    made, said = 0, SEPARATED_TOO_LONG(began_on=separation.began_on, until=separation.authorised_until)
    for audience in (Alert.Audience.NATIONAL, Alert.Audience.PRISON):
        kind, reference = Alert.Kind.SEPARATION_BREACH, str(separation.pk)
        made += raise_alert(separation.inmate, kind, audience, reference, said, facility=separation.facility)
    if separation.breach_alerted_on is None:
        separation.breach_alerted_on = today
        separation.save(update_fields=["breach_alerted_on"])
        trail.record("separation.breach", by=None, inmate=separation.inmate, obj=separation)
    return made


def _check_period(inmate, first, last, reason, but=None):
    if last < first:
        raise ValidationError({"until": _("The last day lies before the first.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    days = days_in_a_row(inmate, first, last, but=but)
    if days > MOST:
        text = _("%(days)s days in a row, earlier ones counted in: at most %(most)s may be authorised.")
        raise ValidationError({"until": text % {"days": days, "most": MOST}})


def _birthday(born, years):
    """The day somebody reaches an age; on 1 March for those born on 29 February."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return born.replace(year=born.year + years, month=3, day=1)
