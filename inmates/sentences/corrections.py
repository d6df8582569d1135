"""What of cases and sentences may be corrected, and what then is worked out again."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from config import clock
from core.templatetags.display import day_text, listed, number
from core.workflow import InvalidTransition, lock
from inmates.people import corrections
from inmates.people.corrections import Correctable
from inmates.sentences import hooks, taking_back
from inmates.sentences.actions import recompute, recompute_on_new_facts
from inmates.sentences.actions.forgotten_remand import counted_already, ensure_before_the_start
from inmates.sentences.actions.reductions import cannot_count
from inmates.sentences.finality import final_by_the_register
from inmates.sentences.known_custody import first_known_custody, remand_without_custody
from inmates.sentences.models import Adjustment, Case, CourtAppeal, Pardon, RemandPeriod, Sentence
from inmates.sentences.release_dates import bounds

CAUSE = "correction"
# What a court pronounced, and which days count for it: two people put it right, also where another sentence gives the date.
PRONOUNCED = "sentence"
OF_A_JUDGMENT = (
    *("kind", "years", "months", "days"),
    *("suspended_years", "suspended_months", "suspended_days", "firm_years", "firm_months", "firm_days"),
    *("starts_on", "pronounced_on", "final_on", "suspension_revoked_on", "suspension_revoked_by"),
    *("relation", "relation_decision", "total_years", "total_months", "total_days", "acts_on"),
    *("earlier_custody", "held_elsewhere"),
)
WORDS_ONLY = ("relation_decision", "suspension_revoked_by", "earlier_custody", "held_elsewhere")


def _of_sentence(sentence, by, *, also_at_liberty=False):
    recompute_on_new_facts(sentence.inmate, cause=CAUSE, also_at_liberty=also_at_liberty, by=by)
    hooks.judged(sentence.inmate, clock.today(), by=by, lost=True)


def _sentence_corrected(sentence, by):
    _of_sentence(sentence, by, also_at_liberty=sentence.annulled_at is None and sentence.stands)


def _sentence_gone_or_back(sentence, by):
    """With no other judgment in it the case is under way again as it was before, on remand or not; and closed once more."""
    case = lock(sentence.case)
    if sentence.annulled_at is not None and case.state == Case.State.CONVICTED and not _convicted_still(case):
        before = case.events.filter(state=Case.State.OPEN).order_by("-pgh_id").first()
        case.state, case.on_remand, case.closed_on = Case.State.OPEN, bool(before and before.on_remand), None
        case.save()
    elif sentence.annulled_at is None and case.state == Case.State.OPEN:
        case.state, case.on_remand = Case.State.CONVICTED, False
        case.closed_on = sentence.pronounced_on or clock.today()
        case.save()
    _of_sentence(sentence, by)


def _convicted_still(case):
    """Whether a sentence stands in a case, or a conviction without prison does. What was quashed or replaced does not count."""
    without_prison = case.closing_reference or case.court_appeals.filter(outcome=CourtAppeal.Outcome.NO_PRISON).exists()
    return bool(without_prison) or case.sentences.standing().exists()


def _of_a_part(part, by):
    recompute_on_new_facts(part.sentence.inmate, cause=CAUSE, by=by)
    hooks.judged(part.sentence.inmate, clock.today(), by=by, lost=True)


def _case_renamed(case, by):
    """The steps of the date name the case as it is called now; a settlement stands."""
    recompute(case.inmate, cause=CAUSE, by=by)


def _case_gone_or_back(case, by):
    """The date is worked out without it, or with it again; legal status and titles follow."""
    recompute_on_new_facts(case.inmate, cause=CAUSE, by=by)
    hooks.judged(case.inmate, clock.today(), by=by, lost=True)


def _hangs_on(case):
    """Of a case what stands in it is annulled first, each by itself. A chain of judgments on appeal goes with the case."""
    sentences = [one for one in case.sentences.standing() if not _replaced_or_replacing(one)]
    standing = [_of_case(one) for one in sentences] + [_fine(one) for one in case.fines.all()]
    pardons = Pardon.objects.filter(state__in=(Pardon.State.RECORDED, Pardon.State.VERIFIED))
    if standing:
        return _("Annul first what hangs on this case: %(what)s.") % {"what": listed(standing)}
    if pardons.filter(Q(case=case) | Q(sentence__case=case)).exists():
        return _("A pardon rests on this case: it is superseded or rejected first.")
    return ""


def _fine(fine):
    """A fine that hangs on a case."""
    return _("fine of %(amount)s dirhams") % {"amount": number(fine.amount)}


def _what_rests_on(sentence):
    """Of a sentence with a pardon or a reduction these are taken back first: annulled with it, they would be lost unseen."""
    if reason := _replaced_or_replacing(sentence):
        return reason
    pardons = sentence.pardons.filter(state__in=(Pardon.State.RECORDED, Pardon.State.VERIFIED))
    if pardons.exists() or sentence.adjustments.filter(superseded_at=None).exists():
        return _("A pardon or a reduction rests on this sentence: it is taken back or rejected first.")
    return ""


def _remand_stands(period):
    """Why remand cannot be put right, or nothing: its sentence was replaced or quashed since."""
    if not period.sentence.stands or period.sentence.annulled_at is not None:
        return _("This sentence stands no longer: correct the judgment that took its place.")
    return ""


def _of_remand(_stored, period):
    if reason := _remand_stands(period):
        raise InvalidTransition(reason)
    ensure_before_the_start(period)


def _replaced_or_replacing(sentence):
    """Of a chain of judgments no link goes away: the one before it would stand again, or not, without a court."""
    if sentence.replaces_id or sentence.replaced_on:
        return _("It is part of a chain of judgments on appeal: correct what is wrong in it.")
    return ""


def _as_entered(stored, sentence):
    """A day typed wrong is corrected; that a judgment is final at all is entered on its own page, on a court's paper.

    A sentence that a later judgment replaced, or that was quashed, is corrected no longer: the one that stands is.
    """
    if not stored.stands:
        raise InvalidTransition(_("This sentence stands no longer: correct the judgment that took its place."))
    if stored.final_on is None and sentence.final_on is not None:
        raise ValidationError({"final_on": _("Enter that it is final on its own page, with the court's paper.")})
    if stored.suspension_revoked_on is None and sentence.suspension_revoked_on is not None:
        raise ValidationError({"suspension_revoked_on": _("Enter the revocation on its own page, with the ruling.")})

    if (sentence.earlier_custody, sentence.starts_on) != (stored.earlier_custody, stored.starts_on):
        sentence.days_left_out = None  # the reason is of what lies before the start by now
    errors, today, judged = {}, clock.today(), sentence.pronounced_on
    for name in ("starts_on", "pronounced_on", "acts_on", "suspension_revoked_on", "final_on"):
        if (day := getattr(sentence, name)) and day > today:
            errors[name] = _("This day lies in the future.")
    for name in ("final_on", "suspension_revoked_on"):
        if judged and judged <= today and (day := getattr(sentence, name)) and day < judged:
            errors[name] = _("The day lies between the judgment and today.")
    if sentence.acts_on and judged and sentence.acts_on > judged:
        errors["acts_on"] = _("The acts came before the judgment.")
    if sentence.remand_periods.filter(day_after_last__gt=sentence.starts_on).exists():
        errors["starts_on"] = _("Remand is recorded after this day: put that right first.")
    for name in ("earlier_custody", "held_elsewhere"):
        if sentence.starts_on != stored.starts_on and getattr(sentence, name) == getattr(stored, name) != "":
            errors[name] = _("This was said of the earlier start: say it again for this one, or empty it and be asked.")
    if errors:
        raise ValidationError(errors)


# How what the database refuses is said, at the field.
OF_A_SENTENCE = {
    "sentence_term_is_some_time": ("years", _lazy("Enter the term in years, months or days.")),
    "sentence_life_has_no_term": ("years", _lazy("Life and death sentences have no term.")),
    "sentence_of_life_is_not_suspended": ("suspended_years", _lazy("Life and death sentences have no term.")),
    "sentence_relation_by_decision": ("relation_decision", _lazy("Name the decision that says so.")),
    "sentence_revoked_by_decision": ("suspension_revoked_by", _lazy("Enter the reference of the ruling.")),
    "sentence_final_paper_with_its_day": (
        "final_on",
        _lazy("A judgment that is not final is no correction of this day: take its finality back below."),
    ),
}


def _of_a_decision(stored, adjustment):
    """A pardon is immutable: the one that corrects it supersedes it. A reduction leaves something of the term."""
    if stored.pardon_id is not None:
        raise ValidationError(_("A verified pardon is corrected from its own page."))
    sentence = adjustment.sentence
    if not (sentence.pronounced_on or sentence.starts_on) <= adjustment.decided_on <= clock.today():
        raise ValidationError({"decided_on": _("The day lies between the judgment and today.")})
    if not adjustment.by_how_much:
        raise ValidationError({"years": _("State by how much.")})
    if not adjustment.reference.strip():
        raise ValidationError({"reference": _("Enter the reference of the decision.")})
    others = [one for one in sentence.adjustments.all() if one.pk != adjustment.pk]
    if message := cannot_count(adjustment, beside=others):
        raise ValidationError({"years": message})


def _of_a_reduction(adjustment, by):
    recompute_on_new_facts(adjustment.sentence.inmate, cause="reduction", by=by)
    hooks.judged(adjustment.sentence.inmate, adjustment.decided_on, by=by, lost=True)


def _is_a_pardon(adjustment):
    return _("A verified pardon is corrected from its own page.") if adjustment.pardon_id is not None else ""


def _reduction(adjustment):
    """A reduction with its source, its length and its paper."""
    words = [adjustment.get_source_display(), adjustment.by_how_much_in_words, adjustment.reference]
    return " · ".join(str(word) for word in words if word)


def _of_case(sentence):
    """A sentence with the case it is of: two may have the same term."""
    return f"{sentence} · {sentence.case}"


def _days(period):
    """A remand period in the reader's days, the last one included."""
    return f"{day_text(period.first_day)} – {day_text(period.day_after_last - timedelta(days=1))}"


