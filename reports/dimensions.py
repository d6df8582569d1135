"""Dimensions by which people in custody are counted, each as it stood when a day ended, from history alone.

Part in the programme is none of them (`docs/decisions/fairness.md`). A dimension gives every person exactly one value, so
that a table by it adds up to everybody; what is not known has a value of its own. `DIMENSIONS` is the list in the order in
which pages offer it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from facilities.models import Facility
from inmates.custody.models import Admission
from inmates.people.models import LegalStatus
from inmates.people.models.identity import Sex
from inmates.sentences.models import Sentence
from inmates.terms import step

UNKNOWN = ""
AGES = (18, 25, 35, 45, 55)  # the first year of each band but the youngest
TERMS = (2, 5, 10, 20)  # the first year of each band but the shortest
LIFE, DEATH = 100_000, 200_000  # longer than any term in months


@dataclass(frozen=True)
class Dimension:
    """One way to tell people apart.

    `value(day)` is the expression over `people_on(day)`; `labels()` are its values in order of reading, in the reader's
    language; `about` says how it is counted; `filter` names the filter of the list of people that shows those of a value
    today, where there is one, and `wanted` what that filter calls a value.
    """

    key: str
    label: Any
    about: Any
    value: Callable[[date], Any]
    labels: Callable[[], dict[str, Any]]
    filter: str = ""
    wanted: Callable[[str], str] = str


def _prisons():
    return {prison.code: prison.name for prison in sorted(Facility.objects.all(), key=lambda one: one.name)}


def _ages(day):
    born = "inmate__birth_date"
    older = [When(**{f"{born}__lte": step(day, -12 * years)}, then=Value(str(years))) for years in reversed(AGES)]
    return Case(When(**{f"{born}": None}, then=Value(UNKNOWN)), *older, default=Value("0"), output_field=CharField())


def _age_labels():
    first, last = _("under %(n)s") % {"n": AGES[0]}, _("%(n)s and older") % {"n": AGES[-1]}
    between = {str(low): _between(low, high - 1) for low, high in pairwise(AGES)}
    return {"0": first, **between, str(AGES[-1]): last, UNKNOWN: _("Not known")}


def _between(low, high):
    return pgettext_lazy("years", "%(low)s to %(high)s") % {"low": low, "high": high}


def _nationality(_day):
    own = Q(inmate__nationality="MA")
    second = Q(inmate__second_nationality="MA")
    only = own & Q(inmate__second_nationality="")
    return Case(
        When(inmate__nationality="", then=Value(UNKNOWN)),
        When(only, then=Value("own")),
        When(own | second, then=Value("both")),
        default=Value("foreign"),
        output_field=CharField(),
    )


def _term(day):
    """The longest sentence pronounced by `day` since the stay before ended; of nobody on remand or in civil imprisonment."""
    before = Admission.objects.filter(
        inmate=OuterRef("inmate"),
        released_at__lt=OuterRef(OuterRef("admission__admitted_at")),
        released_at__date__gte=OuterRef("pronounced_on"),
    )
    pronounced = (
        Sentence.objects.filter(inmate=OuterRef("inmate"), case__annulled_at=None, pronounced_on__lte=day)
        .exclude(quashed_on__lte=day)
        .exclude(replaced_on__lte=day)
        .exclude(Exists(before))
    )
    length = Case(
        When(kind=Sentence.Kind.DEATH, then=Value(DEATH)),
        When(kind=Sentence.Kind.LIFE, then=Value(LIFE)),
        default=F("years") * 12 + F("months"),
        output_field=IntegerField(),
    )
    longest = Subquery(pronounced.annotate(length=length).order_by("-length").values("length")[:1])
    bands = [When(GreaterThanOrEqual(longest, years * 12), then=Value(str(years))) for years in reversed(TERMS)]
    convicted = (LegalStatus.CONVICTED_APPEAL, LegalStatus.CONVICTED_FINAL)
    return Case(
        When(~Q(status_then__in=convicted) | Q(status_then=None), then=Value("none")),
        When(GreaterThanOrEqual(longest, DEATH), then=Value("death")),
        When(GreaterThanOrEqual(longest, LIFE), then=Value("life")),
        *bands,
        When(GreaterThanOrEqual(longest, 0), then=Value("0")),
        default=Value(UNKNOWN),
        output_field=CharField(),
    )


def _term_labels():
    bands = {str(low): _years_between(low, high) for low, high in pairwise(TERMS)}
    return {
        "none": _("Not convicted"),
        "0": ngettext("under %(n)s year", "under %(n)s years", TERMS[0]) % {"n": TERMS[0]},
        **bands,
        str(TERMS[-1]): _("%(n)s years and more") % {"n": TERMS[-1]},
        "life": pgettext_lazy("penalty", "Life"),
        "death": pgettext_lazy("penalty", "Death"),
        UNKNOWN: _("Not recorded"),
    }


def _years_between(low, high):
    words = ngettext("%(low)s to under %(high)s year", "%(low)s to under %(high)s years", high)
    return words % {"low": low, "high": high}


def _text(name):
    """A column as text, what is empty as not known."""
    return lambda _day: Coalesce(Cast(name, CharField()), Value(UNKNOWN))


DIMENSIONS = {
    one.key: one
    for one in (
        Dimension(
            "tier",
            _("Tier"),
            _("The tier in force when the day ended."),
            _text("tier_then"),
            lambda: {**{str(n): _("Tier %(n)s") % {"n": n} for n in (1, 2, 3)}, UNKNOWN: _("Not yet classified")},
            "tier",
            lambda value: value or "0",
        ),
        Dimension(
            "prison",
            _("Prison"),
            _("Where each person was when the day ended; court and hospital leave the place as it is."),
            lambda _day: F("facility__code"),
            _prisons,
            "prison",
        ),
        Dimension(
            "status",
            _("Legal status"),
            _("The legal status of that day."),
            _text("status_then"),
            lambda: {**dict(LegalStatus.choices), UNKNOWN: _("Not recorded")},
            "legal",
        ),
        Dimension("sex", _("Sex"), _("As recorded."), lambda _day: F("inmate__sex"), lambda: dict(Sex.choices)),
        Dimension(
            "age",
            _("Age"),
            _("In full years when the day ended; of a birth known by year or month alone, counted from its first day."),
            _ages,
            _age_labels,
        ),
        Dimension(
            "nationality",
            _("Nationality"),
            _("As recorded today."),
            _nationality,
            lambda: {
                "own": _("Moroccan"),
                "both": _("Moroccan and another"),
                "foreign": _("Another"),
                UNKNOWN: _("Not known"),
            },
        ),
        Dimension(
            "term",
            _("Term"),
            _(
                "The longest sentence pronounced by that day, as pronounced, since an earlier stay ended; whoever was convicted"
                " then, final or not."
            ),
            _term,
            _term_labels,
        ),
        Dimension(
            "returnee",
            _("Returnee"),
            _("From a zone of conflict, as recorded today."),
            _text("inmate__is_returnee"),
            lambda: {"true": _("Yes"), "false": _("No"), UNKNOWN: _("Not known")},
            "returnee",
            lambda value: {"true": "yes", "false": "no"}.get(value, "unknown"),
        ),
    )
}
