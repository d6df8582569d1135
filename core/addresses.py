"""What an address says beside the page: which page of a list, which day."""

from datetime import date

from django.core.paginator import Paginator

PER_PAGE = 50


def page_of(request, rows):
    """One page of a worklist, by `?page=`; a wrong number gives the nearest page."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def day_of(text, default: date) -> date:
    """A day given in an address, or the default where it is none or far from any that a prison plans."""
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        return default
    return day if 1900 < day.year < 2200 else default
