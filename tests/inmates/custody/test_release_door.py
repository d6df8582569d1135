"""The release page and what stays of a release: nothing typed is lost, checks at the door, the scan, the profile."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from documents.models import StoredFile
from inmates.custody import daily
from inmates.custody.actions import admissions, releases
from inmates.custody.models import DetentionOrder
from inmates.people.models import Alert, Task
from inmates.sentences.models import Pardon
from musalaha.actions import pardon_follow_through
from tests.factories import make_inmate, pdf

PDF = pdf()
DOOR = {"identity_check": "Card and photo compared", "property_return": "Effects and 320 dirhams"}


def upload(content=PDF):
    return SimpleUploadedFile("order.pdf", content)


def url(inmate):
    return reverse("inmates:release", args=[inmate.uuid])


@pytest.fixture
def served(unit, officer):
    """Somebody whose two years are over."""
    return make_inmate(unit, by=officer, days_ago=800, years=2)


@pytest.fixture
def judged(inmate, officer):
    """A stay that a judge's order ended, its scan not at hand."""
    return releases.release(inmate, ground="judicial", reference="TPI 12/2026", by=officer)


def test_the_page_proposes_the_ground_and_a_running_sentence_none(client, served, inmate, officer):
    client.force_login(officer)
    form = client.get(url(served)).context["form"]
    assert form["ground"].value() == "term_served"
    assert "last hold ended" in form.fields["ground"].help_text
    form = client.get(url(inmate)).context["form"]
    assert not form["ground"].value()
    assert "before_term" not in form.fields


def test_the_page_fills_in_the_instrument_of_the_pardon(client, inmate, officer, coordinator, reviewer):
    made = pardon_follow_through.record_pardon(
        Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="remainder", requester="own_motion"),
        reference="2026/07-30",
        dated_on=clock.today(),
        by=coordinator,
    )
    pardon_follow_through.verify_pardon(made, by=reviewer)
    client.force_login(officer)
    form = client.get(url(inmate)).context["form"]
    assert (form["ground"].value(), form["release_reference"].value()) == ("pardon", "2026/07-30")


@pytest.mark.parametrize("line", ["identity_check", "property_return"])
def test_identity_and_property_come_before_the_door(client, served, officer, line):
    client.force_login(officer)
    answer = client.post(url(served), {"ground": "term_served", **DOOR, line: " "})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [line]
    assert served.admissions.open().exists()
    assert client.post(url(served), {"ground": "term_served", **DOOR}).status_code == 302
    stay = served.admissions.get()
    assert (stay.identity_check, stay.property_return) == tuple(DOOR.values())
    page = client.get(reverse("inmates:tab_custody", args=[served.uuid])).content.decode()
    assert all(line in page for line in DOOR.values())


def test_a_refused_form_keeps_what_was_typed_with_the_message_at_its_field(client, inmate, officer):
    client.force_login(officer)
    typed = {"ground": "conditional", "release_reference": "", "at": "17/05/2011 09:30", **DOOR}
    cases = [
        (typed, "at", "before the admission"),
        (typed | {"at": ""}, "release_reference", "reference of its decision"),
        (typed | {"at": "", "ground": "civil_ended"}, "ground", "No order of civil imprisonment"),
        (typed | {"at": "", "ground": "judicial", "release_reference": "J", "scan": upload(b"MZ")}, "scan", "PDF"),
    ]
    for data, field, words in cases:
        answer = client.post(url(inmate), data)
        form = answer.context["form"]
        assert answer.status_code == 422
        assert list(form.errors) == [field]
        assert words in str(form.errors[field])
        page = answer.content.decode()
        assert DOOR["identity_check"] in page
        assert DOOR["property_return"] in page
    assert inmate.admissions.open().exists()
    assert inmate.cases.get().state == "convicted"
    assert not StoredFile.objects.exists()


def test_before_the_term_the_page_asks_a_second_time(client, inmate, officer):
    client.force_login(officer)
    data = {"ground": "term_served", "release_reference": "P-1", **DOOR}
    first = client.post(url(inmate), data)
    assert first.status_code == 422
    assert "before_term" in first.context["form"].fields
    assert "confirm it below" in str(first.context["form"].errors["ground"])
    missing = client.post(url(inmate), data | {"before_term": "on", "release_reference": ""})
    assert list(missing.context["form"].errors) == ["release_reference"]
    done = client.post(url(inmate), data | {"before_term": "on"}, follow=True)
    assert "national office has been told" in done.content.decode()
    assert not inmate.admissions.open().exists()


