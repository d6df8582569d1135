"""The inmate's own request: recorded, answered, accepted or not. Nothing of it ever counts against the person."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from core.workflow import ensure, transition
from inmates.people.models import Inmate
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
    "decided_by",
    "decided_on",
    "closed_on",
]


def _locked(application):
    """The person, then the application, both locked: parent before child."""
    Inmate.objects.select_for_update().get(pk=application.inmate_id)
    return Application.objects.select_for_update(of=("self",)).select_related("inmate__facility").get(pk=application.pk)


def _recheck(application, rules, on):
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
    document=None,
    by,
):
    """Record what the inmate asked for, dated when they asked, and answer at once whether they may take part.

    Staff record it once the conviction is final; a letter or the human-rights council is always recorded and waits, so
    that nobody can be kept from asking. Raises ValidationError, or InvalidTransition when an application stands already.
    """
    inmate = Inmate.objects.select_for_update().get(pk=inmate.pk)
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
        document=document,
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
    trail.record(
        "application.recorded",
        by=by,
        inmate=inmate,
        obj=application,
        detail={"channel": channel, "eligible": eligibility.eligible(rules)},
    )
    return application


@transaction.atomic
def accept(application, *, cohort, on=None, by):
    """Give the applicant a place in a round. The last place goes to one person only, however many ask at once.

    Raises ValidationError naming each rule not met, InvalidTransition when the round is full or takes nobody.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    application = _locked(application)
    inmate = application.inmate
    by.require("musalaha.select", at=inmate.facility)
    day = days.given(on)
    ensure(cohort.state in Cohort.TAKES_APPLICANTS, _("This round takes no applicants now."))
    transition(application, State.ACCEPTED)
    rules = eligibility.check(inmate, cohort, application=application, on=day)
    _recheck(application, rules, day)
    failing = eligibility.against(rules)
    if failing:
        raise ValidationError([eligibility.sentence_of(rule) for rule in failing])
    taken = cohort.applications.with_a_place().count()
    ensure(taken < cohort.capacity, _("The round is full: %(places)s places.") % {"places": cohort.capacity})
    application.cohort, application.decided_by, application.decided_on = cohort, by, day
    application.decision_reason = ""
    application.save()
    trail.record("application.accepted", by=by, inmate=inmate, obj=application, detail={"round": cohort.number})
    return application


@transaction.atomic
def put_on_waiting_list(application, *, reason="", on=None, by):
    """Not now, but not never: the application keeps its place in order of request."""
    application = _locked(application)
    by.require("musalaha.select", at=application.inmate.facility)
    transition(application, State.WAITING)
    application.cohort = None
    application.decision_reason = reason
    application.decided_by, application.decided_on = by, days.given(on)
    application.save()
    trail.record("application.waiting", by=by, inmate=application.inmate, obj=application)
    return application


@transaction.atomic
def decline(application, *, reason, on=None, by):
    """Answer no, with a reason that the inmate is told. They may ask again at any time."""
    application = _locked(application)
    by.require("musalaha.select", at=application.inmate.facility)
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: the inmate is told.")})
    transition(application, State.DECLINED)
    day = days.given(on)
    _recheck(application, eligibility.check(application.inmate, application=application, on=day), day)
    application.decision_reason, application.decided_by = reason, by
    application.decided_on = application.closed_on = day
    application.save()
    trail.record("application.declined", by=by, inmate=application.inmate, obj=application)
    return application


@transaction.atomic
def take_back(application, *, on=None, by):
    """The inmate no longer asks. No reason is asked for."""
    application = _locked(application)
    by.require("musalaha.record_application", at=application.inmate.facility)
    transition(application, State.TAKEN_BACK)
    application.closed_on = days.given(on)
    application.save()
    trail.record("application.taken_back", by=by, inmate=application.inmate, obj=application)
    return application


@transaction.atomic
def ask_exception(application, *, why, by):
    """Ask the reviewers for a written exception for somebody in tier 1. Only then they see that this person asked."""
    application = _locked(application)
    by.require("musalaha.select", at=application.inmate.facility)
    _wants_exception(application)
    if not why.strip():
        raise ValidationError({"why": _("Say why an exception is asked for.")})
    application.exception_asked_on, application.exception_request = days.given(None), why
    application.exception_answer = ""
    application.save()
    trail.record("exception.asked", by=by, inmate=application.inmate, obj=application)
    return application


def _wants_exception(application):
    ensure(
        application.state in Application.UNANSWERED and application.inmate.tier == 1,
        _("An exception is for an open application of somebody in tier 1."),
    )
    ensure(application.exception_by_id is None, _("The exception was granted already."))


@transaction.atomic
def grant_exception(application, *, reason, on=None, by):
    """A reviewer's written exception: a person in tier 1 may take part."""
    application = _locked(application)
    by.require("musalaha.grant_exception", at=application.inmate.facility)
    _wants_exception(application)
    if not reason.strip():
        raise ValidationError({"reason": _("An exception needs written reasons.")})
    day = days.given(on)
    application.exception_by, application.exception_on, application.exception_reason = by, day, reason
    _recheck(application, eligibility.check(application.inmate, application=application, on=day), day)
    application.save()
    trail.record("exception.granted", by=by, inmate=application.inmate, obj=application)
    return application


@transaction.atomic
def refuse_exception(application, *, reason, by):
    """No exception now. The application stands as it was, and an exception may be asked for again."""
    application = _locked(application)
    by.require("musalaha.grant_exception", at=application.inmate.facility)
    _wants_exception(application)
    ensure(application.exception_asked_on is not None, _("No exception is asked for."))
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    application.exception_asked_on, application.exception_answer = None, reason[:300]
    application.save()
    trail.record("exception.refused", by=by, inmate=application.inmate, obj=application)
    return application
