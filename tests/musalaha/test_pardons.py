"""Pardons: recorded by one, verified by another, immutable; whoever is free by it is raised that very day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import stays as custody
from inmates.custody.models import DetentionOrder
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences.models import Pardon
from musalaha import daily, panels
from musalaha.actions import pardon_files, pardons
from musalaha.pardon_effects import release_with, would_free


@pytest.fixture
def recorded(person, coordinator):
    """Record a pardon for somebody held, whole unless said otherwise."""

    def record(inmate=None, **fields):
        inmate = inmate or person()
        fields = {"prison": "remainder"} | fields
        pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), **fields)
        return pardons.record_pardon(
            pardon, reference="1-26-77", dated_on=clock.today(), occasion="Throne Day", by=coordinator
        )

    return record


def test_no_effect_before_somebody_else_verifies(recorded, coordinator, reviewer):
    pardon = recorded()
    before = pardon.inmate.release_on
    assert would_free(pardon)
    with pytest.raises(PermissionDenied):
        pardons.verify_pardon(pardon, by=coordinator)
    assert Inmate.objects.get(pk=pardon.inmate_id).release_on == before
    pardon = pardons.verify_pardon(pardon, by=reviewer)
    assert Inmate.objects.get(pk=pardon.inmate_id).release_on == clock.today()
    with pytest.raises(InvalidTransition):
        pardons.verify_pardon(pardon, by=reviewer)


def test_the_release_is_raised_that_day_on_the_prisons_first_page(recorded, reviewer, officer, director, officer2):
    inmate = recorded().inmate
    pardons.verify_pardon(inmate.pardons.get(), by=reviewer)
    assert Task.objects.get(inmate=inmate).due_on == clock.today()
    assert Alert.objects.get(inmate=inmate, kind="release_overdue").audience == "prison"
    for user in (officer, director):
        first = panels.worklists(user)[0]
        assert (first.count, first.tone) == (1, "late")
        page = Client()
        page.force_login(user)
        assert inmate.name.split()[0] in page.get("/").content.decode()
    assert not [work for work in panels.worklists(officer2) if work.tone == "late"]
    assert Inmate.objects.get(pk=inmate.pk).held
    custody.release(inmate, ground="pardon", by=officer)
    assert not Inmate.objects.get(pk=inmate.pk).held


def test_whoever_is_held_by_something_else_is_not_raised(recorded, person, reviewer):
    inmate = person()
    DetentionOrder.objects.create(
        inmate=inmate, kind="civil", authority="x", reference="C-1", issued_on=clock.today() - timedelta(days=5)
    )
    pardon = recorded(inmate)
    assert not would_free(pardon)
    pardons.verify_pardon(pardon, by=reviewer)
    assert not inmate.tasks.exists()
    assert not inmate.alerts.exists()


def test_a_reduction_shows_its_date_before_and_has_it_after(recorded, reviewer):
    pardon = recorded(prison="reduced", years=1)
    day, _basis = release_with(pardon)
    assert day < pardon.inmate.release_on
    assert not would_free(pardon)
    assert pardons.verify_pardon(pardon, by=reviewer).inmate.release_on == day


def test_the_file_is_granted_with_the_pardon(person, recorded, coordinator, reviewer):
    inmate = person()
    file = pardon_files.open_pardon_file(
        inmate, sentence=inmate.sentences.get(), requester="family", occasion="Throne Day", by=coordinator
    )
    with pytest.raises(InvalidTransition):
        pardon_files.open_pardon_file(
            inmate, sentence=inmate.sentences.get(), requester="inmate", occasion="x", by=coordinator
        )
    pardon_files.send_pardon_file(file, by=coordinator)
    pardons.verify_pardon(recorded(inmate, prison="reduced", years=1), by=reviewer)
    file.refresh_from_db()
    assert file.state == "granted"


def test_a_mistake_is_superseded_and_its_effect_with_it(recorded, coordinator, reviewer):
    wrong = pardons.verify_pardon(recorded(prison="reduced", years=2), by=reviewer)
    unadjusted_less_two = wrong.inmate.release_on
    right = Pardon(inmate=wrong.inmate, sentence=wrong.sentence, prison="reduced", years=1)
    right = pardons.correct_pardon(wrong, right, reference="1-26-77", dated_on=clock.today(), by=coordinator)
    assert Inmate.objects.get(pk=wrong.inmate_id).release_on == unadjusted_less_two
    right = pardons.verify_pardon(right, by=reviewer)
    wrong.refresh_from_db()
    assert (wrong.state, wrong.superseded_by) == ("superseded", right)
    assert right.inmate.release_on.year == unadjusted_less_two.year + 1


def test_the_same_pardon_is_not_recorded_twice(recorded, reviewer):
    inmate = recorded(prison="reduced", years=1).inmate
    with pytest.raises(Exception, match="pardon"), transaction.atomic():
        recorded(inmate, prison="reduced", years=1)
    pardons.verify_pardon(inmate.pardons.get(), by=reviewer)
    with pytest.raises(InvalidTransition):
        recorded(inmate, prison="reduced", years=1)
    assert inmate.pardons.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inmates_pardon SET years = 9 WHERE id = %s",
        "UPDATE inmates_pardon SET state = 'recorded' WHERE id = %s",
        "UPDATE inmates_pardon SET state = 'superseded' WHERE id = %s",
        "DELETE FROM inmates_pardon WHERE id = %s",
        "ALTER TABLE inmates_pardon DISABLE TRIGGER ALL --%s",
        "TRUNCATE inmates_pardon CASCADE --%s",
    ],
)
def test_a_verified_pardon_stands_against_sql_of_the_application(recorded, reviewer, statement):
    pardon = pardons.verify_pardon(recorded(prison="reduced", years=1), by=reviewer)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE register_app")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement.replace("--%s", ""), [pardon.pk] if "= %s" in statement else None)
        cursor.execute("RESET ROLE")
    pardon.refresh_from_db()
    assert (pardon.state, pardon.years) == ("verified", 1)


def test_a_verified_pardon_stands_against_pages_and_admin(recorded, reviewer, coordinator, sysadmin):
    pardon = pardons.verify_pardon(recorded(prison="reduced", years=1), by=reviewer)
    client = Client()
    client.force_login(reviewer)
    client.post(reverse("musalaha:pardon_verify", args=[pardon.uuid]))
    client.post(reverse("musalaha:pardon_reject", args=[pardon.uuid]), {"reason": "x"})
    client.force_login(sysadmin)
    assert client.get("/admin/inmates/pardon/").status_code in (403, 404)
    assert client.post(f"/admin/inmates/pardon/{pardon.pk}/change/", {"years": 9}).status_code in (403, 404)
    pardon.refresh_from_db()
    assert (pardon.state, pardon.years) == ("verified", 1)


def test_an_unverified_pardon_that_would_free_escalates_each_hour(recorded):
    pardon = recorded()
    assert Alert.objects.get(inmate=pardon.inmate).audience == "reviewers"
    assert daily.escalate_pardons() == 0
    Pardon.objects.filter(pk=pardon.pk).update(recorded_at=clock.now() - timedelta(hours=2))
    Alert.objects.update(raised_at=clock.now() - timedelta(hours=2), acknowledged_at=clock.now())
    assert daily.escalate_pardons() == 2
    assert set(Alert.objects.values_list("audience", flat=True)) == {"reviewers", "national"}
    assert not Alert.objects.filter(acknowledged_at__isnull=False).exists()


def test_a_reduction_that_frees_nobody_does_not_escalate(recorded):
    recorded(prison="reduced", years=1)
    assert daily.escalate_pardons() == 0
    assert not Alert.objects.exists()


def test_a_feasts_list_is_recorded_as_one(person, coordinator, reviewer):
    files = []
    for _n in range(3):
        inmate = person()
        file = pardon_files.open_pardon_file(
            inmate, sentence=inmate.sentences.get(), requester="inmate", occasion="Throne Day 2026", by=coordinator
        )
        files.append(pardon_files.send_pardon_file(file, by=coordinator))
    client = Client()
    client.force_login(coordinator)
    address = reverse("musalaha:occasion") + "?occasion=Throne Day 2026"
    data = {"reference": "1-26-90", "dated_on": f"{clock.today():%d/%m/%Y}"}
    data |= {f"file-{files[0].uuid}-outcome": "remainder", f"file-{files[1].uuid}-outcome": "refused"}
    bad = client.post(address, data | {f"file-{files[2].uuid}-outcome": "reduced"})
    assert bad.status_code == 200
    assert not Pardon.objects.exists()
    assert client.post(address, data).status_code == 302
    assert [PardonFile.state for PardonFile in files[0].__class__.objects.order_by("pk")] == ["sent", "refused", "sent"]
    client.force_login(reviewer)
    client.post(reverse("musalaha:pardons_verify"), {"pardon": [str(Pardon.objects.get().uuid)]})
    assert Pardon.objects.get().state == "verified"
    files[0].refresh_from_db()
    assert files[0].state == "granted"


def test_a_file_is_for_ones_own_standing_sentence_and_one_at_a_time(person, running, coordinator, officer):
    inmate, stranger = person(), person()
    fields = {"sentence": inmate.sentences.get(), "requester": "inmate", "occasion": " Throne Day ", "by": coordinator}

    def open_file(**wrong):
        return pardon_files.open_pardon_file(inmate, **(fields | wrong))

    with pytest.raises(PermissionDenied):
        open_file(by=officer)
    for wrong, field in (
        ({"sentence": None}, "sentence"),
        ({"sentence": stranger.sentences.get()}, "sentence"),
        ({"enrolment": running.enrolments.first()}, "enrolment"),
        ({"on": clock.today() + timedelta(days=1)}, "on"),
    ):
        with pytest.raises(ValidationError) as refusal:
            open_file(**wrong)
        assert list(refusal.value.message_dict) == [field]
    file = open_file()
    assert (file.occasion, file.opened_on, file.opened_by) == ("Throne Day", clock.today(), coordinator)
    with pytest.raises(InvalidTransition, match="open already"):
        open_file()
    pardon_files.send_pardon_file(file, opinion="For it", by=coordinator)
    with pytest.raises(InvalidTransition):
        pardon_files.send_pardon_file(file, by=coordinator)
    file.refresh_from_db()
    assert (file.state, file.opinion, file.sent_on) == ("sent", "For it", clock.today())
    with pytest.raises(ValidationError) as refusal:
        pardon_files.close_pardon_file(file, refused=False, note=" ", by=coordinator)
    assert list(refusal.value.message_dict) == ["note"]
    for act in (
        lambda by: pardon_files.send_pardon_file(file, by=by),
        lambda by: pardon_files.close_pardon_file(file, refused=True, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act(officer)
    pardon_files.close_pardon_file(file, refused=True, by=coordinator)
    file.refresh_from_db()
    assert (file.state, file.closed_on) == ("refused", clock.today())
    assert open_file().state == "preparing"
    inmate.sentences.update(quashed_on=clock.today())
    with pytest.raises(ValidationError):
        pardon_files.open_pardon_file(inmate, **(fields | {"sentence": inmate.sentences.get()}))


def test_a_pardon_is_tied_to_an_open_file_once(person, recorded, coordinator, reviewer):
    inmate = person()
    file = pardon_files.open_pardon_file(
        inmate, sentence=inmate.sentences.get(), requester="inmate", occasion="x", by=coordinator
    )
    pardon = recorded(inmate, prison="reduced", years=1)
    file.refresh_from_db()
    assert file.pardon == pardon
    again = {"reference": "1-26-78", "dated_on": clock.today(), "by": coordinator}
    with pytest.raises(InvalidTransition, match="recorded already"):
        pardons.record_pardon(Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="remainder"), **again)
    pardon_files.close_pardon_file(file, refused=False, note="Opened twice", by=coordinator)
    with pytest.raises(InvalidTransition, match="file is closed"):
        pardons.record_pardon(
            Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="remainder"), file=file, **again
        )
    assert inmate.pardons.count() == 1


def test_only_a_verified_pardon_of_the_same_person_is_corrected(person, recorded, coordinator, reviewer):
    pardon, stranger = recorded(), person()
    inmate = pardon.inmate
    again = {"reference": "1-26-79", "dated_on": clock.today(), "by": coordinator}

    def right(of):
        return Pardon(inmate=of, sentence=of.sentences.get(), prison="reduced", years=1)

    with pytest.raises(InvalidTransition, match="Only a verified pardon"):
        pardons.correct_pardon(pardon, right(inmate), **again)
    pardons.verify_pardon(pardon, by=reviewer)
    with pytest.raises(ValidationError, match="another person"):
        pardons.correct_pardon(pardon, right(stranger), **again)
    assert pardons.correct_pardon(pardon, right(inmate), **again).corrects == pardon


def test_what_a_superseded_pardon_did_to_a_fine_is_set_right_by_hand(recorded, coordinator, reviewer):
    pardon = recorded(prison="reduced", years=1, fine="remitted")
    pardons.verify_pardon(pardon, by=reviewer)
    assert not Task.objects.filter(kind="other").exists()
    replacement = Pardon(inmate=pardon.inmate, sentence=pardon.sentence, prison="reduced", years=2)
    pardons.correct_pardon(pardon, replacement, reference="1-26-80", dated_on=clock.today(), by=coordinator)
    pardons.verify_pardon(replacement, by=reviewer)
    assert Task.objects.get(kind="other").due_on == clock.today()


def test_a_verification_ends_the_alarm(recorded, reviewer):
    pardon = recorded()
    alarm = Alert.objects.filter(inmate=pardon.inmate, kind="pardon_unverified")
    assert alarm.filter(acknowledged_at=None).exists()
    pardons.verify_pardon(pardon, by=reviewer)
    assert set(alarm.values_list("acknowledged_by", flat=True)) == {reviewer.pk}
    assert not alarm.filter(acknowledged_at=None).exists()
