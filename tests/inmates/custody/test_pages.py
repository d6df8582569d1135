"""Every page of custody and of the rooms around it opens in French and Arabic; who may open it: `tests/matrix/`."""

import pytest
from django.urls import reverse

from accounts import roles
from tests.matrix import conditions, court_appeals, custody, roll_counts, sentences, transfers

ROOMS = (custody, transfers, sentences, court_appeals, conditions, roll_counts)
ROUTES = {name: route for room in ROOMS for name, route in room.ROUTES.items()}


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
