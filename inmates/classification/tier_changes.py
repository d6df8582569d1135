"""Which way a decision moves a tier."""

from django.utils.translation import gettext as _

DIRECTIONS = ("first", "same", "stricter", "milder")


def direction(before, after):
    """first, same, stricter or milder."""
    if before is None:
        return "first"
    return "same" if after == before else "stricter" if after < before else "milder"


def direction_words(name):
    """The direction in words."""
    return {
        "first": _("First tier"),
        "same": _("No change"),
        "stricter": _("Stricter"),
        "milder": _("Milder"),
    }[name]
