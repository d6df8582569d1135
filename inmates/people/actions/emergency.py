"""Opening a record of another prison in an emergency: one act, an hour, and three who are told at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import signed_context, trail
from config import clock
from core.workflow import say_more
from inmates.people import sayings
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import Alert, EmergencyAccess, Inmate
from inmates.people.models.emergency import LASTS
from inmates.people.search import with_number


@transaction.atomic
@signed_context.beyond("emergency")
def open_record(number, *, prison=None, reason, by):
    """Open the record with this whole registration number or CIN to `by` for an hour; to be read, nothing else.

    `prison`: whose registration number it is, where several have given the same.

    Raises ValidationError where the reason says too little, nobody has this number, or the record is open to them anyway.
    """
    by.require("inmates.open_in_emergency")
    if message := say_more(reason):
        raise ValidationError({"reason": message})
    home = next((posting.facility for posting in by.current_postings), None)
    people = list(with_number(Inmate.objects.filter(merged_into=None), number, prison)[:2])
    if not people or home is None:
        raise ValidationError({"number": _("Nobody is on the register under this whole number.")})
    if len(people) > 1:
        raise ValidationError({"prison": _("Several prisons have given this number: say which.")})
    inmate = people[0]
    if Inmate.objects.in_scope_of(by).filter(pk=inmate.pk).exists():
        raise ValidationError({"number": _("This record is open to you anyway: search for it.")})
    now = clock.now()
    access = EmergencyAccess.objects.create(
        user=by, inmate=inmate, facility=home, reason=reason.strip(), opened_at=now, closes_at=now + LASTS
    )
    detail = {"access": access.pk, "reason": access.reason, "from": home.pk}
    trail.record("inmate.opened_in_emergency", by=by, inmate=inmate, obj=access, detail=detail)
    said = sayings.OPENED_ELSEWHERE(user=str(by), ends_at=access.closes_at)
    tell = {"reference": str(access.pk), "said": said, "note": access.reason}
    raise_alert(inmate, Alert.Kind.OPENED_ELSEWHERE, Alert.Audience.PRISON, facility=home, **tell)
    raise_alert(inmate, Alert.Kind.OPENED_ELSEWHERE, Alert.Audience.NATIONAL, facility=home, **tell)
    return access
