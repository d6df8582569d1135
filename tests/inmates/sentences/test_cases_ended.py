"""A case that ends without a conviction: never over a final judgment, and over another only once that was read."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.court_papers import actions as court_papers
from inmates.custody.actions import orders, releases
from inmates.custody.holds import holds
from inmates.custody.models import DetentionOrder
from inmates.custody.release_grounds import proposed
from inmates.fines import actions as fines
from inmates.people import corrections as correctables
from inmates.people.actions.corrections import annul, confirm, correct
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import actions
from inmates.sentences.models import Sentence
from tests.factories import make_inmate, pdf

DOOR = {"identity_check": "Card and photo compared", "property_return": "Effects, against signature"}


def day(n):
    return clock.today() + timedelta(days=n)


def upload():
    return SimpleUploadedFile("decision.pdf", pdf())


@pytest.fixture
def tried(unit, officer):
    """Somebody whose five years are not final."""
    return make_inmate(unit, by=officer, legal_status="convicted_appeal")


@pytest.fixture
def declare(tried, officer):
    """The person's appeal, declared some days ago."""

    def act(days_ago=20):
        return court_appeals.declare_appeal(
            tried.cases.get(), kind="appeal", party="person", court="Rabat", reference="D-7",
            at=clock.now() - timedelta(days=days_ago), by=officer,
        )  # fmt: skip

    return act


def closing(case, officer, **fields):
    fields = {"state": "acquitted", "on": clock.today(), "reference": "Arrêt 7/2610", "by": officer} | fields
    return actions.close_case(case, **fields)


def at_fault(error):
    return list(error.value.message_dict)


def test_a_final_judgment_does_not_end_with_its_case(inmate, officer):
    case = inmate.cases.get()
    for state in ("acquitted", "dropped"):
        with pytest.raises(InvalidTransition, match="it ends by a pardon, or by a correction"):
            closing(case, officer, state=state, sentence_read=True)
    case.refresh_from_db()
    assert (case.state, inmate.sentences.standing().count()) == ("convicted", 1)
    assert not Alert.objects.exists()


def test_a_sentence_not_final_ends_once_it_was_read_on_a_decision_and_the_national_office_is_told(tried, officer):
    case = tried.cases.get()
    for wrong, field in (
        ({"reference": " "}, "reference"),
        ({}, "sentence_read"),
        ({"sentence_read": True, "on": tried.admitted_on - timedelta(days=1)}, "on"),
    ):
        with pytest.raises(ValidationError) as refusal:
            closing(case, officer, **wrong)
        assert at_fault(refusal) == [field]
    assert tried.sentences.standing().exists()
    closing(case, officer, sentence_read=True)
    case.refresh_from_db()
    assert (case.state, case.closing_reference) == ("acquitted", "Arrêt 7/2610")
    assert tried.sentences.get().quashed_on == clock.today()
    alert = Alert.objects.get(kind="sentence_ended")
    assert (alert.audience, alert.note) == ("national", "Arrêt 7/2610")
    assert case.number in alert.text
    task = tried.tasks.open().get(kind="court_scan")
    assert (task.due_on, task.note) == (day(1), "Arrêt 7/2610")
    assert Event.objects.get(verb="case.closed").detail == {"state": "acquitted", "sentences": 1}
    # Nothing holds any longer: that is told at once, as after a court's answer.
    assert tried.tasks.open().filter(kind="no_title", due_on=clock.today()).exists()


def test_the_scan_that_is_asked_for_settles_its_task_and_one_at_hand_asks_for_none(unit, tried, officer):
    case = tried.cases.get()
    closing(case, officer, sentence_read=True)
    with pytest.raises(ValidationError):
        court_papers.attach_court_paper(case, paper="closing", scan=SimpleUploadedFile("x.pdf", b"MZ"), by=officer)
    assert tried.tasks.open().filter(kind="court_scan").exists()
    court_papers.attach_court_paper(case, paper="closing", scan=upload(), by=officer)
    task = Task.objects.get(kind="court_scan")
    assert (task.done_by, task.done_note) == (officer, "decision.pdf")
    other = make_inmate(unit, by=officer, legal_status="convicted_appeal")
    closing(other.cases.get(), officer, sentence_read=True, scan=upload())
    assert not other.tasks.open().filter(kind="court_scan").exists()


