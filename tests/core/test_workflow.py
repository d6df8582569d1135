"""Workflow: who may take a step, what it stamps, what is refused, and locks in one order."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from accounts import roles
from core.workflow import (
    InvalidTransition,
    Step,
    ensure,
    follow,
    live_states,
    lock,
    next_states,
    paired_stamps,
    transition,
)
from inmates.people.models import Inmate, Task
from tests.factories import make_user


class Place:
    pk = 1


class Record:
    """A record with three states, as far as the workflow asks."""

    class _meta:
        verbose_name = "record"

        @staticmethod
        def get_field(name):
            if name not in ("approved_at", "ended_on"):
                raise FieldDoesNotExist

    TRANSITIONS = {
        ("new", "approved"): Step(
            ("x.approve", "x.order"), at="home", stamp="approved", not_by={"made_by": "Somebody else must approve."}
        ),
        ("new", "ended"): Step("x.end", at="home", stamp="ended"),
        ("approved", "ended"): Step(None),
    }

    def __init__(self, state="new", made_by=0):
        self.state, self.made_by_id, self.home = state, made_by, Place()
        self.approved_by = self.approved_at = self.ended_by = self.ended_on = None

    def get_state_display(self):
        return self.state


class Person:
    def __init__(self, *permissions, pk=1, here=True):
        self.permissions, self.pk, self.here = permissions, pk, here

    def can(self, permission, at=None):
        return permission in self.permissions and (self.here or at is None)


@pytest.mark.parametrize("permission", ["x.approve", "x.order"])
def test_any_one_permission_opens_a_step_and_stamps_it(permission):
    record, person = Record(), Person(permission)
    transition(record, "approved", by=person)
    assert (record.state, record.approved_by, record.approved_at is not None) == ("approved", person, True)
    assert (record.ended_by, record.ended_on) == (None, None)


def test_a_day_is_stamped_where_the_record_has_a_day():
    record, person = Record(), Person("x.end")
    transition(record, "ended", by=person)
    assert (record.ended_by, record.ended_on.__class__.__name__) == (person, "date")


@pytest.mark.parametrize(
    ("record", "person"),
    [
        (Record(), Person()),
        (Record(), Person("x.end")),
        (Record(), Person("x.approve", here=False)),
        (Record(made_by=7), Person("x.approve", pk=7)),
        (Record("ended"), Person()),
    ],
)
def test_whoever_may_not_is_refused_before_the_moment_is_looked_at(record, person):
    before = dict(vars(record))
    with pytest.raises(PermissionDenied):
        transition(record, "approved", by=person)
    assert vars(record) == before


def test_the_proposer_is_told_to_leave_it_to_another():
    with pytest.raises(PermissionDenied, match="Somebody else must approve"):
        transition(Record(made_by=7), "approved", by=Person("x.order", pk=7))


def test_nobody_is_refused_where_no_one_in_particular_must_leave_it():
    step = Record.TRANSITIONS["new", "approved"]
    assert step.refused_to(Record(made_by=7), Person(pk=8)) == ""
    assert step.refused_to(Record(made_by=7), Person(pk=7)) == "Somebody else must approve."


def test_a_step_that_is_not_in_the_table_changes_nothing():
    record = Record("approved")
    with pytest.raises(InvalidTransition, match="not possible now"):
        transition(record, "approved", by=Person("x.approve"))
    assert (record.state, record.approved_by) == ("approved", None)


def test_what_only_follows_from_another_act_is_offered_to_nobody_and_taken_by_nobody():
    record, person = Record("approved"), Person("x.approve", "x.end")
    assert next_states(record, person) == set()
    with pytest.raises(InvalidTransition):  # it would be theirs from another state
        transition(record, "ended", by=person)
    with pytest.raises(PermissionDenied):
        transition(record, "ended", by=Person("x.approve"))
    assert record.state == "approved"
    follow(record, "ended", by=person)
    assert record.state == "ended"


def test_next_states_leave_out_what_another_must_do():
    assert next_states(Record(), Person("x.approve", "x.end")) == {"approved", "ended"}
    assert next_states(Record(made_by=7), Person("x.approve", "x.end", pk=7)) == {"ended"}
    assert next_states(Record(), Person("x.approve", here=False)) == set()
    assert next_states(Record("ended"), Person("x.approve", "x.end")) == set()


def test_a_step_that_somebody_must_take_does_not_follow_from_another_act():
    record = Record()
    with pytest.raises(PermissionDenied):
        follow(record, "approved", by=Person("x.approve"))
    with pytest.raises(InvalidTransition):
        follow(record, "new")
    assert (record.state, record.approved_by, record.approved_at) == ("new", None, None)


def test_a_step_may_be_taken_or_follow_where_its_table_says_so():
    class Both(Record):
        TRANSITIONS = {("new", "ended"): Step("x.end", stamp="ended", follows=True)}

    followed, taken, refused = Both(), Both(), Both()
    follow(followed, "ended", by="whoever did the other act")
    assert (followed.state, followed.ended_by) == ("ended", "whoever did the other act")
    transition(taken, "ended", by=Person("x.end"))
    with pytest.raises(PermissionDenied):
        transition(refused, "ended", by=Person())
    assert (taken.state, refused.state) == ("ended", "new")


def test_a_step_without_a_person_signs_nothing_even_where_it_has_a_stamp():
    class Followed(Record):
        TRANSITIONS = {("new", "ended"): Step(None, stamp="ended", not_by={"made_by": "Somebody else must end it."})}

    record = Followed()
    follow(record, "ended")
    assert (record.state, record.ended_by, record.ended_on) == ("ended", None, None)


def test_a_step_without_a_stamp_is_signed_by_nobody():
    class Plain(Record):
        TRANSITIONS = {("new", "approved"): Step("x.approve")}

    record = Plain()
    assert transition(record, "approved", by=Person("x.approve")) is Plain.TRANSITIONS["new", "approved"]
    assert vars(record) == vars(Record("approved")) | {"home": record.home}


def test_the_moment_given_is_the_one_stamped():
    approved, ended = Record(), Record()
    transition(approved, "approved", by=Person("x.order"), when=datetime(2025, 3, 1, 9, tzinfo=UTC))
    transition(ended, "ended", by=Person("x.end"), when=date(2025, 3, 2))
    assert (approved.approved_at, ended.ended_on) == (datetime(2025, 3, 1, 9, tzinfo=UTC), date(2025, 3, 2))


def test_a_step_back_into_a_state_gone_by_is_late_for_who_may_and_refused_to_who_may_not():
    record = Record("ended")
    with pytest.raises(PermissionDenied):
        transition(record, "approved", by=Person("x.end"))
    with pytest.raises(InvalidTransition, match=r"record: .*state: ended"):
        transition(record, "approved", by=Person("x.order"))


def test_a_permission_of_ones_own_opens_only_to_whoever_stands_in_the_record():
    step = Step(("x.withdraw", "x.oversee"), own={"x.withdraw": "made_by"})
    assert step.open_to(Record(made_by=7), Person("x.withdraw", pk=7))
    assert not step.open_to(Record(made_by=8), Person("x.withdraw", pk=7))
    assert step.open_to(Record(made_by=8), Person("x.oversee", pk=7))


class PlacedPerson:
    """Somebody with one permission, at the prisons given."""

    pk = 1

    def __init__(self, *places):
        self.places = places

    def can(self, permission, at=None):
        return at is None or at in self.places


def test_every_prison_of_a_step_must_be_the_persons_own():
    record = Record()
    record.transfer = Record()
    step = Step("x.move", at=("home", "transfer.home"))
    assert step.open_to(record, PlacedPerson(record.home, record.transfer.home))
    assert not step.open_to(record, PlacedPerson(record.home))
    assert not step.open_to(record, PlacedPerson(record.transfer.home))
    assert Step("x.move").open_to(record, PlacedPerson())


def test_live_states_are_those_that_something_follows():
    assert live_states(Record.TRANSITIONS) == ["new", "approved"]


def test_ensure_raises_with_its_message():
    ensure(1, "never said")
    with pytest.raises(InvalidTransition, match="Too late"):
        ensure([], "Too late.")


def test_paired_stamps_name_their_constraint():
    (pair,) = paired_stamps("transfer", [("approved_at", "approved_by")])
    assert pair.name == "transfer_approved_by_and_when"
    both_missing = Q(approved_at__isnull=True, approved_by__isnull=True)
    assert pair.condition == both_missing | Q(approved_at__isnull=False, approved_by__isnull=False)


def test_the_person_is_locked_before_the_row(inmate, officer):
    task = Task.objects.create(inmate=inmate, facility=inmate.facility, kind="other", note="N", due_on="2026-01-01")
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        person, stored = lock(task, "inmate", related=["facility"])
    locked = [query["sql"].split(' FROM "')[1].split('"')[0] for query in queries if "FOR UPDATE" in query["sql"]]
    assert locked == ["inmates_inmate", "inmates_task"]
    assert (person, stored, stored.inmate is person) == (inmate, task, True)


def test_what_is_related_is_read_along_and_not_locked(inmate):
    task = Task.objects.create(inmate=inmate, facility=inmate.facility, kind="other", note="N", due_on="2026-01-01")
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert lock(task, related=["facility"]).facility == inmate.facility
        assert lock(task, "inmate", related=["facility"])[1].facility == inmate.facility
    assert len([query for query in queries if query["sql"].startswith("SELECT")]) == 3


def test_a_row_alone_is_read_anew(inmate):
    Inmate.objects.filter(pk=inmate.pk).update(registration_number="NEW-1")
    with transaction.atomic():
        assert lock(inmate).registration_number == "NEW-1"


def test_a_real_user_is_asked_at_the_records_prison(other_prison, prison):
    record = Record()
    record.home = prison
    step = Step("inmates.approve_transfer", at="home")
    assert step.open_to(record, make_user(roles.DIRECTOR, prison, username="here"))
    assert not step.open_to(record, make_user(roles.DIRECTOR, other_prison, username="there"))
    assert not step.open_to(record, make_user(roles.OFFICER, prison, username="clerk"))
