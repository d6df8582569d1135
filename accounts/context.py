"""What every page needs to know about its reader: where they may go, where they serve, what day it is."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from config import clock

# (label, URL name, permission that opens it or None, path prefix that marks it as current)
MENU = [
    (_("Today"), "today", None, "/"),
    (_("Inmates"), "inmates:list", "inmates.view_record", "/inmates/"),
    (_("Reviews"), "inmates:reviews", "inmates.view_classification", "/inmates/reviews/"),
    (_("Musalaha"), "musalaha:home", "musalaha.view_programme", "/musalaha/"),
    (_("Pardons"), "musalaha:pardons", "inmates.verify_pardon", "/musalaha/pardons/"),
    (_("Prisons"), "facilities:list", "inmates.view_record", "/facilities/"),
    (_("Statistics"), "reports:statistics", "inmates.view_statistics", "/reports/"),
    (_("Trail"), "audit:trail", "audit.view_trail", "/audit/"),
    (_("Administration"), "admin:index", "accounts.view_user", "/admin/"),
]


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
    items = []
    for label, name, permission, prefix in MENU:
        if permission and not user.can(permission):
            continue
        try:
            items.append({"label": label, "url": reverse(name), "prefix": prefix, "active": False})
        except NoReverseMatch:
            continue
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
