"""State machines: the table of steps, the one way to take one, row locks, and the two ways of being late.

`InvalidTransition` is an act whose time has passed or not come (a message on the page, nothing changed); `StaleRecord` a
form that somebody else overtook (409, both versions shown).

A model with states has one table, `TRANSITIONS = {(from, to): Step(...)}`. What a user may do next, which states are live,
which stamps come in pairs, and the test that walks every state x state x role all read it; nothing else says who may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from config import clock

Row = TypeVar("Row", bound=models.Model)


class InvalidTransition(Exception):
    """The act does not fit the state of things. The message is for the user, in the user's language."""


class StaleRecord(Exception):
    """The record changed since the form was opened."""


@dataclass(frozen=True)
class Step:
    """One step of a state machine: who may take it, at which prison, and what it stamps.

    permission: the permission that opens it, or several of which any one does. None: nobody takes it; it only follows
        from another act, by the rule of that act.
    follows: it may also follow from another act (a release that cancels a review), see `follow`.
    at: the way from the record to the prison whose staff take it, as `origin` or `inmate.facility`; empty: anywhere;
        several: who serves at each of them.
    own: `{permission: field}`: this permission opens the step only to whoever stands in this field of the record.
    stamp: `approved` writes `approved_by`, and `approved_at` (a moment) or `approved_on` (a day), whichever there is.
    not_by: `{field: message}`: whoever stands in this field of the record may not take the step (four eyes).
    not_among: the same of a field that keeps the keys of several users.
    """

    permission: str | tuple[str, ...] | None
    at: str | tuple[str, ...] = ""
    own: Mapping[str, str] = field(default_factory=dict)
    stamp: str = ""
    not_by: Mapping[str, Any] = field(default_factory=dict)
    not_among: Mapping[str, Any] = field(default_factory=dict)
    follows: bool = False

    @property
    def permissions(self) -> tuple[str, ...]:
        """The permissions any one of which opens this step."""
        if self.permission is None:
            return ()
        return (self.permission,) if isinstance(self.permission, str) else self.permission

    def places(self, record: models.Model) -> list[Any]:
        """The prisons that all have to be in the user's scope; None stands for anywhere."""
        return [_place(record, way) for way in ((self.at,) if isinstance(self.at, str) else self.at)]

    def open_to(self, record: models.Model, user: Any) -> bool:
        """Whether the user's roles and prison open this step of the record; `not_by` is checked by `refused_to`."""
        places = self.places(record)
        return any(
            all(user.can(permission, at=place) for place in places)
            for permission in self.permissions
            if permission not in self.own or getattr(record, f"{self.own[permission]}_id") == user.pk
        )

    def refused_to(self, record: models.Model, user: Any) -> str:
        """Why this user, in spite of their role, must leave the step to another; empty when they need not."""
        steps = [((getattr(record, f"{name}_id"),), message) for name, message in self.not_by.items()]
        steps += [(getattr(record, name), message) for name, message in self.not_among.items()]
        return next(
            (refusal for taken, message in steps if (refusal := left_to_another(user, *taken, own=message))), ""
        )


def left_to_another(user: Any, *taken: int | None, own: Any) -> str:
    """Why this user must leave a step to another who did not take one of the steps before; empty when they need not.

    taken: keys of who took them; own: what is said of a step of one's own. Whoever stands in now and whoever named them are one
    side (`user.one_side`): neither takes the second step after the other.
    """
    before = {pk for pk in taken if pk is not None}
    if user.pk in before:
        return str(own)
    if before & getattr(user, "one_side", frozenset()):
        return str(_("One of you stands in on the word of the other: a third person takes this step."))
    return ""


Table = Mapping[tuple[Any, Any], Step]


def ensure(condition: object, message: str) -> None:
    """Raise InvalidTransition with this message unless the condition holds."""
    if not condition:
        raise InvalidTransition(message)


def say_more(text: str) -> str:
    """The message for reasons that say too little, empty when they say enough (policy: `reasons_least_characters`)."""
    least: int = settings.POLICY["reasons_least_characters"]
    if len(" ".join(text.split())) >= least:
        return ""
    return str(_("Say more: reasons take at least %(n)s characters.") % {"n": least})


