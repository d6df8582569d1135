"""Applications: recorded for the inmate, answered, taken back. None of it ever counts against the person."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from core.workflow import ensure, follow, lock, transition
from documents.actions import store
from documents.scans import attach
from musalaha import days, eligibility
from musalaha.models import Application, Cohort

State = Application.State
CONSENT_VERSION = "1"
_FILLED_LATER = [
    "eligibility",
    "checked_on",
    "exception_by",
    "exception_on",
    "exception_asked_on",
    "exception_asked_by",
    "decided_by",
    "decided_on",
    "closed_on",
]


def _recheck(application, rules, on):
    """Keep the answer on eligibility, and its day, with the application."""
    application.eligibility = eligibility.stored(rules)
    application.checked_on = on


@transaction.atomic
def record_application(
    inmate,
    *,
    asked_on,
    statement,
    channel="staff",
    signed=True,
    witness="",
    consent_language="ar",
    dictated=False,
    finish_outside=False,
    upload=None,
    letter=None,
    by,
):
    """Record what the inmate asked for, dated when they asked, and answer at once whether they may take part.

    Staff record it once the conviction is final; a letter or the human-rights council is always recorded and waits, so
    that nobody can be kept from asking. `upload` and `letter` are scans, of the consent form
    and of the request. Raises ValidationError, or InvalidTransition when an application stands already.
    """
    inmate = lock(inmate)
    by.require("musalaha.record_application", at=inmate.facility)
    days.given(asked_on, "asked_on")
    ensure(inmate.held, _("This person is not in custody."))
    ensure(not inmate.applications.live().exists(), _("An application of this person stands already."))
    if not statement.strip():
        raise ValidationError({"statement": _("Write down what the inmate said, in their words.")})
    if not signed and not witness.strip():
        raise ValidationError({"witness": _("Without a signature, name the witness.")})
    if inmate.admitted_on and asked_on < inmate.admitted_on:
        raise ValidationError({"asked_on": _("Before the admission.")})
    application = Application(
        inmate=inmate,
        facility=inmate.facility,
        asked_on=asked_on,
        statement=statement,
        channel=channel,
        signed=signed,
        witness=witness,
        consent_version=CONSENT_VERSION,
        consent_language=consent_language,
        dictated=dictated,
        finish_outside=finish_outside,
        document=_stored(upload, by),
        recorded_by=by,
    )
    rules = eligibility.check(inmate, application=application, on=asked_on)
    conviction = next(rule for rule in rules if rule.code == "final_conviction")
    if not conviction.met:
        if channel == Application.Channel.STAFF:
            raise ValidationError(
                _(
                    "Not now: %(why)s What would change it: %(change)s "
                    "A letter, or the human-rights council, is recorded all the same and waits."
                )
                % {"why": conviction.why, "change": conviction.what_would_change}
            )
        application.state = State.WAITING
    _recheck(application, rules, asked_on)
    application.full_clean(exclude=_FILLED_LATER)
    application.save()
    attach(application, letter, field="request_document", at="letter", by=by)
    trail.record(
        "application.recorded",
        by=by,
        inmate=inmate,
        obj=application,
        detail={"channel": channel, "eligible": eligibility.eligible(rules)},
    )
    return application


def _stored(upload, by):
    """The scan of the signed form, stored; a refused file is refused at its field."""
    try:
        return store(upload, by=by) if upload else None
    except ValidationError as error:
        raise ValidationError({"document": error.messages}) from error


PAPERS = {"consent": "document", "request": "request_document"}


@transaction.atomic
def attach_scan(application, *, paper, scan, by):
    """Attach the scan of the signed consent form or of the request itself (a key of `PAPERS`) after it was recorded."""
    inmate, application = lock(application, "inmate")
    by.require("musalaha.record_application", at=inmate.facility)
    attach(application, scan, field=PAPERS[paper], by=by)
    trail.record("application.scan_attached", by=by, inmate=inmate, obj=application, detail={"paper": paper})
    return application


@transaction.atomic
def accept(application, *, cohort, on=None, by):
    """Give the applicant a place in a round. The last place goes to one person only, however many ask at once.

    Raises ValidationError naming each rule not met, InvalidTransition when the round is full or takes nobody.
    """
    cohort = lock(cohort)
    inmate, application = lock(application, "inmate")
    day = days.given(on)
    transition(application, State.ACCEPTED, by=by, when=day)
    ensure(cohort.state in Cohort.TAKES_APPLICANTS, _("This round takes no applicants now."))
    rules = eligibility.check(inmate, cohort, application=application, on=day)
    _recheck(application, rules, day)
    failing = eligibility.against(rules)
    if failing:
        raise ValidationError([eligibility.sentence_of(rule) for rule in failing])
    ensure(
        cohort.places_taken() < cohort.capacity,
        _("The round is full: %(places)s places.") % {"places": cohort.capacity},
    )
    application.cohort, application.decision_reason = cohort, ""
    application.save()
    trail.record("application.accepted", by=by, inmate=inmate, obj=application, detail={"round": cohort.number})
    return application


@transaction.atomic
def put_on_waiting_list(application, *, reason="", on=None, by):
    """Answer "not now": the application keeps its place in order of request."""
    inmate, application = lock(application, "inmate")
    transition(application, State.WAITING, by=by, when=days.given(on))
    application.cohort, application.decision_reason = None, reason
    application.save()
    trail.record("application.waiting", by=by, inmate=inmate, obj=application)
    return application


@transaction.atomic
def decline(application, *, reason, on=None, by):
    """Answer no, with a reason that the inmate is told. They may ask again at any time."""
    inmate, application = lock(application, "inmate")
    day = days.given(on)
    transition(application, State.DECLINED, by=by, when=day)
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: the inmate is told.")})
    _recheck(application, eligibility.check(inmate, application=application, on=day), day)
    application.decision_reason, application.closed_on = reason, day
    application.save()
    trail.record("application.declined", by=by, inmate=inmate, obj=application)
    return application


@transaction.atomic
def take_back(application, *, on=None, by):
    """Record that the inmate no longer asks. No reason is needed."""
    inmate, application = lock(application, "inmate")
    transition(application, State.TAKEN_BACK, by=by)
    application.closed_on = days.given(on)
    application.save()
    trail.record("application.taken_back", by=by, inmate=inmate, obj=application)
    return application


@transaction.atomic
def close_on_release(application, *, day, by):
    """Close an application that a release has overtaken. Called by the hooks, in the release's own transaction."""
    inmate, application = lock(application, "inmate")
    follow(application, State.CLOSED)
    application.closed_on = day
    application.save()
    trail.record("application.closed", by=by, inmate=inmate, obj=application)
    return application


