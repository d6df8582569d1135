"""Admission and placement in detail: the act itself, without the page that checks before it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import admissions, legal_status, placements, releases
from inmates.custody.models import Admission, DetentionOrder
from inmates.people.actions import identity as people
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from tests.factories import make_inmate


@pytest.fixture
def newcomer(officer):
    """Somebody on the register who was never held."""
    return people.register(
        Inmate(family_name_latin="Alaoui", given_name_latin="Said", sex="M", birth_date=date(1990, 1, 1)), by=officer
    )


def admit(inmate, unit, by, *, issued_on=True, **fields):
    """Admit on a remand warrant of yesterday."""
    day = clock.today() - timedelta(days=1) if issued_on is True else issued_on
    fields = {"registration_number": "812", "admitted_at": clock.now() - timedelta(hours=1)} | fields
    return admissions.admit(
        inmate,
        unit=unit,
        order=DetentionOrder(kind="remand", authority="R", reference="A", issued_on=day),
        legal_status="remand",
        by=by,
        **fields,
    )


def test_an_order_has_its_day_and_not_a_later_one(newcomer, unit, officer):
    for day in (None, clock.today() + timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            admit(newcomer, unit, officer, issued_on=day)
        assert list(refusal.value.message_dict) == ["issued_on"]
    assert not Admission.objects.exists()
    assert admit(newcomer, unit, officer, issued_on=clock.today()).order.issued_on == clock.today()


def test_the_stay_bears_the_token_of_its_form(newcomer, unit, officer):
    token = uuid4()
    assert admit(newcomer, unit, officer, token=token).uuid == token
    assert Admission.objects.get().uuid == token


def test_a_stay_without_a_token_has_an_address_all_the_same(newcomer, unit, officer):
    assert Admission.objects.get(pk=admit(newcomer, unit, officer).pk).uuid is not None


def test_whoever_comes_back_has_no_tier_and_is_placed_without_one(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(inmate, ground="term_served", at=clock.now() - timedelta(hours=2), by=officer)
    Inmate.objects.filter(pk=inmate.pk).update(tier=2, tier_since=clock.today() - timedelta(days=300))
    unit.tiers = [0]
    unit.save()
    again = admit(inmate, unit, officer)
    inmate.refresh_from_db()
    assert (inmate.status, inmate.tier, inmate.tier_since) == ("in_custody", None, None)
    assert again.placements.get().exceptions == []


def test_somebody_back_on_the_day_of_the_release_has_one_legal_status_a_day(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(inmate, ground="term_served", at=clock.now() - timedelta(hours=2), by=officer)
    again = admit(inmate, unit, officer)
    before = inmate.legal_statuses.exclude(admission=again).get()
    assert again.legal_statuses.get().starts_on == max(timezone.localdate(again.admitted_at), before.ends_on)


@pytest.mark.parametrize(
    ("reason", "days", "at"), [("", 5, "unit"), (" ", 5, "unit"), ("Urgent", None, "unit"), ("Urgent", 0, "exception_until")]
)  # fmt: skip
def test_an_exception_has_a_reason_and_an_end_to_come(inmate, prison, officer, reason, days, at):
    full = prison.units.get(name="B")
    full.working_capacity = 0
    full.certified_capacity = 0
    full.save()
    until = None if days is None else clock.today() + timedelta(days=days)
    with pytest.raises(ValidationError) as refusal:
        placements.place(inmate, unit=full, exception_reason=reason, exception_until=until, by=officer)
    assert list(refusal.value.message_dict) == [at]
    until = clock.today() + timedelta(days=1)
    placement = placements.place(inmate, unit=full, exception_reason="Urgent", exception_until=until, by=officer)
    assert (placement.exceptions, placement.exception_reason, placement.exception_until) == (["full"], "Urgent", until)


def test_where_nothing_speaks_against_it_no_exception_is_kept(inmate, prison, officer):
    until = clock.today() + timedelta(days=1)
    placement = placements.place(
        inmate, unit=prison.units.get(name="B"), exception_reason="Urgent", exception_until=until, by=officer
    )
    assert (placement.exceptions, placement.exception_reason, placement.exception_until) == ([], "", None)


def test_a_legal_status_that_is_the_same_is_no_change(inmate, officer):
    current = inmate.legal_statuses.get()
    assert legal_status.change_legal_status(inmate, status=current.status, on=clock.today(), by=officer) == current
    changed = legal_status.change_legal_status(inmate, status="civil_imprisonment", on=clock.today(), by=officer)
    assert (changed.status, changed.pk != current.pk) == ("civil_imprisonment", True)


def test_provisional_release_lifts_a_sentence_under_appeal_and_not_a_final_one(inmate, unit, officer):
    with pytest.raises(InvalidTransition, match="sentence runs"):
        releases.release(inmate, ground="provisional", reference="O-1", by=officer)
    appealing = make_inmate(unit, by=officer, legal_status="convicted_appeal")
    assert releases.release(appealing, ground="provisional", reference="O-1", by=officer).ground == "provisional"


def test_an_acquittal_that_could_be_of_either_case_frees_nobody(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    other = sentences.open_case(inmate, court="Rabat", number="88", on_remand=True, by=officer)
    with pytest.raises(InvalidTransition, match="88"):
        releases.release(inmate, ground="acquittal", reference="J-1", by=officer)
    assert set(inmate.cases.values_list("state", flat=True)) == {"open"}
    sentences.set_remand(other, on_remand=False, by=officer)
    first = inmate.cases.exclude(pk=other.pk).get()
    releases.release(inmate, ground="acquittal", reference="J-1", case=first, by=officer)
    assert dict(inmate.cases.values_list("pk", "state")) == {first.pk: "acquitted", other.pk: "open"}
