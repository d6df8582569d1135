"""Detention orders: added, extended, lifted."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import orders, releases
from inmates.custody.models import DetentionOrder
from tests.factories import make_inmate, pdf

PDF = pdf()


@pytest.fixture
def warrant(inmate, officer):
    """A remand warrant of ten days ago that runs out today."""
    today = clock.today()
    dates = {"issued_on": today - timedelta(days=10), "expires_on": today}
    order = DetentionOrder(kind="remand", authority="R", reference="A", **dates)
    return orders.add_order(inmate, order=order, by=officer)


def test_an_order_is_extended_to_a_later_day_by_a_decision_with_a_reference(warrant, officer, officer2):
    later = clock.today() + timedelta(days=60)
    for until, reference, field in ((clock.today(), "B", "until"), (later, " ", "reference"), (later, "", "reference")):
        with pytest.raises(ValidationError) as refusal:
            orders.extend_order(warrant, until=until, reference=reference, by=officer)
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        orders.extend_order(warrant, until=later, reference="B", by=officer2)
    warrant.refresh_from_db()
    assert (warrant.expires_on, warrant.reference) == (clock.today(), "A")
    orders.extend_order(warrant, until=later, reference="B", by=officer)
    warrant.refresh_from_db()
    assert (warrant.expires_on, warrant.reference) == (later, "B")
    event = Event.objects.get(verb="order.extended")
    assert event.detail == {"from": clock.today().isoformat(), "to": later.isoformat()}


def test_what_an_order_said_before_it_was_extended_stays_readable(client, warrant, inmate, officer):
    tab = reverse("inmates:tab_custody", args=[inmate.uuid])
    client.force_login(officer)
    assert "Earlier: <bdi>" not in client.get(tab).content.decode()
    orders.extend_order(warrant, until=clock.today() + timedelta(days=60), reference="PROLONG-1", by=officer)
    stored = DetentionOrder.objects.get(pk=warrant.pk)
    assert stored.earlier == [("A", clock.today())]
    page = client.get(tab).content.decode()
    assert "Earlier: <bdi>A</bdi>" in page
    assert "PROLONG-1" in page


def test_an_order_without_an_end_is_not_extended(inmate, officer):
    order = inmate.detention_orders.get()
    with pytest.raises(ValidationError):
        orders.extend_order(order, until=clock.today(), reference="B", by=officer)


def test_an_order_is_lifted_once_between_its_issue_and_today(warrant, officer):
    today = clock.today()
    for day in (warrant.issued_on - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            orders.lift_order(warrant, on=day, reason="Ended", by=officer)
        assert list(refusal.value.message_dict) == ["on"]
    with pytest.raises(ValidationError) as refusal:
        orders.lift_order(warrant, on=today, reason=" ", by=officer)
    assert list(refusal.value.message_dict) == ["reason"]
    warrant.refresh_from_db()
    assert warrant.lifted_on is None
    orders.lift_order(warrant, on=warrant.issued_on, reason="Ended", by=officer)
    warrant.refresh_from_db()
    assert (warrant.lifted_on, warrant.lifted_reason) == (warrant.issued_on, "Ended")
    with pytest.raises(InvalidTransition):
        orders.lift_order(warrant, on=today, reason="Ended", by=officer)
    with pytest.raises(InvalidTransition):
        orders.extend_order(warrant, until=today + timedelta(days=9), reference="C", by=officer)


def test_an_order_may_be_lifted_on_the_present_day(warrant, officer):
    assert orders.lift_order(warrant, on=clock.today(), reason="Ended", by=officer).lifted_on == clock.today()


def test_a_new_order_is_of_the_present_and_of_this_persons_case(inmate, unit, officer, officer2):
    def order(**fields):
        fields = {"kind": "arrest", "authority": "R", "reference": "N", "issued_on": clock.today()} | fields
        return DetentionOrder(**fields)

    stranger = make_inmate(unit, by=officer)
    for wrong, field in (
        ({"issued_on": clock.today() + timedelta(days=1)}, "issued_on"),
        ({"case": stranger.cases.get()}, "case"),
        ({"expires_on": clock.today() - timedelta(days=1)}, "expires_on"),
    ):
        with pytest.raises(ValidationError) as refusal:
            orders.add_order(inmate, order=order(**wrong), by=officer)
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        orders.add_order(inmate, order=order(), by=officer2)
    assert inmate.detention_orders.count() == 1
    assert orders.add_order(inmate, order=order(case=inmate.cases.get()), by=officer).inmate == inmate
    releases.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition):
        orders.add_order(inmate, order=order(), by=officer)


def upload(content=PDF):
    return SimpleUploadedFile("warrant.pdf", content)


def test_an_order_is_recorded_with_its_scan_or_not_at_all(client, inmate, officer):
    client.force_login(officer)
    page = reverse("inmates:add_order", args=[inmate.uuid])
    data = {"kind": "arrest", "authority": "R", "reference": "S-1", "issued_on": f"{clock.today():%d/%m/%Y}"}
    refused = client.post(page, data | {"scan": upload(b"MZ")})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["scan"]
    assert not inmate.detention_orders.filter(reference="S-1").exists()
    assert client.post(page, data | {"scan": upload()}).status_code == 302
    assert inmate.detention_orders.get(reference="S-1").document.name == "warrant.pdf"


def test_a_scan_follows_and_is_read_by_whoever_reads_the_record(client, warrant, inmate, officer, officer2, inspector):
    scan = reverse("inmates:order_scan", args=[inmate.uuid, warrant.pk])
    new = reverse("inmates:order_scan_new", args=[inmate.uuid, warrant.pk])
    client.force_login(inspector)
    assert client.get(scan).status_code == 404
    assert client.post(new, {"scan": upload()}).status_code == 403
    with pytest.raises(PermissionDenied):
        orders.attach_scan(warrant, scan=upload(), by=officer2)
    client.force_login(officer)
    assert client.post(new, {"scan": upload(b"MZ")}).status_code == 422
    assert client.post(new, {"scan": upload()}).status_code == 302
    client.force_login(inspector)
    assert b"".join(client.get(scan).streaming_content).startswith(b"%PDF")
    assert Event.objects.filter(verb="order_scan.viewed", actor_id=inspector.pk).exists()
    assert scan in client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()
    client.force_login(officer2)
    assert client.get(scan).status_code == 404
