"""Who somebody is: the form, corrections that lose nothing, the photograph, the dossier, and who changed what."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from audit.models import Event
from core.workflow import InvalidTransition, StaleRecord
from inmates.people import countries
from inmates.people.actions import identity
from inmates.people.forms.identity import IdentityForm
from inmates.people.models import Alias, Inmate, ReturneeDossier
from tests import factories
from tests.application_rights import rewriting

TYPED = {
    "family_name_latin": "EL FASSI",
    "given_name_latin": "Omar",
    "family_name_ar": "الفاسي",
    "given_name_ar": "عمر",
    "birth": "١٧/٠٥/١٩٨٥",
    "sex": "M",
    "cin": "be-100 037",
    "nationality": "MA",
    "languages": ["darija", "french"],
    "returnee": "yes",
    "kunya": "Abu Omar\n\n Abu  Omar ",
    "nom_de_guerre": "الشيخ",
    "spelling": "",
}


@pytest.fixture
def inmate(unit, officer):
    """Somebody with a name as people have it."""
    return factories.make_inmate(unit, by=officer, family_name_latin="Tazi")


WHY = {"why": "Copied wrong from the card", "paper": "Card BE100037"}


def typed(person, **changes):
    """What the edit form of a person sends."""
    return {
        "family_name_latin": person.family_name_latin,
        "given_name_latin": person.given_name_latin,
        "family_name_ar": person.family_name_ar,
        "given_name_ar": person.given_name_ar,
        "birth": "01/03/1985",
        "sex": person.sex,
        "nationality": "MA",
        "version": person.version,
        **WHY,
    } | changes


def test_a_valid_form_gives_a_person_and_aliases(db):
    form = IdentityForm(TYPED)
    assert form.is_valid(), form.errors
    person = form.build()
    assert person.pk is None
    assert (person.family_name_latin, person.cin) == ("El Fassi", "BE100037")
    assert (person.birth_date, person.birth_precision) == (date(1985, 5, 17), "day")
    assert (person.is_returnee, person.languages) == (True, ["darija", "french"])
    assert form.aliases == [("Abu Omar", "kunya"), ("الشيخ", "nom_de_guerre")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1974", ("year", 1)), ("مفترض 1974", ("presumed", 1)), ("05/1974", ("month", 5)), ("", ("day", None))],
)
def test_births_as_far_as_they_are_known(db, text, expected):
    form = IdentityForm(TYPED | {"birth": text})
    assert form.is_valid(), form.errors
    person = form.build()
    assert (person.birth_precision, person.birth_date.month if person.birth_date else None) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cin", "123"), ("birth", "31/02/1985"), ("birth", "01/01/2090"), ("nationality", "ZZ"), ("sex", ""),
        ("family_name_latin", "A1"), ("family_name_latin", "x\x00y"), ("kunya", "x" * 200),
        ("second_nationality", "MA"),
    ],
)  # fmt: skip
def test_bad_input_stands_at_its_field(db, field, value):
    form = IdentityForm(TYPED | {field: value})
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_a_name_is_needed_in_one_script(db):
    nameless = dict.fromkeys(("family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar"), "")
    assert "family_name_latin" in IdentityForm(TYPED | nameless).errors
    assert IdentityForm(TYPED | nameless | {"given_name_ar": "عمر"}).is_valid()


def test_the_same_cin_is_refused_and_shows_who_it_is(inmate):
    Inmate.objects.filter(pk=inmate.pk).update(cin="BE100037")
    form = IdentityForm(TYPED)
    assert not form.is_valid()
    assert form.same_cin == inmate


def test_countries_in_three_languages():
    for language, expected in (("ar", "المغرب"), ("fr", "Maroc"), ("en", "Morocco")):
        with translation.override(language):
            assert countries.name("MA") == expected
            assert countries.choices()[0] == ("MA", expected)
    assert countries.name("QQ") == "QQ"
    assert countries.name("") == ""


# Editing


def test_a_corrected_name_keeps_the_old_spelling(client, officer, inmate):
    old = inmate.name_latin
    client.force_login(officer)
    response = client.post(
        reverse("inmates:edit", args=[inmate.uuid]),
        typed(inmate, family_name_latin="Tazzi", kunya="Abu Yahya", birth="1985", returnee="no"),
    )
    assert response.url == reverse("inmates:tab_identity", args=[inmate.uuid])
    stored = Inmate.objects.get(pk=inmate.pk)
    assert (stored.family_name_latin, stored.birth_precision, stored.is_returnee) == ("Tazzi", "year", False)
    assert set(stored.aliases.values_list("text", "kind")) == {(old, "former"), ("Abu Yahya", "kunya")}
    fields = Event.objects.get(verb="inmate.corrected").detail["fields"]
    assert {"birth_precision", "family_name_latin", "is_returnee", "aliases"} <= set(fields)
    assert Inmate.objects.search("Abu Yahya").get() == stored
    assert Inmate.objects.search(old).get() == stored


def test_aliases_can_go_but_former_entries_stay(officer, inmate):
    Alias.objects.create(inmate=inmate, text="Abu X", kind="kunya")
    Alias.objects.create(inmate=inmate, text="TAZZI Omar", kind="former")
    said = {"why": "Written down for another person", "paper": "Letter 12"}
    change = {"changes": {}, "aliases": [("Abu Z", "kunya")], "version": inmate.version, "by": officer}
    for missing in ({}, said | {"paper": ""}, said | {"why": "wrong"}):
        with pytest.raises(ValidationError):
            identity.correct_identity(inmate, **change, **missing)
    assert set(inmate.aliases.values_list("text", flat=True)) == {"Abu X", "TAZZI Omar"}
    identity.correct_identity(inmate, **change, **said)
    assert set(inmate.aliases.values_list("text", flat=True)) == {"Abu Z", "TAZZI Omar"}
    assert Event.objects.get(verb="inmate.corrected").detail == {"fields": ["aliases"], **said}


def test_nothing_changed_is_no_change(officer, inmate):
    identity.correct_identity(inmate, changes={"sex": inmate.sex}, aliases=[], version=inmate.version, by=officer)
    assert Inmate.objects.get(pk=inmate.pk).version == inmate.version
    assert not Event.objects.filter(verb="inmate.corrected").exists()


def test_two_at_once_lose_nothing(officer, inmate, prison):
    """Both open the form; the second to save sees both versions, and may then save over the first with open eyes."""
    other = factories.make_user("records officer", prison, username="colleague")
    first, second = Client(), Client()
    first.force_login(officer)
    second.force_login(other)
    address = reverse("inmates:edit", args=[inmate.uuid])
    assert first.post(address, typed(inmate, birthplace="Fès")).status_code == 302
    late = second.post(address, typed(inmate, birthplace="Meknès", kunya="Abu Salim"))
    assert late.status_code == 409
    page = late.content.decode()
    assert "Fès" in page
    assert "Meknès" in page
    assert "Abu Salim" in page
    stored = Inmate.objects.get(pk=inmate.pk)
    assert (stored.birthplace, stored.aliases.count()) == ("Fès", 0)
    again = second.post(address, typed(stored, birthplace="Meknès", kunya="Abu Salim"))
    assert again.status_code == 302
    assert Inmate.objects.get(pk=inmate.pk).birthplace == "Meknès"


def test_the_stale_page_sends_the_newer_version(client, officer, inmate):
    Inmate.objects.filter(pk=inmate.pk).update(version=7, birthplace="Fès")
    client.force_login(officer)
    answer = client.post(reverse("inmates:edit", args=[inmate.uuid]), typed(inmate, birthplace="Meknès"))
    assert answer.status_code == 409
    assert answer.context["form"]["version"].value() == "7"
    assert {"label": "Birthplace", "value": "Fès"} in answer.context["theirs"]


def test_a_bad_form_keeps_what_was_typed(client, officer, inmate):
    client.force_login(officer)
    answer = client.post(reverse("inmates:edit", args=[inmate.uuid]), typed(inmate, cin="12", birthplace="Azrou"))
    assert answer.status_code == 422
    assert "Azrou" in answer.content.decode()
    assert client.post(reverse("inmates:edit", args=[inmate.uuid]), {}).status_code == 422


def test_somebody_elses_cin_shows_a_card_alone(client, officer, officer2, other_prison, inmate):
    elsewhere = factories.make_inmate(
        other_prison.units.get(), by=officer2, cin="BE100037", family_name_latin="Ailleurs", years=7
    )
    client.force_login(officer)
    answer = client.post(reverse("inmates:edit", args=[inmate.uuid]), typed(inmate, cin="BE100037"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "AILLEURS" in page
    assert "Toulal 2" in page
    assert elsewhere.get_absolute_url() not in page
    assert elsewhere.registration_number not in page
    assert Event.objects.filter(verb="identity_card.viewed", inmate_id=elsewhere.pk).exists()


@pytest.mark.parametrize("name", ["edit", "dossier", "photo_change"])
def test_who_may_not_edit(client, officer2, assessor, inmate, name):
    address = reverse(f"inmates:{name}", args=[inmate.uuid])
    before = Inmate.objects.values().get(pk=inmate.pk)
    data = typed(inmate, family_name_latin="Changed") | {"theatre": "Syrie", "photo": picture()}
    for user, status in ((officer2, 404), (assessor, 403)):
        client.force_login(user)
        for answer in (client.get(address), client.post(address, data)):
            assert answer.status_code == status
            assert inmate.family_name_latin.upper() not in answer.content.decode()
    assert Inmate.objects.values().get(pk=inmate.pk) == before
    assert not ReturneeDossier.objects.exists()
    assert set(Event.objects.filter(verb__startswith="refused.").values_list("verb", "actor_id")) == {
        (f"refused.inmates:{name}", assessor.pk),
        ("refused.elsewhere", officer2.pk),
    }


# Dossier, photograph, history


def test_dossier(client, officer, inmate):
    client.force_login(officer)
    address = reverse("inmates:dossier", args=[inmate.uuid])
    fields = {"theatre": "Syrie", "left_on": "١/٢/٢٠١٤", "returned_on": "03/04/2016", "version": inmate.version}
    assert client.post(address, fields).status_code == 302
    dossier = ReturneeDossier.objects.get(inmate=inmate)
    assert (dossier.left_on, dossier.returned_on) == (date(2014, 2, 1), date(2016, 4, 3))
    assert client.post(address, fields | {"theatre": "Irak"}).status_code == 409
    newer = {"version": inmate.version + 1, "left_on": "2016-05-01", "returned_on": "2015-05-01"}
    assert client.post(address, newer).status_code == 422
    assert ReturneeDossier.objects.get(inmate=inmate).theatre == "Syrie"


def picture(kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", (1600, 2000), "grey").save(out, kind, exif=b"Exif\x00\x00secret-place")
    return SimpleUploadedFile("me.jpg", out.getvalue())


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_photo_is_small_and_bare(client, officer, officer2, inmate, media):
    client.force_login(officer)
    assert client.get(reverse("inmates:photo", args=[inmate.uuid])).status_code == 404
    response = client.post(reverse("inmates:photo_change", args=[inmate.uuid]), {"photo": picture()})
    assert response.status_code == 302
    answer = client.get(reverse("inmates:photo", args=[inmate.uuid]))
    content = b"".join(answer.streaming_content)
    assert b"secret-place" not in content
    assert max(Image.open(io.BytesIO(content)).size) <= 600
    assert answer["Cache-Control"] == "private, no-store"
    client.force_login(officer2)
    assert client.get(reverse("inmates:photo", args=[inmate.uuid])).status_code == 404


def test_what_is_no_picture_is_refused(client, officer, inmate, media):
    client.force_login(officer)
    for upload in (SimpleUploadedFile("x.jpg", b"%PDF-1.4 %%EOF"), SimpleUploadedFile("x.jpg", b"")):
        answer = client.post(reverse("inmates:photo_change", args=[inmate.uuid]), {"photo": upload})
        assert answer.status_code == 422
    assert Inmate.objects.get(pk=inmate.pk).photo is None


def test_history_says_who_changed_what_from_what(client, officer, inmate, django_assert_max_num_queries):
    client.force_login(officer)
    for place in ("Fès", "Sefrou"):
        stored = Inmate.objects.get(pk=inmate.pk)
        client.post(reverse("inmates:edit", args=[inmate.uuid]), typed(stored, birthplace=place, kunya="Abu X"))
    with django_assert_max_num_queries(20):
        answer = client.get(reverse("inmates:history", args=[inmate.uuid]))
    told = [(change.label, change.before, change.after, change.by) for change in answer.context["changes"]]
    places = [one for one in told if one[0] == "Birthplace"]
    assert places == [("Birthplace", "Fès", "Sefrou", officer), ("Birthplace", "", "Fès", officer)]
    assert ("Kunya", "", "Abu X", officer) in told


def test_the_tab(client, officer, officer2, inmate):
    Alias.objects.create(inmate=inmate, text="Abu X", kind="kunya")
    client.force_login(officer)
    page = client.get(reverse("inmates:tab_identity", args=[inmate.uuid])).content.decode()
    assert "Abu X" in page
    assert "Morocco" in page
    client.force_login(officer2)
    assert client.get(reverse("inmates:tab_identity", args=[inmate.uuid])).status_code == 404
    assert client.get(reverse("inmates:history", args=[inmate.uuid])).status_code == 404


def test_a_person_is_found_from_the_first_day_and_stands_in_the_lists_order(officer):
    person = Inmate(family_name_latin="Éz-Zahra", given_name_latin="Ali", sex="M", birth_date=date(1980, 1, 1))
    identity.register(person, aliases=[("Abou Ilyas", "kunya")], by=officer)
    stored = Inmate.objects.get(pk=person.pk)
    assert (stored.sort_key, stored.aliases.get().text) == (identity.sort_key(stored), "Abou Ilyas")
    assert stored.sort_key
    for words in ("Ez Zahra Ali", "Abou Ilyas"):
        assert stored in Inmate.objects.search(words)
    with pytest.raises(ValidationError) as refusal:
        identity.register(Inmate(family_name_latin="X", given_name_latin="Y", sex="?"), by=officer)
    assert "sex" in refusal.value.message_dict
    assert Inmate.objects.count() == 1


def test_who_somebody_is_is_corrected_here_in_the_newest_version_of_a_record_that_stands(
    officer, officer2, unit, inmate, media
):
    corrections = (
        lambda version, by: identity.correct_identity(
            inmate, changes={"family_name_latin": "Naciri"}, version=version, by=by, **WHY
        ),
        lambda version, by: identity.write_dossier(inmate, fields={"theatre": "Syrie"}, version=version, by=by),
    )
    for act in corrections:
        with pytest.raises(PermissionDenied):
            act(inmate.version, officer2)
        with pytest.raises(StaleRecord):
            act(inmate.version + 1, officer)
    with pytest.raises(PermissionDenied):
        identity.set_photo(inmate, upload=picture(), by=officer2)
    with pytest.raises(ValidationError):
        identity.correct_identity(inmate, changes={"sex": "?"}, version=inmate.version, by=officer)
    before = Inmate.objects.values().get(pk=inmate.pk)
    assert before["family_name_latin"] == "Tazi"
    stored = corrections[0](inmate.version, officer)
    stored.refresh_from_db()
    assert (stored.sort_key, stored.version) == (identity.sort_key(stored), before["version"] + 1)
    assert stored in Inmate.objects.search("Naciri")
    same = identity.correct_identity(
        inmate, changes={"family_name_latin": "Naciri"}, version=stored.version, by=officer
    )
    assert same.version == stored.version
    dossier = corrections[1](stored.version, officer)
    assert (
        identity.write_dossier(inmate, fields={"theatre": "Syrie"}, version=stored.version + 1, by=officer) == dossier
    )
    assert Event.objects.filter(verb="dossier.written").count() == 1
    with rewriting():
        Inmate.objects.filter(pk=inmate.pk).update(merged_into=factories.make_inmate(unit, by=officer))
    for act in (*corrections, lambda version, by: identity.set_photo(inmate, upload=picture(), by=by)):
        with pytest.raises(InvalidTransition, match="merged"):
            act(stored.version + 1, officer)


def test_an_alias_may_change_its_kind_and_former_names_stay(officer, inmate):
    inmate = identity.correct_identity(
        inmate,
        changes={"family_name_latin": "Naciri"},
        aliases=[("Abu X", "kunya"), ("Y", "kunya")],
        version=inmate.version,
        by=officer,
        **WHY,
    )
    kinds = [kind for kind in Alias.Kind.values if kind not in ("kunya", "former")]
    inmate = identity.correct_identity(
        inmate, changes={}, aliases=[("Abu X", kinds[0])], version=inmate.version, by=officer, **WHY
    )
    assert dict(inmate.aliases.values_list("text", "kind")) == {"Abu X": kinds[0], "TAZI Omar": "former"}
