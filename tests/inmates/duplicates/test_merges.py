"""Two records made one: proposed by one person, decided by another."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from accounts import roles
from audit.models import Event
from core.workflow import InvalidTransition, next_states
from inmates.custody.models import KeepApart, Placement, RegistrationNumber
from inmates.duplicates.actions import merges, pairs
from inmates.duplicates.models import MergeProposal, PossibleDuplicate
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Alias, Inmate, ReturneeDossier
from tests import factories

State = MergeProposal.State


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_proposed_by_one_approved_by_another(client, officer, director, pair, earlier, again):
    """All that points at the absorbed record points at the kept one; both numbers stay; the old address leads on."""
    numbers = {earlier.registration_number, again.registration_number}
    Alias.objects.create(inmate=earlier, text="Abu X")
    Alias.objects.create(inmate=again, text="Abu X")
    ReturneeDossier.objects.create(inmate=earlier, theatre="Syrie")
    ReturneeDossier.objects.create(inmate=again, theatre="Irak", route="Turquie")
    client.force_login(officer)
    client.post(
        reverse("inmates:pair", args=[pair.pk]),
        {"act": "same", "keep": str(earlier.uuid), "reason": "Same fingerprints"},
    )
    proposal = MergeProposal.objects.get()
    pair.refresh_from_db()
    assert pair.state == "same"
    events = Event.objects.filter(inmate_id=again.pk).count()
    client.force_login(director)
    client.post(reverse("inmates:merge", args=[proposal.pk]), {"act": "approve"})
    proposal.refresh_from_db()
    kept, gone = Inmate.objects.get(pk=earlier.pk), Inmate.objects.get(pk=again.pk)
    assert (proposal.state, proposal.decided_by) == ("merged", director)
    assert gone.merged_into == kept
    assert gone.survivor() == kept
    assert gone.registration_number == again.registration_number
    assert set(RegistrationNumber.objects.filter(inmate=kept).values_list("number", flat=True)) == numbers
    assert kept.admissions.count() == 2
    assert Placement.objects.filter(inmate=kept).count() == 2
    assert kept.sentences.count() == 2
    assert (kept.status, kept.unit, kept.registration_number) == ("in_custody", again.unit, again.registration_number)
    assert kept.cin == "BE100037"
    assert kept.aliases.filter(text="Abu X").count() == 1
    assert kept.aliases.filter(text=again.name_latin, kind="former").exists()
    dossier = ReturneeDossier.objects.get()
    assert (dossier.inmate, dossier.theatre, dossier.route) == (kept, "Syrie", "Turquie")
    assert not PossibleDuplicate.objects.exists()
    # The trail stays as it was; the merge is added to it.
    assert (
        Event.objects.filter(inmate_id=again.pk)
        .exclude(verb__startswith="merge.")
        .exclude(verb__endswith=".viewed")
        .count()
        <= events
    )
    assert Event.objects.filter(verb="merge.approved").count() == 2
    assert proposal.report["moved"]["inmates.admission"] == 1
    # Found under both numbers and both spellings, once.
    people = Inmate.objects.visible_to(officer)
    assert [*people.search(again.registration_number)] == [*people.search("Benali Mohammed")] == [kept]
    client.force_login(officer)
    assert client.get(reverse("profile", args=[gone.uuid])).url == kept.get_absolute_url()
    assert client.get(reverse("inmates:tab_identity", args=[gone.uuid])).status_code == 404


def test_the_cin_comes_along(officer, director, earlier, again):
    proposal = merges.propose(again, earlier, reason="x", by=officer)
    merges.approve(proposal, by=director)
    kept = Inmate.objects.get(pk=again.pk)
    assert (kept.cin, Inmate.objects.get(pk=earlier.pk).cin) == ("BE100037", None)
    assert (kept.status, kept.admissions.count()) == ("in_custody", 2)


def test_nobody_approves_their_own(officer, earlier, again, prison):
    both = factories.make_user(roles.OFFICER, prison, username="both")
    factories.also(both, roles.DIRECTOR)
    both = type(both).objects.get(pk=both.pk)
    proposal = merges.propose(earlier, again, reason="x", by=both)
    for act in (merges.approve, merges.reject):
        with pytest.raises(PermissionDenied):
            act(proposal, by=both)
        with pytest.raises(PermissionDenied):
            act(proposal, by=officer)
    assert Inmate.objects.get(pk=again.pk).merged_into is None


def test_across_prisons_a_director_is_not_enough(officer, director, reviewer, earlier, again, other_prison):
    proposal = merges.propose(earlier, again, reason="x", by=officer)
    Inmate.objects.filter(pk=earlier.pk).update(facility=other_prison)
    with pytest.raises(PermissionDenied):
        merges.approve(proposal, by=director)
    merges.approve(proposal, by=reviewer)
    assert Inmate.objects.get(pk=again.pk).merged_into_id == earlier.pk


def test_rejected_goes_back_to_the_worklist(client, officer, director, pair):
    proposal = merges.propose(pair.first, pair.second, reason="x", by=officer)
    client.force_login(director)
    client.post(reverse("inmates:merge", args=[proposal.pk]), {"act": "reject"})
    pair.refresh_from_db()
    proposal.refresh_from_db()
    assert (proposal.state, pair.state) == ("rejected", "open")
    with pytest.raises(InvalidTransition):
        merges.approve(proposal, by=director)
    assert merges.propose(pair.first, pair.second, reason="look again", by=officer).state == "proposed"


def test_two_who_were_held_at_once_are_not_one(client, officer, unit, again):
    other = factories.make_inmate(unit, by=officer, days_ago=30)
    with pytest.raises(InvalidTransition, match="overlap"):
        merges.propose(other, again, reason="x", by=officer)
    client.force_login(officer)
    found = pairs.report(other, again, by=officer)
    page = client.get(reverse("inmates:pair", args=[found.pk])).content.decode()
    assert "overlap" in page
    assert "Propose the merge" not in page


def test_other_obstacles(officer, earlier, again):
    Inmate.objects.filter(pk=again.pk).update(cin="AB123456")
    with pytest.raises(InvalidTransition, match="CIN"):
        merges.propose(earlier, again, reason="x", by=officer)
    Inmate.objects.filter(pk=again.pk).update(cin=None, sex="F")
    with pytest.raises(InvalidTransition, match="sex"):
        merges.propose(earlier, again, reason="x", by=officer)
    Inmate.objects.filter(pk=again.pk).update(sex="M")
    with pytest.raises(InvalidTransition, match="why"):
        merges.propose(earlier, again, reason=" ", by=officer)
    with pytest.raises(InvalidTransition):
        merges.propose(earlier, earlier, reason="x", by=officer)
    merges.propose(earlier, again, reason="x", by=officer)
    with pytest.raises(InvalidTransition, match="already"):
        merges.propose(again, earlier, reason="x", by=officer)


def test_what_came_between_stops_the_approval(officer, director, earlier, again):
    proposal = merges.propose(earlier, again, reason="x", by=officer)
    Inmate.objects.filter(pk=again.pk).update(cin="AB123456")
    with pytest.raises(InvalidTransition, match="CIN"):
        merges.approve(proposal, by=director)
    assert MergeProposal.objects.get().state == "proposed"


def test_keep_apart_pairs_follow_and_collapse(officer, director, unit, earlier, again):
    third = factories.make_inmate(unit, by=officer)
    fourth = factories.make_inmate(unit, by=officer)
    for one, other in ((earlier, third), (again, third), (again, fourth)):
        KeepApart.objects.create(first=one, second=other, reason="threats", opened_by=officer)
    merges.approve(merges.propose(earlier, again, reason="x", by=officer), by=director)
    pairs = set(KeepApart.objects.values_list("first", "second"))
    assert pairs == {(earlier.pk, third.pk), (earlier.pk, fourth.pk)}


def test_two_who_must_not_meet_are_not_one(officer, director, earlier, again):
    KeepApart.objects.create(first=earlier, second=again, reason="threats", opened_by=officer)
    proposal = merges.propose(earlier, again, reason="x", by=officer)
    with pytest.raises(InvalidTransition, match="non-association"):
        merges.approve(proposal, by=director)
    assert Inmate.objects.get(pk=again.pk).merged_into is None


def test_every_reference_is_known():
    """A new table that points at people is moved by itself; only those named are left alone."""
    named = {f"{field.model.__name__}.{field.name}" for field in merges.references()}
    assert {"Admission.inmate", "KeepApart.first", "KeepApartGroup.centre", "Enrolment.inmate", "Alias.inmate"} <= named
    assert not any("Event." in name or name.startswith(("MergeProposal", "WrittenNames")) for name in named)


def test_merge_pages_and_their_scope(client, officer, officer2, director, assessor, earlier, again):
    proposal = merges.propose(earlier, again, reason="x", by=officer)
    address = reverse("inmates:merge", args=[proposal.pk])
    client.force_login(officer)
    assert "somebody else decides" in client.get(address).content.decode()
    assert client.get(reverse("inmates:merges")).context["waiting"] == [proposal]
    client.force_login(officer2)
    assert client.get(address).status_code == 404
    assert client.get(reverse("inmates:merges")).context["waiting"] == []
    client.force_login(assessor)
    assert client.get(address).status_code == 403
    client.force_login(director)
    assert "Approve the merge" in client.get(address).content.decode()
    assert client.post(address, {"act": "nonsense"}).status_code == 404


ACTS = {State.MERGED: merges.approve, State.REJECTED: merges.reject}


@pytest.mark.parametrize(("before", "after"), list(product(State.values, ACTS)))
def test_every_step_for_every_role(officer, reviewer2, prison, earlier, again, before, after):
    proposal = merges.propose(earlier, again, reason="Same fingerprints", by=officer)
    if before != State.PROPOSED:
        ACTS[State(before)](proposal, by=reviewer2)
        proposal.refresh_from_db()
    step = MergeProposal.TRANSITIONS.get((before, after))
    users = {role: factories.make_user(role, prison, username=f"m-{role}"[:20]) for role in sorted(roles.PERMISSIONS)}
    for role, user in users.items():
        decides = "inmates.approve_merge" in roles.PERMISSIONS[role]
        offered = after in next_states(proposal, user)
        assert offered == (decides and step is not None), role
        if not offered:
            with pytest.raises(InvalidTransition if decides else PermissionDenied):
                ACTS[after](proposal, by=user)
            proposal.refresh_from_db()
            assert proposal.state == before
    if step is not None:
        ACTS[after](proposal, by=users[roles.DIRECTOR])
        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_by) == (after, users[roles.DIRECTOR])
        assert proposal.decided_at is not None


def test_who_proposed_is_offered_no_decision(officer, reviewer, earlier, again):
    factories.also(officer, roles.REVIEWER)
    both = type(officer).objects.get(pk=officer.pk)
    proposal = merges.propose(earlier, again, reason="x", by=both)
    assert next_states(proposal, both) == set()
    assert next_states(proposal, reviewer) == {State.MERGED, State.REJECTED}


def test_who_may_propose_and_what_was_merged_is_not_merged_again(officer, officer2, director, unit, earlier, again):
    with pytest.raises(PermissionDenied):
        merges.propose(earlier, again, reason="x", by=officer2)
    with pytest.raises(InvalidTransition, match="one record already"):
        merges.propose(earlier, earlier, reason="x", by=officer)
    assert not MergeProposal.objects.exists()
    merges.approve(merges.propose(earlier, again, reason="x", by=officer), by=director)
    third = factories.make_inmate(unit, by=officer, days_ago=20)
    with pytest.raises(InvalidTransition, match="merged already"):
        merges.propose(third, again, reason="x", by=officer)
    kept = Inmate.objects.get(pk=earlier.pk)
    absorbed = Inmate.objects.get(pk=again.pk)
    assert (kept.version, absorbed.status, absorbed.unit) == (earlier.version + 1, "not_admitted", None)


def test_while_a_correction_waits_nobody_is_merged(officer, director, earlier, again):
    """What it moves was foreseen on one record alone: it is answered, or withdrawn, before the two are one."""

    def correct():
        why = {"why": "The judgment says four years.", "paper": "A 1"}
        kind = correctables.find("sentence")
        return corrections.correct(kind, again.sentences.get(), {"years": "4"}, by=officer, **why)

    waiting = correct()
    with pytest.raises(InvalidTransition, match="answered or withdrawn first"):
        merges.propose(earlier, again, reason="One man", by=officer)
    corrections.withdraw(waiting, by=officer)
    proposal = merges.propose(earlier, again, reason="One man", by=officer)
    waiting = correct()
    with pytest.raises(InvalidTransition, match="answered or withdrawn first"):
        merges.approve(proposal, by=director)
    corrections.confirm(waiting, by=director)
    merges.approve(proposal, by=director)
    assert earlier.corrections.count() == 2  # both have come along
