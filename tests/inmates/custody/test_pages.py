"""Every page of custody and of the rooms around it opens for its roles and for nobody else, in three languages."""

import pytest
from django.urls import reverse

from accounts import roles
from audit.models import Event
from tests.matrix import conditions, court_appeals, custody, roll_counts, sentences, transfers

ROOMS = (custody, transfers, sentences, court_appeals, conditions, roll_counts)
ROUTES = {name: route for room in ROOMS for name, route in room.ROUTES.items()}
READERS = [roles.OFFICER, roles.DIRECTOR, roles.ASSESSOR, roles.COORDINATOR, roles.INSPECTOR, roles.SYSADMIN]


def _ask(client, route, url):
    return client.post(url) if route.method == "post" else client.get(url)


@pytest.mark.parametrize("role", READERS)
def test_pages_open_for_their_roles_only(client, world, role):
    client.force_login(world.users[role])
    wrong = {}
    for name, route in ROUTES.items():
        if route.method == "post":
            continue
        seen = Event.objects.filter(verb=f"refused.{name}")
        status = _ask(client, route, reverse(name, kwargs=route.args(world))).status_code
        expected = {200, 302} if role in route.roles else {403}
        if status not in expected or seen.exists() != (status == 403):
            wrong[name] = status
    assert wrong == {}


@pytest.mark.parametrize("role", [roles.OFFICER, roles.DIRECTOR])
def test_another_prisons_records_do_not_exist(client, world, role):
    client.force_login(world.outsider[role])
    wrong, before = {}, Event.objects.count()
    for name, route in ROUTES.items():
        if route.scoped and role in route.roles:
            status = _ask(client, route, reverse(name, kwargs=route.args(world))).status_code
            if status != 404:
                wrong[name] = status
    assert wrong == {}
    assert Event.objects.exclude(verb="refused.elsewhere").count() == before  # nothing was seen, and nothing done


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_pages_open_in_every_language(client, world, language):
    officer = world.users[roles.OFFICER]
    officer.language = language
    officer.save()
    client.force_login(officer)
    wrong = {}
    for name, route in ROUTES.items():
        if roles.OFFICER in route.roles and route.method == "get":
            answer = client.get(reverse(name, kwargs=route.args(world)))
            page = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if answer.status_code == 200 and answer["Content-Type"] == "application/pdf":
                good = page.startswith(b"%PDF-")
            elif answer.status_code == 200:
                good = f'<html lang="{language}"'.encode() in page
            else:
                good = answer.status_code == 302 and answer["Location"].startswith("/")
            if not good:
                wrong[name] = (answer.status_code, page[:80])
    assert wrong == {}
