"""Alerts: read by those they are for, acknowledged, never erased."""

from django.db import transaction
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.roles import COORDINATOR, INSPECTOR, REVIEWER
from audit import trail
from config import clock
from core.workflow import ensure
from inmates.people.models import Alert, EmergencyAccess, Inmate, RestrictionStep
from inmates.people.participation import may_know_participation

Audience = Alert.Audience


def waiting_for(user):
    """Alerts not acknowledged that are meant for this user: their prisons', the reviewers', the national office's.

    A reviewer or inspector without national scope gets those of the prisons of their postings. What was told of a stay
    rests once it has ended, and is told again where the release is taken back.
    """
    if not user.can("inmates.view_record"):
        return Alert.objects.none()
    here = Q() if user.sees_nation else Q(facility_id__in=user.facility_ids)
    wanted = Q(audience=Audience.PRISON, facility_id__in=user.facility_ids)
    if user.has_role(REVIEWER):
        wanted |= here & Q(audience=Audience.REVIEWERS)
    if user.has_role(COORDINATOR) or user.has_role(INSPECTOR) or user.has_role(REVIEWER):
        wanted |= here & Q(audience=Audience.NATIONAL)
    waiting = Alert.objects.filter(wanted, acknowledged_at=None).select_related("inmate", "facility")
    of_a_stay = Q(kind__in=Alert.OF_A_STAY) & ~Q(reference__startswith=Alert.WHEREVER)
    waiting = waiting.exclude(~Q(inmate__status__in=Inmate.ON_REGISTER) & of_a_stay)
    if user.has_role(REVIEWER):  # told of as a reviewer already
        waiting = waiting.exclude(audience=Audience.NATIONAL, kind=Alert.Kind.CORRECTION)
    if not user.can("inmates.view_classification"):
        waiting = waiting.exclude(kind=Alert.Kind.REVIEW_OVERDUE)
    if not may_know_participation(user):
        waiting = waiting.exclude(kind__in=Alert.ABOUT_THE_PROGRAMME)
    waiting = waiting.exclude(kind__in=Alert.OF_A_RECORD, inmate__in=RestrictionStep.objects.closed_to(user))
    if not user.can("inmates.supervise_emergency"):
        waiting = waiting.exclude(kind__in=Alert.SUPERVISED)
    elif user.can("inmates.open_in_emergency"):  # nobody answers for themselves
        mine = EmergencyAccess.objects.filter(user=user).values_list(Cast("pk", CharField()))
        waiting = waiting.exclude(kind__in=Alert.SUPERVISED, reference__in=mine)
    return waiting.order_by("-raised_at", "-id")


def raise_alert(inmate, kind, audience, reference, said=(), *, note="", facility=None):
    """Tell an audience of something about a person, once for each `reference`; returns whether it is new.

    `said`: what the system says of it (a `Saying` called with its parameters, see `core.sayings`); `note`: a person's words.
    One of the two is needed. It is told to the person's prison of today, unless another `facility` is named.
    """
    _alert, new = Alert.objects.get_or_create(
        inmate=inmate,
        kind=kind,
        audience=audience,
        reference=reference,
        defaults={
            "facility_id": facility.pk if facility else inmate.facility_id,
            "raised_on": clock.today(),
            "raised_at": clock.now(),
            "said": list(said),
            "note": note[:300],
        },
    )
    return new


@transaction.atomic
def raise_again(inmate, kind, audience, reference, said=(), *, every):
    """Tell an audience as `raise_alert` does, and again once `every` has passed, whoever had acknowledged it.

    At once where it had been settled in nobody's name. Returns whether they were told now. For what must not rest: a breach
    that goes on.
    """
    if raise_alert(inmate, kind, audience, reference, said):
        return True
    alert = Alert.objects.select_for_update().get(inmate=inmate, kind=kind, audience=audience, reference=reference)
    settled = alert.acknowledged_at is not None and alert.acknowledged_by_id is None
    if not settled and clock.now() - alert.raised_at < every:
        return False
    alert.raised_at, alert.facility_id, alert.said = clock.now(), inmate.facility_id, list(said)
    alert.acknowledged_by = alert.acknowledged_at = None
    alert.save()
    return True


def settle(kind, reference, *, by):
    """What was told of is settled: nobody need read it any longer. It stays on the record with who settled it."""
    told = Alert.objects.filter(kind=kind, reference=reference, acknowledged_at=None)
    told.update(acknowledged_by=by, acknowledged_at=clock.now())


def settle_all(inmate, *, by, kinds=tuple(Alert.Kind), but_for=None):
    """The same of every alert of these kinds about one person; `but_for`: how the reference of one begins that is left."""
    told = inmate.alerts.filter(kind__in=kinds, acknowledged_at=None)
    if but_for is not None:
        told = told.exclude(reference__startswith=but_for)
    told.update(acknowledged_by=by, acknowledged_at=clock.now())


def follow_to(inmate, facility):
    """What nobody has read yet of a person's stay is for the prison that holds the person now."""
    told = inmate.alerts.filter(kind__in=Alert.GO_WITH_THE_PERSON, acknowledged_at=None)
    told.update(facility=facility)


@transaction.atomic
def acknowledge(alert, *, by):
    """Say that one has read it. It stays on the record with who read it when."""
    alert = waiting_for(by).select_related(None).select_for_update().filter(pk=alert.pk).first()
    ensure(alert is not None, _("This alert was acknowledged already, or is not for you."))
    inmate = alert.inmate  # read now: one who is elsewhere may be seen here as long as the alert waits
    alert.acknowledged_by, alert.acknowledged_at = by, clock.now()
    alert.save()
    trail.record("alert.acknowledged", by=by, inmate=inmate, obj=alert, detail={"kind": alert.kind})
    return alert
