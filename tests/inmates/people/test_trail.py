"""What each act of this room writes on the trail: of whom, by whom, what."""

from audit.models import Event
from config import clock
from inmates.people.actions import alerts, identity, tasks
from inmates.people.models import Alert, Inmate
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
