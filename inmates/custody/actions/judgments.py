"""What custody does when a court has spoken: the legal status follows, and a retrial brings a title of its own."""

from django.utils.translation import gettext as _

from config import clock
from inmates.custody.actions.stays import start_legal_status
from inmates.custody.models import DetentionOrder
from inmates.people.models import LegalStatus
from inmates.sentences.models import Case
from inmates.sentences.release_dates import bounds


def legal_status_now(inmate):
    """The legal status that what is recorded gives a person today; empty where it gives none.

    A sentence that has been served says nothing any longer. A final sentence comes before one under appeal, and a
    sentence before remand in another case.
    """
    today = clock.today()
    served = (inmate.release_on is not None and inmate.release_on <= today) or bounds(inmate).over(today)
    standing = [] if served else list(inmate.sentences.standing())
    if standing:
        # An imported register says "final" without the days of the judgment: that is not unsaid by another act.
        said = inmate.legal_status == LegalStatus.CONVICTED_FINAL
        final = any(one.final_on or (said and one.pronounced_on is None) for one in standing)
        return LegalStatus.CONVICTED_FINAL if final else LegalStatus.CONVICTED_APPEAL
    if inmate.cases.filter(state=Case.State.OPEN, on_remand=True).exists():
        return LegalStatus.REMAND
    civil = inmate.detention_orders.in_force_on(today).filter(kind=DetentionOrder.Kind.CIVIL)
    return LegalStatus.CIVIL_IMPRISONMENT if civil.exists() else ""


def follow(inmate, on, *, by):
    """The legal status changes with the judgment, from its day, or from the last change where that came later."""
    admission = inmate.admissions.open().first()
    status = legal_status_now(inmate)
    if admission is None or not status:
        return
    current = admission.legal_statuses.get(ends_on=None)
    if current.status != status:
        start_legal_status(inmate, current, status=status, on=max(current.starts_on, min(on, clock.today())), by=by)


def hold_for_retrial(appeal, held, until, *, by):
    """The case was sent back: its earlier orders end, and the ruling itself is the title where it keeps the person."""
    case = appeal.case
    inmate, on = case.inmate, appeal.decided_on
    reason = _("Quashed and sent back: %(ruling)s") % {"ruling": appeal.decision}
    case.detention_orders.unlifted().update(lifted_on=on, lifted_reason=reason)
    if held and inmate.admissions.open().exists():
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
