"""The same form sent twice makes one record; a refused one may be sent again."""

import re
from threading import Barrier, Thread
from unittest import mock

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from config import clock
from inmates.conditions.models import Contact


def form_of(client, address):
    """The token of the form on this page."""
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(address).content.decode()).group(1)


@pytest.fixture
def desk(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    return client


def visit(desk, inmate, **more):
    address = reverse("inmates:contact_new", args=[inmate.uuid])
    fields = {"kind": "visit", "on": f"{clock.today():%d/%m/%Y}", "person": "Sa mère", **more}
    return address, {"csrfmiddlewaretoken": form_of(desk, address), **fields}


def test_a_visit_sent_twice_is_one_visit(desk, inmate):
    address, data = visit(desk, inmate)
    first = desk.post(address, data)
    second = desk.post(address, data)
    assert first.status_code == second.status_code == 302
    assert second["Location"] == first["Location"]
    assert Contact.objects.count() == 1


def test_a_new_form_with_the_same_words_is_a_second_visit(desk, inmate):
    for _ in range(2):
        address, data = visit(desk, inmate)
        desk.post(address, data)
    assert Contact.objects.count() == 2


def test_a_form_with_errors_may_be_sent_again(desk, inmate):
    address, data = visit(desk, inmate, kind="nonsense")
    assert desk.post(address, data).status_code == desk.post(address, data).status_code == 422
    assert Contact.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_are_one(desk, inmate):
    address, data = visit(desk, inmate)
    start, answers = Barrier(2), []

    def send():
        client = Client(enforce_csrf_checks=True)
        client.cookies = desk.cookies
        start.wait()
        answers.append(client.post(address, data).status_code)
        connections.close_all()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302, 302]
    assert Contact.objects.count() == 1


def test_the_same_words_with_another_file_are_another_sending(desk, inmate):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from core.models import SentForm

    address = reverse("inmates:photo_change", args=[inmate.uuid])
    token = form_of(desk, address)
    for content in (b"first", b"second", b"first"):
        with mock.patch.object(SentForm, "delete"):  # a refused sending would give its claim back
            desk.post(address, {"csrfmiddlewaretoken": token, "photo": SimpleUploadedFile("me.jpg", content)})
    assert SentForm.objects.count() == 2
