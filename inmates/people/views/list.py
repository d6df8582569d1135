"""The list of people, the search, and the list as a file."""

import secrets

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from audit import trail
from core.permissions import TO_OPEN, requires
from inmates.people import export, register_export
from inmates.people.listing import COUNT_UP_TO, SORTS, Listing
from inmates.people.models import Inmate, SavedSearch

HITS = 8
LONGEST_SEARCH = 200
HEADS = {
    "number": gettext_lazy("Number"),
    "name": gettext_lazy("Name"),
    "born": gettext_lazy("Born"),
    "": gettext_lazy("Prison, unit"),
    "tier": gettext_lazy("Tier"),
    "release": pgettext_lazy("over a day", "Release"),
    "review": gettext_lazy("Next review"),
}


def _listing(request):
    """The list that the address asks for. A search of somebody else's, or none at all, is a 404."""
    token = request.GET.get("q", "")
    saved = get_object_or_404(SavedSearch, token=token[:32], owner=request.user) if token else None
    return Listing(request.user, request.GET, saved)


def _heads(listing):
    """The columns' heads: `{label, address, sorted}`; the address turns the order round."""
    heads = []
    for name, label in HEADS.items():
        sort = listing.sort if listing.sort.lstrip("-") == name and name else ""
        turned = f"-{name}" if sort == name else name
        heads.append(
            {
                "label": label,
                "address": listing.address(sort=turned) if name in SORTS else "",
                "sorted": {"": "", name: "ascending"}.get(sort, "descending"),
            }
        )
    return heads


def _how_many(total):
    if total > COUNT_UP_TO:
        return _("%(count)s+ people") % {"count": number_format(COUNT_UP_TO, force_grouping=True)}
    return ngettext("%(count)s person", "%(count)s people", total) % {
        "count": number_format(total, force_grouping=True)
    }


@require_GET
@requires("inmates.view_record")
def people_list(request):
    """People by filters, or as a search found them."""
    listing = _listing(request)
    page = listing.page
    trail.viewed("list", by=request.user, detail={"filters": listing.chosen})
    context = {
        "listing": listing,
        "heads": _heads(listing),
        "people": page,
        "count_text": _how_many(listing.total),
        "search_text": listing.text or "",
        "may_export": request.user.can("inmates.export_list"),
        "may_admit": request.user.can("inmates.admit"),
    }
    return render(request, "inmates/people/list/list.html", context)


@require_GET
@requires("inmates.export_list", confirm=TO_OPEN)
def people_export(request):
    """The list as CSV or XLSX: the same people, the same order, the same columns; or as a register to be imported."""
    kind = request.GET.get("format", "xlsx")
    write = WRITERS.get(kind)
    if write is None:
        raise Http404
    listing = _listing(request)
    response = write(listing, request.user)
    trail.record(
        "list.exported",
        by=request.user,
        detail={"filters": listing.chosen, "format": kind, "people": listing.total},
    )
    return response


def _open_records(people):
    """With what a row of the register reads, without the records that are closed to the reader."""
    return register_export.with_sources(people.filter(closed=False))


WRITERS = {
    "csv": lambda listing, reader: export.as_csv(listing.ordered()),
    "xlsx": lambda listing, reader: export.as_xlsx(listing.ordered()),
    "register": lambda listing, reader: export.as_xlsx(
        listing.ordered(_open_records),
        register_export.HEADERS,
        register_export.row_for(reader),
    ),
}


@require_POST
@requires("inmates.view_record")
def search(request):
    """Keep what was asked for its owner, and go to the list that answers it: the address carries a token alone."""
    text = request.POST.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    if not text:
        return redirect("inmates:list")
    kept = SavedSearch.objects.create(token=secrets.token_urlsafe(20)[:32], owner=request.user, text=text)
    return redirect(f"{reverse('inmates:list')}?q={kept.token}")


@require_POST
@requires("inmates.view_record")
def search_hits(request):
    """While somebody types: the first people found, with enough to tell them apart."""
    text = request.POST.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    people = []
    if len(text) >= 2:
        people = list(Inmate.objects.on_duty(request.user).for_list().search(text)[: HITS + 1])
        trail.viewed("search", by=request.user)
    return render(
        request,
        "inmates/people/list/_hits.html",
        {"people": people[:HITS], "more": len(people) > HITS, "searched": len(text) >= 2},
    )
