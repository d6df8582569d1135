"""What of cases and sentences may be corrected, and what then is worked out again."""

from inmates.people import corrections
from inmates.people.corrections import Correctable
from inmates.sentences.actions import recompute_on_new_facts
from inmates.sentences.models import Case, Fine, RemandPeriod, Sentence

CAUSE = "correction"


def _of_sentence(sentence, by):
    recompute_on_new_facts(sentence.inmate, cause=CAUSE, by=by)


def _of_period(period, by):
    recompute_on_new_facts(period.sentence.inmate, cause=CAUSE, by=by)


def register():
    """Cases, sentences, remand periods and fines."""
    manage = "inmates.manage_sentences"
    corrections.register(
        Correctable("case", Case, ("court", "number", "offences"), manage),
        Correctable(
            "sentence",
            Sentence,
            ("kind", "years", "months", "days", "starts_on", "pronounced_on", "final_on"),
            manage,
            annul=True,
            after=_of_sentence,
        ),
        Correctable(
            "remand",
            RemandPeriod,
            ("first_day", "day_after_last"),
            manage,
            person="sentence__inmate",
            annul=True,
            after=_of_period,
        ),
        Correctable("fine", Fine, ("amount", "remaining"), manage, person="case__inmate", annul=True),
    )
