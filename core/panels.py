"""What rooms put on shared pages: menu entries, tabs of a profile, acts offered there, cautions, and worklists.

A room says what it has in a module of its own, `panels.py`, and registers it when its app is ready. Each of these names
may be missing there:

`MENU`: a list of `MenuItem`; `TABS`: a list of `Tab`.
`flags()`: `{name: Exists(...)}` of what is rare, loaded with the person in one query (see `may_have`).
`offered_actions(user, inmate)`: `OfferedAction`s on the profile. `cautions(user, inmate)`: `Caution`s there.
`worklists(user)`: `Worklist`s of the user's first page. `ON_DUTY`: which of `offered_actions` and `cautions` also stand on the
duty view of a restricted record.

A page about a record with states keeps `{state: OfferedStep(...)}` and shows `offered_steps` with `_offered.html`.
"""

from dataclasses import dataclass, replace

from django.urls import reverse

from core.workflow import next_states

_rooms = []
_PRESSING = {"late": 0, "soon": 1}


def register(room, position):
    """Add a room's `panels` module; rooms are asked in the order of their positions. Registering twice does nothing."""
    if all(known is not room for _position, known in _rooms):
        _rooms.append((position, room))
        _rooms.sort(key=lambda pair: pair[0])


def may_have(inmate, flag):
    """Whether it is worth asking the database: False only where the person was loaded with this flag and it is false.

    Each room's `flags()` gives `{name: Exists(...)}` for what is rare; the profile loads all of them in one query.
    """
    return getattr(inmate, flag, True)


@dataclass(frozen=True)
class OfferedAction:
    """An act this user may take now. With `why_not`, it is shown with its explanation instead of a link.

    `at_once`: pressing the button is the act; no page asks first.
    """

    label: str
    url: str = ""
    primary: bool = False
    why_not: str = ""
    at_once: bool = False


@dataclass(frozen=True)
class OfferedStep:
    """How a page offers the step to one state: the button's label, and the URL name of the page that takes it.

    `label` may be a function of the record; `query` follows the address, as `?why=refused`; `when` is a function of the
    record: what must hold besides the step being open to the user.
    """

    label: object
    url_name: str
    primary: bool = False
    at_once: bool = False
    query: str = ""
    when: object = None


@dataclass(frozen=True)
class Caution:
    """Something about a person that must not be overlooked. `tone`: late, soon, or nothing."""

    label: str
    text: str
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Worklist:
    """A worklist on somebody's home page: how many wait, where, and how pressing (`late`, `soon`, `ok` or nothing)."""

    label: str
    count: int
    url: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Tab:
    """A room's tab of the profile: the URL name of its page (with the person's uuid), and who may open it.

    `position` orders the tabs of all rooms; any one of the permissions opens it.
    """

    url_name: str
    label: str
    permissions: tuple[str, ...]
    position: int


@dataclass(frozen=True)
class MenuItem:
    """An entry of the menu: URL name, label, the permission that opens it (or None), the addresses it stands for."""

    url_name: str
    label: str
    permission: str | None
    prefix: str
    position: int


def _of_rooms(name):
    """Everything that the rooms' lists of this name hold, by position."""
    return sorted((item for _p, room in _rooms for item in getattr(room, name, ())), key=lambda item: item.position)


def _asked(name, *about):
    """The rooms' answers to one question, in the order of the rooms."""
    return [item for _p, room in _rooms if hasattr(room, name) for item in getattr(room, name)(*about)]


def menu(user):
    """Menu entries this user may open."""
    return [item for item in _of_rooms("MENU") if item.permission is None or user.can(item.permission)]


def tabs(user, inmate):
    """The tabs of this person's record that the user may open, as `{name, label, url}`."""
    return [
        {"name": tab.url_name, "label": tab.label, "url": reverse(tab.url_name, args=[inmate.uuid])}
        for tab in _of_rooms("TABS")
        if any(user.can(permission) for permission in tab.permissions)
    ]


def flags():
    """What the profile loads with a person, so that rooms ask only for what is there."""
    return {name: query for _p, room in _rooms if hasattr(room, "flags") for name, query in room.flags().items()}


def offered_steps(record, user, steps, *address):
    """`OfferedAction`s of the steps this user may take with the record now, in the order of `steps`.

    `steps` is `{state: OfferedStep(...)}`; `address` what the pages' addresses are made with, as a rule the uuid.
    """
    possible = next_states(record, user)
    return [
        OfferedAction(
            step.label(record) if callable(step.label) else step.label,
            reverse(step.url_name, args=address) + step.query,
            primary=step.primary,
            at_once=step.at_once,
        )
        for state, step in steps.items()
        if state in possible and (step.when is None or step.when(record))
    ]


def offered_actions(user, inmate):
    """Acts offered on a profile; at most one of them is primary."""
    actions, seen_primary = [], False
    for action in _asked("offered_actions", user, inmate):
        actions.append(replace(action, primary=action.primary and not seen_primary))
        seen_primary = seen_primary or action.primary
    return actions


def _asked_on_duty(name, *about):
    """As `_asked`, of the rooms that say that their answer is for duty (`ON_DUTY`)."""
    return [item for _p, room in _rooms if name in getattr(room, "ON_DUTY", ()) for item in getattr(room, name)(*about)]


def offered_on_duty(user, inmate):
    """Acts of holding and release, on the duty view of a restricted record."""
    return [replace(action, primary=False) for action in _asked_on_duty("offered_actions", user, inmate)]


def cautions_on_duty(user, inmate):
    """Cautions that holding, health and a release need; they lead nowhere into the record."""
    shown = [replace(caution, url="") for caution in _asked_on_duty("cautions", user, inmate)]
    return sorted(shown, key=lambda caution: _PRESSING.get(caution.tone, 2))


def cautions(user, inmate):
    """Cautions about a person, the pressing ones first."""
    return sorted(_asked("cautions", user, inmate), key=lambda caution: _PRESSING.get(caution.tone, 2))


def worklists(user):
    """A user's work of the day: what waits, the pressing first; lists with nothing in them come last."""
    lists = _asked("worklists", user)
    return sorted(lists, key=lambda one: (one.count == 0, _PRESSING.get(one.tone, 2)))
