"""Standing in for a role: at once, for hours, reported; four eyes hold act by act."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.actions import permanences
from accounts.models import Permanence, User
from audit.models import Event
from config import clock
from inmates.transfers import actions as transfers
from tests.accounts.conftest import WHY


def fresh(user):
    """The user as the next request sees it."""
    return User.objects.get(pk=user.pk)


def name(user, facility, by, *, role=roles.DIRECTOR, hours=8, begins=0, reason=WHY):
    """Name somebody for some hours."""
    starts_at = clock.now() + timedelta(hours=begins)
    return permanences.name(
        user,
        facility=facility,
        role=role,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        reason=reason,
        by=by,
    )


def test_it_works_at_once_there_and_ends_by_itself(officer, prison, other_prison, director, monkeypatch):
    assert not officer.can("inmates.approve_transfer", at=prison)
    name(officer, prison, director)
    assert fresh(officer).can("inmates.approve_transfer", at=prison)
    assert not fresh(officer).can("inmates.approve_transfer", at=other_prison)
    later = clock.now() + timedelta(hours=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert not fresh(officer).can("inmates.approve_transfer", at=prison)


def test_it_ends_when_it_is_ended(officer, prison, director, reviewer):
    one = name(officer, prison, director)
    permanences.end(one, by=reviewer)
    assert not fresh(officer).can("inmates.approve_transfer", at=prison)
    verbs = Event.objects.filter(verb__startswith="permanence").order_by("id").values_list("verb", "actor_id")
    assert list(verbs) == [("permanence.named", director.pk), ("permanence.ended", reviewer.pk)]


def test_another_prison_opens_for_the_role_stood_in_for_only(inmate, officer2, prison, reviewer):
    assert not inmate.__class__.objects.visible_to(officer2).exists()
    name(officer2, prison, reviewer, role=roles.DIRECTOR)
    there = fresh(officer2)
    assert there.can("inmates.view_record", at=prison)
    assert there.can("inmates.approve_transfer", at=prison)
    assert not there.can("inmates.admit", at=prison)  # an officer elsewhere, not here


def test_four_eyes_hold_act_by_act(inmate, officer, director, other_prison, prison):
    name(officer, prison, director)
    both = fresh(officer)
    transfer = transfers.propose(inmate, destination=other_prison, reason="capacity", by=both)
    with pytest.raises(PermissionDenied):
        transfers.approve(transfer, by=both)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"hours": 73}, "ends_at"),
        ({"hours": 0}, "ends_at"),
        ({"begins": -9}, "ends_at"),
        ({"role": roles.REVIEWER}, "role"),
        ({"role": roles.OFFICER}, "role"),
        ({"reason": "ill"}, "reason"),
    ],
)
def test_what_cannot_be_named(officer, prison, director, other, field):
    with pytest.raises(ValidationError) as refusal:
        name(officer, prison, director, **other)
    assert list(refusal.value.error_dict) == [field]


def test_who_names_and_who_is_named(officer, director, director2, prison, sysadmin, inspector, assessor):
    with pytest.raises(PermissionDenied):
        name(officer, prison, director2)
    with pytest.raises(PermissionDenied):
        name(director, prison, director)
    with pytest.raises(PermissionDenied):
        name(assessor, prison, officer)
    for user in (sysadmin, inspector):
        with pytest.raises(ValidationError, match="cannot stand in"):
            name(user, prison, director)
    assert not Permanence.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"ends_at": timezone.now() + timedelta(hours=200)},
        {"role": "reviewer"},
        {"named_by": "user"},
        {"user": "sysadmin"},
        {"reason": ""},
    ],
)
def test_the_database_holds_the_same(officer, prison, director, sysadmin, change):
    row = {
        "user": officer,
        "facility": prison,
        "role": roles.DIRECTOR,
        "starts_at": clock.now(),
        "ends_at": clock.now() + timedelta(hours=5),
        "reason": WHY,
        "named_by": director,
    }
    people = {"user": officer, "sysadmin": sysadmin}
    change = {key: people.get(value, value) for key, value in change.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Permanence.objects.create(**row | change)
    one = Permanence.objects.create(**row)
    for later in ({"ends_at": one.ends_at + timedelta(hours=1)}, {"user": director}, {"role": roles.OFFICER}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Permanence.objects.filter(pk=one.pk).update(**later)
    with pytest.raises(IntegrityError), transaction.atomic():
        one.delete()


def test_the_pages_name_and_end(officer, prison, director, inspector, signed_in, as_application):
    with as_application():
        client = signed_in(director)
        until = f"{timezone.localtime(clock.now() + timedelta(hours=9)):%d/%m/%Y %H:%M}"
        form = {"facility": prison.pk, "role": roles.DIRECTOR, "user": officer.pk, "ends_at": until, "reason": WHY}
        far = f"{timezone.localtime(clock.now() + timedelta(hours=99)):%d/%m/%Y %H:%M}"
        answer = client.post(reverse("permanence_new"), form | {"ends_at": far})
        assert answer.status_code == 422
        assert "72 hours at most" in answer.content.decode()
        assert client.post(reverse("permanence_new"), form).status_code == 302
        one = Permanence.objects.get()
        assert "in force" in client.get(reverse("permanences")).content.decode()
        seen = signed_in(inspector).get("/").content.decode()
        assert "Permanences in force" in seen
        assert client.post(reverse("permanence_end", args=[one.uuid])).status_code == 302
        assert "ended early" in client.get(reverse("permanences")).content.decode()


def test_only_colleagues_of_the_prison_are_offered(officer, officer2, director, inspector, signed_in):
    page = signed_in(director).get(reverse("permanence_new")).content.decode()
    assert "(officer)" in page
    assert "(officer2)" not in page
    assert "(inspector)" not in page
