"""Who somebody is and their photograph are corrected on record; what was empty is filled in without more."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from audit.models import Event
from config import clock
from inmates.custody.actions import releases
from inmates.people.actions import corrections, identity
from inmates.people.corrections import find, in_words
from inmates.people.models import Alert, Correction, Inmate
from tests.factories import ago, make_inmate

WHY = {"why": "Copied wrong from the card", "paper": "Card BE100037"}
NO_WHY = {"why": "", "paper": ""}


def change(inmate, by, why=WHY, **changes):
    inmate.refresh_from_db()
    return identity.correct_identity(inmate, changes=changes, version=inmate.version, by=by, **why)


def typed(person, **changes):
    return {
        "family_name_latin": person.family_name_latin,
        "given_name_latin": person.given_name_latin,
        "family_name_ar": person.family_name_ar,
        "given_name_ar": person.given_name_ar,
        "birth": "01/03/1985",
        "sex": person.sex,
        "nationality": "MA",
        "version": person.version,
    } | changes


def picture(shade="grey"):
    out = io.BytesIO()
    Image.new("RGB", (20, 25), shade).save(out, "JPEG")
    return SimpleUploadedFile("x.jpg", out.getvalue())


@pytest.fixture
def inmate(inmate):
    """With a name as people have it."""
    Inmate.objects.filter(pk=inmate.pk).update(family_name_latin="Tazi")
    inmate.refresh_from_db()
    return inmate


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_name_put_right_keeps_what_it_was_why_and_on_what_paper(client, inmate, officer):
    old = inmate.family_name_latin
    change(inmate, officer, family_name_latin="Naciri")
    made = inmate.corrections.get()
    assert (made.state, made.subject, made.why, made.paper) == ("done", "identity", WHY["why"], WHY["paper"])
    inmate.refresh_from_db()
    assert made.changes == {"family_name_latin": [old, inmate.family_name_latin]}
    assert inmate in Inmate.objects.search("Naciri")
    assert inmate.aliases.get(kind="former").text.lower().startswith(old.lower())
    client.force_login(officer)
    page = client.get(reverse("inmates:tab_corrections", args=[inmate.uuid])).content.decode()
    assert old in page
    assert WHY["paper"] in page


@pytest.mark.parametrize(("said", "field"), [({"why": "", "paper": "P"}, "why"), ({**WHY, "paper": ""}, "paper")])
def test_without_why_or_paper_nothing_recorded_changes(inmate, officer, said, field):
    with pytest.raises(ValidationError) as refusal:
        change(inmate, officer, said, family_name_latin="Naciri")
    assert list(refusal.value.message_dict) == [field]
    assert not Correction.objects.exists()


def test_what_was_empty_is_filled_in_without(inmate, officer):
    Inmate.objects.filter(pk=inmate.pk).update(birth_date=None, cin=None, birthplace="")
    change(inmate, officer, NO_WHY, birth_date=date(1985, 3, 1), cin="BE100037", birthplace="Fès", group_role="other")
    inmate.refresh_from_db()
    assert (inmate.cin, inmate.birthplace, inmate.birth_date) == ("BE100037", "Fès", date(1985, 3, 1))
    assert not Correction.objects.exists()
    with pytest.raises(ValidationError):
        change(inmate, officer, NO_WHY, cin="BE100038")


def test_a_birth_known_better_completes_and_another_corrects(inmate, officer):
    Inmate.objects.filter(pk=inmate.pk).update(birth_date=date(1985, 1, 1), birth_precision="year")
    change(inmate, officer, NO_WHY, birth_date=date(1985, 5, 17), birth_precision="day")
    assert not Correction.objects.exists()
    with pytest.raises(ValidationError):
        change(inmate, officer, NO_WHY, birth_date=date(1986, 5, 17))
    change(inmate, officer, birth_date=date(1986, 5, 17))
    assert inmate.corrections.get().state == "done"


def test_somebody_not_yet_admitted_is_written_freely(officer):
    person = identity.register(Inmate(family_name_latin="Alaoui", sex="M"), by=officer)
    change(person, officer, NO_WHY, sex="F", family_name_latin="Alami")
    assert not Correction.objects.exists()


def minor_birth():
    return clock.today() - timedelta(days=17 * 365)


def test_a_birth_that_makes_a_minor_waits_for_a_second_person(inmate, officer, director):
    changed = change(inmate, officer, birth_date=minor_birth(), birthplace="Fès")
    made = inmate.corrections.get()
    assert (made.state, made.moves) == ("proposed", ["minority"])
    assert (changed.birth_date, changed.birthplace) == (date(1985, 3, 1), "Fès")
    assert Event.objects.get(verb="inmate.corrected").detail == {"fields": ["birthplace"]}
    assert Alert.objects.filter(inmate=inmate, kind="correction").exists()
    with pytest.raises(PermissionDenied):
        corrections.confirm(made, by=officer)
    corrections.confirm(made, by=director)
    inmate.refresh_from_db()
    assert inmate.birth_date == minor_birth()


def test_a_year_completed_to_a_minors_day_waits_too(inmate, officer):
    born = minor_birth().replace(month=12, day=31)
    on = born.replace(month=1, day=1)
    with_year = {"birth_date": on, "birth_precision": "year"}
    if (clock.today().year - born.year) != 18:
        born, on = born.replace(year=clock.today().year - 18), on.replace(year=clock.today().year - 18)
        with_year["birth_date"] = on
    Inmate.objects.filter(pk=inmate.pk).update(**with_year)
    if clock.today() < born:  # on the year alone an adult, by the day a minor
        with pytest.raises(ValidationError):
            change(inmate, officer, NO_WHY, birth_date=born, birth_precision="day")


def test_the_page_asks_why_at_the_field_and_says_what_follows(client, inmate, officer):
    client.force_login(officer)
    address = reverse("inmates:edit", args=[inmate.uuid])
    refused = client.post(address, typed(inmate, family_name_latin="Naciri"))
    assert refused.status_code == 422
    assert {"why", "paper"} <= set(refused.context["form"].errors)
    assert client.post(address, typed(inmate, kunya="Abu X")).status_code == 302
    inmate.refresh_from_db()
    data = typed(inmate, birth=f"{minor_birth():%d/%m/%Y}", kunya="Abu X", **WHY)
    asked = client.post(address, data)
    assert "whether the person counts as a minor" in asked.content.decode()
    assert not Correction.objects.exists()
    confirmed = asked.context["form"].data["confirmed"]
    answer = client.post(address, data | {"confirmed": confirmed}, follow=True)
    assert "A second person must confirm it." in answer.content.decode()
    assert Correction.objects.get().state == "proposed"


def test_papers_with_the_old_name_are_named_first(client, unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=30)
    releases.release(inmate, ground="provisional", reference="O-1", at=ago(2), by=officer)
    inmate.refresh_from_db()
    client.force_login(officer)
    client.get(reverse("inmates:release_paper", args=[inmate.uuid, inmate.admissions.get().uuid]))
    data = typed(inmate, family_name_latin="Naciri", **WHY)
    asked = client.post(reverse("inmates:edit", args=[inmate.uuid]), data).content.decode()
    assert "Issued before, and stays as it was issued: Order to release" in asked
    inmate.refresh_from_db()
    assert inmate.family_name_latin != "Naciri".upper()


def test_identity_has_its_own_page_and_no_other(client, inmate, officer):
    client.force_login(officer)
    for key in ("identity", "photo"):
        assert client.get(reverse("inmates:correct", args=[key, inmate.pk])).status_code == 404
        assert client.get(reverse("inmates:annul", args=[key, inmate.pk])).status_code == 404
    page = client.get(reverse("inmates:tab_corrections", args=[inmate.uuid])).content.decode()
    assert reverse("inmates:edit", args=[inmate.uuid]) in page


def test_a_nationality_is_read_as_a_country(inmate, officer):
    change(inmate, officer, nationality="FR")
    made = inmate.corrections.get()
    assert [in_words(find("identity"), "nationality", value) for value in made.changes["nationality"]] == [
        "Morocco",
        "France",
    ]


# The photograph


def test_the_first_photo_is_no_correction_another_is(client, inmate, officer, officer2, media):
    identity.set_photo(inmate, upload=picture(), by=officer)
    assert not Correction.objects.exists()
    with pytest.raises(ValidationError):
        identity.set_photo(inmate, upload=picture("white"), by=officer)
    identity.set_photo(inmate, upload=picture("white"), by=officer, **WHY)
    made = inmate.corrections.get()
    assert (made.subject, made.state) == ("photo", "done")
    client.force_login(officer)
    contents = [
        b"".join(client.get(reverse("inmates:correction_photo", args=[made.uuid, which])).streaming_content)
        for which in ("before", "after")
    ]
    assert contents[0] != contents[1]
    assert Event.objects.filter(verb="correction_photo.viewed", inmate_id=inmate.pk).count() == 2
    assert client.get(reverse("inmates:correction_photo", args=[made.uuid, "other"])).status_code == 404
    client.force_login(officer2)
    assert client.get(reverse("inmates:correction_photo", args=[made.uuid, "before"])).status_code == 404


def test_the_page_of_the_photo_asks_why_it_takes_the_place_of_another(client, inmate, officer, media):
    client.force_login(officer)
    address = reverse("inmates:photo_change", args=[inmate.uuid])
    assert 'name="why"' not in client.get(address).content.decode()
    assert client.post(address, {"photo": picture()}).status_code == 302
    assert 'name="why"' in client.get(address).content.decode()
    refused = client.post(address, {"photo": picture("white")})
    assert refused.status_code == 422
    assert {"why", "paper"} <= set(refused.context["form"].errors)
    assert client.post(address, {"photo": picture("white")} | WHY).status_code == 302
    page = client.get(reverse("inmates:correction", args=[inmate.corrections.get().uuid])).content.decode()
    assert "Photo before the correction" in page
