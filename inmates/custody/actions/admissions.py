"""Admission: nobody without a detention order; identity, order, stay, case and sentence, all of it or nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import signed_context, trail
from config import clock
from core.workflow import ensure, lock
from facilities.models import Unit
from inmates.custody import hooks
from inmates.custody.actions.legal_status import change_legal_status
from inmates.custody.actions.placements import open_placement
from inmates.custody.actions.unlawful_custody import tell_if_free
from inmates.custody.holds import CONVICTED
from inmates.custody.models import Admission, DetentionOrder, LegalStatusPeriod, RegistrationNumber
from inmates.people.actions import identity as people
from inmates.people.models import Inmate, LegalStatus
from inmates.sentences import actions as sentences
from inmates.sentences.actions import recompute
from inmates.sentences.models import Case, Sentence, TimeAtLarge
from inmates.sentences.terms_not_final import sentences_that_run


@dataclass
class Arrival:
    """Record of somebody who comes in. `token` makes one admission of a form that is sent twice.

    `final`: the day and the reference of the court's paper that says that the sentence is final. `known`: the case on
    record in which somebody comes back; `case`: the arguments of `open_case` for one that is not. `came_from`: an ordinary
    prison, by name. `separate_ground`: why the person belongs in the separate system (empty: as the offences say), with the
    `separate_report` where that is radicalisation.
    """

    token: UUID
    unit: Unit
    order: DetentionOrder
    legal_status: str
    registration_number: str
    admitted_at: datetime | None = None
    exception_reason: str = ""
    exception_until: date | None = None
    case: dict | None = None
    known: Case | None = None
    sentence: Sentence | None = None
    remand: list = field(default_factory=list)
    final: tuple | None = None
    came_from: str = ""
    separate_ground: str = ""
    separate_report: str = ""


@transaction.atomic
@signed_context.beyond("admission")
def take_in(inmate, arrival, *, aliases=(), by):
    """Register a new person, or take a known one (stored) in again, with everything on the form. Returns the stay.

    Raises what the acts it is made of raise: ValidationError by field, InvalidTransition, PermissionDenied.
    """
    by.require("inmates.admit", at=arrival.unit.facility)
    if inmate.pk is None:
        inmate.uuid = arrival.token
        people.register(inmate, aliases=aliases, by=by)
    final_now = arrival.final is not None and arrival.legal_status == LegalStatus.CONVICTED_FINAL
    admission = admit(
        inmate,
        unit=arrival.unit,
        order=arrival.order,
        legal_status=LegalStatus.CONVICTED_APPEAL if final_now else arrival.legal_status,  # "final" follows its paper
        registration_number=arrival.registration_number,
        admitted_at=arrival.admitted_at or clock.now(),
        exception_reason=arrival.exception_reason,
        exception_until=arrival.exception_until,
        came_from=arrival.came_from,
        token=arrival.token,
        by=by,
    )
    inmate = admission.inmate
    if arrival.known is not None or arrival.case is not None:
        case = _case_of(arrival, inmate, by=by)
        if arrival.sentence is not None:
            arrival.sentence.case, arrival.sentence.inmate = case, inmate
            sentences.pronounce(arrival.sentence, remand=arrival.remand, by=by)
            if arrival.final is not None:
                on, reference = arrival.final
                sentences.make_final(arrival.sentence, on=on, reference=reference, by=by)
            if final_now:  # of a term that is served already, no status follows
                change_legal_status(inmate, status=arrival.legal_status, on=inmate.admitted_on, by=by)
        else:
            sentences.recompute(inmate, cause="admission", by=by)
    for react in hooks.after_intake:
        react(inmate, admission, arrival, by=by)
    tell_if_free(inmate, by=by)  # entered late, on an order that has run out since or with a term that is served
    return admission


def _case_of(arrival, inmate, *, by):
    """The case of the order: the one on record in which somebody is back, on remand where the order says so, or a new one."""
    remand = arrival.legal_status == LegalStatus.REMAND and arrival.sentence is None
    case = arrival.known
    if case is None:
        case = sentences.open_case(inmate, on_remand=remand, by=by, **arrival.case)
    ensure(case.inmate_id == inmate.pk and case.annulled_at is None, _("This case is another person's."))
    arrival.order.case = case
    arrival.order.save()
    if remand and not case.on_remand:
        case = sentences.set_remand(case, on_remand=True, reference=arrival.order.reference, by=by)
    return case


@transaction.atomic
@signed_context.beyond("admission")
def admit(
    inmate,
    *,
    unit,
    order,
    legal_status,
    registration_number,
    admitted_at,
    exception_reason="",
    exception_until=None,
    came_from="",
    token=None,
    by,
):
    """Admit a stored person on a detention order (an unsaved `DetentionOrder`) into a unit.

    A valid order is enough: a full or unfitting place needs a reason and an end, but never refuses. `token` becomes
    the stay's uuid, so that one form sent twice makes one admission. Raises ValidationError on bad data, InvalidTransition
    when the person is in custody already.
    """
    facility = unit.facility
    by.require("inmates.admit", at=facility)
    inmate = lock(inmate)
    ensure(not inmate.admissions.open().exists(), _("This person is in custody already: use a transfer."))
    earlier = inmate.admissions.order_by("-released_at").first()
    if admitted_at > clock.now():
        raise ValidationError({"admitted_at": _("The admission lies in the future.")})
    if inmate.birth_date and inmate.birth_date >= timezone.localdate(admitted_at):
        raise ValidationError({"birth_date": _("Born after the admission.")})
    if RegistrationNumber.objects.filter(facility=facility, number=registration_number).exists():
        raise ValidationError({"registration_number": _("This number is already used in this prison.")})
    if order.issued_on and order.issued_on > clock.today():
        raise ValidationError({"issued_on": _("This day lies in the future.")})
    if order.expires_on and order.expires_on < timezone.localdate(admitted_at):
        raise ValidationError({"expires_on": _("The order had expired before the admission.")})
    order.inmate = inmate
    order.full_clean()
    order.save()
    admission = Admission(inmate=inmate, facility=facility, order=order, admitted_at=admitted_at, admitted_by=by)
    admission.came_from = came_from.strip()
    admission.uuid = token or admission.uuid
    admission.full_clean()
    admission.save()
    admitted_on = timezone.localdate(admitted_at)
    number = RegistrationNumber(
        facility=facility, number=registration_number, inmate=inmate, admission=admission, given_on=admitted_on
    )
    number.full_clean()
    number.save()
    LegalStatusPeriod.objects.create(
        admission=admission, inmate=inmate, status=legal_status, starts_on=_free_from(inmate, admitted_on)
    )
    inmate.status = Inmate.Status.IN_CUSTODY
    inmate.legal_status = legal_status
    inmate.registration_number = registration_number
    inmate.admitted_on = admitted_on
    inmate.tier = inmate.tier_since = None  # a tier ends with its stay: whoever comes back is classified anew
    inmate.facility = facility
    open_placement(
        inmate,
        admission,
        unit,
        at=admitted_at,
        exception_reason=exception_reason,
        exception_until=exception_until,
        by=by,
    )
    trail.record(
        "inmate.admitted", by=by, inmate=inmate, obj=admission, detail={"order": order.kind, "unit": unit.name}
    )
    recompute(inmate, cause="admission", by=by)
    if earlier is not None:
        _count_liberty(inmate, earlier, admitted_on, by=by)
        _name_what_is_served_on(order, inmate, legal_status, admitted_on)
    for react in hooks.after_admission:
        react(inmate, admission, by=by)
    return admission


def _name_what_is_served_on(order, inmate, legal_status, admitted_on):
    """The order of somebody who comes back as convicted is of the case whose sentence runs, where that is one: it holds
    through the sentence. Of several the form asks; an order of which nobody says keeps to itself, see `doubtful_orders`.
    """
    if order.case_id is not None or order.kind == DetentionOrder.Kind.CIVIL or legal_status not in CONVICTED:
        return
    cases = {sentence.case for sentence in sentences_that_run(inmate, admitted_on)}
    if len(cases) == 1:
        order.case = cases.pop()
        order.save()


# Why days between two stays do not count as served, by the ground on which the earlier stay ended: else at liberty.
BETWEEN = {Admission.Ground.TERM_SERVED: TimeAtLarge.Reason.SERVED, Admission.Ground.ABROAD: TimeAtLarge.Reason.ABROAD}


def count_liberty_between_stays(inmate, *, by):
    """The same for every two stays that follow each other and of which nothing is kept: a merge may have brought them.

    Returns how many times at liberty are new.
    """
    stays = list(inmate.admissions.order_by("admitted_at"))
    kept = set(inmate.times_at_large.values_list("first_day", flat=True))
    before = inmate.times_at_large.count()
    for earlier, later in pairwise(stays):
        if timezone.localdate(earlier.released_at) not in kept:
            _count_liberty(inmate, earlier, timezone.localdate(later.admitted_at), by=by)
    return inmate.times_at_large.count() - before


def _count_liberty(inmate, earlier, admitted_on, *, by):
    """A sentence of an earlier stay did not run at liberty; one released as served is over (policy).

    In an ordinary prison it ran on.
    """
    if earlier.ground == Admission.Ground.ORDINARY:
        return
    stored = sentences.interrupt(
        inmate,
        first_day=timezone.localdate(earlier.released_at),
        day_after_last=admitted_on,
        reason=BETWEEN.get(earlier.ground, TimeAtLarge.Reason.LIBERTY),
        by=by,
    )
    inmate.release_on, inmate.release_basis = stored.release_on, stored.release_basis


def _free_from(inmate, day):
    """The first day from `day` on that no earlier stay's legal status covers (somebody may come back the same day)."""
    last = inmate.legal_statuses.order_by("-starts_on").first()
    return max(day, last.ends_on) if last and last.ends_on else day
