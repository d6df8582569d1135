"""A merge in detail: what it moves, what it drops, and what it says of both."""

from inmates.duplicates.actions import merges
from inmates.people.models import Inmate, ReturneeDossier
from inmates.people.models.name_tokens import WrittenNames


def test_a_dossier_taken_over_is_moved_and_one_joined_to_another_is_dropped(officer, director, earlier, again):
    ReturneeDossier.objects.create(inmate=again, theatre="Irak", route="Turquie")
    merged = merges.approve(merges.propose(earlier, again, reason="x", by=officer), by=director)
    assert merged.report["moved"]["inmates.returneedossier"] == 1
    assert "inmates.returneedossier" not in merged.report["dropped"]
    assert ReturneeDossier.objects.get().inmate_id == earlier.pk


def test_of_two_dossiers_the_kept_one_learns_only_what_it_did_not_know(officer, director, earlier, again):
    ReturneeDossier.objects.create(inmate=earlier, theatre="Syrie")
    ReturneeDossier.objects.create(inmate=again, theatre="Irak", route="Turquie")
    merged = merges.approve(merges.propose(earlier, again, reason="x", by=officer), by=director)
    assert merged.report["dropped"]["inmates.returneedossier"] == 1
    assert "inmates.returneedossier" not in merged.report["moved"]
    kept = ReturneeDossier.objects.get()
    assert (kept.inmate_id, kept.theatre, kept.route) == (earlier.pk, "Syrie", "Turquie")


def test_after_a_merge_the_names_of_both_lead_to_the_kept_person_alone(officer, director, earlier, again):
    assert WrittenNames.objects.filter(inmate=again).exists()
    proposal = merges.propose(earlier, again, reason="x", by=officer)
    merged = merges.approve(proposal, by=director)
    assert (merged.pk, merged.state, merged.decided_by) == (proposal.pk, "merged", director)
    assert not WrittenNames.objects.filter(inmate=again).exists()
    for name in (earlier.name_latin, again.name_latin):
        assert list(Inmate.objects.search(name)) == [earlier]
