"""Every field of a person is asked for, shown, kept in the history and taken over by a merge: none is forgotten.

These tests read the model, so that a new field is in them by itself; CONTRIBUTING.md says what to do for one.
"""

from datetime import date

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape

from inmates.custody.actions import releases
from inmates.duplicates.actions import merges
from inmates.people import countries, history
from inmates.people.forms.identity import IdentityForm
from inmates.people.models import Inmate, Organisation
from tests import factories

# Fields that one form field asks for under another name, or that a page of their own asks for.
ASKED_AS = {"birth_date": "birth", "birth_precision": "birth", "is_returnee": "returnee", "photo": None}
FIELDS = [
    field
    for field in Inmate._meta.concrete_fields
    if field.editable and not field.primary_key and field.name != "merged_into"
]
NAMES = [field.name for field in FIELDS]
# The photograph is a file and has tests of its own; how far a birth date is known is shown with the date.
WITH_WORDS = [name for name in NAMES if name not in ("photo", "birth_precision")]
MAY_BE_UNKNOWN = [field.name for field in FIELDS if field.blank and field.name not in ("photo", "languages")]
SAMPLES = {"languages": ["tamazight"], "birth_date": date(1971, 2, 9), "second_nationality": "SE", "cin": "ZT778899"}


def sample(name):
    """A value of a field that no factory gives anybody."""
    field = Inmate._meta.get_field(name)
    if name in SAMPLES:
        return SAMPLES[name]
    if field.is_relation:
        return Organisation.objects.create(name="Group of the sample")
    if field.choices:
        return list(dict(field.flatchoices))[-1]
    if name == "nationality":
        return "NO"
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateField):
        return date(2009, 8, 7)
    if isinstance(field, models.IntegerField):
        return 83
    return f"Q{name[:4]}q".title()


def words(inmate, name):
    """How a page says a field of this person."""
    field, value = Inmate._meta.get_field(name), getattr(inmate, name)
    if field.choices:
        return str(dict(field.flatchoices)[value])
    if name in ("nationality", "second_nationality"):
        return countries.name(value)
    if name == "languages":
        return "Tamazight"
    if value is True:
        return "Yes"
    if isinstance(value, date):
        return str(value.year)
    return str(value)


@pytest.mark.parametrize("name", NAMES)
def test_the_form_asks_for_it_where_it_can_be_seen(db, name):
    asked = ASKED_AS.get(name, name)
    form = IdentityForm()
    shown = {pointer.name for pointer in form.helper.layout.get_field_names()}
    assert asked is None or asked in form.fields
    assert asked is None or asked in shown


def test_what_the_form_does_not_ask_for_is_told_from_what_it_does(db):
    assert "status" not in IdentityForm().fields
    assert "status" not in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_name_in_every_language(name):
    assert isinstance(Inmate._meta.get_field(name).verbose_name, Promise)


def test_the_record_shows_all_of_them(inmate, inspector):
    client = Client()
    client.force_login(inspector)
    for name in WITH_WORDS:
        Inmate.objects.filter(pk=inmate.pk).update(**{name: sample(name)})
    inmate.refresh_from_db()
    page = client.get(reverse("inmates:tab_identity", args=[inmate.uuid])).content.decode()
    assert [
        name for name in WITH_WORDS if f">{escape(words(inmate, name))}" not in page and not _among(inmate, name, page)
    ] == []


def _among(inmate, name, page):
    """Whether a value stands in a cell together with another: a second nationality, the year of a birth date."""
    return name in ("second_nationality", "birth_date") and words(inmate, name) in page


def test_the_history_keeps_each_change(inmate, inspector):
    before = {change.label for change in history.field_history(inmate, inspector)}
    assert before == set()
    for name in WITH_WORDS:
        setattr(inmate, name, sample(name))
        inmate.save()
    changed = {change.label for change in history.field_history(inmate, inspector)}
    assert changed == {str(Inmate._meta.get_field(name).verbose_name).capitalize() for name in WITH_WORDS}


def test_a_merge_takes_over_what_only_the_other_record_knew(unit, officer, director):
    keep = factories.make_inmate(unit, by=officer)
    absorb = factories.make_inmate(unit, by=officer, days_ago=900, years=1)
    releases.release(absorb, ground="term_served", at=keep.admissions.get().admitted_at, by=officer)
    known = {name: sample(name) for name in MAY_BE_UNKNOWN}
    nothing = {name: None if Inmate._meta.get_field(name).null else "" for name in MAY_BE_UNKNOWN}
    nothing["family_name_latin"] = keep.family_name_latin
    Inmate.objects.filter(pk=keep.pk).update(**nothing)
    Inmate.objects.filter(pk=absorb.pk).update(**known)
    merges.approve(merges.propose(keep, absorb, reason="The same person", by=officer), by=director)
    keep.refresh_from_db()
    assert {name: getattr(keep, name) for name in known if name != "family_name_latin"} == {
        name: value for name, value in known.items() if name != "family_name_latin"
    }
    assert keep.family_name_latin == nothing["family_name_latin"]
