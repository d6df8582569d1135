"""Keep-apart duties: pairs, and groups from which pairs follow."""

from itertools import combinations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import signed_context, trail
from config import clock
from core.workflow import ensure, lock
from inmates.custody import sayings
from inmates.custody.models import KeepApart, KeepApartGroup
from inmates.people.models import Alert, Inmate


@transaction.atomic
@signed_context.beyond("keep apart")
def open_pair(one, other, *, scope, reason, group=None, by):
    """Record that two people must not meet. An open duty of the pair is kept: then InvalidTransition.

    Whoever records it serves where one of the two is held; people already together are alerted at once.
    """
    if one.pk == other.pk:
        raise ValidationError({"other": _("A non-association needs two different people.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    people = Inmate.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    first, second = people
    _require_either(by, first, second)
    ensure(
        not KeepApart.objects.open().filter(first=first, second=second).exists(),
        _("These two have a non-association already."),
    )
    duty = KeepApart.objects.create(first=first, second=second, group=group, scope=scope, reason=reason, opened_by=by)
    for person in (first, second):
        trail.record("keep_apart.opened", by=by, inmate=person, obj=duty, detail={"scope": scope})
    raise_if_together(duty)
    return duty


@transaction.atomic
@signed_context.beyond("keep apart")
def open_group(people, *, name, reason, scope, centre=None, by):
    """Record a group: no two of them may meet, or, with a `centre`, none of the others may meet that one person."""
    people = list({person.pk: person for person in people}.values())
    if len(people) + (centre is not None and centre not in people) < 2:
        raise ValidationError({"numbers": _("A group has at least two people.")})
    group = KeepApartGroup(name=name, reason=reason, centre=centre, opened_by=by)
    group.full_clean()
    group.save()
    pairs = [(centre, person) for person in people if person != centre] if centre else combinations(people, 2)
    for one, other in pairs:
        first, second = sorted((one, other), key=lambda person: person.pk)
        if not KeepApart.objects.open().filter(first=first, second=second).exists():
            open_pair(one, other, scope=scope, reason=reason, group=group, by=by)
    return group


@transaction.atomic
@signed_context.beyond("keep apart")
def close(duty, *, reason, by):
    """End a duty, with the reason; it stays readable."""
    duty = lock(duty)
    _require_either(by, duty.first, duty.second)
    ensure(duty.closed_on is None, _("This non-association is closed already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    duty.closed_on, duty.closed_by, duty.closed_reason = clock.today(), by, reason
    duty.save()
    for person in (duty.first, duty.second):
        trail.record("keep_apart.closed", by=by, inmate=person, obj=duty)
    return duty


def raise_if_together(duty):
    """Alert the prison when two people who must not meet are in one place (the prison, or the unit, by scope)."""
    first, second = duty.first, duty.second
    near = (
        first.facility_id == second.facility_id
        if duty.scope == KeepApart.Scope.PRISON
        else (first.unit_id is not None and first.unit_id == second.unit_id)
    )
    if near and first.held and second.held:
        for person in (first, second):
            Alert.objects.get_or_create(
                inmate=person,
                kind=Alert.Kind.KEEP_APART,
                audience=Alert.Audience.PRISON,
                reference=f"{duty.pk}:{first.unit_id}",
                defaults={"facility": person.facility, "said": sayings.MUST_NOT_MEET(), "note": duty.reason[:300]},
            )


def _require_either(by, first, second):
    """Permission where one of the two is held."""
    if not any(by.can("inmates.manage_keep_apart", at=person.facility) for person in (first, second)):
        raise PermissionDenied("inmates.manage_keep_apart")
