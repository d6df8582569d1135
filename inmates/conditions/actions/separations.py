"""Separation: authorised for at most 15 days in a row, facts recorded daily, a breach alerted at once."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, left_to_another, lock, say_more
from facilities.models import Unit
from inmates.conditions.actions.protection import check_place, minor_on
from inmates.conditions.models import MOST_DAYS, Separation, SeparationBar, SeparationDay
from inmates.conditions.models.separations import GAP_DAYS
from inmates.conditions.sayings import EMERGENCY, SEPARATED_TOO_LONG
from inmates.custody.actions import placements
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import Alert


def days_in_a_row(inmate, first, last, *, but=None):
    """Days that a separation from `first` to `last` makes in a row: a gap shorter than 15 days continues the count.

    The database counts the same way (trigger `separation_at_most_15_days`); this refuses it with words first.
    """
    total, earliest = (last - first).days + 1, first
    earlier = inmate.separations.exclude(pk=but).order_by("-began_on")
    for one in earlier:
        ended = one.ended_on or one.authorised_until
        if one.began_on >= earliest or ended < earliest - timedelta(days=GAP_DAYS):
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
    _check_allowed(inmate, starts_on, health_checked, field="starts_on")
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
def separate_in_emergency(inmate, *, unit, why, at=None, by):
    """Put somebody into a separation unit at once, and record it as a separation from that minute.

    The fact is never refused, whatever forbids the separation: it is alerted at once. It holds until the end of the next
    day (policy) unless somebody else authorises it. Raises what a move raises.
    """
    inmate = lock(inmate)
    by.require("inmates.record_separation", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody."))
    ensure(not inmate.separations.running().exists(), _("This person is separated already."))
    at = at or clock.now()
    ensure(at <= clock.now(), _("The move lies in the future."))
    if unit.purpose != Unit.Purpose.SEPARATION:
        raise ValidationError({"unit": _("Choose a separation unit.")})
    if message := say_more(why):
        raise ValidationError({"why": message})
    day = timezone.localdate(at)
    separation = Separation.objects.create(
        inmate=inmate,
        facility=inmate.facility,
        reason=why.strip(),
        emergency_at=at,
        emergency_by=by,
        authorised_from=day,
        authorised_until=day + timedelta(days=settings.POLICY["separation_emergency_days"]),
        began_on=day,
    )
    detail = {"from": at.isoformat(), "until": separation.authorised_until.isoformat()}
    trail.record("separation.emergency", by=by, inmate=inmate, obj=separation, detail=detail)
    said = EMERGENCY(since=day, until=separation.authorised_until)
    for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL):
        raise_alert(inmate, Alert.Kind.EMERGENCY, audience, str(separation.pk), said)
    placements.place_by_another_act(
        inmate,
        unit=unit,
        at=at,
        exception_reason=why.strip(),
        exception_until=max(separation.authorised_until, clock.today() + timedelta(days=1)),
        by=by,
    )
    return separation


@transaction.atomic
def authorise_emergency(separation, *, until, health_checked, by):
    """Authorise a separation that began as an emergency, its days counted from the first; never by whoever ordered it."""
    inmate, separation = lock(separation, "inmate")
    by.require("inmates.authorise_separation", at=separation.facility)
    ensure(separation.ended_on is None, _("This separation has ended."))
    ensure(separation.authorised_by_id is None, _("This separation is authorised already."))
    own = _("You ordered this emergency: somebody else authorises it.")
    if refusal := left_to_another(by, separation.emergency_by_id, own=own):
        raise PermissionDenied(refusal)
    _check_allowed(inmate, separation.began_on, health_checked, field="until")
    _check_period(inmate, separation.began_on, until, separation.reason, but=separation.pk)
    separation.authorised_by, separation.authorised_until, separation.health_checked = by, until, True
    separation.save()
    detail = {"from": separation.began_on.isoformat(), "until": until.isoformat()}
    trail.record("separation.authorised", by=by, inmate=inmate, obj=separation, detail=detail)
    return separation


@transaction.atomic
def record_bar(inmate, *, ground, source, starts_on, by):
    """Record that somebody must not be separated, and why; whoever is separated all the same is told of at once."""
    inmate = lock(inmate)
    by.require("inmates.record_separation", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody."))
    errors = {}
    if ground not in SeparationBar.Ground.values:
        errors["ground"] = _("Choose a ground.")
    elif inmate.separation_bars.filter(ground=ground, ended_on=None).exists():
        errors["ground"] = _("This is recorded already.")
    if not source.strip():
        errors["source"] = _("Say which doctor or paper says so.")
    if starts_on > clock.today():
        errors["starts_on"] = _("This day lies in the future.")
    if errors:
        raise ValidationError(errors)
    bar = SeparationBar.objects.create(
        inmate=inmate, ground=ground, source=source.strip(), starts_on=starts_on, recorded_by=by
    )
    trail.record("separation_bar.recorded", by=by, inmate=inmate, obj=bar)  # not what it is: health
    check_place(inmate)
    return bar


@transaction.atomic
def end_bar(bar, *, on, by):
    """Record the day from which a separation is no longer forbidden on this ground."""
    inmate, bar = lock(bar, "inmate")
    by.require("inmates.record_separation", at=inmate.facility)
    ensure(bar.ended_on is None, _("This has ended already."))
    if not bar.starts_on <= on <= clock.today():
        raise ValidationError({"on": _("The day lies between the beginning and today.")})
    bar.ended_on, bar.ended_by = on, by
    bar.save()
    trail.record("separation_bar.ended", by=by, inmate=inmate, obj=bar)
    return bar


@transaction.atomic
def prolong(separation, *, until, reason, by):
    """Move the last authorised day, still within 15 days in a row."""
    inmate, separation = lock(separation, "inmate")
    by.require("inmates.authorise_separation", at=separation.facility)
    ensure(separation.ended_on is None, _("This separation has ended."))
    ensure(separation.authorised_by_id is not None, _("This emergency has yet to be authorised."))
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


def _check_allowed(inmate, day, health_checked, *, field):
    """None for minors, none where health forbids it, none without a doctor's word."""
    if minor_on(inmate, day):
        raise ValidationError({field: _("A minor is never separated.")})
    bar = inmate.separation_bars.on(max(day, clock.today())).first()
    if bar is not None:
        raise ValidationError({"health_checked": _("Recorded: %(ground)s. No separation.") % {"ground": bar}})
    if not health_checked:
        raise ValidationError({"health_checked": _("A doctor must first find nothing against it.")})


def _check_period(inmate, first, last, reason, but=None):
    if last < first:
        raise ValidationError({"until": _("The last day lies before the first.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    days = days_in_a_row(inmate, first, last, but=but)
    if days > MOST_DAYS:
        text = _("%(days)s days in a row, earlier ones counted in: at most %(most)s may be authorised.")
        raise ValidationError({"until": text % {"days": days, "most": MOST_DAYS}})