def test_a_case_without_a_sentence_ends_without_a_second_question(client, unit, officer):
    untried = make_inmate(unit, by=officer, legal_status="remand")
    client.force_login(officer)
    address = reverse("inmates:close_case", args=[untried.uuid, untried.cases.get().pk])
    assert "sentence_read" not in client.get(address).context["form"].fields
    typed = {"state": "dropped", "on": clock.today().isoformat(), "reference": ""}
    assert list(client.post(address, typed).context["form"].errors) == ["reference"]
    assert client.post(address, typed | {"reference": "Non-lieu 3"}).status_code == 302
    assert not Alert.objects.filter(kind="sentence_ended").exists()
    assert "Non-lieu 3" in client.get(reverse("inmates:tab_custody", args=[untried.uuid])).content.decode()


def test_the_page_names_the_sentence_that_ends(client, tried, officer):
    client.force_login(officer)
    address = reverse("inmates:close_case", args=[tried.uuid, tried.cases.get().pk])
    assert "a sentence of 5 years stands" in client.get(address).content.decode()
    typed = {"state": "acquitted", "on": clock.today().isoformat(), "reference": "Arrêt 7"}
    refused = client.post(address, typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["sentence_read"])
    assert "Arrêt 7" in refused.content.decode()
    assert client.post(address, typed | {"sentence_read": "on"}).status_code == 302
    assert not tried.sentences.standing().exists()


# --- at the door


@pytest.mark.parametrize(
    ("ground", "outcome", "state"),
    [("acquittal", "quashed", "acquitted"), ("no_prison", "no_prison", "convicted")],
)
def test_at_the_door_it_asks_again_tells_the_national_office_and_answers_the_appeal(
    tried, officer, declare, ground, outcome, state
):
    appeal = declare()
    with pytest.raises(ValidationError) as refusal:
        releases.release(tried, ground=ground, reference="CA-1", by=officer)
    assert at_fault(refusal) == ["sentence_read"]
    appeal.refresh_from_db()
    assert (appeal.outcome, tried.sentences.standing().count()) == ("", 1)
    releases.release(tried, ground=ground, reference="CA-1", sentence_read=True, by=officer)
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.decided_on, appeal.decision) == (outcome, clock.today(), "CA-1")
    assert Event.objects.get(verb="court_appeal.decided").detail == {"outcome": outcome}
    case = tried.cases.get()
    assert (case.state, case.closing_reference) == (state, "CA-1")
    assert Alert.objects.get(kind="sentence_ended").audience == "national"
    assert [task.kind for task in tried.tasks.open()] == ["release_scan"]


def test_an_appeal_declared_after_that_day_stays_open_with_a_task_until_it_is_answered(tried, officer, declare):
    """The prosecution appealed against the acquittal before the release was recorded."""
    appeal = declare(days_ago=0)
    left_at = clock.now() - timedelta(days=1)
    releases.release(tried, ground="acquittal", reference="CA-1", sentence_read=True, at=left_at, by=officer)
    appeal.refresh_from_db()
    assert appeal.outcome == ""
    task = tried.tasks.open().get(kind="court_answer")
    assert (task.due_on, task.facility) == (clock.today(), tried.facility)
    court_appeals.decide_appeal(appeal, outcome="quashed", on=clock.today(), decision="AR-2", by=officer)
    task.refresh_from_db()
    assert task.done_by == officer


def test_the_release_page_asks_once_more_where_a_sentence_stands(client, tried, unit, officer):
    client.force_login(officer)
    address = reverse("inmates:release", args=[tried.uuid])
    assert "sentence_read" not in client.get(address).context["form"].fields
    typed = {"ground": "acquittal", "release_reference": "CA-1", **DOOR}
    refused = client.post(address, typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["sentence_read"])
    assert "a sentence of 5 years stands" in refused.content.decode()
    assert client.post(address, typed | {"sentence_read": "on"}).status_code == 302
    untried = make_inmate(unit, by=officer, legal_status="remand")
    answer = client.post(reverse("inmates:release", args=[untried.uuid]), typed)
    assert answer.status_code == 302  # no sentence, no second question


def test_a_ruling_of_a_suspended_term_answers_an_appeal_on_its_own_page_too(tried, officer, declare):
    """It leaves a conviction that holds nobody; a term comes with the outcome that says so."""
    appeal = declare()
    with pytest.raises(ValidationError):
        court_appeals.decide_appeal(appeal, outcome="changed", on=clock.today(), decision="AR", by=officer)
    court_appeals.decide_appeal(appeal, outcome="no_prison", on=clock.today(), decision="AR", by=officer)
    tried.refresh_from_db()
    assert (tried.cases.get().state, tried.release_basis) == ("convicted", "none")
    assert Sentence.objects.get(inmate=tried).quashed_on == clock.today()
    assert tried.tasks.open().filter(kind="no_title").exists()


