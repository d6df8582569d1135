"""Service of the notice: by whom, how, when, in which language, and what was withheld by whom and why."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from core.workflow import ensure, lock
from inmates.classification.actions.effects import apply_standing
from inmates.people.telling import why_not_told


def _to_serve(notice):
    """Person, decision and notice, locked in that order."""
    inmate, decision = lock(notice.decision, "inmate")
    return inmate, decision, lock(notice)


def _withholding(decision, withheld, reason):
    """What is withheld is a passage of the reasons, word for word, so that the paper can show the gap."""
    errors = {}
    if withheld.strip() and withheld.strip() not in decision.reasons:
        errors["withheld"] = _("Copy the passage from the reasons, word for word.")
    if withheld.strip() and not reason.strip():
        errors["reason"] = _("Say why this is withheld.")
    return errors


@transaction.atomic
def withhold(notice, *, withheld, reason, by):
    """Before service, a reviewer, and nobody else, may hold part of the reasons back, and says why; nothing: no longer."""
    inmate, decision, notice = _to_serve(notice)
    by.require("inmates.decide_review", at=inmate.facility)
    ensure(notice.served_on is None, _("The notice was served already."))
    errors = _withholding(decision, withheld, reason)
    if errors:
        raise ValidationError(errors)
    notice.withheld = withheld.strip()
    notice.withheld_reason = reason.strip() if notice.withheld else ""
    notice.withheld_by = by if notice.withheld else None
    notice.save()
    trail.record("notice.withheld", by=by, inmate=inmate, obj=decision)
    return notice


@transaction.atomic
def serve_notice(
    notice,
    *,
    served_on,
    how,
    language,
    interpreter="",
    refused_to_sign=False,
    by,
):
    """Record that the person was told. A stricter tier, and a first one, takes effect from this day on.

    In a language that the person is known not to understand it takes an interpreter, by name. Raises ValidationError,
    InvalidTransition the second time.
    """
    inmate, decision, notice = _to_serve(notice)
    by.require("inmates.serve_notice", at=inmate.facility)
    ensure(notice.served_on is None, _("The notice was served already."))
    ensure(inmate.held, _("This person is not in custody: nothing was changed."))
    ensure(decision.admission.released_at is None, _("This decision was made during a stay that has ended."))
    errors = why_not_told(
        inmate,
        decided_on=decision.decided_on,
        served_on=served_on,
        how=how,
        language=language,
        interpreter=interpreter,
    )
    if errors:
        raise ValidationError(errors)
    notice.served_on, notice.served_by, notice.how, notice.language = served_on, by, how, language
    notice.interpreter, notice.refused_to_sign = interpreter.strip(), refused_to_sign
    notice.save()
    if decision.stricter and not decision.emergency and decision.effective_on < served_on:
        decision.effective_on = served_on
        decision.save()
    trail.record(
        "notice.served",
        by=by,
        inmate=inmate,
        obj=decision,
        detail={"how": how, "language": language, "refused_to_sign": refused_to_sign},
    )
    apply_standing(inmate, by=by)
    return notice
