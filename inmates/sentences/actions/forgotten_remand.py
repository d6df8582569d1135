"""Remand that was forgotten when a sentence was entered: police custody, a stretch in another place."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from config import clock
from inmates.people import corrections
from inmates.people.actions import corrections as acts
from inmates.sentences.actions.judgments import own_sentence
from inmates.sentences.models import RemandPeriod

KEY = "remand_added"


@transaction.atomic
def add_forgotten_remand(sentence, *, first_day, day_after_last, why, paper, by):
    """Add days held before a sentence, with why they were left out and their paper: a correction, confirmed by a second person.

    The period is stored annulled and counts once the correction takes effect; it stays so where that is refused. Returns
    the correction. Raises ValidationError by field.
    """
    _inmate, sentence = own_sentence(sentence, by)
    if day_after_last <= first_day:
        raise ValidationError({"day_after_last": _("The last day lies before the first.")})
    overlapping = sentence.remand_periods.filter(first_day__lt=day_after_last, day_after_last__gt=first_day)
    if overlapping.exists():
        raise ValidationError({"first_day": _("Some of these days count as remand already.")})
    waiting = sentence.inmate.corrections.waiting().filter(subject=KEY, changes__first_day__1=first_day.isoformat())
    if waiting.exists():
        raise ValidationError({"first_day": _("These days wait for a second person already.")})
    start = sentence.starts_on
    period = RemandPeriod.everything.create(
        sentence=sentence, first_day=start, day_after_last=start, annulled_at=clock.now()
    )
    values = {"first_day": first_day.isoformat(), "day_after_last": day_after_last.isoformat(), "annulled_at": None}
    return acts.correct(corrections.find(KEY), period, values, why=why, paper=paper, by=by)
