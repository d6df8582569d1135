"""What of appeals to courts may be corrected: a declaration; a court's answer and the end of a retrial, taken back.

What came after an act is taken back before it.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from config import clock
from core.templatetags.display import day_text
from inmates.court_appeals import hooks
from inmates.court_appeals.deadlines import last_day_to_appeal, last_judged_on
from inmates.people import corrections
from inmates.people.corrections import Correctable
from inmates.sentences import hooks as sentences
from inmates.sentences.actions.earlier_custody import ask_about_earlier_custody
from inmates.sentences.models import Case, CourtAppeal, Pardon, Sentence
from inmates.sentences.taking_back import RETRIAL_GOES_ON, before_it_ended, retrials_ended_by, work_out_again

Outcome = CourtAppeal.Outcome


# A declaration


def _answered(appeal):
    return _("A court has answered it: that answer is taken back first.") if appeal.outcome else ""


def _declared(stored, appeal):
    """As when it was declared: by somebody, between the judgment and today, before what followed it."""
    judged = last_judged_on(appeal.case, appeal.judgment)
    if stored.outcome:  # the answer is a judgment of its own, after it
        judged = appeal.judgment and appeal.judgment.pronounced_on
    if not (appeal.by_person_at or appeal.by_prosecution_at or appeal.noted_on):
        raise ValidationError({"by_person_at": _("Enter when the person or the prosecution declared it.")})
    if appeal.by_person_at and not (appeal.reference.strip() or appeal.noted_on):
        raise ValidationError({"reference": _("Enter the number in the register of declarations.")})
    if stored.receipt_at or stored.sent_at:
        if appeal.by_person_at is None:
            raise ValidationError(
                {"by_person_at": _("A receipt was given for it, or it was sent: it is the person's.")}
            )
        if appeal.by_person_at > min(filter(None, (stored.receipt_at, stored.sent_at))):
            raise ValidationError({"by_person_at": _("It came before its receipt and its sending.")})
    for name in ("by_person_at", "by_prosecution_at"):
        at = getattr(appeal, name)
        day = at and timezone.localdate(at)
        if at and (at > clock.now() or (judged and day < judged) or (stored.decided_on and day > stored.decided_on)):
            raise ValidationError({name: _("The day lies between the judgment and today.")})
    if appeal.kind != stored.kind:
        appeal.last_day = last_day_to_appeal(judged, appeal.kind)


def _of_an_appeal(appeal, by):
    sentences.judged(appeal.case.inmate, clock.today(), by=by)


def _appeal(appeal):
    """An appeal with who declared it and when."""
    party = dict(CourtAppeal.Party.choices).get(appeal.party, "")
    return " · ".join(str(word) for word in (appeal, party, day_text(appeal.declared_on), appeal.reference) if word)


# A court's answer


def _brought(appeal):
    """The sentence that a court's answer put in the place of a judgment, or of an acquittal; None where there is none."""
    if appeal.outcome != Outcome.CHANGED:
        return None
    if appeal.judgment_id is not None and appeal.judgment.replaced_on is not None:
        return Sentence.objects.filter(replaces=appeal.judgment_id).first()
    brought = appeal.case.sentences.filter(replaces=None, pronounced_on=appeal.decided_on).order_by("-id")
    return (brought.filter(count=appeal.judgment.count) if appeal.judgment_id else brought).first()


def _set_aside(appeal):
    """Whether it was this answer that set the judgment aside: not where an acquittal of the count was appealed."""
    return appeal.judgment is not None and appeal.judgment.quashed_on == appeal.decided_on


def _answer_undone(appeal):
    case, judgment, brought = appeal.case, appeal.judgment, _brought(appeal)
    nothing = {"outcome": "", "decided_on": None, "decision": "", "outcome_by": None, "outcome_at": None}
    steps = [(appeal, nothing | {"document": None})]
    if brought is not None:
        steps.append((brought, {"annulled_at": clock.now(), "replaces": None}))
    if judgment is not None and judgment.replaced_on is not None and appeal.outcome == Outcome.CHANGED:
        steps += [(judgment, {"replaced_on": None}), *_remand_since(judgment, brought)]
    if _set_aside(appeal) and appeal.outcome in (Outcome.QUASHED, Outcome.SENT_BACK):
        steps.append((judgment, {"quashed_on": None}))
    if _moved_the_case(appeal):
        steps.append((case, before_it_ended(case) | {"on_remand": False}))
    if appeal.outcome == Outcome.SENT_BACK:
        steps += [step for undo in hooks.retrial_undone for step in undo(appeal)]
    return steps


def _remand_since(judgment, brought):
    """What was put right since in the remand of the newer sentence holds for the earlier one again."""
    if brought is None:
        return []
    then, now = (
        {(one.first_day, one.day_after_last): one for one in sentence.remand_periods.all()}
        for sentence in (judgment, brought)
    )
    added = [(now[days], {"sentence": judgment.pk}) for days in now.keys() - then.keys()]
    gone = [(then[days], {"annulled_at": clock.now()}) for days in then.keys() - now.keys()]
    return added + gone


def _answer_again(appeal, by):
    """Everything is worked out again; days in custody that no sentence counts by now are asked about."""
    work_out_again(appeal, by)
    ask_about_earlier_custody(appeal.case.inmate, by=by)


