"""Worklists of this room: the register of appeals and cassations, the judgments that are open to one."""

from django.db.models import Exists, OuterRef, Q

from inmates.court_appeals.deadlines import answers_about, last_day_to_appeal, last_judged_on
from inmates.people.models import Inmate
from inmates.sentences.models import CourtAppeal, Sentence


def register_of_appeals(user, show):
    """Appeals of the people whose record the user may open: those open, those still to be sent, or those answered."""
    appeals = CourtAppeal.objects.visible_to(user).select_related(
        "case__inmate__facility", "case__inmate__unit", "judgment", "facility"
    )
    if show == "to_send":
        return appeals.to_send().order_by("by_person_at", "id")
    if show == "answered":
        return appeals.exclude(outcome="").order_by("-decided_on", "-id")
    return appeals.open().order_by("-id")


def judgments_open_to_appeal(user):
    """`(sentence, last day, kind)` of judgments neither under appeal nor final, the nearest deadline first.

    `kind` says what may be declared: an appeal, or after a court has answered one, a cassation.
    """
    of_it = Q(judgment=None) | Q(judgment__count=OuterRef("count"))
    sentences = (
        Sentence.objects.standing()
        .filter(final_on=None, pronounced_on__isnull=False)
        .exclude(Exists(CourtAppeal.objects.open().filter(of_it, case=OuterRef("case"))))
        .filter(inmate__in=Inmate.objects.visible_to(user).in_custody())
        .select_related("inmate__facility", "case")
        .prefetch_related("case__court_appeals__judgment")
        .order_by("-pronounced_on", "-id")
    )
    rows = []
    for sentence in sentences[:200]:
        answered = answers_about(sentence.case, sentence)
        kind = CourtAppeal.Kind.CASSATION if answered else CourtAppeal.Kind.APPEAL
        rows.append((sentence, last_day_to_appeal(last_judged_on(sentence.case, sentence), kind), kind))
    return sorted(rows, key=lambda row: (row[1], row[0].pk))
