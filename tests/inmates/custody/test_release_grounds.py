"""Which ground the record proposes, what each ground ends, and what gives way to a written order."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.custody.actions import orders, releases
from inmates.custody.holds import Hold, holds
from inmates.custody.models import Admission, DetentionOrder
from inmates.custody.release_grounds import as_it_stands, proposed
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import actions as sentences
from inmates.sentences.models import Fine, Pardon, Sentence
from musalaha.actions import pardon_follow_through
from tests.factories import end_case, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def warrant(inmate, **fields):
    fields = {"kind": "remand", "authority": "R", "reference": "W", "issued_on": day(-30)} | fields
    return DetentionOrder.objects.create(inmate=inmate, **fields)


def pardon(inmate, coordinator, reviewer, *, reference="2026/07-30", dated_on=None, **fields):
    """A pardon recorded by one and verified by another."""
    fields = {"prison": "remainder", "fine": "kept", "requester": "own_motion"} | fields
    dated_on = dated_on or clock.today()
    made = pardon_follow_through.record_pardon(
        Pardon(inmate=inmate, **fields), reference=reference, dated_on=dated_on, by=coordinator
    )
    return pardon_follow_through.verify_pardon(made, by=reviewer)


def ground(inmate):
    """What is proposed for the person as stored now."""
    proposal = proposed(Inmate.objects.get(pk=inmate.pk))
    return proposal and proposal.ground


@pytest.fixture
def served(unit, officer):
    """Somebody whose two years are over."""
    return make_inmate(unit, by=officer, days_ago=800, years=2)


@pytest.fixture
def untried(unit, officer):
    """Somebody on remand."""
    return make_inmate(unit, by=officer, legal_status="remand")


# --- what is proposed


def test_nothing_is_proposed_while_something_holds(inmate, untried):
    assert proposed(inmate) is None
    assert proposed(untried) is None


def test_a_term_that_is_over_was_served(served):
    proposal = proposed(served)
    assert (proposal.ground, proposal.on) == ("term_served", served.release_on)
    assert "Term served" in proposal.text


def test_after_a_verified_pardon_the_pardon_with_its_instrument(inmate, officer, coordinator, reviewer):
    made = pardon_follow_through.record_pardon(
        Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="remainder", requester="own_motion"),
        reference="2026/07-30",
        dated_on=clock.today(),
        by=coordinator,
    )
    assert ground(inmate) is None  # not yet verified
    pardon_follow_through.verify_pardon(made, by=reviewer)
    inmate.refresh_from_db()
    proposal = proposed(inmate)
    assert (proposal.ground, proposal.reference) == ("pardon", "2026/07-30")
    stay = releases.release(inmate, ground="pardon", by=officer)
    assert stay.release_reference == "2026/07-30"


@pytest.mark.parametrize(("verified", "expected"), [(0, "pardon"), (-200, "term_served")])
def test_a_term_that_a_pardon_shortened_and_was_then_served_is_served(
    served, coordinator, reviewer, settings, verified, expected
):
    """Three years less one were over 69 days ago: verified before, the term was served; after, the pardon ended it."""
    Sentence.objects.filter(inmate=served).update(years=3)
    sentences.recompute(served, cause="sentence", by=None)
    today, dated_on = clock.today(), day(-300)
    settings.TODAY = today + timedelta(days=verified)
    sentence = served.sentences.get()
    pardon(served, coordinator, reviewer, sentence=sentence, prison="reduced", years=1, dated_on=dated_on)
    settings.TODAY = today
    assert Inmate.objects.get(pk=served.pk).release_on < today
    assert ground(served) == expected


def test_a_later_pardon_of_the_fine_does_not_take_the_place_of_the_one_that_frees(
    inmate, officer, coordinator, reviewer
):
    sentence = inmate.sentences.get()
    Fine.objects.create(case=sentence.case, amount=1000, remaining=1000)
    pardon(inmate, coordinator, reviewer, sentence=sentence, reference="R-term")
    pardon(inmate, coordinator, reviewer, sentence=sentence, prison="kept", fine="remitted", reference="R-fine")
    inmate.refresh_from_db()
    assert proposed(inmate).reference == "R-term"
    assert releases.release(inmate, ground="pardon", by=officer).release_reference == "R-term"


def test_a_pardoned_prosecution_is_a_pardon(untried, coordinator, reviewer):
    pardon(untried, coordinator, reviewer, case=untried.cases.get(), prison="prosecution")
    assert ground(untried) == "pardon"


@pytest.mark.parametrize(("state", "expected"), [("acquitted", "acquittal"), ("dropped", "dismissed")])
def test_a_case_that_ended_gives_its_ground(untried, officer, state, expected):
    end_case(untried.cases.get(), state=state, on=clock.today(), by=officer)
    untried.refresh_from_db()
    proposal = proposed(untried)
    assert (proposal.ground, proposal.case) == (expected, untried.cases.get())
    assert releases.release(untried, ground=expected, reference="J-1", by=officer)


def test_an_order_that_ran_out_or_was_lifted_gives_its_ground(untried, officer):
    order = untried.detention_orders.get()
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=day(-2))
    proposal = proposed(untried)
    assert (proposal.ground, proposal.on) == ("order_ended", day(-1))
    stay = releases.release(untried, ground="order_ended", by=officer)
    assert stay.ground == "order_ended"
    case = untried.cases.get()
    assert (case.state, case.on_remand) == ("open", False)  # nobody is on remand at liberty


def test_an_order_that_still_holds_is_no_ground(untried, officer):
    warrant(untried, reference="Gone", expires_on=day(-1), case=None, kind="arrest")
    with pytest.raises(InvalidTransition, match="On remand"):
        releases.release(untried, ground="order_ended", by=officer)
    assert untried.admissions.open().exists()


def test_what_ended_last_is_proposed_and_not_what_ended_before(served, officer):
    civil = warrant(served, kind="civil", reference="C")
    assert proposed(served) is None
    orders.lift_order(civil, on=clock.today(), reason="Paid", by=officer)
    assert ground(served) == "civil_ended"
    assert releases.release(served, ground="civil_ended", by=officer)


def test_at_liberty_in_an_open_case_is_a_provisional_release(untried, officer):
    sentences.set_remand(untried.cases.get(), on_remand=False, by=officer)
    assert ground(untried) == "provisional"
    sentences.open_case(untried, court="R", number="2", by=officer)
    assert ground(untried) is None  # two: the record does not say which


# --- what a ground ends


@pytest.mark.parametrize(("chosen", "state"), [("dismissed", "dropped"), ("no_prison", "convicted")])
def test_a_ground_of_one_case_closes_it_and_leaves_another(untried, officer, chosen, state):
    first = untried.cases.get()
    second = sentences.open_case(untried, court="R", number="88", on_remand=True, by=officer)
    with pytest.raises(InvalidTransition, match="88"):
        releases.release(untried, ground=chosen, reference="J-1", case=first, by=officer)
    first.refresh_from_db()
    assert (first.state, first.on_remand) == ("open", True)
    sentences.set_remand(second, on_remand=False, by=officer)
    releases.release(untried, ground=chosen, reference="J-1", case=first, by=officer)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.closed_on, second.state) == (state, clock.today(), "open")


def test_a_suspended_judgment_takes_the_place_of_one_not_final_and_of_no_final_one(unit, inmate, officer):
    appealed = make_inmate(unit, by=officer, legal_status="convicted_appeal")
    releases.release(appealed, ground="no_prison", reference="CA-1", sentence_read=True, by=officer)
    sentence = appealed.sentences.get()
    assert (sentence.quashed_on, appealed.cases.get().state) == (clock.today(), "convicted")
    with pytest.raises(InvalidTransition, match="final"):
        releases.release(inmate, ground="no_prison", reference="CA-2", by=officer)
    with pytest.raises(InvalidTransition, match="final"):
        releases.release(inmate, ground="acquittal", reference="CA-3", by=officer)
    with pytest.raises(InvalidTransition, match="has a judgment"):
        releases.release(inmate, ground="dismissed", reference="CA-3", by=officer)
    assert inmate.sentences.standing().exists()


def test_an_acquittal_recorded_before_does_not_acquit_another_case(inmate, officer):
    """The case that was acquitted is meant, not the convicted one that is the only one left."""
    other = sentences.open_case(inmate, court="R", number="77", on_remand=True, by=officer)
    end_case(other, state="acquitted", on=clock.today(), by=officer)
    with pytest.raises(InvalidTransition, match="sentence runs"):
        releases.release(inmate, ground="acquittal", reference="J-1", by=officer)
    assert inmate.sentences.standing().exists()


# --- a written order of a judge


@pytest.mark.parametrize("who", ["running", "remand", "life", "civil"])
def test_a_judges_written_order_always_opens_the_door(unit, officer, inspector, who):
    one = make_inmate(unit, by=officer, legal_status="remand" if who == "remand" else "convicted_final")
    if who == "life":
        Sentence.objects.filter(inmate=one).update(kind="life", years=0)
        sentences.recompute(one, cause="sentence", by=officer)
    if who == "civil":
        warrant(one, kind="civil", reference="C")
    before = [hold.text for hold in holds(Inmate.objects.get(pk=one.pk))]
    assert before
    stay = releases.release(one, ground="judicial", reference="TPI 12/2026", by=officer)
    one.refresh_from_db()
    assert one.status == "released"
    assert [Hold.read(hold).text for hold in stay.release_file["against"]] == before
    alert = Alert.objects.get(kind="release_disputed")
    assert (alert.inmate, alert.audience, alert.note) == (one, "national", "TPI 12/2026")
    task = Task.objects.open().get(inmate=one)
    assert (task.kind, task.due_on, task.facility) == ("release_scan", day(1), unit.facility)
    assert not one.cases.filter(on_remand=True).exists()


def test_an_order_that_agrees_with_the_record_is_no_dispute_but_its_scan_is_due(served, officer):
    releases.release(served, ground="judicial", reference="TPI 13/2026", by=officer)
    assert not Alert.objects.exists()
    assert served.tasks.open().get().kind == "release_scan"


def test_a_judges_order_is_in_writing(inmate, officer):
    with pytest.raises(ValidationError) as refusal:
        releases.release(inmate, ground="judicial", reference="  ", by=officer)
    assert list(refusal.value.message_dict) == ["release_reference"]
    stay = inmate.admissions.get()
    fields = {"released_at": clock.now(), "released_by": officer, "ground": "judicial"}
    with pytest.raises(IntegrityError, match="admission_judge_orders_in_writing"), transaction.atomic():
        Admission.objects.filter(pk=stay.pk).update(**fields)
    with pytest.raises(IntegrityError, match="admission_door_only_at_release"), transaction.atomic():
        Admission.objects.filter(pk=stay.pk).update(identity_check="Card")


# --- "term served" before our date


def test_before_the_term_it_asks_twice_and_needs_a_paper(inmate, officer):
    with pytest.raises(InvalidTransition, match="sentence runs until"):
        releases.release(inmate, ground="term_served", reference="P-1", by=officer)
    with pytest.raises(ValidationError) as refusal:
        releases.release(inmate, ground="term_served", before_term=True, by=officer)
    assert list(refusal.value.message_dict) == ["release_reference"]
    stay = releases.release(inmate, ground="term_served", reference="P-1", before_term=True, by=officer)
    assert [hold["kind"] for hold in stay.release_file["against"]] == ["sentence"]
    assert Alert.objects.get(kind="release_disputed").audience == "national"
    assert inmate.tasks.open().get().kind == "release_scan"


def test_confirming_lifts_the_term_alone(unit, inmate, officer):
    warrant(inmate, kind="arrest", reference="A-1")
    with pytest.raises(InvalidTransition, match="A-1"):
        releases.release(inmate, ground="term_served", reference="P-1", before_term=True, by=officer)
    lifer = make_inmate(unit, by=officer)
    Sentence.objects.filter(inmate=lifer).update(kind="life", years=0)
    sentences.recompute(lifer, cause="sentence", by=officer)
    with pytest.raises(InvalidTransition, match="No sentence with an end"):
        releases.release(lifer, ground="term_served", reference="P-1", before_term=True, by=officer)


def test_confirming_a_term_that_is_over_changes_nothing(served, officer):
    stay = releases.release(served, ground="term_served", before_term=True, by=officer)
    assert stay.release_file["against"] == []
    assert not Alert.objects.exists()
    assert not served.tasks.open().exists()


def test_the_release_keeps_only_the_sentence_that_took_the_place_of_the_first(unit, officer):
    appealed = make_inmate(unit, by=officer, legal_status="convicted_appeal")
    appeal = court_appeals.declare_appeal(
        appealed.cases.get(), kind="appeal", party="person", court="Rabat", reference="A", at=clock.now(), by=officer
    )
    court_appeals.decide_appeal(
        appeal, outcome="changed", on=clock.today(), decision="R", sentence=Sentence(years=2), by=officer
    )
    kept = as_it_stands(appealed, appealed.admissions.get())
    assert [[one["years"] for one in case["sentences"]] for case in kept] == [[2]]
