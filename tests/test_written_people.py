"""People written at once for the tests are those that the acts would have made: row by row, field by field."""

import pytest
from django.apps import apps
from django.utils import timezone

from inmates.custody.models import DetentionOrder
from tests import factories, written_people
from tests.factories import ago

APPS = ("inmates", "musalaha", "audit")
# Rows of the history say how a row came to be; here only what it has become is compared.
HISTORY = ("audit.Unsealed", "audit.UnsealedHistory")
MADE = {"id", "inmate_id", "uuid", "made_at", "created_at", "at", "object_id"}


def rows():
    """`{model: {key: row}}` of all that the acts might write, but for the row history."""
    models = [model for label in APPS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return {
        model: {row[model._meta.pk.attname]: row for row in model._base_manager.values()}
        for model in models
        if not hasattr(model, "pgh_tracked_model") and model._meta.label not in HISTORY
    }


def added(make, number):
    """What `make()` writes, without keys, moments of writing and the `number` given; nothing else may change."""
    before, found = rows(), []
    make()
    for model, now in rows().items():
        assert all(now[key] == row for key, row in before[model].items()), model
        new = [now[key] for key in sorted(now.keys() - before[model].keys(), key=str)]
        relations = [field for field in model._meta.concrete_fields if field.is_relation]
        leads = {field.attname for field in relations if field.related_model._meta.app_label in APPS}
        for row in new:
            told = {name: "its number" if value == number else value for name, value in row.items()}
            found.append((model._meta.label, {name: told[name] for name in told.keys() - MADE - leads}))
    return sorted(found, key=lambda one: (one[0], repr(sorted(one[1].items()))))


@pytest.mark.parametrize(
    ("status", "sentenced"),
    [("convicted_final", True), ("convicted_final", False), ("convicted_appeal", True), ("remand", False)],
)
@pytest.mark.parametrize("days_ago", [0, 200])
def test_they_are_written_as_the_acts_write_them(unit, officer, status, sentenced, days_ago):
    at = ago(days_ago)
    fields = {"family_name_latin": "Alaoui", "given_name_latin": "Said", "family_name_ar": "العلوي"}
    fields |= {"given_name_ar": "سعيد", "sex": "M", "birth_date": timezone.localdate().replace(year=1980, day=1)}

    def entered(make, number):
        kind, day = "remand" if status == "remand" else "judgment", timezone.localdate(at)
        order = DetentionOrder(kind=kind, authority="A", reference="TD-7", issued_on=day)
        told = {
            "legal_status": status,
            "years": 5,
            "months": 2,
            "sentenced": sentenced,
            "number": number,
            "order": order,
        }
        made = make(unit, dict(fields), at=at, **told, by=officer)
        assert made.held

    entered(factories.admitted_by_the_acts, "31")  # the spellings are known from here on
    assert written_people.is_ordinary(unit, fields, by=officer)
    by_the_acts = added(lambda: entered(factories.admitted_by_the_acts, "32"), "32")
    assert len(by_the_acts) >= 13
    assert added(lambda: entered(written_people.written, "33"), "33") == by_the_acts


def test_what_is_out_of_the_ordinary_goes_through_the_acts(unit, officer, reviewer):
    fields = {"sex": "M", "birth_date": timezone.localdate().replace(year=1980, day=1)}
    assert written_people.is_ordinary(unit, fields, by=officer)
    assert not written_people.is_ordinary(unit, fields, by=reviewer)
    for other in ({"sex": "F"}, {"birth_date": timezone.localdate()}, {"cin": "AB12345"}):
        assert not written_people.is_ordinary(unit, fields | other, by=officer)
    unit.working_capacity = 0
    assert not written_people.is_ordinary(unit, fields, by=officer)


def test_a_term_that_was_served_goes_through_the_acts(unit, officer):
    inmate = factories.make_inmate(unit, by=officer, days_ago=400, years=1)
    assert inmate.release_on < timezone.localdate()
    assert not inmate.tasks.open().exists()