def _possible_ends(person):
    """Between which days the term ends while nobody has settled it."""
    ends = bounds(person)
    return ends.earliest, ends.latest, ends.presumed


def _final_by_the_register(person):
    """Which judgments are final by the legal status alone: put right, it would unsay that."""
    return sorted(final_by_the_register(person).values_list("pk", flat=True))


def _ends_moved(*looks):
    """The two ends; and the one that is presumed, where that moves, begins or ends."""
    sides = [[["earliest", earliest], ["latest", latest]] for earliest, latest, _presumed in looks]
    presumed = [one[2] for one in looks]
    if presumed[0] != presumed[1]:
        sides = [[*side, ["presumed", day]] for side, day in zip(sides, presumed, strict=True)]
    return sides


def _custody_before(person):
    """Of each standing sentence what of the custody before it counts for nothing, or counts and is not on record."""
    sentences = list(person.sentences.standing().prefetch_related("remand_periods"))
    stretches, counted, found = hooks.held_without_sentence(person), hooks.counted_as_remand(sentences), {}
    for sentence in sentences:
        uncounted = hooks.not_among(counted, stretches, before=sentence.starts_on)
        before = [(one.first_day, one.day_after_last) for one in uncounted]
        missing = first_known_custody(person, sentence.starts_on), remand_without_custody(sentence)
        if before or any(missing):
            found[sentence.pk] = (before, *missing)
    return found


