"""A judge's order of no communication: its days, with whom, never counsel; among the cautions and in visits."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from config import clock
from core.workflow import InvalidTransition
from inmates.conditions.actions import contacts, no_communication
from inmates.conditions.models import Contact, NoCommunication
from inmates.conditions.panels import cautions
from inmates.custody.actions import releases
from tests.factories import pdf

PDF = pdf()


def day(n):
    return clock.today() + timedelta(days=n)


def order(first=0, last=9, **fields):
    fields = {"authority": "Rabat", "reference": "JI-5", "reach": "everybody", "named": ""} | fields
    return NoCommunication(starts_on=day(first), until=day(last), **fields)


def test_from_until_and_with_whom(inmate, officer, officer2):
    with pytest.raises(PermissionDenied):
        no_communication.record(inmate, order=order(), by=officer2)
    stored = no_communication.record(inmate, order=order(named="left out"), by=officer)
    assert (stored.inmate, stored.recorded_by, stored.named) == (inmate, officer, "")
    in_force = inmate.no_communications.in_force_on
    assert [n for n in range(-2, 12) if in_force(day(n)).exists()] == list(range(10))


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"first": 3, "last": 2}, "until"), ({"reach": "named"}, "named"), ({"reference": ""}, "reference")],
)
def test_an_order_without_a_part_is_refused_at_its_field(inmate, officer, fields, field):
    with pytest.raises(ValidationError) as refusal:
        no_communication.record(inmate, order=order(**fields), by=officer)
    assert list(refusal.value.message_dict) == [field]
    assert not inmate.no_communications.exists()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"until": day(-1)}, "not_reversed"),
        ({"named": "Somebody"}, "says_with_whom"),
        ({"reach": "named"}, "says_with_whom"),
        ({"authority": ""}, "names_its_paper"),
        ({"lifted_on": day(0)}, "no_communication_lifted"),
    ],
)
def test_the_database_refuses_it_too(inmate, officer, change, constraint):
    stored = no_communication.record(inmate, order=order(), by=officer)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        NoCommunication.objects.filter(pk=stored.pk).update(**change)


def test_a_visit_against_it_is_recorded_as_a_fact_once_confirmed(inmate, officer):
    stored = no_communication.record(inmate, order=order(), by=officer)
    for kind in ("visit", "call"):
        with pytest.raises(ValidationError, match="JI-5") as refusal:
            contacts.record(inmate, kind=kind, on=day(0), person="Fatima", by=officer)
        assert list(refusal.value.message_dict) == ["kind"]
    contact = contacts.record(inmate, kind="visit", on=day(0), despite_order=True, by=officer)
    assert contact.despite == stored
    assert contacts.record(inmate, kind="visit", on=day(-1), despite_order=True, by=officer).despite is None


@pytest.mark.parametrize("kind", ["lawyer", "consular", "inspection"])
def test_never_against_counsel_nor_those_who_look_in(inmate, officer, kind):
    stored = no_communication.record(inmate, order=order(), by=officer)
    contact = contacts.record(inmate, kind=kind, on=day(0), person="Me Alami", by=officer)
    assert contact.despite is None
    with pytest.raises(IntegrityError, match="never_against_counsel"), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(despite=stored)


def test_an_order_that_names_people_leaves_others_alone(inmate, officer):
    named = order(reach="named", named="Youssef El Amrani, فاطمة الزهراء بناني")
    no_communication.record(inmate, order=named, by=officer)
    assert contacts.record(inmate, kind="visit", on=day(0), person="Khadija Tazi", by=officer)
    for person in ("AMRANI Youssef", "بناني", ""):  # nobody named: it cannot be told, so it is asked
        with pytest.raises(ValidationError, match="JI-5"):
            contacts.record(inmate, kind="visit", on=day(0), person=person, by=officer)


@pytest.mark.parametrize(
    ("named", "visitor"),
    [
        ("Khadija Bennouna", "خديجة بنونة"),
        ("عمر الفاسي", "Omar Fassi"),
        ("Khadija Bennouna", "Khadidja Benouna"),
        ("حسن", "Hassan"),
    ],
)
def test_a_name_in_the_other_script_or_spelled_otherwise_is_the_same_name(inmate, officer, named, visitor):
    no_communication.record(inmate, order=order(reach="named", named=named), by=officer)
    with pytest.raises(ValidationError, match="JI-5"):
        contacts.record(inmate, kind="visit", on=day(0), person=visitor, by=officer)
    assert contacts.record(inmate, kind="visit", on=day(0), person=visitor, despite_order=True, by=officer).despite
    for stranger in ("سعاد الإدريسي", "Souad Idrissi"):
        assert contacts.record(inmate, kind="visit", on=day(0), person=stranger, by=officer).despite is None


def test_it_is_lifted_by_a_decision_from_a_day_on(inmate, officer, officer2):
    stored = no_communication.record(inmate, order=order(first=-3), by=officer)
    with pytest.raises(PermissionDenied):
        no_communication.lift(stored, on=day(0), reference="JI-6", by=officer2)
    for on, reference, field in ((day(1), "JI-6", "on"), (day(-4), "JI-6", "on"), (day(0), " ", "reference")):
        with pytest.raises(ValidationError) as refusal:
            no_communication.lift(stored, on=on, reference=reference, by=officer)
        assert list(refusal.value.message_dict) == [field]
    no_communication.lift(stored, on=day(-1), reference="JI-6", by=officer)
    assert contacts.record(inmate, kind="visit", on=day(-1), by=officer).despite is None
    with pytest.raises(ValidationError):
        contacts.record(inmate, kind="visit", on=day(-2), by=officer)
    with pytest.raises(InvalidTransition):
        no_communication.lift(stored, on=day(0), reference="JI-7", by=officer)


def test_it_stands_among_the_cautions_while_it_runs_and_before(inmate, officer):
    assert list(cautions(officer, inmate)) == []
    no_communication.record(inmate, order=order(), by=officer)
    no_communication.record(inmate, order=order(3, 5, reference="JI-9"), by=officer)
    no_communication.record(inmate, order=order(-9, -1, reference="JI-1"), by=officer)
    shown = list(cautions(officer, inmate))
    assert [(one.label, one.tone) for one in shown] == [("No communication", "late"), ("No communication", "soon")]
    assert "JI-5" in shown[0].text
    assert "never against counsel" in shown[0].text
    releases.release(inmate, ground="judicial", reference="J", by=officer)
    inmate.refresh_from_db()
    assert list(cautions(officer, inmate)) == []
    with pytest.raises(InvalidTransition):
        no_communication.record(inmate, order=order(), by=officer)


def test_the_pages_record_show_and_lift_it(client, inmate, officer, director, officer2):
    client.force_login(officer)
    new = reverse("inmates:no_communication_new", args=[inmate.uuid])
    data = {"authority": "Juge d'instruction", "reference": "JI-5", "starts_on": f"{day(0):%d/%m/%Y}"}
    data |= {"until": f"{day(9):%d/%m/%Y}", "reach": "named", "named": "", "scan": SimpleUploadedFile("o.pdf", PDF)}
    refused = client.post(new, data)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["named"]
    data["scan"].seek(0)
    assert client.post(new, data | {"named": "Youssef Amrani"}).status_code == 302
    stored = inmate.no_communications.get()
    tab = client.get(reverse("inmates:tab_conduct", args=[inmate.uuid])).content.decode()
    assert "Youssef Amrani" in tab
    visit = reverse("inmates:contact_new", args=[inmate.uuid])
    assert "Youssef Amrani" in client.get(visit).content.decode()
    typed = {"kind": "visit", "on": f"{day(0):%d/%m/%Y}", "person": "Y. Amrani"}
    again = client.post(visit, typed)
    assert again.status_code == 422
    assert "despite_order" in again.context["form"].fields
    assert client.post(visit, typed | {"despite_order": "on"}).status_code == 302
    assert inmate.contacts.get().despite == stored
    scan = reverse("inmates:no_communication_scan", args=[inmate.uuid, stored.pk])
    lift = reverse("inmates:no_communication_lift", args=[inmate.uuid, stored.pk])
    client.force_login(director)
    assert b"".join(client.get(scan).streaming_content) == PDF
    assert client.get(lift).status_code == 403
    client.force_login(officer2)
    assert client.get(scan).status_code == 404
    client.force_login(officer)
    assert client.post(lift, {"on": f"{day(0):%d/%m/%Y}", "reference": "JI-6"}).status_code == 302
    stored.refresh_from_db()
    assert (stored.lifted_on, stored.lifted_by) == (day(0), officer)
