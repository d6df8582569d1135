"""What each act of this room writes on the trail: of whom, by whom, what."""

from audit.models import Event
from config import clock
from inmates.people.actions import alerts, duplicates, identity, merges, tasks
from inmates.people.models import Alert, Inmate
from tests import factories
from tests.inmates.people.test_identity import picture


def written(inmate, *prefixes):
    """`[(verb, actor, detail), ...]` of a person, in order."""
    events = Event.objects.filter(inmate_id=inmate.pk).order_by("pk").values_list("verb", "actor_id", "detail")
    return [row for row in events if row[0].startswith(prefixes)]


def test_who_somebody_is(officer, inmate):
    stranger = identity.register(Inmate(family_name_latin="Alaoui", sex="M"), by=officer)
    assert written(stranger, "inmate.") == [("inmate.registered", officer.pk, {})]
    corrected = identity.correct_identity(
        inmate,
        changes={"family_name_latin": "Naciri", "given_name_latin": inmate.given_name_latin, "sex": "F"},
        aliases=[("Abu X", "kunya")],
        version=inmate.version,
        why="Copied wrong from the card",
        paper="Card BE100037",
        by=officer,
    )
    identity.write_dossier(inmate, fields={"theatre": "Syrie"}, version=corrected.version, by=officer)
    identity.set_photo(inmate, upload=picture(), by=officer)
    assert written(inmate, "inmate.corrected", "dossier.", "photo.") == [
        ("inmate.corrected", officer.pk, {"fields": ["family_name_latin", "sex", "aliases"]}),
        ("dossier.written", officer.pk, {"fields": ["theatre"]}),
        ("photo.changed", officer.pk, {}),
    ]


def test_tasks_and_alerts(officer, inmate):
    task = tasks.raise_task(inmate, kind="other", due_on=clock.today(), note="N", by=officer)
    tasks.settle_task(task, note="Done", by=officer)
    alert = Alert.objects.create(
        inmate=inmate, facility=inmate.facility, kind="keep_apart", audience="prison", reference="1", note="N"
    )
    alerts.acknowledge(alert, by=officer)
    assert written(inmate, "task.", "alert.") == [
        ("task.settled", officer.pk, {"kind": "other"}),
        ("alert.acknowledged", officer.pk, {"kind": "keep_apart"}),
    ]


def test_pairs_and_merges(officer, director, unit, earlier, again):
    [pair] = duplicates.find(again, by=officer)
    assert written(again, "duplicate.") == [("duplicate.found", officer.pk, {"score": pair.score})]
    duplicates.settle_someone_else(pair, by=officer)
    duplicates.report(again, earlier, by=officer)
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
    [match] = duplicates.likely(typed, by=officer2)
    assert written(earlier, "identity_card.") == [("identity_card.viewed", officer2.pk, {"score": match.score})]
    assert Event.objects.filter(verb="identity_card.viewed").count() == 1