def register():
    """Cases, sentences, remand periods, reductions; and acts of courts that are taken back."""
    manage = "inmates.manage_sentences"
    corrections.watched |= {
        "possible_ends": _possible_ends,
        "finality": _final_by_the_register,
        "custody_before": _custody_before,
    }
    corrections.days_of |= {"possible_ends": _ends_moved}
    corrections.register(
        Correctable(
            "case",
            Case,
            ("court", "number", "offences"),
            manage,
            annul=True,
            after=_case_renamed,
            annulled=_case_gone_or_back,
            refuse=_hangs_on,
        ),
        Correctable(
            "sentence",
            Sentence,
            OF_A_JUDGMENT,
            manage,
            annul=True,
            after=_sentence_corrected,
            annulled=_sentence_gone_or_back,
            refuse=_what_rests_on,
            check=_as_entered,
            weighty={name: PRONOUNCED for name in OF_A_JUDGMENT if name not in WORDS_ONLY} | {"final_on": "finality"},
            always=(PRONOUNCED,),
            constraints=OF_A_SENTENCE,
            among=(("quashed_on", None), ("replaced_on", None)),
            describe=_of_case,
            history=lambda sentence: not sentence.stands,
        ),
        Correctable(
            "remand",
            RemandPeriod,
            ("first_day", "day_after_last"),
            manage,
            person="sentence__inmate",
            annul=True,
            after=_of_a_part,
            refuse=_remand_stands,
            check=_of_remand,
            late=lambda period: _remand_stands(period) or counted_already(period),
            weighty=dict.fromkeys(("first_day", "day_after_last"), PRONOUNCED),
            always=(PRONOUNCED,),
            history=lambda period: not period.sentence.stands,
            constraints={"remand_not_reversed": ("day_after_last", _lazy("The end lies before the start."))},
            describe=_days,
        ),
        Correctable(
            "reduction",
            Adjustment,
            ("decided_on", "years", "months", "days", "reference"),
            manage,
            person="sentence__inmate",
            annul=True,
            after=_of_a_reduction,
            refuse=_is_a_pardon,
            late=cannot_count,
            weighty=dict.fromkeys(("decided_on", "years", "months", "days"), PRONOUNCED),
            always=(PRONOUNCED,),
            check=_of_a_decision,
            describe=_reduction,
            among=(("pardon", None),),
        ),
    )
    taking_back.register()
