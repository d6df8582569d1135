"""The days that a correction moves, before and after, in words."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.sayings import shown
from core.templatetags.display import comma, day_text
from inmates.people.models import Inmate

CONSEQUENCES = {
    "release_date": gettext_lazy("the release date"),
    "holds": gettext_lazy("what holds the person today"),
    "order_end": gettext_lazy("until when an order holds"),
    "possible_ends": gettext_lazy("between which days the term ends"),
    "custody_before": gettext_lazy("which custody before a sentence counts"),
    "tier_ground": gettext_lazy("what a tier rests on"),
    "minority": gettext_lazy("whether the person counts as a minor"),
    "stay": gettext_lazy("whether the person is in custody"),
    "release_day": gettext_lazy("when the person left custody"),
    "finality": gettext_lazy("whether a judgment is final"),
    "pardon": gettext_lazy("what was pardoned"),
    "sentence": gettext_lazy("what was pronounced or counts for it"),
}


def release_words(day, basis):
    """A release date, or why there is none."""
    return day_text(day) if day else str(dict(Inmate.ReleaseBasis.choices).get(basis, "—"))


def moved_lines(days):
    """`[(what, before, after)]` of the days that a correction keeps beside the release date."""
    lines = [
        (capfirst(str(CONSEQUENCES[code])), *(WORDS[code](side) for side in sides))
        for code, sides in days.items()
        if any(sides)
    ]
    presumed = [_presumed(side) for side in days.get("possible_ends", [])]
    if any(presumed):  # the same two ends, of which the law presumes the earlier one by now, or no longer
        lines = [line for line in lines if line[1] != line[2]]
        lines.append((_("End that the law presumes"), *(_day(day, pgettext("no end", "none")) for day in presumed)))
    return lines


def _presumed(side):
    return next((day for name, day in side if name == "presumed"), None)


def moved_by(correction):
    """The same with the release date before it, where that moves."""
    lines = moved_lines(correction.days)
    if "release_date" in correction.moves:
        before = release_words(correction.release_before, correction.basis_before)
        lines.insert(0, (_("Release date"), before, release_words(correction.release_after, correction.basis_after)))
    return lines


def moved_sentences(correction):
    """The same as sentences."""
    lines = [as_line(*line) for line in moved_lines(correction.days)]
    if "release_date" in correction.moves:
        before = release_words(correction.release_before, correction.basis_before)
        lines.insert(0, release_line(before, release_words(correction.release_after, correction.basis_after)))
    return lines


def release_line(before, after):
    """That the release date moves."""
    return _("The release date moves: %(before)s → %(after)s.") % {"before": before, "after": after}


def as_line(what, before, after):
    """Such a line as a sentence."""
    return _("%(field)s: %(before)s → %(after)s") % {"field": what, "before": before, "after": after} + "."


def _between(ends):
    """Between which days a term ends; open where one of them is not known."""
    days = [day for name, day in ends if name != "presumed"]
    return " – ".join(dict.fromkeys(_day(day, "…") for day in days)) if any(days) else "—"


def _orders(ends):
    """The last day of each order, by its reference."""
    told = [f"{shown(reference)} · {_day(day, _('no last day'))}" for reference, day in ends]
    return comma().join(told) or "—"


def _day(stored, none):
    return day_text(date.fromisoformat(stored)) if stored else none


WORDS = {"order_end": _orders, "possible_ends": _between}
