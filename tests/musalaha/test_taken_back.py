"""A release entered by mistake is taken back: the part in a round and an application go on; pages of a pardon's other half."""

import pytest
from django.urls import reverse

from config import clock
from inmates.custody.actions import releases
from inmates.fines import actions as fines
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon
from musalaha.actions import pardon_files, pardon_follow_through
from musalaha.models import Cohort

WHY = {"why": "Entered for the file of a namesake", "paper": "Letter 5"}


def back_in(stay, officer, director):
    made = corrections.annul(correctables.find("release"), stay, by=officer, **WHY)
    return corrections.confirm(made, by=director)


def let_go(inmate, officer):
    return releases.release(Inmate.objects.get(pk=inmate.pk), ground="judicial", reference="O 1", by=officer)


def test_the_part_in_a_round_that_runs_goes_on(running, officer, director):
    enrolment = running.enrolments.first()
    stay = let_go(enrolment.inmate, officer)
    enrolment.refresh_from_db()
    assert enrolment.outcome == "released"
    back_in(stay, officer, director)
    enrolment.refresh_from_db()
    enrolment.application.refresh_from_db()
    assert (enrolment.ended_on, enrolment.outcome, enrolment.application.state) == (None, "", "enrolled")


def test_in_a_round_that_is_over_it_does_not(running, officer, director):
    enrolment = running.enrolments.first()
    stay = let_go(enrolment.inmate, officer)
    Cohort.objects.filter(pk=running.pk).update(state="completed", completed_on=clock.today())
    back_in(stay, officer, director)
    enrolment.refresh_from_db()
    assert enrolment.outcome == "released"


def test_an_application_waits_again_as_it_did(person, apply, officer, director):
    inmate = person()
    application = apply(inmate)
    was = application.state
    stay = let_go(inmate, officer)
    application.refresh_from_db()
    assert application.state == "closed"
    back_in(stay, officer, director)
    application.refresh_from_db()
    assert (application.state, application.closed_on) == (was, None)


def test_whoever_may_not_know_of_the_programme_reads_nothing_of_it(client, running, officer, director, assessor):
    enrolment = running.enrolments.first()
    made = back_in(let_go(enrolment.inmate, officer), officer, director)
    page = reverse("inmates:correction", args=[made.uuid])
    for reader, told in ((director, True), (assessor, False)):
        client.force_login(reader)
        assert ("nrolment ·" in client.get(page).content.decode()) is told


@pytest.fixture
def several(recorded, person, officer, reviewer):
    """A verified pardon of prison and fine, with two fines in its case."""
    inmate = person()
    for amount in (500, 900):
        fines.record_fine(inmate.cases.get(), amount=amount, imposed_on=clock.today(), by=officer)
    return sentences.verify_pardon(recorded(inmate, fine="remitted"), by=reviewer)


def test_the_verifier_says_which_fine_on_a_page(client, several, reviewer, coordinator):
    address = reverse("musalaha:pardon_fine", args=[several.uuid])
    client.force_login(reviewer)
    assert address in client.get(reverse("musalaha:pardon", args=[several.uuid])).content.decode()
    assert client.post(address, {"of_fine": ""}).status_code == 422
    fine = several.sentence.case.fines.get(amount=900)
    assert client.post(address, {"of_fine": fine.pk}).status_code == 302
    assert Pardon.objects.get(pk=several.pk).of_fine == fine
    client.force_login(coordinator)
    assert client.post(address, {"of_fine": fine.pk}).status_code == 403


def test_a_pardon_of_a_prosecution_offers_to_be_taken_back(client, untried, coordinator, officer, reviewer):
    pardon = sentences.record_pardon(
        Pardon(inmate=untried, case=untried.cases.get(), prison="prosecution"),
        reference="1-26-9", dated_on=clock.today(), by=coordinator,
    )  # fmt: skip
    address = reverse("inmates:annul", args=["prosecution_pardon", pardon.pk])
    client.force_login(coordinator)
    assert client.get(address).status_code == 404  # not verified: it is rejected, and recorded anew
    sentences.verify_pardon(pardon, by=reviewer)
    assert address in client.get(reverse("musalaha:pardon", args=[pardon.uuid])).content.decode()
    assert client.get(address).status_code == 200
    client.force_login(officer)
    assert client.get(address).status_code == 403


@pytest.fixture
def untried(person):
    return person(legal_status="remand")


def test_the_file_of_a_pardon_that_was_a_namesakes_waits_for_its_answer_again(
    client, person, officer, coordinator, reviewer, director
):
    inmate = person()
    file = pardon_files.open_pardon_file(
        inmate, sentence=inmate.sentences.get(), requester="inmate", occasion="Throne Day", by=coordinator
    )
    pardon_files.send_pardon_file(file, by=coordinator)
    pardon = pardon_follow_through.record_pardon(
        Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="remainder"),
        reference="1-26-9", dated_on=clock.today(), file=file, by=coordinator,
    )  # fmt: skip
    pardon_follow_through.verify_pardon(pardon, by=reviewer)
    file.refresh_from_db()
    assert file.state == "granted"
    assert inmate.tasks.open().filter(kind="term_over").exists()
    client.force_login(coordinator)
    address = reverse("inmates:annul", args=["pardon", pardon.pk])
    assert address in client.get(reverse("musalaha:pardon", args=[pardon.uuid])).content.decode()
    made = corrections.annul(correctables.find("pardon"), pardon, by=coordinator, **WHY)
    corrections.confirm(made, by=director)
    file.refresh_from_db()
    assert (file.state, file.closed_on) == ("sent", None)
    assert not inmate.tasks.open().filter(kind="term_over").exists()
    right = Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="reduced", years=1)
    pardon_follow_through.record_pardon(right, reference="1-26-10", dated_on=clock.today(), file=file, by=coordinator)
