"""Worklists: who is to be released when, which orders and exceptions run out, which tasks and alerts wait."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.gate import needs
from audit import trail
from config import clock
from facilities.models import Facility
from inmates.custody import alerts as alert_actions
from inmates.custody import places
from inmates.custody.holds import nothing_holds
from inmates.custody.models import Alert, DetentionOrder, Task
from inmates.people.models import Inmate
from inmates.sentences.models import Sentence

SPANS = {
    "due": gettext_lazy("Due today or overdue"),
    "7": gettext_lazy("Next 7 days"),
    "30": gettext_lazy("Next 30 days"),
    "90": gettext_lazy("Next 90 days"),
    "none": gettext_lazy("No computable date"),
    "free": gettext_lazy("Nothing holds them"),
}
PER_PAGE = 50


def page_of(request, rows):
    """One page of a worklist, by `?page=`; a wrong number gives the nearest page."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


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


@needs("inmates.view_record")
def releases(request):
    """Releases by span; what is due or overdue is loud."""
    span = request.GET.get("span", "due")
    span = span if span in SPANS else "due"
    page = page_of(request, release_list(request.user, span))
    trail.viewed("release_list", by=request.user, detail={"span": span})
    return render(
        request,
        "inmates/custody/releases.html",
        {"spans": SPANS, "span": span, "page": page, "today": clock.today()},
    )


def orders_running_out(user, days=30):
    """Orders in force of people in custody that expire within so many days, or have expired without being lifted."""
    last = clock.today() + timedelta(days=days)
    return (
        DetentionOrder.objects.filter(lifted_on=None, expires_on__lte=last)
        .filter(inmate__in=people_in_scope(user))
        .select_related("inmate__facility", "inmate__unit", "case")
        .order_by("expires_on", "id")
    )


@needs("inmates.view_record")
def expiring_orders(request):
    """Remand and other orders to extend before they expire."""
    trail.viewed("order_list", by=request.user)
    page = page_of(request, orders_running_out(request.user))
    return render(request, "inmates/custody/expiring_orders.html", {"page": page, "today": clock.today()})


@needs("inmates.view_record")
def exceptions(request):
    """Placements against the rules, red once their end has passed."""
    trail.viewed("exception_list", by=request.user)
    page = page_of(request, places.running_exceptions(Facility.objects.visible_to(request.user)))
    return render(request, "inmates/custody/exceptions.html", {"page": page, "today": clock.today()})


def judgments_open_to_appeal(user):
    """`(sentence, last day to appeal)` of judgments neither appealed nor final, the nearest deadline first."""
    days = settings.POLICY["judgment_appeal_days"]
    found = (
        Sentence.objects.standing()
        .filter(final_on=None, appealed_on=None, pronounced_on__isnull=False)
        .filter(inmate__in=people_in_scope(user))
        .select_related("inmate__facility", "case")
        .order_by("pronounced_on", "id")
    )
    return [(sentence, sentence.pronounced_on + timedelta(days=days)) for sentence in found[:200]]


@needs("inmates.view_record")
def appeal_deadlines(request):
    """Judgments whose time to appeal runs, or has run out without being recorded as final."""
    trail.viewed("appeal_list", by=request.user)
    rows = judgments_open_to_appeal(request.user)
    return render(request, "inmates/custody/appeal_deadlines.html", {"rows": rows, "today": clock.today()})


def open_tasks(user):
    """Tasks not done in the user's scope, the earliest due first."""
    return Task.objects.visible_to(user).open().select_related("inmate", "facility").order_by("due_on", "id")


@needs("inmates.view_record")
def tasks(request):
    """What somebody has to settle, by day."""
    trail.viewed("task_list", by=request.user)
    found = open_tasks(request.user)
    kind = request.GET.get("kind", "")
    if kind in Task.Kind.values:
        found = found.filter(kind=kind)
    return render(
        request,
        "inmates/custody/tasks.html",
        {
            "page": page_of(request, found),
            "kinds": Task.Kind.choices,
            "kind": kind,
            "today": clock.today(),
            "may_settle": request.user.can("inmates.settle_task"),
        },
    )


@needs("inmates.view_record")
def alerts(request):
    """Alerts that wait for this user."""
    page = page_of(request, alert_actions.waiting_for(request.user))
    return render(request, "inmates/custody/alerts.html", {"page": page})


@require_POST
@needs("inmates.view_record")
def acknowledge(request, pk):
    """Read: it leaves the list and stays on the record."""
    alert = get_object_or_404(Alert.objects.filter(inmate__in=Inmate.objects.visible_to(request.user)), pk=pk)
    alert_actions.acknowledge(alert, by=request.user)
    messages.success(request, _("Acknowledged."))
    return redirect("inmates:alerts")


def expired_exceptions(user):
    """How many placements run against the rules past their end."""
    found = places.running_exceptions(Facility.objects.visible_to(user))
    return found.filter(exception_until__lt=clock.today()).count()


def day_of(text, default: date) -> date:
    """A day given in an address, or the default where it is none or far from any that a prison plans."""
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        return default
    return day if 1900 < day.year < 2200 else default
