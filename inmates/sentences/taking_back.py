"""Acts entered by mistake and taken back: the end of a case, finality, a pardon of what was never pardoned.

Each is described as `inmates.people.corrections.Correctable` asks: what taking it back writes, when it cannot be, and
what follows. What came after an act is taken back before it.
"""

from copy import copy

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock
from core.templatetags.display import day_text, number
from core.workflow import follow
from inmates.people import corrections
from inmates.people.corrections import Correctable
from inmates.sentences import hooks
from inmates.sentences.actions.release_dates import recompute_on_new_facts
from inmates.sentences.models import Adjustment, Case, CourtAppeal, Pardon, Sentence

Outcome = CourtAppeal.Outcome
CAUSE = "taken back"
MANAGE = "inmates.manage_sentences"
RETRIAL_GOES_ON = {"retrial_outcome": "", "retrial_ended_on": None, "retrial_decision": "", "retrial_document": None}
OF_A_SENTENCE = [effect for effect in Pardon.TermEffect if effect != Pardon.TermEffect.PROSECUTION]


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


def work_out_again(record, by, *, case=None):
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


# The end of a case without a prison term


def ended_without_prison():
    """Cases acquitted, dropped, or convicted on a decision that is no sentence: a suspended term or a fine."""
    sentenced = Exists(Sentence.everything.filter(case=OuterRef("pk")))
    convicted = Q(state=Case.State.CONVICTED) & ~Q(closing_reference="") & ~sentenced
    return Case.objects.filter(Q(state__in=(Case.State.ACQUITTED, Case.State.DROPPED)) | convicted).values("pk")


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


# Finality


def _finality_undone(sentence):
    return [(sentence, {"final_on": None, "final_reference": "", "final_document": None})]


def _finality_foretold(sentence):
    return [_("The judgment is not final again, and what was established about the person is alleged.")]


def _finality_words(sentence):
    return f"{sentence} · {sentence.case} · {day_text(sentence.final_on)}"


# A pardon of what was never pardoned: a namesake's


def retrials_ended_by(pardon):
    """The answers whose retrial a pardon of the prosecution ended, while another count of the case stood."""
    ended = CourtAppeal.objects.filter(case=pardon.prosecution, retrial_outcome=CourtAppeal.Retrial.DROPPED)
    return ended.filter(retrial_decision=pardon.instrument.reference)


def _pardon_undone(pardon):
    tried, case = copy(pardon), pardon.prosecution
    follow(tried, Pardon.State.TAKEN_BACK)
    steps = [(pardon, {"state": tried.state})]
    if pardon.prison == Pardon.TermEffect.PROSECUTION:
        steps.append((case, before_it_ended(case)))
        steps += [(appeal, RETRIAL_GOES_ON) for appeal in retrials_ended_by(pardon)]
    given = Adjustment.objects.filter(pardon=pardon)
    steps += [(adjustment, {"annulled_at": clock.now()}) for adjustment in given]
    if pardon.of_fine is not None:
        steps.append((pardon.of_fine, {"remaining": _left_without(pardon)}))
    return steps + [step for undo in hooks.pardon_undone for step in undo(pardon)]


def _left_without(pardon):
    """What is left of a fine without the pardon: as before it, less what was paid since."""
    fine = pardon.of_fine
    if pardon.fine_before is None:  # verified before that was kept
        return fine.amount - sum(payment.amount for payment in fine.payments.all())
    then = pardon.fine_reduced_to if pardon.fine == Pardon.FineEffect.REDUCED else 0
    paid = min(pardon.fine_before, then) - fine.remaining
    return pardon.fine_before - max(paid, 0)


def _pardon_stays(pardon):
    if pardon.of_fine_id is not None and pardon.of_fine.pardons.in_force().exclude(pk=pardon.pk).exists():
        return _("Another pardon touched the same fine: record the pardon that corrects it.")
    if pardon.corrects_id is not None and pardon.fine != Pardon.FineEffect.KEPT:
        return _("It corrects another pardon of a fine: record the pardon that corrects it.")
    if pardon.prison != Pardon.TermEffect.PROSECUTION:
        return ""
    if pardon.corrects_id is not None:
        return _("It corrects another pardon: record the pardon that corrects it.")
    retrial = pardon.prosecution.state == Case.State.CONVICTED and retrials_ended_by(pardon).exists()
    if pardon.prosecution.state != Case.State.DROPPED and not retrial:
        return _("The case has moved on since.")
    return ""


def _pardon_again(pardon, by):
    work_out_again(pardon, by, case=pardon.prosecution)


def _pardon_foretold(pardon):
    lines = [_("The pardon has no effect any longer.")]
    if pardon.prison == Pardon.TermEffect.PROSECUTION:
        lines += _end_foretold(pardon.prosecution)
    if pardon.corrects_id is not None:
        lines.append(_("The pardon that it corrected stays superseded."))
    if pardon.of_fine is not None:
        left = {"amount": number(_left_without(pardon))}
        lines.append(_("Of the fine, %(amount)s dirhams are left again.") % left)
    return lines


def _whose_pardon(pardon):
    """Neither who recorded a pardon nor who verified it confirms that it is taken back (policy)."""
    return [pardon.recorded_by_id, pardon.verified_by_id]


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
            after=work_out_again,
            check=_ended_by_a_decision,
            describe=_case_words,
            foretold=_end_foretold,
            always=("sentence",),
            among=(("pk__in", ended_without_prison()),),
        ),
        Correctable(
            "finality",
            Sentence,
            (),
            MANAGE,
            name=gettext_lazy("finality of a judgment"),
            undo=_finality_undone,
            after=work_out_again,
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
            not_by=_whose_pardon,
        ),
        Correctable(
            "pardon",
            Pardon,
            (),
            "inmates.record_pardon",
            undo=_pardon_undone,
            refuse=_pardon_stays,
            after=_pardon_again,
            foretold=_pardon_foretold,
            always=("pardon",),
            among=(("state", Pardon.State.VERIFIED), ("prison__in", OF_A_SENTENCE)),
            not_by=_whose_pardon,
        ),
    )
