"""How late what the law and the policy give a day to was done: reviews, notices, answers to appeals, releases.

Counted is what was done after the end of one day until the end of another; days late, nought where it was in time. What is
still open counts in the worklists, not here: a period with few answers may hide many that wait.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config import clock
from inmates.classification.models import Appeal, Notice, Postponement, TierDecision
from inmates.custody.models import Admission
from inmates.sentences.models import ReleaseComputation
from inmates.small_cells import hide_nested


@dataclass(frozen=True)
class Timeliness:
    """Of one kind of act: how many were done, how many in time, and the days late, in the middle and of nine in ten."""

    what: object
    done: int | None
    in_time: int | None
    middle: float | None
    nine_in_ten: int | None


def summed(what, late):
    """The figures of days late, each nought or more."""
    late = sorted(max(0, days) for days in late)
    if not late:
        return Timeliness(what, 0, 0, None, None)
    return Timeliness(what, len(late), late.count(0), median(late), late[ceil(0.9 * len(late)) - 1])


def hidden(found):
    """The same for whoever does not see the country: few acts, few late ones, and what they could be told from are None."""
    counted = {n: {"done": one.done, "in_time": one.in_time} for n, one in enumerate(found)}
    shown = hide_nested(counted, {"in_time": "done"}, totals_shown=False)
    return [
        one if None not in shown[n].values() else Timeliness(one.what, shown[n]["done"], None, None, None)
        for n, one in enumerate(found)
    ]


def of_classification(since, until, *, prison=None):
    """Reviews decided, notices served and appeals answered in the period."""
    days = (since + timedelta(days=1), until)
    decisions = TierDecision.objects.filter(decided_on__range=days, origin=TierDecision.Origin.REVIEW)
    notices = Notice.objects.filter(served_on__range=days)
    appeals = Appeal.objects.filter(decided_on__range=days)
    if prison is not None:
        decisions, appeals = decisions.filter(inmate__facility=prison), appeals.filter(inmate__facility=prison)
        notices = notices.filter(decision__inmate__facility=prison)
    return [
        summed(_("Reviews decided"), [(row["decided_on"] - _review_due(row)).days for row in _with_due(decisions)]),
        summed(_("Notices served"), _late(notices, "served_on")),
        summed(_("Appeals answered"), _late(appeals, "decided_on")),
    ]


def of_releases(since, until, *, prison=None):
    """Releases because a term was served, against the day computed last before the door."""
    computed = ReleaseComputation.objects.filter(inmate=OuterRef("inmate"), made_at__lte=OuterRef("released_at"))
    left = Admission.objects.filter(
        ground=Admission.Ground.TERM_SERVED, released_at__gte=clock.end_of(since), released_at__lt=clock.end_of(until)
    )
    if prison is not None:
        left = left.filter(inmate__facility=prison)
    rows = left.annotate(due=Subquery(computed.order_by("-id").values("on")[:1])).exclude(due=None)
    late = [(timezone.localdate(at) - due).days for at, due in rows.values_list("released_at", "due")]
    return summed(_("Releases, term served"), late)


def _late(rows, done):
    return [(one - due).days for one, due in rows.values_list(done, "due_on")]


def _with_due(decisions):
    """Each decision with what its review was due by: the decision before it in the same stay, the admission, a postponement."""
    before = TierDecision.objects.filter(admission=OuterRef("admission"), decided_on__lte=OuterRef("decided_on"))
    before = before.exclude(pk=OuterRef("pk")).order_by("-decided_on", "-id")
    put_off = Postponement.objects.filter(
        inmate=OuterRef("inmate"),
        postponed_on__range=(OuterRef("admission__admitted_at__date"), OuterRef("decided_on")),
    )
    return decisions.annotate(
        planned=Subquery(before.values("next_review_on")[:1]),
        put_off=Subquery(put_off.order_by("-until").values("until")[:1]),
        came=F("admission__admitted_at"),
    ).values("decided_on", "planned", "put_off", "came")


def _review_due(row):
    first = timezone.localdate(row["came"]) + timedelta(days=settings.POLICY["first_assessment_days"])
    return max(filter(None, (row["planned"] or first, row["put_off"])))
