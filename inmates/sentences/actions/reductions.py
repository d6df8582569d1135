"""What a decision other than a pardon takes from a term: automatic reductions, and terms put right by a court."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure
from documents.scans import attach
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Correction
from inmates.sentences import sayings
from inmates.sentences.actions.judgments import own_sentence
from inmates.sentences.models import Adjustment
from inmates.sentences.reductions import (
    Source,
    counted_term,
    earliest_day,
    granted,
    longer,
    longest,
    reach_is_open,
    together,
)
from inmates.sentences.wording import day_in_words
from inmates.terms import Term, in_words


@transaction.atomic
def reduce_term(
    sentence,
    *,
    source,
    decided_on,
    reference,
    years=0,
    months=0,
    days=0,
    confirmed=False,
    beyond=False,
    scan=None,
    by,
):
    """Record by how much a decision shortens a term: the committee's (Law 03-23), or a court's that put it right.

    Nothing is ever reduced by itself, nor by one person: what moves the release date waits for a second one, or is decided
    on paper on the day, like a correction. A court's decision is entered with its scan (policy). `confirmed`: the decision
    reaches this sentence, though the law may not (policy). `beyond`: it grants more, or earlier, than the law is reported
    to allow. Raises ValidationError at the field. The date is counted again by rule 4 of `calculation.py`.
    """
    inmate, sentence = own_sentence(sentence, by)
    term, by_how_much = counted_term(sentence), Term(years, months, days)
    ensure(term is not None, _("Life and death sentences have no term."))
    if source not in (Source.AUTOMATIC, Source.CORRECTION):
        raise ValidationError({"source": _("A pardon is recorded from its instrument.")})
    errors = {}
    if not by_how_much:
        errors["years"] = _("State by how much.")
    elif not longer(term, together(granted(sentence), by_how_much), sentence.starts_on):
        errors["years"] = _("With what was granted before, nothing would be left of the term.")
    if not (sentence.pronounced_on or sentence.starts_on) <= decided_on <= clock.today():
        errors["decided_on"] = _("The day lies between the judgment and today.")
    if not reference.strip():
        errors["reference"] = _("Enter the reference of the decision.")
    if source == Source.AUTOMATIC:
        if reach_is_open(sentence) and not confirmed:
            errors["confirmed"] = _("Whether this law reaches terrorism is to be checked: confirm that it was decided.")
        errors = _beyond_what_is_reported(sentence, term, by_how_much, decided_on, beyond) | errors
    if source == Source.CORRECTION and scan is None:
        errors["scan"] = _("A court's decision that shortens a term is entered with its scan.")
    same = {"source": source, "decided_on": decided_on, "reference__iexact": reference.strip(), "superseded_at": None}
    if not errors and any(_counts_or_waits(one) for one in Adjustment.everything.filter(sentence=sentence, **same)):
        errors["reference"] = _("This decision is recorded for this sentence already: it counts once.")
    if errors:
        raise ValidationError(errors)
    adjustment = Adjustment(
        sentence=sentence,
        kind=Adjustment.Kind.REDUCTION,
        source=source,
        decided_on=decided_on,
        years=years,
        months=months,
        days=days,
        reference=reference.strip(),
        entered_by=by,
        annulled_at=clock.now(),  # until it is in effect
    )
    adjustment.full_clean()
    adjustment.save()
    attach(adjustment, scan, by=by)
    detail = {"source": source, "confirmed": confirmed, "beyond": beyond}
    trail.record("sentence.reduced", by=by, inmate=inmate, obj=adjustment, detail=detail)
    corrections.enter(
        correctables.find("reduction"),
        adjustment,
        why=sayings.REDUCTION_ENTERED.mark,
        paper=adjustment.reference,
        by=by,
    )
    adjustment.refresh_from_db()
    return adjustment


def _counts_or_waits(adjustment):
    """Whether a reduction is in effect, or waits for the second person."""
    waiting = Correction.objects.waiting().filter(subject="reduction", record=adjustment.pk)
    return adjustment.annulled_at is None or waiting.exists()


def cannot_count(adjustment, *, beside=None):
    """Why a reduction that waited, or was put right, cannot take effect, or nothing; `beside`: the others, if not as stored."""
    sentence = adjustment.sentence
    if not sentence.stands or sentence.annulled_at is not None or sentence.case.annulled_at is not None:
        return _("This sentence stands no longer: correct the judgment that took its place.")
    term = counted_term(sentence)
    if term is None:
        return _("Life and death sentences have no term.")
    if not longer(term, together(granted(sentence, among=beside), adjustment.by_how_much), sentence.starts_on):
        return _("With what was granted before, nothing would be left of the term.")
    return ""


def _beyond_what_is_reported(sentence, term, by_how_much, decided_on, allowed):
    """Errors, at their fields, of a reduction larger or earlier than the law is reported to allow."""
    errors = {}
    if allowed:
        return errors
    most, first_day = longest(term), earliest_day(sentence, term)
    if longer(together(granted(sentence, Source.AUTOMATIC), by_how_much), most, sentence.starts_on):
        message = _(
            "At most %(term)s from this term, with what was granted before. Say below if the decision goes beyond."
        )
        errors["years"] = message % {"term": in_words(most)}
    if first_day is not None and decided_on < first_day:
        message = _("Not before %(day)s: until then too little is served. Say below if the decision goes beyond.")
        errors["decided_on"] = message % {"day": day_in_words(first_day)}
    return errors
