"""Worklists of custody: who is to be released when, which orders and exceptions run out, who is out, which transfers wait."""

from datetime import timedelta

from django.db.models import Q

from config import clock
from facilities.models import Facility
from inmates.custody import occupancy
from inmates.custody.holds import nothing_holds
from inmates.custody.models import DetentionOrder, Outing, Transfer
from inmates.people.models import Inmate
from inmates.sentences.deadlines import last_day_to_appeal, last_judged_on
from inmates.sentences.models import CourtAppeal, Sentence


def outings_in_scope(user):
    """Outings from the prisons in the user's scope."""
    return Outing.objects.filter(inmate__in=Inmate.objects.visible_to(user)).select_related(
        "inmate__facility", "inmate__unit", "facility", "case", "destination"
    )


def transfers_in_scope(user):
    """Transfers this user may read, with what a row shows."""
    return Transfer.objects.visible_to(user).select_related("inmate", "origin", "destination", "unit")


def transfers_to_decide(user):
    """Transfers whose next step forwards is this user's: to approve, to accept, to depart, to receive."""
    theirs = Q(pk=None)
    for (state, to), step in Transfer.TRANSITIONS.items():
        if to in Transfer.STEPS and any(user.can(permission) for permission in step.permissions):
            left_to_others = Q(pk=None)
            for field in step.not_by:
                left_to_others |= Q(**{field: user})
            theirs |= Q(state=state, **{f"{step.at}__in": user.facility_ids}) & ~left_to_others
    return transfers_in_scope(user).filter(theirs)


def people_in_scope(user):
    """People in custody whose records this user may open."""
    return Inmate.objects.visible_to(user).in_custody().for_list()


def release_list(user, span):
    """People of one span of the release worklist, the most pressing first."""
    today, people = clock.today(), people_in_scope(user)
    if span == "none":
        return people.filter(release_basis=Inmate.ReleaseBasis.UNSETTLED).order_by("admitted_on", "id")
    if span == "free":
        return nothing_holds(people)
    if span == "due":
        return people.releases_until(today).order_by("release_on", "sort_key", "id")
    last = today + timedelta(days=int(span))
    return people.filter(release_on__gt=today, release_on__lte=last).order_by("release_on", "sort_key", "id")


def orders_running_out(user, days=30):
    """Orders in force of people in custody that expire within so many days, or have expired without being lifted."""
    last = clock.today() + timedelta(days=days)
    return (
        DetentionOrder.objects.expiring_by(last)
        .filter(inmate__in=people_in_scope(user))
        .select_related("inmate__facility", "inmate__unit", "case")
        .order_by("expires_on", "id")
    )


def judgments_open_to_appeal(user):
    """`(sentence, last day, kind)` of judgments neither under appeal nor final, the nearest deadline first.

    `kind` says what may be declared: an appeal, or after a court has answered one, a cassation.
    """
    sentences = (
        Sentence.objects.standing()
        .filter(final_on=None, pronounced_on__isnull=False)
        .exclude(case__court_appeals__in=CourtAppeal.objects.open())
        .filter(inmate__in=people_in_scope(user))
        .select_related("inmate__facility", "case")
        .prefetch_related("case__court_appeals")
        .order_by("-pronounced_on", "-id")
    )
    rows = []
    for sentence in sentences[:200]:
        answered = any(one.outcome for one in sentence.case.court_appeals.all())
        kind = CourtAppeal.Kind.CASSATION if answered else CourtAppeal.Kind.APPEAL
        rows.append((sentence, last_day_to_appeal(last_judged_on(sentence.case, sentence), kind), kind))
    return sorted(rows, key=lambda row: (row[1], row[0].pk))


def expired_exceptions(user):
    """Number of placements that run against the rules past their end."""
    running = occupancy.running_exceptions(Facility.objects.visible_to(user))
    return running.overdue(clock.today()).count()