def test_the_refusal_names_the_way_of_a_judges_order_and_it_opens(client, unit, officer):
    untried = make_inmate(unit, by=officer, legal_status="remand")
    client.force_login(officer)
    refused = client.post(url(untried), {"ground": "conditional", "release_reference": "C", **DOOR})
    assert "always opens the door" in str(refused.context["form"].errors["ground"])
    assert "before_term" not in refused.context["form"].fields
    data = {"ground": "judicial", "release_reference": "TPI 12", "scan": upload(), **DOOR}
    assert client.post(url(untried), data).status_code == 302
    stay = untried.admissions.get()
    assert stay.release_document.name == "order.pdf"
    assert not untried.tasks.open().exists()  # the scan was at hand
    page = client.get(reverse("inmates:tab_custody", args=[untried.uuid])).content.decode()
    assert "Released although the record said:" in page
    assert "On remand in case" in page


def test_the_scan_comes_within_a_day_and_settles_the_task(client, judged, inmate, officer, officer2):
    with pytest.raises(PermissionDenied):
        releases.attach_release_scan(judged, scan=upload(), by=officer2)
    client.force_login(officer)
    page = reverse("inmates:release_scan_new", args=[inmate.uuid, judged.uuid])
    scan = reverse("inmates:release_scan", args=[inmate.uuid, judged.uuid])
    assert client.get(scan).status_code == 404
    assert client.post(page, {"scan": ""}).status_code == 422
    assert list(client.post(page, {"scan": upload(b"MZ")}).context["form"].errors) == ["scan"]
    assert Task.objects.open().filter(kind="release_scan").exists()
    assert client.post(page, {"scan": upload()}).status_code == 302
    task = Task.objects.get(kind="release_scan")
    assert (task.done_by, task.done_note) == (officer, "order.pdf")
    assert Event.objects.filter(verb="release.scan_attached").exists()


def test_a_scan_that_does_not_come_is_told_to_the_national_office(judged, inmate, officer, settings):
    today = clock.today()
    told = []
    for passed in (1, 2, 2):  # on the day it is due, the day after, and again
        settings.TODAY = today + timedelta(days=passed)
        told.append(daily.run()["release_scans_missing"])
    assert told == [0, 1, 0]
    alert = Alert.objects.get(kind="release_unproven")
    assert (alert.inmate, alert.audience, alert.note) == (inmate, "national", "TPI 12/2026")


def test_a_scan_in_time_is_no_alert(judged, officer, settings):
    releases.attach_release_scan(judged, scan=upload(), by=officer)
    settings.TODAY = clock.today() + timedelta(days=5)
    assert daily.run()["release_scans_missing"] == 0


def test_whoever_reads_the_record_reads_the_scan_and_nobody_else(
    client, judged, inmate, officer, officer2, assessor, inspector, sysadmin
):
    releases.attach_release_scan(judged, scan=upload(), by=officer)
    scan = reverse("inmates:release_scan", args=[inmate.uuid, judged.uuid])
    for user, status in ((officer, 200), (assessor, 200), (inspector, 200), (officer2, 404), (sysadmin, 403)):
        client.force_login(user)
        answer = client.get(scan)
        assert answer.status_code == status
    client.force_login(inspector)
    answer = client.get(scan)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(verb="release_scan.viewed", actor_id=inspector.pk).exists()


def test_a_stay_that_runs_has_no_release_paper_to_scan(inmate, officer):
    with pytest.raises(InvalidTransition, match="has not ended"):
        releases.attach_release_scan(inmate.admissions.get(), scan=upload(), by=officer)
    assert not StoredFile.objects.exists()


def test_a_scan_that_is_refused_at_the_door_refuses_the_release(inmate, officer):
    with pytest.raises(ValidationError) as refusal:
        releases.release(inmate, ground="judicial", reference="TPI 12", scan=upload(b"MZ"), by=officer)
    assert list(refusal.value.message_dict) == ["scan"]
    assert inmate.admissions.open().exists()


def test_the_profile_shows_the_day_of_release_after_it(client, judged, inmate, officer):
    client.force_login(officer)
    page = client.get(inmate.get_absolute_url()).content.decode()
    shown = timezone.localdate(judged.released_at)
    assert "Day of release" in page
    assert client.get(inmate.get_absolute_url()).context["left"] == judged
    assert "Release ordered by a judge" in page
    assert f"{inmate.release_on:%Y}" not in page.split("Day of release")[1].split("</dd>")[0]
    assert str(shown.year) in page.split("Day of release")[1].split("</dd>")[0]


def test_whoever_is_held_again_is_shown_the_coming_release(client, served, unit, officer):
    releases.release(served, ground="term_served", by=officer)
    order = DetentionOrder(kind="remand", authority="R", reference="Again", issued_on=clock.today())
    served.refresh_from_db()
    admissions.admit(
        served,
        unit=unit,
        order=order,
        legal_status="remand",
        registration_number="99001",
        admitted_at=clock.now(),
        by=officer,
    )
    client.force_login(officer)
    assert "left" not in client.get(served.get_absolute_url()).context
