"""Releases that need a second look: a day settled early, the road between two prisons, a correction not yet confirmed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import admissions, releases
from inmates.custody.holds import Hold, holds, settled_early
from inmates.custody.models import DetentionOrder
from inmates.people.actions import alerts, corrections
from inmates.people.corrections import find
from inmates.people.models import Alert, Inmate
from inmates.sentences import actions
from inmates.sentences.models import Sentence
from inmates.transfers import actions as transfers
from tests.factories import make_inmate

DOOR = {"identity_check": "Card and photo compared", "property_return": "Effects, against signature"}


def day(n):
    return clock.today() + timedelta(days=n)


# --- a day that somebody settled before the rules would


@pytest.fixture
def settled_soon(unit, officer, director):
    """Five years and two of which no ruling says how they stand, settled to end yesterday."""
    inmate = make_inmate(unit, by=officer)
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    actions.pronounce(Sentence(case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on), by=officer)
    fields = {"reasons": "Asked.", "source": "Prosecutor", "sooner": True, "by": director}
    actions.settle_release_date(inmate, release_on=day(-1), **fields)
    return Inmate.objects.get(pk=inmate.pk)


def test_after_an_early_settled_day_term_served_asks_twice_like_any_other_early_one(settled_soon, officer):
    assert holds(settled_soon) == []  # it holds nobody, but the door asks
    with pytest.raises(InvalidTransition, match="settled an earlier day"):
        releases.release(settled_soon, ground="term_served", reference="P-1", by=officer)
    with pytest.raises(ValidationError) as refusal:
        releases.release(settled_soon, ground="term_served", before_term=True, by=officer)
    assert list(refusal.value.message_dict) == ["release_reference"]
    stay = releases.release(settled_soon, ground="term_served", reference="P-1", before_term=True, by=officer)
    [kept] = map(Hold.read, stay.release_file["against"])
    assert (kept.what, kept.until) == (
        "settled",
        settled_soon.sentences.first().starts_on.replace(year=kept.until.year),
    )
    assert Alert.objects.get(kind="release_disputed").audience == "national"
    assert settled_soon.tasks.open().get().kind == "release_scan"


def test_the_page_says_so_and_asks_again(client, settled_soon, officer):
    client.force_login(officer)
    address = reverse("inmates:release", args=[settled_soon.uuid])
    page = client.get(address)
    assert "A person settled an earlier day" in page.content.decode()
    assert "Nothing that is recorded holds this person." in page.content.decode()
    assert page.context["form"]["ground"].value() == "term_served"
    typed = {"ground": "term_served", "release_reference": "P-1", **DOOR}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "before_term" in refused.context["form"].fields
    assert client.post(address, typed | {"before_term": "on"}).status_code == 302


def test_a_settled_day_within_what_the_rules_leave_open_asks_once(unit, officer, director):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=1)
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    actions.pronounce(Sentence(case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on), by=officer)
    fields = {"reasons": "Asked.", "source": "Prosecutor", "by": director}
    actions.settle_release_date(inmate, release_on=day(-10), **fields)
    inmate.refresh_from_db()
    assert settled_early(inmate) is None
    stay = releases.release(inmate, ground="term_served", by=officer)
    assert stay.release_file["against"] == []


# --- on the road between two prisons


@pytest.fixture
def on_the_road(unit, other_prison, officer, director, officer2):
    """Somebody who left for another prison an hour ago, and the transfer."""
    inmate = make_inmate(unit, by=officer)
    transfer = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.approve(transfer, by=director)
    transfers.accept(transfer, by=officer2)
    transfers.depart(transfer, at=clock.now() - timedelta(hours=1), by=officer)
    transfer.refresh_from_db()
    return inmate, transfer


@pytest.mark.parametrize("ground", ["judicial", "death"])
def test_a_judges_order_and_a_death_end_the_road_and_both_prisons_are_told(on_the_road, officer, officer2, ground):
    inmate, transfer = on_the_road
    with pytest.raises(PermissionDenied):  # responsibility passes on arrival
        releases.release(inmate, ground=ground, reference="TPI 12", by=officer2)
    with pytest.raises(ValidationError) as refusal:
        releases.release(inmate, ground=ground, reference="TPI 12", at=transfer.departed_at, by=officer)
    assert list(refusal.value.message_dict) == ["at"]
    releases.release(inmate, ground=ground, reference="TPI 12", by=officer)
    transfer.refresh_from_db()
    inmate.refresh_from_db()
    assert (transfer.state, transfer.refusal, transfer.ended_by) == ("cancelled", "released", officer)
    assert not inmate.held
    assert not inmate.outings.out().exists()
    told = Alert.objects.filter(kind="released_on_road")
    assert {alert.facility for alert in told} == {transfer.origin, transfer.destination}
    for user in (officer, officer2):
        assert alerts.waiting_for(user).filter(kind="released_on_road").count() == 1
    assert Event.objects.filter(verb="transfer.cancelled").count() == 1
    with pytest.raises(InvalidTransition):
        transfers.arrive(transfer, unit=transfer.destination.units.get(), registration_number="77", by=officer2)


def test_the_receiving_prison_reads_and_acknowledges_its_alert_without_the_record(
    client, on_the_road, officer, officer2
):
    inmate, _transfer = on_the_road
    releases.release(inmate, ground="judicial", reference="TPI 12", by=officer)
    client.force_login(officer2)
    page = client.get(reverse("inmates:alerts")).content.decode()
    assert inmate.name_latin in page
    assert inmate.get_absolute_url() not in page
    theirs, ours = (
        Alert.objects.get(kind="released_on_road", facility=user.facility_ids[0]) for user in (officer, officer2)
    )
    assert client.post(reverse("inmates:acknowledge_alert", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("inmates:acknowledge_alert", args=[ours.pk])).status_code == 302
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.acknowledged_by, theirs.acknowledged_by) == (officer2, None)


@pytest.mark.parametrize("ground", ["conditional", "provisional"])
def test_on_any_other_ground_the_arrival_comes_first(on_the_road, officer, ground):
    inmate, transfer = on_the_road
    if ground == "provisional":
        inmate.sentences.update(final_on=None, final_reference="")
    with pytest.raises(InvalidTransition, match="record the arrival first"):
        releases.release(inmate, ground=ground, reference="J-1", by=officer)
    transfer.refresh_from_db()
    assert transfer.state == "departed"
    assert inmate.admissions.open().exists()
    assert not Alert.objects.filter(kind="released_on_road").exists()


# --- a correction that waits, and one that is confirmed after the door


@pytest.fixture
def correct_years(officer):
    """Propose another number of years for the only sentence of a person."""

    def act(inmate, years):
        return corrections.correct(
            find("sentence"), inmate.sentences.get(), {"years": str(years)}, why="Copied wrong from the judgment",
            paper="Judgment 7", by=officer,
        )  # fmt: skip

    return act


def test_the_release_page_and_the_tab_name_a_correction_that_waits(client, unit, officer, director, correct_years):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    pages = [reverse(f"inmates:{name}", args=[inmate.uuid]) for name in ("release", "tab_custody")]
    client.force_login(officer)
    words = (
        "A correction waits for a second person: sentence (years: 2 → 5).",
        "The release date moves",
        "Any director or reviewer",
    )
    assert not any(word in client.get(page).content.decode() for page in pages for word in words)
    correction = correct_years(inmate, 5)
    for page in pages:
        text = client.get(page).content.decode()
        assert all(word in text for word in words)
        assert str(correction.release_after.year) in text
    corrections.refuse(correction, reason="It says two", by=director)
    assert not any(words[0] in client.get(page).content.decode() for page in pages)


@pytest.mark.parametrize(
    ("ground", "years", "words"),
    [
        ("term_served", 3, "too early"),
        ("term_served", 1, "too late"),
        ("judicial", 1, "too late"),
        ("judicial", 3, None),  # a judge may free sooner
        ("death", 1, None),
    ],
)
def test_a_correction_confirmed_after_the_door_is_told_where_it_gives_another_day(
    unit, officer, director, correct_years, ground, years, words
):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    correction = correct_years(inmate, years)
    stay = releases.release(inmate, ground=ground, reference="J-1", by=officer)
    assert not Alert.objects.filter(kind="release_corrected").exists()
    corrections.confirm(correction, by=director)
    told = Alert.objects.filter(kind="release_corrected")
    if words is None:
        assert not told
        return
    inmate.refresh_from_db()
    apart = abs((inmate.release_on - timezone.localdate(stay.released_at)).days)
    assert {alert.audience for alert in told} == {"prison", "national"}
    assert f"freed {apart} days {words}" in told[0].text


def test_refused_after_the_door_it_tells_nobody_and_of_somebody_held_it_is_no_release(
    unit, officer, director, correct_years
):
    gone = make_inmate(unit, by=officer, days_ago=800, years=2)
    correction = correct_years(gone, 3)
    releases.release(gone, ground="term_served", by=officer)
    corrections.refuse(correction, reason="It says two", by=director)
    held = make_inmate(unit, by=officer)
    corrections.confirm(correct_years(held, 4), by=director)
    assert not Alert.objects.filter(kind="release_corrected").exists()


def test_a_sentence_served_before_makes_no_later_end_early(unit, officer, director):
    """Released as served, back, and sentenced with a total that fits nothing: no day before that sentence ends is usual."""
    inmate = make_inmate(unit, by=officer, days_ago=800, years=1)
    releases.release(inmate, ground="term_served", at=clock.now() - timedelta(days=300), by=officer)
    inmate.refresh_from_db()
    admissions.admit(
        inmate, unit=unit, legal_status="convicted_appeal", registration_number="9101",
        order=DetentionOrder(kind="arrest", authority="R", reference="Back", issued_on=day(-40)),
        admitted_at=clock.now() - timedelta(days=40), by=officer,
    )  # fmt: skip
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    total = {"relation": "partly", "relation_decision": "Ruling", "total_years": 9}
    dates = {"starts_on": day(-40), "pronounced_on": day(-1)}
    actions.pronounce(Sentence(case=case, inmate=inmate, years=2, **dates, **total), by=officer)
    fields = {"release_on": day(-1), "reasons": "Asked.", "source": "P", "by": director}
    with pytest.raises(ValidationError, match="at the earliest"):
        actions.settle_release_date(inmate, **fields)
    actions.settle_release_date(inmate, sooner=True, **fields)
    with pytest.raises(InvalidTransition, match="settled an earlier day"):
        releases.release(inmate, ground="term_served", reference="P-1", by=officer)


# --- civil imprisonment whose order still runs


@pytest.fixture
def in_civil_imprisonment(unit, officer):
    """Two years served, and civil imprisonment of which a hundred days are left."""
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    DetentionOrder.objects.create(
        inmate=inmate, kind="civil", authority="R", reference="C 9", issued_on=day(-20), expires_on=day(100)
    )
    return inmate


def test_civil_imprisonment_that_still_runs_is_ended_twice_asked_on_a_paper_and_told(
    client, in_civil_imprisonment, officer, inspector
):
    client.force_login(officer)
    address = reverse("inmates:release", args=[in_civil_imprisonment.uuid])
    data = {"ground": "civil_ended", "at": f"{timezone.localtime():%d/%m/%Y %H:%M}", **DOOR}
    refused = client.post(address, data)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["ground"])
    assert "C 9 still holds" in refused.content.decode()
    assert 'name="before_term"' in refused.content.decode()
    refused = client.post(address, data | {"before_term": "on"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["release_reference"])
    assert client.post(address, data | {"before_term": "on", "release_reference": "Q 5"}).status_code == 302
    assert alerts.waiting_for(inspector).get(kind="release_disputed").note == "Q 5"


def test_one_that_has_ended_is_asked_once_and_what_else_holds_is_in_its_way(in_civil_imprisonment, inmate, officer):
    DetentionOrder.objects.create(inmate=inmate, kind="civil", authority="R", reference="C 8", issued_on=day(-20))
    with pytest.raises(InvalidTransition, match="A sentence runs until"):
        releases.release(inmate, ground="civil_ended", reference="Q 6", before_term=True, by=officer)
    in_civil_imprisonment.detention_orders.filter(kind="civil").update(expires_on=day(-1))
    stay = releases.release(in_civil_imprisonment, ground="civil_ended", by=officer)
    assert stay.release_file["against"] == []
    assert not Alert.objects.filter(kind="release_disputed").exists()


# --- "term served" while nobody has settled the date


def test_term_served_between_two_possible_ends_opens_once_confirmed_on_a_paper(client, unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=1)
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    actions.pronounce(Sentence(case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on), by=officer)
    client.force_login(officer)
    address = reverse("inmates:release", args=[inmate.uuid])
    data = {"ground": "term_served", "at": f"{timezone.localtime():%d/%m/%Y %H:%M}", **DOOR}
    refused = client.post(address, data)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["ground"])
    assert 'name="before_term"' in refused.content.decode()
    assert client.post(address, data | {"before_term": "on"}).status_code == 422
    assert client.post(address, data | {"before_term": "on", "release_reference": "P 3"}).status_code == 302
    stay = inmate.admissions.get()
    assert Hold.read(stay.release_file["against"][0]).earliest is not None
    assert Alert.objects.get(kind="release_disputed").note == "P 3"


def test_with_no_end_known_it_stays_shut(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=1)
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    actions.pronounce(Sentence(case=case, inmate=inmate, kind="life", starts_on=inmate.admitted_on), by=officer)
    with pytest.raises(InvalidTransition, match="No sentence with an end"):
        releases.release(inmate, ground="term_served", reference="P 3", before_term=True, by=officer)


# --- a day that a person settled early has come


def test_on_a_day_settled_early_nobody_reads_that_it_cannot_be(client, unit, officer, director):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=3)
    case = actions.open_case(inmate, court="Fès", number="77/2", by=officer)
    actions.pronounce(Sentence(case=case, inmate=inmate, years=3, starts_on=inmate.admitted_on), by=officer)
    actions.settle_release_date(
        Inmate.objects.get(pk=inmate.pk),
        release_on=clock.today() - timedelta(days=1),
        reasons="The prosecutor named it",
        source="Letter 9",
        sooner=True,
        by=director,
    )
    assert holds(Inmate.objects.get(pk=inmate.pk)) == []
    client.force_login(officer)
    address = reverse("inmates:release", args=[inmate.uuid])
    data = {"ground": "term_served", "at": f"{timezone.localtime():%d/%m/%Y %H:%M}", **DOOR}
    refused = client.post(address, data)
    assert refused.status_code == 422
    assert "Cannot be released" not in refused.content.decode()
    assert "Confirm below that the day that was settled counts" in refused.content.decode()
    sent = data | {"before_term": "on", "release_reference": "Letter 9"}
    assert client.post(address, sent).status_code == 302
