"""The day or hour of a release put right: after anything that happened in the stay, before the next one began."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock
from core.templatetags.display import day_text
from inmates.custody import sayings
from inmates.custody.actions.admissions import count_liberty_between_stays
from inmates.custody.models import Admission
from inmates.people import corrections
from inmates.people.corrections import Correctable
from inmates.people.models import Inmate
from inmates.sentences import hooks as sentences
from inmates.sentences.actions import recompute_on_new_facts
from inmates.sentences.models import TimeAtLarge

CAUSE = "day of release"


def _put_right(stored, stay):
    """Check another day or hour; what the release ended then moves along."""
    if stay.released_at == stored.released_at:
        return
    if message := _why_not(stored, stay.released_at):
        raise ValidationError({"released_at": message})
    was, day = timezone.localdate(stored.released_at), timezone.localdate(stay.released_at)
    place = stored.placements.filter(during__endswith=stored.released_at).first()
    if place is not None:
        place.during = DateTimeTZRange(place.during.lower, stay.released_at, "[)")
        place.save()
    out = stored.outings.filter(back_at=stored.released_at, outcome=sayings.RELEASED.mark)
    for outing in out:
        outing.back_at = stay.released_at
        outing.save()
    period = _last_status(stored)
    period.ends_on = max(day, period.starts_on + timedelta(days=1))
    period.save()
    mark = sayings.LIFTED_BY[stored.ground].mark
    for order in stored.inmate.detention_orders.filter(lifted_on=was, lifted_reason=mark):
        order.lifted_on = day
        order.save()
    _move_liberty(stored, was, day)


def _move_liberty(stored, was, day):
    """The days at liberty after the stay begin on the other day; where none is left, the release and the return were one day."""
    away = stored.inmate.times_at_large.filter(first_day=was).exclude(reason=TimeAtLarge.Reason.ESCAPE)
    for one in away:
        one.first_day = day
        if one.first_day == one.day_after_last and one.reason != TimeAtLarge.Reason.SERVED:
            one.first_day, one.annulled_at = was, clock.now()
        one.save()


def _last_status(stay):
    return stay.legal_statuses.order_by("starts_on").last()


def _why_not(stay, at):
    """What stands against this moment, or nothing."""
    if at is None:
        return _("Enter the day: a release that never was is taken back.")
    if at > clock.now():
        return _("The release lies in the future.")
    if at <= stay.admitted_at:
        return _("The release lies before the admission.")
    after = stay.inmate.admissions.filter(admitted_at__gte=stay.released_at).order_by("admitted_at").first()
    if after is not None and at > after.admitted_at:
        return _("The next stay had begun.")
    place, day = stay.placements.order_by("during").last(), timezone.localdate(at)
    moments = [place.during.lower]
    if place.during.upper != stay.released_at:
        moments.append(place.during.upper)
    for outing in stay.outings.exclude(left_at=None):
        with_it = outing.back_at == stay.released_at and outing.outcome == sayings.RELEASED.mark
        moments.append(outing.left_at if with_it else outing.back_at or outing.left_at)
    status = _last_status(stay)
    orders = stay.inmate.detention_orders.filter(
        lifted_on=timezone.localdate(stay.released_at), lifted_reason=sayings.LIFTED_BY[stay.ground].mark
    )
    if any(at <= moment for moment in moments) or status.starts_on > day or orders.filter(issued_on__gt=day).exists():
        return _("Something in this stay happened after that day.")
    following = stay.inmate.legal_statuses.filter(starts_on__gt=status.starts_on).order_by("starts_on").first()
    if following is not None and following.starts_on < max(day, status.starts_on + timedelta(days=1)):
        return _("The legal status of the next stay had begun.")
    return ""


def _again(stay, by):
    """What was served, and the time out of custody, follow."""
    inmate = stay.inmate
    count_liberty_between_stays(inmate, by=by)
    recompute_on_new_facts(Inmate.objects.get(pk=inmate.pk), cause=CAUSE, by=by)
    sentences.judged(Inmate.objects.get(pk=inmate.pk), clock.today(), by=by, lost=True)


def _words(stay):
    return f"{stay.facility} · {day_text(timezone.localdate(stay.admitted_at))}"


def register():
    """Put it among what may be corrected."""
    corrections.register(
        Correctable(
            "release_day",
            Admission,
            ("released_at",),
            "inmates.release",
            name=gettext_lazy("day of release"),
            check=_put_right,
            describe=_words,
            after=_again,
            among=(("released_at__isnull", False),),
            weighty={"released_at": "release_day"},
        ),
    )
