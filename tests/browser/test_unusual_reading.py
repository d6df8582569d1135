"""The question about unusual reading, answered with one key while a form is half written."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from tests.accounts.test_unusual_reading import opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_key_answers_and_what_was_typed_stays(sign_in, officer, inmate):
    for days in range(1, 6):
        opened(officer, 100, ago=timedelta(days=days))
    opened(officer, 121)
    page = sign_in(officer, language="ar")
    page.goto(reverse("profile", args=[inmate.uuid]))
    page.goto(reverse("inmates:contact_new", args=[inmate.uuid]))
    question = page.locator(".reading-question")
    assert question.is_visible()
    page.fill("[name=person]", "أم المعني 3")
    page.locator("h1").click()
    page.keyboard.press("3")
    question.wait_for(state="detached")
    assert page.input_value("[name=person]") == "أم المعني 3"
    assert Event.objects.get(verb="reading.explained").detail == {"reason": "entries"}
