"""Pardon files: one at a time for a sentence, closed by the pardon or the answer."""

import html
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from config import clock
from core.workflow import InvalidTransition
from inmates.sentences.models import Pardon
from musalaha.actions import pardon_files, pardon_follow_through


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
    pardon_follow_through.verify_pardon(recorded(inmate, prison="reduced", years=1), by=reviewer)
    file.refresh_from_db()
    assert file.state == "granted"


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
    assert bad.status_code == 422
    assert not Pardon.objects.exists()
    assert client.post(address, data).status_code == 302
    assert [PardonFile.state for PardonFile in files[0].__class__.objects.order_by("pk")] == ["sent", "refused", "sent"]
    client.force_login(reviewer)
    chosen = {"pardon": [str(Pardon.objects.get().uuid)]}
    refused = client.post(reverse("musalaha:pardons_verify"), chosen, follow=True)
    assert "No scan of the instrument is kept" in refused.content.decode()
    assert Pardon.objects.get().state == "recorded"
    client.post(reverse("musalaha:pardons_verify"), chosen | {"read": "on"})
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
        pardon_follow_through.record_pardon(
            Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="remainder"), **again
        )
    pardon_files.close_pardon_file(file, refused=False, note="Opened twice", by=coordinator)
    with pytest.raises(InvalidTransition, match="file is closed"):
        pardon_follow_through.record_pardon(
            Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="remainder"), file=file, **again
        )
    assert inmate.pardons.count() == 1


def test_the_outcomes_of_an_occasion_are_recorded_all_or_none(person, coordinator, officer):
    files = []
    for _n in range(2):
        inmate = person()
        file = pardon_files.open_pardon_file(
            inmate, sentence=inmate.sentences.get(), requester="inmate", occasion="Feast", by=coordinator
        )
        files.append(file)
    client = Client()
    client.force_login(coordinator)
    address = reverse("musalaha:occasion") + "?occasion=Feast"
    nothing = client.post(address, {"reference": "R"})
    assert nothing.status_code == 422
    assert "at least one line" in nothing.content.decode()
    lines = {f"file-{files[0].uuid}-outcome": "remainder", f"file-{files[1].uuid}-outcome": "refused"}
    without = client.post(address, lines)
    assert without.status_code == 422
    early = client.post(address, lines | {"reference": "R", "dated_on": f"{clock.today():%d/%m/%Y}"})
    assert early.status_code == 422  # a file that was not sent cannot be refused
    assert f"{files[1].inmate.name}: " in html.unescape(early.content.decode())
    assert not Pardon.objects.exists()
    pardon_files.send_pardon_file(files[1], by=coordinator)
    assert client.post(address, {f"file-{files[1].uuid}-outcome": "refused"}).status_code == 302
    files[1].refresh_from_db()
    assert files[1].state == "refused"
    client.force_login(officer)
    assert client.post(address, lines).status_code == 403
