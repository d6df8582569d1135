"""What each act on duplicates writes on the trail: of whom, by whom, what."""

from audit.models import Event
from inmates.duplicates.actions import merges, pairs
from tests import factories
from tests.inmates.people.test_trail import written


def test_pairs_and_merges(officer, director, unit, earlier, again):
    [pair] = pairs.find(again, by=officer)
    assert written(again, "duplicate.") == [("duplicate.found", officer.pk, {"score": pair.score})]
    pairs.settle_someone_else(pair, by=officer)
    pairs.report(again, earlier, by=officer)
    settled = ("duplicate.settled", officer.pk, {"state": "someone_else"})
    assert written(earlier, "duplicate.") == [settled]
    assert written(again, "duplicate.")[1:] == [settled, ("duplicate.reported", officer.pk, {"other": earlier.pk})]
    refused = merges.propose(earlier, again, reason="x", by=officer)
    merges.reject(refused, by=director)
    merged = merges.approve(merges.propose(earlier, again, reason="x", by=officer), by=director)
    report = {"moved": merged.report["moved"], "dropped": merged.report["dropped"]}
    for person in (earlier, again):
        assert written(person, "merge.") == [
            ("merge.proposed", officer.pk, {}),
            ("merge.rejected", director.pk, {}),
            ("merge.proposed", officer.pk, {}),
            ("merge.approved", director.pk, report),
        ]


def test_each_card_that_intake_shows_is_on_the_trail(officer2, earlier, unit, officer):
    factories.make_inmate(unit, by=officer, family_name_latin="Quelconque", family_name_ar="كلام", given_name_ar="سعيد")
    typed = {"family_name_latin": "Benali", "given_name_latin": "Mohammed", "birth_date": earlier.birth_date}
    [match] = pairs.likely(typed, by=officer2)
    assert written(earlier, "identity_card.") == [("identity_card.viewed", officer2.pk, {"score": match.score})]
    assert Event.objects.filter(verb="identity_card.viewed").count() == 1