def _moved_the_case(appeal):
    """Whether the case came to its state of now by this answer."""
    case = appeal.case
    return (
        (appeal.outcome == Outcome.CHANGED and appeal.judgment_id is None)
        or (appeal.outcome == Outcome.SENT_BACK and case.state == Case.State.OPEN)
        or (
            appeal.outcome == Outcome.QUASHED
            and case.state == Case.State.ACQUITTED
            and case.closed_on == appeal.decided_on
        )
    )


def _answer_stays(appeal):
    case, judgment, brought = appeal.case, appeal.judgment, _brought(appeal)
    final = [one for one in (judgment, brought) if one is not None and one.final_on]
    about = case.court_appeals.exclude(pk=appeal.pk).about(judgment)
    if about.open().filter(kind=appeal.kind).exists():
        return _("Another appeal of this kind is open in the case.")
    if about.filter(recorded_at__gt=appeal.outcome_at).exists():
        return _("An appeal was declared after this answer.")
    if case.court_appeals.exclude(pk=appeal.pk).filter(outcome_at__gt=appeal.outcome_at).exists():
        return _("A court answered another appeal after this one: that answer is taken back first.")
    if final:
        return _("The judgment is recorded as final: take that back first.")
    if appeal.outcome == Outcome.CHANGED:
        if brought is None or not brought.stands:
            return _("The sentence of this answer stands no longer.")
        pardons = brought.pardons.filter(state__in=(Pardon.State.RECORDED, Pardon.State.VERIFIED))
        if pardons.exists() or brought.adjustments.exists():
            return _("A pardon or a reduction rests on the sentence of this answer.")
    count = judgment.count if judgment is not None else 1
    if appeal.outcome in (Outcome.QUASHED, Outcome.SENT_BACK) and judgment is not None:
        if case.sentences.standing().filter(count=count).exists():
            return _("A new judgment was entered in this case since.")
        if appeal.outcome == Outcome.SENT_BACK and case.state in (Case.State.ACQUITTED, Case.State.DROPPED):
            return _("The case has ended since: take that back first.")
    if appeal.retrial_outcome:
        return _("What was tried again has ended since: take that back first.")
    return ""


def _answer_foretold(appeal):
    lines = [_("The appeal waits for the court again.")]
    if brought := _brought(appeal):
        lines.append(_("Stands no longer: %(sentence)s.") % {"sentence": brought})
    if appeal.judgment is not None and (_set_aside(appeal) or appeal.judgment.replaced_on):
        lines.append(_("Stands again: %(sentence)s.") % {"sentence": appeal.judgment})
    elif brought:
        lines.append(_("The acquittal stands again."))
    return lines


def _answer_words(appeal):
    return f"{appeal} · {appeal.get_outcome_display()} · {day_text(appeal.decided_on)}"


# The end of what was tried again, while another count stood


def _retrial_end_undone(appeal):
    return [(appeal, RETRIAL_GOES_ON), (appeal.case, before_it_ended(appeal.case))]


def _retrial_end_stays(appeal):
    pardons = Pardon.objects.in_force().filter(case=appeal.case, prison=Pardon.TermEffect.PROSECUTION)
    if any(appeal in retrials_ended_by(pardon) for pardon in pardons):
        return _("A royal pardon ended this case: that pardon is taken back.")
    if appeal.case.court_appeals.filter(pk__gt=appeal.pk, judgment=appeal.judgment).exists():
        return _("An appeal was declared after this answer.")
    standing = appeal.case.sentences.standing().filter(count=appeal.judgment.count)
    if appeal.case.state != Case.State.CONVICTED or standing.exists():
        return _("The case has moved on since.")
    return ""


def _retrial_end_foretold(appeal):
    before = before_it_ended(appeal.case)
    lines = [_("What was tried again is under way again.")]
    return [*lines, _("Remand is ordered in it again.")] if before["on_remand"] else lines


def _retrial_end_words(appeal):
    return f"{appeal.case} · {appeal.get_retrial_outcome_display()} · {day_text(appeal.retrial_ended_on)}"


def register():
    """Put both among what may be corrected."""
    manage = "inmates.manage_sentences"
    corrections.papers |= {"court_appeal_receipt": _lazy("Receipt of a declaration of appeal")}
    corrections.register(
        Correctable(
            "court_appeal",
            CourtAppeal,
            ("kind", "court", "reference", "by_person_at", "by_prosecution_at"),
            manage,
            person="case__inmate",
            annul=True,
            after=_of_an_appeal,
            refuse=_answered,
            check=_declared,
            constraints={
                "court_appeal_one_open": ("kind", _lazy("Another appeal of this kind is open in the case.")),
                "court_appeal_number_once_a_prison": (
                    "reference",
                    _lazy("This number is already used in this prison."),
                ),
            },
            describe=_appeal,
            among=(("case__annulled_at", None),),
        ),
        Correctable(
            "court_answer",
            CourtAppeal,
            (),
            manage,
            person="case__inmate",
            name=_lazy("court's answer to an appeal"),
            undo=_answer_undone,
            refuse=_answer_stays,
            after=_answer_again,
            describe=_answer_words,
            foretold=_answer_foretold,
            always=("sentence",),
            among=(("outcome__gt", ""), ("case__annulled_at", None)),
        ),
        Correctable(
            "retrial_end",
            CourtAppeal,
            (),
            manage,
            person="case__inmate",
            name=_lazy("end of a retrial"),
            undo=_retrial_end_undone,
            refuse=_retrial_end_stays,
            after=work_out_again,
            describe=_retrial_end_words,
            foretold=_retrial_end_foretold,
            always=("sentence",),
            among=(("retrial_outcome__gt", ""), ("case__annulled_at", None)),
        ),
    )