def transition(record: Any, to: str, *, by: Any, when: datetime | date | None = None) -> Step:
    """Take a locked record to the state `to` by `by`, unsaved, with its stamps; `when` is their time, else now.

    Raises PermissionDenied for whom no step there is open, or who must leave it to another; InvalidTransition when
    there is no such step from here.
    """
    table: Table = type(record).TRANSITIONS
    step = table.get((record.state, to))
    if step is not None and step.permission is None:  # nobody takes it
        step = None
    ways = [step] if step else [one for (_from, state), one in table.items() if state == to]
    if not any(one.open_to(record, by) for one in ways):
        raise PermissionDenied(", ".join(sorted({name for one in ways for name in one.permissions})))
    if step is None:
        raise _not_now(record)
    if refusal := step.refused_to(record, by):
        raise PermissionDenied(refusal)
    return _take(record, to, step, by, when)


def follow(record: Any, to: str, *, by: Any = None, when: datetime | date | None = None) -> Step:
    """Take a locked record to the state `to` because another act, itself permitted, has this consequence.

    Only steps that say so may be taken like this (`permission=None`, or `follows`); `by`, who did that act, is stamped.
    Raises PermissionDenied for any other step, InvalidTransition when there is no such step from here.
    """
    step = type(record).TRANSITIONS.get((record.state, to))
    if step is None:
        raise _not_now(record)
    if step.permission is not None and not step.follows:
        raise PermissionDenied(f"{record.state} -> {to} follows from no other act")
    return _take(record, to, step, by, when)


def _not_now(record: Any) -> InvalidTransition:
    return InvalidTransition(
        _("%(what)s: this is not possible now (state: %(state)s). Nothing was changed.")
        % {"what": type(record)._meta.verbose_name, "state": record.get_state_display()}
    )


def _take(record: Any, to: str, step: Step, by: Any, when: datetime | date | None) -> Step:
    record.state = to
    if step.stamp and by is not None:
        _stamp(record, step.stamp, by, when)
    return step


def next_states(record: Any, user: Any) -> set[Any]:
    """The states into which this user may take the record now."""
    table: Table = type(record).TRANSITIONS
    return {
        to
        for (state, to), step in table.items()
        if state == record.state and step.open_to(record, user) and not step.refused_to(record, user)
    }


def live_states(table: Table) -> list[Any]:
    """States that something still follows, in the order of the table."""
    return list(dict.fromkeys(state for state, _to in table))


def paired_stamps(name: str, pairs: Iterable[tuple[str, str]]) -> list[models.CheckConstraint]:
    """Constraints that keep each pair of stamps (`approved_at`, `approved_by`) both there or both missing."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{when}__isnull": True, f"{who}__isnull": True})
            | Q(**{f"{when}__isnull": False, f"{who}__isnull": False}),
            name=f"{name}_{who}_and_when",
        )
        for when, who in pairs
    ]


def lock(record: Row, *parents: str, related: Iterable[str] = ()) -> Any:
    """The record as stored, locked for this transaction; with `parents`, they are locked before it.

    `parents` name foreign keys of the record, the outermost first: `inmate, review = lock(review, "inmate")`. `related`
    is read along with the record and not locked. Everybody locks the person first, so that no two wait for each other.
    """
    model = type(record)
    locked = []
    for name in parents:
        remote: Any = model._meta.get_field(name).related_model
        locked.append(remote._base_manager.select_for_update().get(pk=getattr(record, f"{name}_id")))
    rows = model._base_manager.select_for_update(of=("self",))
    stored = (rows.select_related(*related) if related else rows).get(pk=record.pk)
    for name, parent in zip(parents, locked, strict=True):
        setattr(stored, name, parent)
    return (*locked, stored) if locked else stored


def _place(record: Any, way: str) -> Any:
    """The prison at the end of a way from the record; None where the way is empty."""
    place = record
    for name in filter(None, way.split(".")):
        place = getattr(place, name)
    return place if way else None


def _stamp(record: Any, name: str, by: Any, when: datetime | date | None) -> None:
    setattr(record, f"{name}_by", by)
    try:
        record._meta.get_field(f"{name}_at")
    except FieldDoesNotExist:
        setattr(record, f"{name}_on", when or clock.today())
    else:
        setattr(record, f"{name}_at", when or clock.now())
