"""Scans in the programme and of pardons: attached with the act or later, never for assessors and reviewers."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon, PardonInstrument
from musalaha.actions import applications, enrolments, pardon_follow_through
from musalaha.actions.pardon_files import open_pardon_file
from tests.factories import UnitFactory, make_inmate, pdf

PDF = pdf()


def upload(content=PDF):
    return SimpleUploadedFile("signed.pdf", content, content_type="application/pdf")


def statuses(client, address, *users):
    found = []
    for user in users:
        client.force_login(user)
        found.append(client.get(address).status_code)
    return found


# The programme


def test_consent_and_request_are_scanned_with_the_application(client, person, officer):
    client.force_login(officer)
    inmate = person()
    data = {"asked_on": "", "statement": "x", "channel": "letter", "consent_language": "ar", "signed": "on"}
    data["asked_on"] = f"{clock.today():%d/%m/%Y}"
    address = reverse("musalaha:apply", args=[inmate.uuid])
    for name in ("document", "letter"):
        refused = client.post(address, data | {name: upload(b"MZ")})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [name])
    assert client.post(address, data | {"document": upload(), "letter": upload()}).status_code == 302
    application = inmate.applications.get()
    assert application.document_id
    assert application.request_document_id


@pytest.mark.parametrize(("paper", "page"), [("consent", "scan"), ("request", "request_scan")])
def test_they_are_attached_later_and_read_within_scope(
    client, person, apply, officer, officer2, coordinator, inspector, assessor, reviewer, paper, page
):
    application = apply(person())
    scan = reverse(f"musalaha:{page}", args=[application.uuid])
    new = reverse(f"musalaha:{page.replace('_scan', '')}_new", args=[application.uuid])
    assert statuses(client, scan, officer) == [404]
    assert new in client.get(reverse("musalaha:application", args=[application.uuid])).content.decode()
    assert client.post(new, {"scan": ""}).status_code == 422
    assert client.post(new, {"scan": upload()}).status_code == 302
    readers = (officer, coordinator, inspector, officer2, assessor, reviewer)
    assert statuses(client, scan, *readers) == [200, 200, 200, 404, 403, 403]
    assert Event.objects.filter(verb="application.scan_attached", detail__paper=paper).exists()
    assert Event.objects.filter(verb=f"{paper}_scan.viewed", actor_id=inspector.pk).exists()


def test_a_withdrawal_is_scanned_when_recorded_or_later(
    client, running, officer, officer2, coordinator, assessor, reviewer
):
    first, second, stays = running.enrolments.order_by("pk")
    client.force_login(coordinator)
    address = reverse("musalaha:withdraw", args=[first.pk])
    refused = client.post(address, {"reason": "", "scan": upload(b"MZ")})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["scan"])
    first.refresh_from_db()
    assert first.ended_on is None
    assert client.post(address, {"reason": "", "scan": upload()}).status_code == 302
    scan = reverse("musalaha:withdrawal_scan", args=[first.pk])
    assert statuses(client, scan, officer, coordinator, officer2, assessor, reviewer) == [200, 200, 404, 403, 403]
    assert Event.objects.filter(verb="withdrawal_scan.viewed", actor_id=coordinator.pk).exists()

    enrolments.withdraw(second, by=coordinator)
    client.force_login(officer)
    new = reverse("musalaha:withdrawal_scan_new", args=[second.pk])
    assert new in client.get(reverse("musalaha:participant", args=[second.pk])).content.decode()
    assert client.post(new, {"scan": upload()}).status_code == 302
    with pytest.raises(InvalidTransition, match="did not withdraw"):
        enrolments.attach_withdrawal_scan(stays, scan=upload(), by=coordinator)


def test_no_timeline_tells_an_assessor_of_such_a_scan(client, person, apply, assessor, officer):
    application = applications.attach_scan(apply(person()), paper="consent", scan=upload(), by=officer)
    timeline = reverse("timeline", args=[application.inmate.uuid])
    for user, told in ((officer, True), (assessor, False)):
        client.force_login(user)
        assert ("Scan attached to an application" in client.get(timeline).content.decode()) is told


# Pardons


def test_the_verifier_reads_the_instrument_beside_the_person(client, person, coordinator, reviewer):
    inmate = person(cin="AB123456", birth_precision="presumed")
    client.force_login(coordinator)
    data = {
        "reference": "1-26-9",
        "dated_on": f"{clock.today():%d/%m/%Y}",
        "subject": f"sentence-{inmate.sentences.get().pk}",
        "requester": "own_motion",
        "prison": "remainder",
        "fine": "kept",
    }
    address = reverse("musalaha:pardon_new", args=[inmate.uuid])
    refused = client.post(address, data | {"scan": upload(b"MZ")})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["scan"])
    assert not PardonInstrument.objects.exists()
    assert client.post(address, data | {"scan": upload()}).status_code == 302
    pardon = Pardon.objects.get()
    scan = reverse("musalaha:pardon_scan", args=[pardon.uuid])
    client.force_login(reviewer)
    page = client.get(reverse("musalaha:pardon", args=[pardon.uuid])).content.decode()
    for words in ("1-26-9", scan, inmate.name_ar, inmate.name_latin, "AB123456", "presumed 1985"):
        assert words in page
    assert "AB123456" in client.get(reverse("musalaha:pardons")).content.decode()
    assert b"".join(client.get(scan).streaming_content) == PDF
    assert Event.objects.filter(verb="pardon_scan.viewed", actor_id=reviewer.pk).exists()


def test_the_instrument_is_scanned_later_until_a_pardon_was_verified_against_it(
    client, recorded, coordinator, reviewer, officer, assessor
):
    pardon = recorded()
    scan = reverse("musalaha:pardon_scan", args=[pardon.uuid])
    new = reverse("musalaha:pardon_scan_new", args=[pardon.uuid])
    assert statuses(client, scan, reviewer, assessor) == [404, 403]
    assert statuses(client, new, officer, reviewer, coordinator) == [403, 403, 200]
    assert client.post(new, {"scan": upload()}).status_code == 302
    assert client.post(new, {"scan": upload()}).status_code == 302  # the wrong page was scanned
    pardon_follow_through.verify_pardon(pardon, by=reviewer)
    kept = PardonInstrument.objects.get().document
    assert list(client.post(new, {"scan": upload()}).context["form"].errors) == ["scan"]
    assert new not in client.get(reverse("musalaha:pardon", args=[pardon.uuid])).content.decode()
    with pytest.raises(ValidationError, match="it stays"):
        sentences.attach_instrument_scan(pardon, scan=upload(), by=coordinator)
    assert PardonInstrument.objects.get().document == kept


def test_a_prison_does_not_read_an_instrument_that_pardons_somebody_elsewhere(
    client, recorded, other_prison, officer, officer2, coordinator, reviewer
):
    pardon = recorded()
    sentences.attach_instrument_scan(pardon, scan=upload(), by=coordinator)
    scan = reverse("musalaha:pardon_scan", args=[pardon.uuid])
    assert statuses(client, scan, officer, officer2) == [200, 404]
    elsewhere = make_inmate(UnitFactory(facility=other_prison), by=officer2)
    recorded(Inmate.objects.get(pk=elsewhere.pk))
    assert statuses(client, scan, officer, officer2, reviewer) == [404, 404, 200]
    client.force_login(officer)
    assert scan not in client.get(reverse("musalaha:pardon", args=[pardon.uuid])).content.decode()


def test_without_a_scan_the_verifier_says_that_the_instrument_itself_was_read(client, recorded, coordinator, reviewer):
    pardon = recorded()
    client.force_login(reviewer)
    page, verify = (reverse(f"musalaha:{name}", args=[pardon.uuid]) for name in ("pardon", "pardon_verify"))
    asked = 'name="read"'
    assert asked in client.get(page).content.decode()
    assert "No scan of the instrument is kept" in client.post(verify, follow=True).content.decode()
    pardon.refresh_from_db()
    assert pardon.state == "recorded"
    sentences.attach_instrument_scan(pardon, scan=upload(), by=coordinator)
    assert asked not in client.get(page).content.decode()
    client.post(verify)
    pardon.refresh_from_db()
    assert pardon.state == "verified"
    assert Event.objects.get(verb="pardon.verified").detail["scan"] is True


def test_one_scan_serves_a_whole_list(person, coordinator):
    people = [person(), person()]
    files = [
        (pardon_file(one, coordinator), Pardon(inmate=one, sentence=one.sentences.get(), prison="remainder"))
        for one in people
    ]
    instrument = {"reference": "1-26-8", "dated_on": clock.today()}
    with pytest.raises(ValidationError) as refusal:
        pardon_follow_through.record_outcomes(files, [], scan=upload(b"MZ"), by=coordinator, **instrument)
    assert list(refusal.value.message_dict) == ["scan"]
    files = [
        (file, Pardon(inmate=one, sentence=one.sentences.get(), prison="remainder"))
        for (file, _pardon), one in zip(files, people, strict=True)
    ]
    pardon_follow_through.record_outcomes(files, [], scan=upload(), by=coordinator, **instrument)
    assert PardonInstrument.objects.get().document is not None
    assert Pardon.objects.count() == 2


def pardon_file(inmate, by):
    return open_pardon_file(inmate, sentence=inmate.sentences.get(), requester="inmate", occasion="Throne Day", by=by)
