"""One transaction a request: the act and the claim of its form stand or fall together, and a refusal is still told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.test import Client
from django.urls import reverse

from audit.models import Event
from config import clock
from core.models import SentForm
from inmates.conditions.models import Contact
from inmates.conditions.views import contacts
from tests.core.test_idempotency import form_of


@pytest.fixture
def client(officer):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(officer)
    return client


@pytest.fixture
def visit(client, inmate):
    """The address of a visit's form, and what is sent to it."""
    address = reverse("inmates:contact_new", args=[inmate.uuid])
    fields = {"kind": "visit", "on": f"{clock.today():%d/%m/%Y}", "person": "Sa mère"}
    return address, {"csrfmiddlewaretoken": form_of(client, address), **fields}


def after_the_act(monkeypatch, error):
    """The act is done, then the view fails."""
    real = contacts.action_form

    def failing(*args, **options):
        real(*args, **options)
        raise error

    monkeypatch.setattr(contacts, "action_form", failing)


def test_the_act_and_its_claim_are_there_together(client, visit):
    assert client.post(*visit).status_code == 302
    assert (Contact.objects.count(), SentForm.objects.exclude(location="").count()) == (1, 1)


def test_a_page_that_breaks_after_the_act_leaves_neither_act_nor_claim(client, visit, monkeypatch):
    after_the_act(monkeypatch, RuntimeError("broken"))
    assert client.post(*visit).status_code == 500
    assert (Contact.objects.count(), SentForm.objects.count()) == (0, 0)
    assert not Event.objects.filter(verb="contact.recorded").exists()
    monkeypatch.undo()
    assert client.post(*visit).status_code == 302  # the same form, sent again, acts now
    assert Contact.objects.count() == 1


def test_a_refusal_after_the_act_is_told_and_the_act_undone(client, visit, monkeypatch, officer):
    after_the_act(monkeypatch, PermissionDenied("no"))
    assert client.post(*visit).status_code == 403
    assert (Contact.objects.count(), SentForm.objects.count()) == (0, 0)
    refusals = Event.objects.filter(actor_id=officer.pk, verb__startswith="refused")
    assert [refusal.verb for refusal in refusals] == ["refused.inmates:contact_new"]


@pytest.mark.django_db(transaction=True)
def test_a_request_ends_with_its_transaction(client, visit):
    assert client.post(*visit).status_code == 302
    connections["default"].close()
    assert (Contact.objects.count(), SentForm.objects.exclude(location="").count()) == (1, 1)
