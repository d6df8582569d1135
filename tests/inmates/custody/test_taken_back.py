"""An escape and a release entered by mistake are taken back: the stay goes on as if they had never been."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.conditions.actions import separations
from inmates.custody.actions import admissions, outings, releases
from inmates.custody.derived_columns import disagreements
from inmates.custody.holds import holds
from inmates.custody.models import DetentionOrder, Outing
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import Alert, Correction, Inmate, Task
from inmates.sentences import actions as sentences
from inmates.sentences.models import Case, TimeAtLarge
from inmates.transfers import actions as transfers
from musalaha.aftercare.models import FollowUp
from tests import factories
from tests.factories import UnitFactory, make_inmate
from tests.inmates.classification.conftest import decided, submitted

WHY = {"why": "Entered for the file of a namesake", "paper": "Letter 5"}


def take_back(key, record, by):
    return corrections.annul(correctables.find(key), record, by=by, **WHY)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def ago(days=0, **span):
    return factories.ago(days) - timedelta(**span)


# Escape


@pytest.fixture
def escaped(inmate, officer):
    return outings.record_escape(inmate, account="Not seen at the count", at=ago(days=5), by=officer)


def test_an_escape_that_was_none_leaves_the_person_where_they_were(escaped, inmate, unit, officer, director):
    assert stored(inmate).status == Inmate.Status.ABSENT
    made = take_back("escape", escaped, officer)
    assert "stay" in made.moves
    assert stored(inmate).status == Inmate.Status.ABSENT
    corrections.confirm(made, by=director)
    now = stored(inmate)
    assert (now.status, now.unit) == (Inmate.Status.IN_CUSTODY, unit)
    place = inmate.placements.get()
    assert place.during.upper is None
    assert not inmate.outings.exists()
    assert Outing.everything.get(inmate=inmate).annulled_at is not None
    assert not inmate.tasks.open().exists()
    assert not list(disagreements())


def test_after_the_return_the_interruption_goes(escaped, inmate, unit, officer, director):
    until = stored(inmate).release_on
    outings.record_return(stored(inmate), unit=unit, at=ago(days=2), by=officer)
    assert stored(inmate).release_basis == Inmate.ReleaseBasis.UNSETTLED
    assert inmate.tasks.open().filter(kind=Task.Kind.RELEASE_DATE).exists()
    escaped.refresh_from_db()
    made = take_back("escape", escaped, officer)
    assert "release_date" in made.moves
    corrections.confirm(made, by=director)
    now = stored(inmate)
    assert (now.release_on, now.release_basis) == (until, Inmate.ReleaseBasis.COMPUTED)
    assert not inmate.times_at_large.exists()
    assert TimeAtLarge.everything.filter(inmate=inmate).count() == 1
    first, second = inmate.placements.order_by("during")
    assert first.during.upper == second.during.lower  # a day in between: in custody, as is known now
    assert inmate.placements.on(timezone.localdate(ago(days=3))).exists()
    assert not inmate.tasks.open().filter(kind=Task.Kind.RELEASE_DATE).exists()
    assert not list(disagreements())


def test_the_absence_that_it_had_ended_goes_on(inmate, officer, director):
    outing = outings.plan(inmate, kind="hospital", planned_on=clock.today(), place="Ibn Sina", by=officer)
    outings.leave(outing, at=ago(hours=5), by=officer)
    escape = outings.record_escape(inmate, account="Not at the ward", at=ago(hours=2), by=officer)
    corrections.confirm(take_back("escape", escape, officer), by=director)
    outing.refresh_from_db()
    assert (outing.back_at, outing.outcome) == (None, "")
    assert inmate.outings.out().get() == outing


def test_where_the_place_was_taken_it_is_taken_again_and_somebody_is_asked(escaped, inmate, unit, officer, director):
    make_inmate(unit, by=officer)
    unit.working_capacity = 1
    unit.save()
    corrections.confirm(take_back("escape", escaped, officer), by=director)
    place = inmate.placements.get()
    assert (place.exceptions, place.exception_until) == (["full"], clock.today() + timedelta(days=7))
    assert inmate.tasks.open().get(kind=Task.Kind.PLACEMENT).due_on == clock.today()


def test_nobody_else_takes_an_escape_back(escaped, officer2, assessor):
    for user in (officer2, assessor):
        with pytest.raises(PermissionDenied):
            take_back("escape", escaped, user)


# Release


@pytest.fixture
def remanded(unit, officer):
    return make_inmate(unit, by=officer, legal_status="remand")


def let_go(inmate, by, **fields):
    fields = {"ground": "judicial", "reference": "O 12", "at": ago(days=3)} | fields
    return releases.release(stored(inmate), by=by, **fields)


def test_on_the_road_the_transfer_goes_on_too(inmate, other_prison, officer, director, officer2):
    road = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.approve(road, by=director)
    transfers.accept(road, by=officer2)
    transfers.depart(road, at=ago(hours=5), by=officer)
    stay = let_go(inmate, officer, at=ago(hours=2))
    corrections.confirm(take_back("release", stay, officer), by=director)
    road.refresh_from_db()
    assert (road.state, road.refusal, road.ended_at, road.ended_by) == ("departed", "", None, None)
    assert inmate.outings.out().get().kind == "transfer"
    transfers.arrive(road, unit=other_prison.units.get(), registration_number="77", by=officer2)
    assert stored(inmate).facility == other_prison
    assert not list(disagreements())


def test_a_release_that_was_none_and_the_stay_goes_on(inmate, unit, officer, director, coordinator):
    before = stored(inmate)
    stay = let_go(inmate, officer)
    made = take_back("release", stay, officer)
    assert (made.state, "stay" in made.moves) == (Correction.State.PROPOSED, True)
    assert stored(inmate).status == Inmate.Status.RELEASED
    with pytest.raises(PermissionDenied):
        corrections.confirm(made, by=officer)
    corrections.confirm(made, by=director)
    now = stored(inmate)
    for column in (
        "status",
        "unit",
        "facility",
        "legal_status",
        "release_on",
        "release_basis",
        "tier",
        "next_review_on",
    ):
        assert getattr(now, column) == getattr(before, column), column
    stay.refresh_from_db()
    assert (stay.released_at, stay.ground, stay.release_reference, stay.release_file) == (None, "", "", None)
    assert inmate.placements.get().during.upper is None
    assert inmate.detention_orders.get().lifted_on is None
    assert [hold.kind for hold in holds(now)] == ["sentence"]
    audiences = Alert.objects.filter(inmate=inmate, kind="release_taken_back").values_list("audience", flat=True)
    assert set(audiences) == {"prison", "national"}
    assert inmate.placements.on(clock.today() - timedelta(days=2)).exists()  # as of a day: the latest knowledge
    assert not list(disagreements())
    assert releases.release(now, ground="judicial", reference="O 13", by=officer).released_at is not None


def test_the_scan_of_its_paper_is_asked_for_no_longer(inmate, officer, director):
    stay = let_go(inmate, officer)
    asked = inmate.tasks.open().get(kind=Task.Kind.RELEASE_SCAN)
    raise_alert(inmate, Alert.Kind.RELEASE_UNPROVEN, Alert.Audience.NATIONAL, str(asked.pk), note="O 12")
    corrections.confirm(take_back("release", stay, officer), by=director)
    asked.refresh_from_db()
    assert asked.done_at is not None
    waiting = Alert.objects.filter(inmate=inmate, acknowledged_at=None).values_list("kind", flat=True)
    assert set(waiting) == {"release_taken_back"}


def test_refused_after_it_took_effect_on_paper_the_scan_is_asked_for_again(remanded, officer, director, reviewer):
    stay = let_go(remanded, officer)
    made = take_back("release", stay, officer)
    corrections.decide_on_paper(made, paper="D 5", by=director)
    scans = remanded.tasks.open().filter(kind=Task.Kind.RELEASE_SCAN)
    assert not scans.exists()
    corrections.refuse(made, reason="The person has left", by=reviewer)
    assert stored(remanded).status == Inmate.Status.RELEASED
    assert scans.count() == 1


def test_remand_and_its_order_hold_again(remanded, officer, director):
    stay = let_go(remanded, officer)
    case = remanded.cases.get()
    assert not case.on_remand
    corrections.confirm(take_back("release", stay, officer), by=director)
    case.refresh_from_db()
    assert (case.state, case.on_remand) == (Case.State.OPEN, True)
    assert [hold.kind for hold in holds(stored(remanded))] == ["remand"]
    assert remanded.legal_statuses.get().ends_on is None


def test_remand_that_a_judge_had_ended_is_not_ordered_again(remanded, officer, director):
    sentences.set_remand(remanded.cases.get(), on_remand=False, reference="J 4", by=officer)
    stay = let_go(remanded, officer, at=clock.now())
    corrections.confirm(take_back("release", stay, officer), by=director)
    assert not remanded.cases.get().on_remand


def test_a_transfer_that_had_not_begun_is_proposed_again_and_that_is_told(inmate, other_prison, officer, director):
    transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    stay = let_go(inmate, officer)
    seen = corrections.foresee(correctables.find("release"), stay, {}, annul=True, by=officer)
    assert (
        f"The transfer to {other_prison} that the release had cancelled stays cancelled: propose it again."
        in seen.lines
    )
    corrections.confirm(take_back("release", stay, officer), by=director)
    assert inmate.transfers.get().state == "cancelled"
    assert transfers.propose(stored(inmate), destination=other_prison, reason="family", by=officer).state == "proposed"


def test_a_case_that_was_closed_at_the_door_stays_closed_and_is_told(remanded, officer, director):
    stay = let_go(remanded, officer, ground="acquittal")
    seen = corrections.foresee(correctables.find("release"), stay, {}, annul=True, by=officer)
    assert any("stays closed" in line for line in seen.lines)
    corrections.confirm(take_back("release", stay, officer), by=director)
    case = remanded.cases.get()
    assert case.state == Case.State.ACQUITTED
    assert Alert.objects.filter(inmate=remanded, kind="no_title").exists()
    corrections.confirm(take_back("case_end", case, officer), by=director)
    case.refresh_from_db()
    assert (case.state, case.on_remand) == (Case.State.OPEN, True)
    assert [hold.kind for hold in holds(stored(remanded))] == ["remand"]


def test_contacts_after_release_are_due_no_longer(inmate, officer, director):
    stay = let_go(inmate, officer)
    planned = stay.follow_ups.count()
    assert planned
    corrections.confirm(take_back("release", stay, officer), by=director)
    assert not FollowUp.objects.filter(inmate=inmate).exists()
    assert FollowUp.everything.filter(inmate=inmate).count() == planned
    stay = releases.release(stored(inmate), ground="judicial", reference="O 13", by=officer)
    assert stay.follow_ups.count() == planned


def test_what_other_rooms_had_ended_goes_on(inmate, unit, officer, director, assessor, reviewer):
    review = submitted(inmate, tier=2, assessor=assessor)
    separation = separations.authorise(
        inmate,
        reason="Threats against him",
        starts_on=clock.today(),
        until=clock.today(),
        health_checked=True,
        by=director,
    )
    stay = let_go(inmate, officer, at=clock.now())
    review.refresh_from_db()
    separation.refresh_from_db()
    assert (review.state, separation.ended_on) == ("cancelled", clock.today())
    corrections.confirm(take_back("release", stay, officer), by=director)
    review.refresh_from_db()
    separation.refresh_from_db()
    assert (review.state, separation.ended_on, separation.ended_by) == ("submitted", None, None)


def test_a_waiting_decision_waits_again(inmate, officer, director, assessor, reviewer):
    decision = decided(inmate, tier=1, assessor=assessor, reviewer=reviewer)
    stay = let_go(inmate, officer, at=clock.now())
    decision.refresh_from_db()
    assert decision.suspended_on is not None
    corrections.confirm(take_back("release", stay, officer), by=director)
    decision.refresh_from_db()
    assert decision.suspended_on is None


def test_once_admitted_again_the_release_stands(inmate, unit, officer):
    stay = let_go(inmate, officer)
    admissions.admit(
        stored(inmate),
        unit=unit,
        order=DetentionOrder(kind="remand", authority="TPI", reference="M 2", issued_on=clock.today()),
        legal_status="remand",
        registration_number="N2",
        admitted_at=clock.now(),
        by=officer,
    )
    with pytest.raises(InvalidTransition, match="admitted again"):
        take_back("release", stay, officer)


def test_admitted_again_meanwhile_it_is_not_confirmed(inmate, unit, officer, director):
    stay = let_go(inmate, officer)
    made = take_back("release", stay, officer)
    admissions.admit(
        stored(inmate),
        unit=unit,
        order=DetentionOrder(kind="remand", authority="TPI", reference="M 2", issued_on=clock.today()),
        legal_status="remand",
        registration_number="N2",
        admitted_at=clock.now(),
        by=officer,
    )
    with pytest.raises(InvalidTransition, match="admitted again"):
        corrections.confirm(made, by=director)
    assert stored(inmate).held


def test_on_paper_and_then_not_confirmed_it_is_a_release_again(monkeypatch, inmate, officer, director, reviewer):
    stay = let_go(inmate, officer)
    at = stay.released_at
    made = take_back("release", stay, officer)
    monkeypatch.setattr(Correction, "presses_today", True)
    corrections.decide_on_paper(made, paper="Note 3", by=director)
    assert stored(inmate).held
    corrections.refuse(made, reason="He did leave that day", by=reviewer)
    stay.refresh_from_db()
    now = stored(inmate)
    assert (stay.released_at, stay.ground, now.status, now.unit) == (at, "judicial", Inmate.Status.RELEASED, None)
    assert stay.follow_ups.exists()
    assert inmate.placements.get().during.upper == at
    assert not list(disagreements())


def test_the_page_names_what_the_unit_does_not_allow_any_longer(client, inmate, unit, officer):
    stay = let_go(inmate, officer)
    make_inmate(unit, by=officer)
    unit.working_capacity = 1
    unit.save()
    UnitFactory(facility=unit.facility, name="Z")
    client.force_login(officer)
    page = client.post(reverse("inmates:annul", args=["release", stay.pk]), WHY).content.decode()
    assert "The unit is full" in page
    assert "It changes whether the person is in custody." in page


def test_the_correction_says_in_the_readers_words_what_was_written_back(client, inmate, officer, director):
    stay = let_go(inmate, officer)
    made = corrections.confirm(take_back("release", stay, officer), by=director)
    client.force_login(officer)
    page = client.get(reverse("inmates:correction", args=[made.uuid])).content.decode()
    for words in ("Release ordered by a judge in writing", "In custody", "Detention order · why lifted"):
        assert words in page
    for column in ("released by", "§", "release_file", "Release file"):
        assert column not in page
