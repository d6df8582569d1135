"""Worklists of custody: who is to be released when, which orders and exceptions run out, who is out."""

from datetime import timedelta

from config import clock
from facilities.models import Facility
from inmates.custody import occupancy
from inmates.custody.holds import nothing_holds
from inmates.custody.models import DetentionOrder, Outing
from inmates.people.models import Inmate


def outings_in_scope(user):
    """Outings from the prisons in the user's scope."""
    return Outing.objects.filter(inmate__in=Inmate.objects.in_scope_of(user)).select_related(
        "inmate__facility", "inmate__unit", "facility", "case", "destination"
    )


def people_in_scope(user):
    """People in custody whom this user has to do with, their restricted records told apart (`closed`)."""
    return Inmate.objects.on_duty(user).in_custody().for_list()


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


def expired_exceptions(user):
    """Number of placements that run against the rules past their end."""
    running = occupancy.running_exceptions(Facility.objects.visible_to(user))
    return running.overdue(clock.today()).count()
