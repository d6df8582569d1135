"""One of two counts is sent back and tried again, and ends without prison: the judgment on the other stands as it did."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.workflow import InvalidTransition
from inmates.custody.actions import releases
from inmates.custody.holds import holds
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Inmate
from inmates.sentences import actions
from inmates.sentences.models import Case, CourtAppeal, Pardon, Sentence
from musalaha.actions import pardon_follow_through
from tests.factories import pdf
from tests.inmates.sentences.conftest import day


def kinds(inmate):
    return sorted(hold.kind for hold in holds(Inmate.objects.get(pk=inmate.pk)))


def close(case, officer, **fields):
    fields = {"state": "acquitted", "on": day(-20), "reference": "A 1"} | fields
    return actions.close_case(Case.objects.get(pk=case.pk), by=officer, **fields)


@pytest.fixture
def case(tried):
    return tried.cases.get()


@pytest.fixture
def other(tried, case, officer):
    """The sentence on the second count: six years, confused with the first."""
    first = tried.sentences.get()
    fields = {"starts_on": first.starts_on, "pronounced_on": first.pronounced_on}
    relation = {"relation": "confused", "relation_decision": "J"}
    return actions.pronounce(Sentence(case=case, inmate=tried, count=2, years=6, **fields, **relation), by=officer)


@pytest.fixture
def sent_back(tried, other, declare, decide):
    """The answer that sent the first count back, on remand."""
    return decide(declare(judgment=tried.sentences.get(count=1)), "sent_back", held=True)


@pytest.mark.parametrize("final", [False, True])
@pytest.mark.parametrize("state", ["acquitted", "dropped", "convicted"])
def test_what_is_tried_again_ends_alone_and_the_other_count_stands(
    tried, other, case, sent_back, officer, state, final
):
    if final:
        actions.make_final(other, on=day(-30), reference="C", by=officer)
    until = Inmate.objects.get(pk=tried.pk).release_on
    assert Case.objects.get(pk=case.pk).may_end_without_prison  # the page leads there, whatever is final beside it
    assert kinds(tried) == ["remand", "sentence"]
    close(case, officer, state=state, scan=SimpleUploadedFile("a.pdf", pdf()))
    case.refresh_from_db()
    sent_back.refresh_from_db()
    tried.refresh_from_db()
    assert (case.state, case.on_remand, list(tried.sentences.standing())) == ("convicted", False, [other])
    assert (sent_back.retrial_outcome, sent_back.retrial_ended_on, sent_back.retrial_decision) == (
        state,
        day(-20),
        "A 1",
    )
    assert sent_back.retrial_document is not None
    assert (kinds(tried), tried.release_on) == (["sentence"], until)
    assert tried.legal_status == ("convicted_final" if final else "convicted_appeal")


def test_not_before_it_was_sent_back_and_not_twice(case, sent_back, officer):
    with pytest.raises(ValidationError) as refusal:
        close(case, officer, on=day(-101))
    assert list(refusal.value.message_dict) == ["on"]
    close(case, officer)
    with pytest.raises(ValidationError) as refusal:  # what is left is the other count: its end is read
        close(case, officer)
    assert list(refusal.value.message_dict) == ["sentence_read"]
    with pytest.raises(IntegrityError, match="retrial_ended_by_a_decision"), transaction.atomic():
        CourtAppeal.objects.update(retrial_decision="")


def test_an_appeal_on_the_other_count_is_in_nobodys_way_and_one_on_what_was_quashed_is(
    case, other, sent_back, declare, decide, officer
):
    CourtAppeal.objects.create(case=case, judgment=sent_back.judgment, kind="cassation", noted_on=day(-90), court="R")
    with pytest.raises(InvalidTransition, match="An appeal is open"):
        close(case, officer)
    CourtAppeal.objects.filter(kind="cassation").update(judgment=other)
    close(case, officer)
    assert CourtAppeal.objects.open().get().judgment == other


def test_the_page_says_what_ends_and_the_chain_shows_it(client, tried, case, sent_back, officer):
    client.force_login(officer)
    address = reverse("inmates:close_case", args=[tried.uuid, case.pk])
    page = client.get(address)
    assert "the sentence on the other count stands as it is" in page.content.decode()
    assert "sentence_read" not in page.context["form"].fields
    typed = {"state": "acquitted", "on": day(-20).isoformat(), "reference": ""}
    assert list(client.post(address, typed).context["form"].errors) == ["reference"]
    assert client.post(address, typed | {"reference": "A 1"}).status_code == 302
    text = client.get(reverse("inmates:tab_custody", args=[tried.uuid])).content.decode()
    assert "What was tried again" in text
    assert "A 1" in text


def test_at_the_door_the_other_count_holds_on(tried, case, other, sent_back, officer):
    with pytest.raises(InvalidTransition, match="A sentence runs until"):
        releases.release(tried, ground="acquittal", reference="A 1", case=case, by=officer)
    Sentence.objects.filter(pk=other.pk).update(years=0, months=3)
    actions.recompute(tried, cause="sentence", by=officer)
    stay = releases.release(tried, ground="acquittal", reference="A 1", case=case, by=officer)
    case.refresh_from_db()
    assert (stay.ground, case.state, other.stands) == ("acquittal", "convicted", True)


def test_the_end_of_a_retrial_taken_back_holds_again(tried, case, sent_back, officer, director):
    close(case, officer)
    sent_back.refresh_from_db()
    with pytest.raises(InvalidTransition, match="tried again has ended"):
        corrections.annul(
            correctables.find("court_answer"),
            sent_back,
            why="Entered for the file of a namesake",
            paper="L",
            by=officer,
        )
    key = correctables.find("retrial_end")
    made = corrections.annul(key, sent_back, why="Entered for the file of a namesake", paper="Letter 5", by=officer)
    assert "holds" in made.moves
    corrections.confirm(made, by=director)
    case.refresh_from_db()
    sent_back.refresh_from_db()
    assert (case.state, case.on_remand, sent_back.retrial_outcome) == ("open", True, "")
    assert kinds(tried) == ["remand", "sentence"]


def test_a_pardon_of_what_is_tried_again_leaves_the_other_count(
    tried, case, other, sent_back, officer, coordinator, reviewer, director
):
    fields = {"prison": "prosecution", "fine": "kept", "requester": "own_motion"}

    def pardoned():
        made = Pardon(inmate=tried, case=Case.objects.get(pk=case.pk), **fields)
        made = pardon_follow_through.record_pardon(made, reference="1-26-1", dated_on=day(-20), by=coordinator)
        return pardon_follow_through.verify_pardon(made, by=reviewer)

    pardon = pardoned()
    case.refresh_from_db()
    sent_back.refresh_from_db()
    assert (case.state, kinds(tried)) == ("convicted", ["sentence"])
    assert (sent_back.retrial_outcome, sent_back.retrial_decision) == ("dropped", "1-26-1")
    with pytest.raises(InvalidTransition, match="royal pardon"):
        corrections.annul(
            correctables.find("retrial_end"), sent_back, why="Entered for the file of a namesake", paper="L", by=officer
        )
    pardon.refresh_from_db()
    made = corrections.annul(
        correctables.find("prosecution_pardon"),
        pardon,
        why="Entered for the file of a namesake",
        paper="L",
        by=coordinator,
    )
    corrections.confirm(made, by=director)
    assert kinds(tried) == ["remand", "sentence"]