@transaction.atomic
def ask_exception(application, *, why, by):
    """Request a written exception of the appeals officer for somebody in tier 1; reviewers never hear of it."""
    inmate, application = lock(application, "inmate")
    by.require("musalaha.select", at=inmate.facility)
    _ensure_exception_possible(application)
    if not why.strip():
        raise ValidationError({"why": _("Say why an exception is asked for.")})
    application.exception_asked_on, application.exception_asked_by = days.given(None), by
    application.exception_request = why
    application.exception_answer = ""
    application.save()
    trail.record("exception.asked", by=by, inmate=inmate, obj=application)
    return application


def _ensure_exception_possible(application):
    ensure(
        application.state in Application.UNANSWERED and application.inmate.tier == 1,
        _("An exception is for an open application of somebody in tier 1."),
    )
    ensure(application.exception_by_id is None, _("The exception was granted already."))


@transaction.atomic
def grant_exception(application, *, reason, on=None, by):
    """Grant a written exception: this person in tier 1 may take part."""
    inmate, application = lock(application, "inmate")
    by.require("musalaha.grant_exception", at=inmate.facility)
    if application.exception_asked_by_id == by.pk:
        raise PermissionDenied(_("You asked for this exception: somebody else grants it."))
    _ensure_exception_possible(application)
    if not reason.strip():
        raise ValidationError({"reason": _("An exception needs written reasons.")})
    day = days.given(on)
    application.exception_by, application.exception_on, application.exception_reason = by, day, reason
    _recheck(application, eligibility.check(inmate, application=application, on=day), day)
    application.save()
    trail.record("exception.granted", by=by, inmate=inmate, obj=application)
    return application


@transaction.atomic
def refuse_exception(application, *, reason, by):
    """Refuse an exception. The application stands as it was, and an exception may be requested again."""
    inmate, application = lock(application, "inmate")
    by.require("musalaha.grant_exception", at=inmate.facility)
    _ensure_exception_possible(application)
    ensure(application.exception_asked_on is not None, _("No exception is asked for."))
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    application.exception_asked_on = application.exception_asked_by = None
    application.exception_answer = reason[:300]
    application.save()
    trail.record("exception.refused", by=by, inmate=inmate, obj=application)
    return application
