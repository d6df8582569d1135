"""Legal status: changed by hand, or following a judgment; and the title that a retrial brings."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from inmates.custody.actions.orders import nameless_beside
from inmates.custody.holds import brought_by_a_sentence
from inmates.custody.models import DetentionOrder, LegalStatusPeriod
from inmates.people.models import LegalStatus
from inmates.sentences.finality import final_by_the_register
from inmates.sentences.models import Case
from inmates.sentences.release_dates import bounds, over_on
from inmates.sentences.terms_not_final import sentences_that_run


@transaction.atomic
def change_legal_status(inmate, *, status, on, by):
    """Record on what ground the person is held from `on`. On the day of an earlier change it replaces that change.

    After a judgment it follows by itself (`follow`); "final" rests on a judgment recorded as final.
    """
    inmate = lock(inmate)
    by.require("inmates.manage_sentences", at=inmate.facility)
    admission = inmate.admissions.open().first()
    ensure(admission is not None, _("This person is not in custody."))
    current = admission.legal_statuses.get(ends_on=None)
    if current.status == status:
        return current
    ensure(current.starts_on <= on <= clock.today(), _("The day must lie between the last change and today."))
    check_final(inmate, status)
    check_judgments(inmate, status)
    if status == LegalStatus.CONVICTED_APPEAL and final_by_the_register(inmate).exists():
        message = _("The register says that a judgment is final: where that is wrong, put it right under Corrections.")
        raise ValidationError({"status": message})
    return start_legal_status(inmate, current, status=status, on=on, by=by)


def check_final(inmate, status):
    """Refuse "final" while no judgment is recorded as final: that is entered in one place."""
    final = inmate.sentences.standing().filter(final_on__isnull=False)
    if status == LegalStatus.CONVICTED_FINAL and not final.exists():
        raise ValidationError(
            {"status": _("No judgment is recorded as final: enter the certificate or ruling at the sentence first.")}
        )


def check_judgments(inmate, status):
    """Refuse, of today, less than a judgment that runs says: remand, or "not final" beside a final one."""
    running = sentences_that_run(inmate, clock.today())
    says = LegalStatus.CONVICTED_FINAL if any(one.final_on for one in running) else ""
    if not says and any(one.pronounced_on for one in running):
        says = LegalStatus.CONVICTED_APPEAL
    if says and status in {LegalStatus.REMAND, LegalStatus.CONVICTED_APPEAL} - {says}:
        message = _("By the judgment that runs: %(status)s. Where that is wrong, put the judgment right.")
        raise ValidationError({"status": message % {"status": says.label}})


def start_legal_status(inmate, current, *, status, on, by):
    """End the period `current` and begin one of another status; `inmate` is locked, and saved."""
    if current.starts_on == on:
        current.status = status
        current.save()
        period = current
    else:
        current.ends_on = on
        current.save()
        period = LegalStatusPeriod.objects.create(
            admission_id=current.admission_id, inmate=inmate, status=status, starts_on=on
        )
    before, inmate.legal_status = inmate.legal_status, status
    inmate.save(update_fields=["legal_status"])
    trail.record("legal_status.changed", by=by, inmate=inmate, obj=period, detail={"from": before, "to": status})
    return period


def legal_status_now(inmate):
    """The legal status that what is recorded gives a person today; empty where it gives none.

    A final sentence comes before one that is not, and a sentence before remand in another case. One that was served in
    this stay says the last word where nothing else holds; one served before it says nothing.
    """
    today = clock.today()
    if running := sentences_that_run(inmate, today):
        return _convicted(inmate, running)
    if inmate.cases.filter(state=Case.State.OPEN, on_remand=True).exists():
        return LegalStatus.REMAND
    if inmate.detention_orders.in_force_on(today).filter(kind=DetentionOrder.Kind.CIVIL).exists():
        return LegalStatus.CIVIL_IMPRISONMENT
    served_here = sentences_that_run(inmate, inmate.admitted_on) if inmate.admitted_on else []
    return _convicted(inmate, served_here) if served_here else ""


def _convicted(inmate, sentences):
    """Finally convicted or not, by some sentences."""
    # An imported register says "final" without the days of the judgment: that is not unsaid by another act.
    said = inmate.legal_status == LegalStatus.CONVICTED_FINAL
    final = any(one.final_on or (said and one.pronounced_on is None) for one in sentences)
    return LegalStatus.CONVICTED_FINAL if final else LegalStatus.CONVICTED_APPEAL


def follow(inmate, on, *, by):
    """The legal status changes with the judgment, from its day, or from the last change where that came later."""
    admission = inmate.admissions.open().first()
    status = legal_status_now(inmate)
    if admission is None or not status:
        return
    current = admission.legal_statuses.get(ends_on=None)
    if current.status != status:
        start_legal_status(inmate, current, status=status, on=max(current.starts_on, min(on, clock.today())), by=by)


@transaction.atomic
def follow_served_term(inmate, *, by):
    """Somebody still held after the last sentence ended is held on another ground from that day; returns whether it changed.

    What was changed by hand since then stands.
    """
    inmate = lock(inmate)
    ended_on = inmate.release_on or bounds(inmate).latest
    if ended_on is None or not over_on(inmate, clock.today()):
        return False
    status, current = legal_status_now(inmate), inmate.legal_statuses.get(ends_on=None)
    if not status or status == current.status or current.starts_on >= ended_on:
        return False
    start_legal_status(inmate, current, status=status, on=ended_on, by=by)
    return True


def hold_for_retrial(appeal, held, until, *, by):
    """The case was sent back: its earlier orders end, and the ruling itself is the title where it keeps the person.

    Where it does not, the warrant of the admission that names no case ends too, if a sentence brought the person in.
    """
    case = appeal.case
    inmate, on = case.inmate, appeal.decided_on
    stay = inmate.admissions.open().first()
    ended = case.detention_orders.unlifted()
    if not held and stay is not None and brought_by_a_sentence(stay):
        ended = DetentionOrder.objects.filter(pk__in=[order.pk for order in (*ended, *nameless_beside(case))])
    ended.update(lifted_on=on, ended_by=appeal)
    if held and stay is not None:
        order = DetentionOrder(
            inmate=inmate,
            case=case,
            kind=DetentionOrder.Kind.REMAND,
            authority=appeal.court,
            reference=appeal.decision,
            issued_on=on,
            expires_on=until,
        )
        order.full_clean()
        order.save()
