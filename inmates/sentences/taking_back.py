"""Acts of courts entered by mistake and taken back: the end of a case, an answer on appeal, finality, a prosecution pardoned.

Each is described as `inmates.people.corrections.Correctable` asks: what taking it back writes, when it cannot be, and
what follows. What came after an act is taken back before it.
"""

from copy import copy

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock
from core.templatetags.display import day_text
from core.workflow import follow
from inmates.people import corrections
from inmates.people.corrections import Correctable
from inmates.sentences import hooks
from inmates.sentences.actions.release_dates import recompute_on_new_facts
from inmates.sentences.models import Case, CourtAppeal, Pardon, Sentence

Outcome = CourtAppeal.Outcome
CAUSE = "taken back"
MANAGE = "inmates.manage_sentences"


def before_it_ended(case):
    """State, remand, day and decision of closing of a case as they stood before it came to its state of now, by its row history.

    Remand comes back only for somebody whose stay of then still runs: nobody is on remand at liberty.
    """
    was = case.events.exclude(state=case.state).order_by("-pgh_id").first()
    state = was.state if was else Case.State.OPEN
    stay = case.inmate.admissions.open().first()
    held = stay is not None and (case.closed_on is None or timezone.localdate(stay.admitted_at) <= case.closed_on)
    remand = bool(was and was.on_remand and held and state == Case.State.OPEN)
    reference = was.closing_reference if was else ""
    return {
        "state": state,
        "on_remand": remand,
        "closed_on": was.closed_on if was else None,
        "closing_reference": reference,
    }


def _again(record, by, *, case=None):
    """Date, legal status and what holds the person follow, the status from the day of the act."""
    case = case or getattr(record, "case", record)
    recompute_on_new_facts(case.inmate, cause=CAUSE, by=by)
    hooks.judged(case.inmate, _day_of(record), by=by, lost=True)


def _day_of(record):
    """The day of the act, as the record says or last said it."""
    name = {Case: "closed_on", CourtAppeal: "decided_on", Sentence: "final_on"}.get(type(record))
    if name is None:
        return clock.today()
    said = record.events.exclude(**{name: None}).order_by("-pgh_id").values_list(name, flat=True).first()
    return getattr(record, name) or said or clock.today()


def _case_words(case):
    return f"{case} · {case.get_state_display()} · {day_text(case.closed_on)}" if case.closed_on else str(case)


# The end of a case without a conviction


def _quashed_with(case):
    """The sentences that the end of a case quashed: those that no court's answer had quashed before."""
    quashed = case.sentences.filter(quashed_on=case.closed_on, replaced_on=None)
    answers = case.court_appeals.filter(outcome__in=(Outcome.QUASHED, Outcome.SENT_BACK))
    return quashed.exclude(pk__in=answers.exclude(judgment=None).values("judgment"))


def _end_undone(case):
    steps = [(case, before_it_ended(case) | {"document": None})]
    return steps + [(sentence, {"quashed_on": None}) for sentence in _quashed_with(case)]


def _end_stays(case):
    pardons = Pardon.objects.in_force().filter(prison=Pardon.TermEffect.PROSECUTION)
    if pardons.filter(Q(case=case) | Q(sentence__case=case)).exists():
        return _("A royal pardon ended this case: that pardon is taken back.")
    if case.court_appeals.filter(outcome=Outcome.QUASHED, decided_on=case.closed_on).exists():
        return _("A court's answer to an appeal ended this case: that answer is taken back.")
    if case.court_appeals.filter(judgment=None).exists():
        return _("An appeal against the acquittal is recorded.")
    return ""


def _ended_by_a_decision(_stored, case):
    if not case.closing_reference.strip():
        raise ValidationError({"closing_reference": _("Enter the reference of the decision.")})


def _end_foretold(case):
    before = before_it_ended(case)
    lines = [_("The case is as before: %(state)s.") % {"state": Case.State(before["state"]).label}]
    lines += [_("Stands again: %(sentence)s.") % {"sentence": sentence} for sentence in _quashed_with(case)]
    if before["on_remand"]:
        lines.append(_("Remand is ordered in it again."))
    return lines


# A court's answer to an appeal


def _brought(appeal):
    """The sentence that a court's answer put in the place of a judgment, or of an acquittal; None where there is none."""
    if appeal.outcome != Outcome.CHANGED:
        return None
    if appeal.judgment_id is not None:
        return Sentence.objects.filter(replaces=appeal.judgment_id).first()
    return appeal.case.sentences.filter(replaces=None, pronounced_on=appeal.decided_on).order_by("-id").first()


