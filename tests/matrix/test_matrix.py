"""Every address of the service against every role: who is let in, who gets 403, and 404 outside one's prison."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts import roles
from audit.models import Event
from tests import factories

ROOMS = (
    "core",
    "accounts",
    "duplicates",  # before the corrections of people: while one waits nobody is merged
    "people",
    "custody",
    "transfers",
    "sentences",
    "court_appeals",
    "conditions",
    "separate",
    "roll_counts",
    "classification",
    "musalaha",
    "aftercare",
    "imports",
)
OUTSIDE = ("admin:", "mfa_", "account_")  # Django's and allauth's own pages, tested in test_outside


def all_names(resolver=None, namespace=""):
    """The full names of all addresses of the project."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from all_names(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"


def routes():
    """The matrix of all rooms."""
    table = {}
    for room in ROOMS:
        table.update(import_module(f"tests.matrix.{room}").ROUTES)
    return table


@pytest.fixture
def world(
    prison,
    other_prison,
    unit,
    officer,
    assessor,
    director,
    reviewer,
    reviewer2,
    coordinator,
    appeals_officer,
    inspector,
    sysadmin,
):
    """One of everything that an address may be about; rooms add their own."""
    world = SimpleNamespace(facility=prison, other_facility=other_prison, unit=unit)
    world.users = {
        roles.OFFICER: officer,
        roles.ASSESSOR: assessor,
        roles.DIRECTOR: director,
        roles.REVIEWER: reviewer,
        roles.COORDINATOR: coordinator,
        roles.APPEALS: appeals_officer,
        roles.INSPECTOR: inspector,
        roles.SYSADMIN: sysadmin,
    }
    world.reviewer2 = reviewer2
    world.clients = {}
    world.elsewhere = {
        role: factories.make_user(role, other_prison, username=f"elsewhere-{n}")
        for n, role in enumerate((roles.OFFICER, roles.ASSESSOR, roles.DIRECTOR))
    }
    world.inmate = factories.make_inmate(unit, by=officer)
    for room in ROOMS:
        build = getattr(import_module(f"tests.matrix.{room}"), "build", None)
        if build is not None:
            build(world)
    return world


ENDS_THE_SESSION = {"account_logout", "account_change_password", "lock"}


def ask(user, name, route, world):
    """The answer that `user` gets on this address."""
    client = Client() if user is None or name in ENDS_THE_SESSION else world.clients.setdefault(user.pk, Client())
    if user is not None and "sessionid" not in client.cookies:
        client.force_login(user)
    address = reverse(name, kwargs=route.args(world))
    if route.method == "post":
        return client.post(address, route.data(world))
    return client.get(address)


def test_every_address_is_in_the_matrix():
    named = {name for name in all_names() if not name.startswith(OUTSIDE)}
    assert named - routes().keys() == set()


def test_every_address_against_every_role_and_every_page_is_recorded_with_whom_it_names(world):
    wrong = []
    for name, route in routes().items():
        for role, user in world.users.items():
            before = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
            answer = ask(user, name, route, world)
            status, allowed = answer.status_code, role in route.roles
            refused = 404 if role in route.absent else 403
            if status in (403, 404, 405, 500) if allowed else status != refused:
                wrong.append(f"{name} as {role}: {status}")
            if status in (200, 409, 422) and name not in ENDS_THE_SESSION:
                wrong += [f"{name} as {role}: {fault}" for fault in unrecorded(answer, user, world.inmate, before)]
            said = Event.objects.filter(id__gt=before, actor_id=user.pk, verb=f"refused.{name}")
            if status == 403 and not said:
                wrong.append(f"{name} as {role}: refused, and not in the trail")
    assert wrong == []


def unrecorded(answer, user, inmate, before):
    """What the trail does not say, since the event `before`, of a page that was sent to `user`."""
    events = Event.objects.filter(id__gt=before, actor_id=user.pk)
    if not events:
        yield "no event"
    shown = "" if answer.streaming or "html" not in answer["Content-Type"] else answer.content.decode()
    about = any(event.inmate_id == inmate.pk or inmate.pk in event.detail.get("named", ()) for event in events)
    if inmate.family_name_latin.upper() in shown and not about:
        yield "shows somebody whom no event names"


def test_outside_the_prison_a_record_does_not_exist(world):
    wrong = []
    for name, route in routes().items():
        if not route.scoped:
            continue
        for role, user in world.elsewhere.items():
            if role in route.roles:
                before = Event.objects.filter(verb="refused.elsewhere", actor_id=user.pk).count()
                status = ask(user, name, route, world).status_code
                if (status != 404) != (role in route.elsewhere):
                    wrong.append(f"{name} as {role} of another prison: {status}")
                elif (
                    status == 404
                    and "uuid" in route.args(world)
                    and before == Event.objects.filter(verb="refused.elsewhere", actor_id=user.pk).count()
                ):
                    wrong.append(f"{name} as {role} of another prison: not in the trail")
    assert wrong == []


def test_who_is_unknown_or_of_another_prison(world):
    wrong = []
    for name, route in routes().items():
        if route.public:
            continue
        answer = ask(None, name, route, world)
        if answer.status_code != 302 or "/accounts/login/" not in answer["Location"]:
            wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []
    client = Client()
    client.force_login(world.elsewhere[roles.OFFICER])
    theirs = client.get(reverse("profile", args=[world.inmate.uuid]))
    nobody = client.get(reverse("profile", args=["00000000-0000-4000-8000-000000000000"]))
    assert theirs.status_code == nobody.status_code == 404
    assert theirs.content == nobody.content


@pytest.mark.parametrize("role", sorted(roles.PERMISSIONS))
def test_the_admin_opens_for_the_system_administrator_only(client, prison, role):
    client.force_login(factories.make_user(role, *([prison] if role not in roles.NATIONAL | {roles.SYSADMIN} else [])))
    answer = client.get(reverse("admin:facilities_facility_changelist"))
    if role == roles.SYSADMIN:
        assert answer.status_code == 200
        assert prison.code in answer.content.decode()
    else:
        assert answer.status_code in (302, 403)
        assert prison.code not in answer.content.decode()
