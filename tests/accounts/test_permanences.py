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
from inmates.conditions.actions import incidents
from inmates.conditions.models import Incident
from inmates.roll_counts import actions as roll_counts
from inmates.roll_counts.models import RollCount
from inmates.transfers import actions as transfers
from tests import factories
from tests.accounts.conftest import WHY


@pytest.fixture
def officer_too(prison):
    """A second officer of `sale-2`."""
    return factories.make_user(roles.OFFICER, prison, username="officer-too")


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


def test_another_prison_opens_for_the_role_stood_in_for_only(inmate, director2, prison, reviewer):
    assert not inmate.__class__.objects.visible_to(director2).exists()
    name(director2, prison, reviewer, role=roles.OFFICER)
    there = fresh(director2)
    assert there.can("inmates.view_record", at=prison)
    assert there.can("inmates.admit", at=prison)
    assert not there.can("inmates.approve_transfer", at=prison)  # a director elsewhere, not here


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


def row(user, facility, by, role=roles.DIRECTOR):
    """A permanence as a statement writes it."""
    until = clock.now() + timedelta(hours=5)
    return Permanence.objects.create(user=user, facility=facility, role=role, ends_at=until, reason=WHY, named_by=by)


def test_who_stands_in_serves_there_or_is_a_director_named_by_the_national_office(
    officer, officer2, director, director2, prison, reviewer
):
    unopened = factories.make_user(roles.OFFICER, prison, password="!")
    for user, by in ((officer2, reviewer), (director2, director), (unopened, director), (unopened, reviewer)):
        with pytest.raises(ValidationError) as refusal:
            name(user, prison, by)
        assert list(refusal.value.error_dict) == ["user"]
        with pytest.raises(IntegrityError), transaction.atomic():
            row(user, prison, by)
    name(director2, prison, reviewer)
    name(officer, prison, director)


def test_who_stands_in_takes_no_second_step_after_who_named_them(
    inmate, officer, officer_too, director, other_prison, prison, reviewer
):
    """Nor the other way round, while it lasts; a third may, and both may once it is over."""
    own = transfers.propose(inmate, destination=other_prison, reason="capacity", by=officer_too)
    named = name(officer, prison, director)
    night = fresh(officer)
    count = roll_counts.record(prison, counted={unit.pk: 1 for unit in prison.units.all()}, explanation=WHY, by=night)
    with pytest.raises(PermissionDenied, match="a third person"):
        roll_counts.sign(count, by=fresh(director))
    signed = RollCount.objects.filter(pk=count.pk)
    with pytest.raises(IntegrityError, match="on the word of the other"), transaction.atomic():
        signed.update(signed_by=director, signed_at=clock.now())
    assert not fresh(director).one_side.isdisjoint({officer.pk})
    assert transfers.approve(own, by=night).approved_by == officer  # of another's
    permanences.end(named, by=director)
    assert fresh(director).one_side == {director.pk}
    roll_counts.sign(count, by=fresh(director))
    assert signed.get().signed_by == director


def test_what_a_director_began_waits_for_a_third(inmate, officer, officer_too, director, prison):
    incident = incidents.record(
        Incident(facility=prison, kind="threat", happened_at=factories.ago(1), account=WHY),
        people=[(inmate, "author")],
        by=director,
    )
    part = incident.people.get()
    name(officer, prison, director)
    with pytest.raises(PermissionDenied, match="a third person"):
        incidents.decide(part, outcome="warning", reason=WHY, by=fresh(officer))
    with pytest.raises(IntegrityError, match="on the word of the other"), transaction.atomic():
        type(part).objects.filter(pk=part.pk).update(
            outcome="warning", outcome_reason=WHY, decided_by=officer, decided_on=clock.today()
        )
    another = name(officer_too, prison, officer_third(prison))
    assert another.named_by != director
    incidents.decide(part, outcome="warning", reason=WHY, by=fresh(officer_too))


def officer_third(prison):
    """A second director of the prison, who names as well."""
    return factories.make_user(roles.DIRECTOR, prison, username="director-too")


def test_who_names_and_who_is_named(
    officer, director, director2, prison, sysadmin, inspector, assessor, coordinator, appeals_officer, reviewer2
):
    with pytest.raises(PermissionDenied):
        name(officer, prison, director2)
    with pytest.raises(PermissionDenied):
        name(director, prison, director)
    with pytest.raises(PermissionDenied):
        name(assessor, prison, officer)
    for user in (sysadmin, inspector, coordinator, appeals_officer, reviewer2):
        with pytest.raises(ValidationError, match="cannot stand in"):
            name(user, prison, director)
        with pytest.raises(IntegrityError), transaction.atomic():
            row(user, prison, director)
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