def _answer_undone(appeal):
    case, judgment, brought = appeal.case, appeal.judgment, _brought(appeal)
    nothing = {"outcome": "", "decided_on": None, "decision": "", "outcome_by": None, "outcome_at": None}
    steps = [(appeal, nothing | {"document": None})]
    if brought is not None:
        steps.append((brought, {"annulled_at": clock.now(), "replaces": None}))
    if judgment is not None and appeal.outcome == Outcome.CHANGED:
        steps.append((judgment, {"replaced_on": None}))
    if judgment is not None and appeal.outcome in (Outcome.QUASHED, Outcome.SENT_BACK):
        steps.append((judgment, {"quashed_on": None}))
    if _moved_the_case(appeal):
        steps.append((case, before_it_ended(case) | {"on_remand": False}))
    if appeal.outcome == Outcome.SENT_BACK:
        steps += [step for undo in hooks.retrial_undone for step in undo(appeal)]
    return steps


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
    if case.court_appeals.open().filter(kind=appeal.kind).exists():
        return _("Another appeal of this kind is open in the case.")
    if case.court_appeals.exclude(pk=appeal.pk).filter(recorded_at__gt=appeal.outcome_at).exists():
        return _("An appeal was declared after this answer.")
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
    return ""


def _answer_foretold(appeal):
    lines = [_("The appeal waits for the court again.")]
    if brought := _brought(appeal):
        lines.append(_("Stands no longer: %(sentence)s.") % {"sentence": brought})
    if appeal.judgment is not None and not appeal.judgment.stands:
        lines.append(_("Stands again: %(sentence)s.") % {"sentence": appeal.judgment})
    elif brought:
        lines.append(_("The acquittal stands again."))
    return lines


def _answer_words(appeal):
    return f"{appeal} · {appeal.get_outcome_display()} · {day_text(appeal.decided_on)}"


# Finality


def _finality_undone(sentence):
    return [(sentence, {"final_on": None, "final_reference": "", "final_document": None})]


def _finality_foretold(sentence):
    return [_("The judgment is not final again, and what was established about the person is alleged.")]


def _finality_words(sentence):
    return f"{sentence} · {sentence.case} · {day_text(sentence.final_on)}"


# A prosecution that was never pardoned


def case_of(pardon):
    """The prosecution that a pardon ended."""
    return pardon.case or pardon.sentence.case


def _pardon_undone(pardon):
    tried, case = copy(pardon), case_of(pardon)
    follow(tried, Pardon.State.TAKEN_BACK)
    return [(pardon, {"state": tried.state}), (case, before_it_ended(case))]


def _pardon_stays(pardon):
    if pardon.of_fine_id is not None:
        return _("It touched a fine too: record the pardon that corrects it.")
    if pardon.corrects_id is not None:
        return _("It corrects another pardon: record the pardon that corrects it.")
    if case_of(pardon).state != Case.State.DROPPED:
        return _("The case has moved on since.")
    return ""


def _pardon_again(pardon, by):
    _again(pardon, by, case=case_of(pardon))


def _pardon_foretold(pardon):
    return [_("The pardon has no effect any longer."), *_end_foretold(case_of(pardon))]


def register():
    """Put them among what may be corrected."""
    stands = (("quashed_on", None), ("replaced_on", None), ("case__annulled_at", None))
    corrections.register(
        Correctable(
            "case_end",
            Case,
            ("closing_reference",),
            MANAGE,
            name=gettext_lazy("end of a case"),
            undo=_end_undone,
            refuse=_end_stays,
            after=_again,
            check=_ended_by_a_decision,
            describe=_case_words,
            foretold=_end_foretold,
            among=(("state__in", (Case.State.ACQUITTED, Case.State.DROPPED)),),
        ),
        Correctable(
            "court_answer",
            CourtAppeal,
            (),
            MANAGE,
            person="case__inmate",
            name=gettext_lazy("court's answer to an appeal"),
            undo=_answer_undone,
            refuse=_answer_stays,
            after=_again,
            describe=_answer_words,
            foretold=_answer_foretold,
            among=(("outcome__gt", ""), ("case__annulled_at", None)),
        ),
        Correctable(
            "finality",
            Sentence,
            (),
            MANAGE,
            name=gettext_lazy("finality of a judgment"),
            undo=_finality_undone,
            after=_again,
            describe=_finality_words,
            foretold=_finality_foretold,
            always=("finality",),
            among=(("final_on__isnull", False), *stands),
        ),
        Correctable(
            "prosecution_pardon",
            Pardon,
            (),
            "inmates.record_pardon",
            name=gettext_lazy("pardon of a prosecution"),
            undo=_pardon_undone,
            refuse=_pardon_stays,
            after=_pardon_again,
            foretold=_pardon_foretold,
            always=("pardon",),
            among=(("state", Pardon.State.VERIFIED), ("prison", Pardon.TermEffect.PROSECUTION)),
        ),
    )
