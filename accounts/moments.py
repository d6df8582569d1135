"""The right moment: state machines, and the two ways of being late.

`WrongMoment` is an act whose time has passed or not come (a message on the page, nothing changed); `Stale` a form that
somebody else overtook (409, both versions shown).
"""

from django.utils.translation import gettext as _


class WrongMoment(Exception):
    """The act does not fit the state of things. The message is for the user, in the user's language."""


class Stale(Exception):
    """The record changed since the form was opened."""


def move(thing, to):
    """Set `thing.state` to `to` if the model's `MOVES` table allows it from here, without saving; else WrongMoment."""
    if to not in type(thing).MOVES.get(thing.state, ()):
        raise WrongMoment(
            _("%(what)s: this is not possible now (state: %(state)s). Nothing was changed.")
            % {"what": type(thing)._meta.verbose_name, "state": thing.get_state_display()}
        )
    thing.state = to


def need(condition, message):
    """Raise WrongMoment with this message unless the condition holds."""
    if not condition:
        raise WrongMoment(message)
