"""Worklists: who is to be released when, which orders and exceptions run out, which tasks and alerts wait."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy

from audit import trail
from config import clock
from core.addresses import page_of
from core.permissions import requires
from facilities.models import Facility
from inmates.custody import occupancy
from inmates.custody.release_grounds import how_late
from inmates.custody.worklists import orders_running_out, release_list
from inmates.people.participation import may_know_participation
from inmates.people.visible import closed_among

SPANS = {
    "due": gettext_lazy("Due today or overdue"),
    "7": gettext_lazy("Next 7 days"),
    "30": gettext_lazy("Next 30 days"),
    "90": gettext_lazy("Next 90 days"),
    "none": gettext_lazy("No computable date"),
    "free": gettext_lazy("Nothing holds them"),
}


@requires("inmates.view_record")
def releases(request):
    """Releases by span; what is due or overdue is loud."""
    span = request.GET.get("span", "due")
    span = span if span in SPANS else "due"
    page = page_of(request, release_list(request.user, span))
    how_late(page)
    trail.viewed("release_list", by=request.user, detail={"span": span})
    return render(
        request,
        "inmates/custody/releases/releases.html",
        {"spans": SPANS, "span": span, "page": page, "today": clock.today()},
    )


@requires("inmates.view_record")
def expiring_orders(request):
    """Remand and other orders to extend before they expire."""
    trail.viewed("order_list", by=request.user)
    page = page_of(request, orders_running_out(request.user))
    closed_among(request.user, [order.inmate for order in page])
    return render(request, "inmates/custody/orders/expiring_orders.html", {"page": page, "today": clock.today()})


@requires("inmates.view_record")
def exceptions(request):
    """Placements against the rules, red once their end has passed."""
    trail.viewed("exception_list", by=request.user)
    page = page_of(request, occupancy.running_exceptions(Facility.objects.visible_to(request.user)))
    context = {"page": page, "today": clock.today(), "may_know_why": may_know_participation(request.user)}
    return render(request, "inmates/custody/placements/exceptions.html", context)
