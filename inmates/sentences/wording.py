"""The reasoning of a release date, in the reader's language."""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.display import day_text
from inmates.terms import Term, in_words


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: what was done (`code`, a key of `WORDS`), the date reached if any, what it used."""

    code: str
    date: datetime.date | None = None
    values: dict = field(default_factory=dict)

    def stored(self) -> dict:
        """Plain data for a JSON column; `Step.read` is the way back."""
        values = {}
        for name, value in self.values.items():
            if isinstance(value, datetime.date):
                value = {"date": value.isoformat()}
            elif isinstance(value, Term):
                value = {"term": [value.years, value.months, value.days]}
            values[name] = value
        return {"code": self.code, "date": self.date and self.date.isoformat(), "values": values}

    @classmethod
    def read(cls, data: dict) -> "Step":
        """The step that `stored` wrote."""
        values = {}
        for name, value in data["values"].items():
            if isinstance(value, dict):
                value = datetime.date.fromisoformat(value["date"]) if "date" in value else Term(*value["term"])
            values[name] = value
        return cls(data["code"], data["date"] and datetime.date.fromisoformat(data["date"]), values)


WORDS = {
    "start": gettext_lazy("Counted from %(date)s."),
    "term": gettext_lazy("%(term)s from %(since)s = %(date)s."),
    "one_month": gettext_lazy("One month alone is 30 days: from %(since)s = %(date)s."),
    "remand": gettext_lazy("Held before the start, from %(first)s to %(last)s: %(term)s."),
    "remand_ignored": gettext_lazy("%(term)s of remand on or after the start do not count twice."),
    "credit": gettext_lazy("Less %(term)s of remand = %(date)s."),
    "credit_to_start": gettext_lazy("Less %(term)s of remand, but never to before the start = %(date)s."),
    "life": gettext_lazy("Life imprisonment or death: no date."),
    "beyond_calendar": gettext_lazy("%(term)s ends beyond the calendar: a person must settle it."),
    "reduction": gettext_lazy("Reduced by %(term)s on %(decided)s: counted again = %(date)s."),
    "reduction_on_decision": gettext_lazy(
        "Reduced by %(term)s: counted again = %(counted)s, but not before the decision = %(date)s."
    ),
    "reduction_late": gettext_lazy("Reduced by %(term)s on %(decided)s: no earlier day, still %(date)s."),
    "reduction_of_life": gettext_lazy("Reduced by %(term)s on %(decided)s: there is no term to shorten."),
    "reduction_before_commutation": gettext_lazy(
        "A reduction was decided before the commutation of %(decided)s: a person must settle whether it still counts."
    ),
    "commuted": gettext_lazy("Commuted on %(decided)s to %(term)s, counted from %(since)s."),
    "commuted_to_life": gettext_lazy("Commuted on %(decided)s to life imprisonment: no date."),
    "commuted_uncounted": gettext_lazy(
        "Commuted on %(decided)s to %(term)s; the instrument does not say from which day: a person must settle it."
    ),
    "commuted_longer": gettext_lazy(
        "The commutation of %(decided)s ends later than what it replaces (%(since)s): a person must settle it."
    ),
    "pardoned": gettext_lazy("Remainder pardoned on %(decided)s = %(date)s."),
    "pardoned_unsettled": gettext_lazy(
        "Remainder pardoned on %(decided)s = %(date)s, whatever is still to be settled about the term."
    ),
    "all_pardoned": gettext_lazy(
        "What was left of every sentence was pardoned: nothing is left from %(date)s, however they stand to each other."
    ),
    "pardon_late": gettext_lazy("Remainder pardoned on %(decided)s: no earlier day, still %(date)s."),
    "settled": gettext_lazy("Settled by a person: %(date)s. %(source)s"),
    "no_sentence": gettext_lazy("No sentence is recorded: no date."),
    "severest": gettext_lazy("Severest sentence: %(term)s. %(label)s"),
    "confused": gettext_lazy("Absorbed by the severest (confusion): %(term)s. %(label)s"),
    "cumulated": gettext_lazy("Served in its turn from %(date)s (cumulated): %(term)s. %(label)s"),
    "firm_part": gettext_lazy(
        "%(whole)s pronounced, partly suspended: the firm part alone, %(term)s, is served, and a reduction shortens it "
        "(Penal Code 55; policy)."
    ),
    "partly": gettext_lazy(
        "Cumulated in part, %(term)s in all as the court stated, counted from the start of the severest (Penal Code 120; "
        "policy). %(label)s"
    ),
    "partly_mixed": gettext_lazy(
        "Some sentences are cumulated in part and others in full: a person must settle it. %(label)s"
    ),
    "partly_without_total": gettext_lazy(
        "Cumulated in part, but not one total is recorded: a person must settle it. %(label)s"
    ),
    "partly_adjusted": gettext_lazy(
        "A pardon or a reduction touches one of the sentences cumulated in part: a person must settle what is left. "
        "%(label)s"
    ),
    "partly_out_of_range": gettext_lazy(
        "%(term)s in all is less than the severest or more than all of them: a person must settle it. %(label)s"
    ),
    "severity_unclear": gettext_lazy(
        "Which sentence is the severest depends on whether a suspended part counts: a person must settle it."
    ),
    "absorbed_earlier": gettext_lazy(
        "Days were held under an absorbed sentence before the severest began: a person must settle whether they count. "
        "%(label)s"
    ),
    "bound_days_counted": gettext_lazy("If those days count: %(date)s, the earliest day."),
    "bound_days_apart": gettext_lazy("If they do not: %(date)s, the latest day."),
    "suspension_revoked": gettext_lazy(
        "The suspended part, %(term)s, was revoked on %(decided)s: a person must settle from when it is served. %(label)s"
    ),
    "absorbed_holds": gettext_lazy(
        "Pardon shortened the severest to before the end of a sentence it had absorbed: "
        "a person must settle which one holds. %(label)s"
    ),
    "relation_unknown": gettext_lazy(
        "Nothing is recorded on how the sentences stand to each other: no date; ask the prosecutor. %(label)s"
    ),
    "bound_confused": gettext_lazy("If they are confused: %(date)s, the earliest day."),
    "bound_cumulated": gettext_lazy("If they are cumulated: %(date)s, the latest day."),
    "bound_presumed": gettext_lazy(
        "All the acts came before the first final conviction and no ruling cumulates: %(date)s is presumed, until the "
        "prosecutor answers in writing (Penal Code 119-120)."
    ),
    "at_large": gettext_lazy(
        "At large from %(first)s to %(last)s, %(term)s: the sentence did not run; a person must settle it."
    ),
    "at_liberty": gettext_lazy(
        "At liberty from %(first)s to %(last)s, %(term)s: the sentence did not run; a person must settle it."
    ),
    "abroad": gettext_lazy(
        "Transferred abroad from %(first)s to %(last)s, %(term)s: a person must settle whether the sentence ran there."
    ),
    "ended_before": gettext_lazy(
        "Over on %(date)s, before the person left custody: nothing of that sentence is left. %(label)s"
    ),
    "released_as_served": gettext_lazy("Released as served on %(date)s: nothing of that sentence is left. %(label)s"),
    "bound_uninterrupted": gettext_lazy("Without the days out of custody: %(date)s."),
    "bound_earliest": gettext_lazy("Read in the person's favour: %(date)s, the earliest day."),
    "bound_latest": gettext_lazy("With nothing in doubt credited: %(date)s, the latest day."),
    "bound_interrupted": gettext_lazy("With the days out of custody: %(date)s, the latest day."),
    "relation_conflict": gettext_lazy("Recorded both as confused and as cumulated: a person must settle it."),
    "starts_apart": gettext_lazy("Custody broke between the cumulated sentences: a person must settle it."),
    "replaced_was_adjusted": gettext_lazy(
        "A pardon or a reduction was granted on a sentence that a later judgment has replaced: a person must settle "
        "what is left of it."
    ),
    "commuted_in_chain": gettext_lazy(
        "A sentence other than the severest was commuted: a person must settle the order."
    ),
}

SETTLE = frozenset(
    {
        "beyond_calendar",
        "reduction_before_commutation",
        "commuted_uncounted",
        "commuted_longer",
        "absorbed_holds",
        "relation_unknown",
        "relation_conflict",
        "starts_apart",
        "commuted_in_chain",
        "partly_mixed",
        "partly_without_total",
        "partly_adjusted",
        "partly_out_of_range",
        "severity_unclear",
        "absorbed_earlier",
        "suspension_revoked",
    }
)
"""Steps after which there is no date until a person has settled it."""


def describe(step: Step) -> str:
    """The step as a sentence: "5 years from 17 May 2016 = 17 May 2021." """
    values = {name: _shown(value) for name, value in step.values.items()}
    if "term" in values and step.values["term"] is None:
        values["term"] = _("life or death")
    return (str(WORDS[step.code]) % {"date": _shown(step.date), **values}).strip()


def day_in_words(value: datetime.date) -> str:
    """A day in the reader's order and Morocco's months, as plain text."""
    return _shown(value)


def _shown(value) -> str:
    """A date in the reader's order and Morocco's months, a term in words, anything else as it is."""
    if isinstance(value, datetime.date):
        return day_text(value)
    if isinstance(value, Term):
        return in_words(value)
    return "" if value is None else str(value)
