"""What every page needs to know about its reader: where they may go, where they serve, what day it is."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from config import clock
from core import panels


def navigation(request):
    """Template variables of the frame; nothing is asked of the database before a page uses it."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "nav": SimpleLazyObject(lambda: _menu(request, user)) if signed_in else [],
        "service_day": clock.today(),
        "clock_moved": clock.moved(),
        "posting_label": SimpleLazyObject(lambda: _posting(user)) if signed_in else "",
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "can_search": signed_in and user.can("inmates.view_record"),
    }


def _menu(request, user):
    """The menu entries this user may open; the longest matching prefix is the current one."""
    items = [
        {"label": item.label, "url": reverse(item.url_name), "prefix": item.prefix, "active": False}
        for item in panels.menu(user)
    ]
    matching = [
        item
        for item in items
        if request.path.startswith(item["prefix"]) and (item["prefix"] != "/" or request.path == "/")
    ]
    if matching:
        max(matching, key=lambda item: len(item["prefix"]))["active"] = True
    return items


def _posting(user):
    """Where the user serves, for the corner of the page."""
    if user.sees_nation:
        return str(_("National"))
    return " · ".join(str(posting.facility) for posting in user.current_postings)
