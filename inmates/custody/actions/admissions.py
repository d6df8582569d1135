"""Taking somebody in: identity, order, stay, case and sentence, all of it or nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from config import clock
from facilities.models import Unit
from inmates.custody.actions.stays import admit
from inmates.custody.models import DetentionOrder
from inmates.people.actions import identity as people
from inmates.people.models import LegalStatus
from inmates.sentences import actions as sentences
from inmates.sentences.models import Sentence


@dataclass
class Arrival:
    """Record of somebody who comes in. `token` makes one admission of a form that is sent twice."""

    token: UUID
    unit: Unit
    order: DetentionOrder
    legal_status: str
    registration_number: str
    admitted_at: datetime | None = None
    exception_reason: str = ""
    exception_until: date | None = None
    case: dict | None = None
    sentence: Sentence | None = None
    remand: list = field(default_factory=list)


@transaction.atomic
def take_in(inmate, arrival, *, aliases=(), by):
    """Register a new person, or take a known one (stored) in again, with everything on the form. Returns the stay.

    Raises what the acts it is made of raise: ValidationError by field, InvalidTransition, PermissionDenied.
    """
    by.require("inmates.admit", at=arrival.unit.facility)
    if inmate.pk is None:
        inmate.uuid = arrival.token
        people.register(inmate, aliases=aliases, by=by)
    admission = admit(
        inmate,
        unit=arrival.unit,
        order=arrival.order,
        legal_status=arrival.legal_status,
        registration_number=arrival.registration_number,
        admitted_at=arrival.admitted_at or clock.now(),
        exception_reason=arrival.exception_reason,
        exception_until=arrival.exception_until,
        token=arrival.token,
        by=by,
    )
    inmate = admission.inmate
    if arrival.case is not None:
        remand = arrival.legal_status == LegalStatus.REMAND and arrival.sentence is None
        case = sentences.open_case(inmate, on_remand=remand, by=by, **arrival.case)
        arrival.order.case = case
        arrival.order.save()
        if arrival.sentence is not None:
            arrival.sentence.case, arrival.sentence.inmate = case, inmate
            sentences.pronounce(arrival.sentence, remand=arrival.remand, by=by)
        else:
            sentences.recompute(inmate, cause="admission", by=by)
    return admission
