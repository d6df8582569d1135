"""Remand that was forgotten when a sentence was entered: police custody, a stretch in another place."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from config import clock
from inmates.people import corrections
from inmates.people.actions import corrections as acts
from inmates.sentences.actions.judgments import own_sentence
from inmates.sentences.models import RemandPeriod


@transaction.atomic
def add_forgotten_remand(sentence, *, first_day, day_after_last, why, paper, by):
    """Add days held before a sentence, with why they were left out and their paper; a second person confirms.

    The period is stored annulled and counts once the entry takes effect; it stays so where that is refused. Returns the
    correction. Raises ValidationError by field.
    """
    _inmate, sentence = own_sentence(sentence, by)
    acts.ensure_said(why, paper)
    period = RemandPeriod(
        sentence=sentence, first_day=first_day, day_after_last=day_after_last, annulled_at=clock.now()
    )
    if day_after_last <= first_day:
        raise ValidationError({"day_after_last": _("The last day lies before the first.")})
    ensure_before_the_start(period)
    if why_not := counted_already(period):
        raise ValidationError({"first_day": why_not})
    waiting = sentence.inmate.corrections.waiting().filter(subject="remand").values("record")
    if _overlapping(RemandPeriod.everything.filter(pk__in=waiting), period).exists():
        raise ValidationError({"first_day": _("These days wait for a second person already.")})
    period.save()
    return acts.enter(corrections.find("remand"), period, why=why, paper=paper, by=by)


def ensure_before_the_start(period):
    """Refuse remand in the future, or that reaches into the sentence. Raises ValidationError by field."""
    if period.first_day > clock.today():
        raise ValidationError({"first_day": _("This day lies in the future.")})
    if period.day_after_last > period.sentence.starts_on:
        message = _("From the day it is counted from the sentence itself runs: remand ends with the day before.")
        raise ValidationError({"day_after_last": message})


def counted_already(period):
    """Why a period that waited cannot count, or nothing: some of its days count as remand by now."""
    if _overlapping(RemandPeriod.objects.all(), period).exists():
        return _("Some of these days count as remand already.")
    return ""


def _overlapping(periods, period):
    others = periods.filter(sentence=period.sentence_id).exclude(pk=period.pk)
    return others.filter(first_day__lt=period.day_after_last, day_after_last__gt=period.first_day)