def test_a_refusal_over_a_final_judgment_keeps_what_was_typed(client, inmate, officer):
    client.force_login(officer)
    address = reverse("inmates:close_case", args=[inmate.uuid, inmate.cases.get().pk])
    typed = {"state": "acquitted", "reference": "Arrêt 7/2610", "on": f"{clock.today():%d/%m/%Y}"}
    answer = client.post(address, typed)
    assert (answer.status_code, answer.context["form"]["reference"].value()) == (422, "Arrêt 7/2610")
    assert "it ends by a pardon, or by a correction" in str(answer.content)
    assert Event.objects.filter(verb="refused.moment", detail__view="inmates:close_case").exists()
    assert inmate.sentences.standing().exists()


def test_the_reference_of_the_decision_is_corrected_and_never_emptied(tried, officer):
    case = tried.cases.get()
    closing(case, officer, sentence_read=True)
    end = correctables.find("case_end")
    with pytest.raises(ValidationError) as refusal:
        correct(end, case, {"closing_reference": " "}, why="Copied from another file", paper="Arrêt 8/2610", by=officer)
    assert at_fault(refusal) == ["closing_reference"]
    correct(
        end,
        case,
        {"closing_reference": "Arrêt 8/2610"},
        why="Copied from another file",
        paper="Arrêt 8/2610",
        by=officer,
    )
    case.refresh_from_db()
    assert (case.closing_reference, case.state) == ("Arrêt 8/2610", "acquitted")


# A suspended term or a fine in one of two cases


@pytest.fixture
def in_two_cases(unit, officer):
    """Somebody on remand in two cases, each with its order."""
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    inmate.detention_orders.update(case=inmate.cases.get())
    other = actions.open_case(inmate, court="Fès", number="8", on_remand=True, by=officer)
    order = DetentionOrder(case=other, kind="remand", authority="R", reference="O 8", issued_on=day(-3))
    orders.add_order(inmate, order=order, by=officer)
    return inmate


def test_a_judgment_without_prison_in_one_of_two_cases_ends_that_one(client, in_two_cases, officer):
    inmate = in_two_cases
    first, second = inmate.cases.order_by("pk")
    client.force_login(officer)
    data = {"state": "convicted", "reference": "J 8", "on": f"{clock.today():%d/%m/%Y}"}
    address = reverse("inmates:close_case", args=[inmate.uuid, second.pk])
    assert client.post(address, data | {"reference": ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    second.refresh_from_db()
    assert (second.state, second.on_remand, second.closing_reference) == ("convicted", False, "J 8")
    assert [hold.case_id for hold in holds(inmate)] == [first.pk]
    assert not inmate.tasks.open().exists()
    fines.record_fine(second, amount=500, imposed_on=clock.today(), by=officer)
    assert client.post(reverse("inmates:close_case", args=[inmate.uuid, first.pk]), data).status_code == 302
    assert holds(inmate) == []
    assert inmate.tasks.open().get().kind == "no_title"
    assert proposed(Inmate.objects.get(pk=inmate.pk)).ground == "no_prison"
    page = client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()
    assert reverse("inmates:court_appeal_new", args=[inmate.uuid, second.pk]) in page


def test_where_a_sentence_stands_it_is_the_answer_to_an_appeal_and_twice_is_refused(tried, in_two_cases, officer):
    decision = {"state": "convicted", "on": clock.today(), "reference": "J 8", "by": officer}
    with pytest.raises(ValidationError) as refusal:
        actions.close_case(tried.cases.get(), sentence_read=True, **decision)
    assert at_fault(refusal) == ["state"]
    case = in_two_cases.cases.first()
    actions.close_case(case, **decision)
    with pytest.raises(InvalidTransition, match="closed already"):
        actions.close_case(case, **decision)


def test_one_entered_by_mistake_is_taken_back_by_two_people(in_two_cases, officer, director):
    case = in_two_cases.cases.first()
    actions.close_case(case, state="convicted", on=clock.today(), reference="J 8", by=officer)
    why = {"why": "It was the judgment of a namesake", "paper": "J 9"}
    made = annul(correctables.find("case_end"), case, **why, by=officer)
    case.refresh_from_db()
    assert case.state == "convicted"
    confirm(made, by=director)
    case.refresh_from_db()
    assert (case.state, case.on_remand, case.closing_reference) == ("open", True, "")


def test_a_prosecution_after_an_acquittal_is_why_there_is_no_date(tried, officer):
    closing(tried.cases.get(), officer, sentence_read=True)
    tried.refresh_from_db()
    assert (tried.release_on, tried.release_basis) == (None, "none")
    case = actions.open_case(tried, court="Fès", number="99/2620", by=officer)
    tried.refresh_from_db()
    assert (tried.release_on, tried.release_basis) == (None, "remand")
    closing(case, officer)
    tried.refresh_from_db()
    assert tried.release_basis == "none"
