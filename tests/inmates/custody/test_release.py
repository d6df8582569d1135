"""What holds a person, which ground lifts it, and the paper."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from config import clock
from core.sayings import words
from core.workflow import InvalidTransition
from inmates.conditions.actions import separations
from inmates.custody.actions import orders, outings, releases
from inmates.custody.holds import Hold, holds, nothing_holds
from inmates.custody.models import Admission, DetentionOrder
from inmates.custody.sayings import RELEASED
from inmates.people.actions import tasks
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from tests.factories import ago, end_case, make_inmate


@pytest.fixture
def served(unit, officer):
    """Somebody whose two years are over."""
    return make_inmate(unit, by=officer, days_ago=800, years=2)


@pytest.fixture
def untried(unit, officer):
    """Somebody on remand."""
    return make_inmate(unit, by=officer, legal_status="remand")


def order(kind, **fields):
    return DetentionOrder(kind=kind, authority="Rabat", reference=f"X-{kind}", issued_on=clock.today(), **fields)


def test_a_served_term_frees(served, officer, officer2):
    assert holds(served) == []
    with pytest.raises(PermissionDenied):
        releases.release(served, ground="term_served", by=officer2)
    admission = releases.release(served, ground="term_served", by=officer)
    served.refresh_from_db()
    assert admission.released_at is not None
    assert (served.status, served.unit) == ("released", None)


@pytest.mark.parametrize("kind", ["arrest", "remand", "civil"])
def test_another_order_still_holds(served, officer, kind):
    orders.add_order(served, order=order(kind), by=officer)
    with pytest.raises(InvalidTransition, match=f"X-{kind}"):
        releases.release(served, ground="term_served", by=officer)
    orders.lift_order(served.detention_orders.get(kind=kind), on=clock.today(), reason="Paid", by=officer)
    assert releases.release(served, ground="term_served", by=officer)


def test_remand_in_another_case_still_holds(served, officer):
    case = sentences.open_case(served, court="Rabat", number="99", on_remand=True, by=officer)
    with pytest.raises(InvalidTransition, match="99"):
        releases.release(served, ground="term_served", by=officer)
    end_case(case, state="dropped", on=clock.today(), by=officer)
    assert releases.release(served, ground="term_served", by=officer)


def test_acquittal_lifts_its_own_case_and_not_a_running_sentence(inmate, untried, officer):
    with pytest.raises(ValidationError):
        releases.release(untried, ground="acquittal", by=officer)
    releases.release(untried, ground="acquittal", reference="J-1", by=officer)
    assert untried.cases.get().state == "acquitted"
    case = sentences.open_case(inmate, court="Rabat", number="77", on_remand=True, by=officer)
    with pytest.raises(InvalidTransition, match="sentence runs"):
        releases.release(inmate, ground="acquittal", reference="J-2", case=case, by=officer)
    case.refresh_from_db()
    assert case.state == "open"


def test_provisional_release_keeps_the_case_open(untried, officer):
    releases.release(untried, ground="provisional", reference="O-1", by=officer)
    case = untried.cases.get()
    assert (case.state, case.on_remand) == ("open", False)


def test_conditional_release_is_for_the_finally_convicted(unit, untried, officer):
    tried = make_inmate(unit, by=officer, legal_status="convicted_appeal")
    for inmate in (untried, tried):
        with pytest.raises(InvalidTransition, match="finally convicted"):
            releases.release(inmate, ground="conditional", reference="C-1", by=officer)
    sentences.make_final(tried.sentences.get(), on=clock.today(), reference="Certificate 3", by=officer)
    assert releases.release(Inmate.objects.get(pk=tried.pk), ground="conditional", reference="C-1", by=officer)


def test_conditional_release_does_not_lift_civil_imprisonment(inmate, officer):
    orders.add_order(inmate, order=order("civil"), by=officer)
    with pytest.raises(InvalidTransition, match="X-civil"):
        releases.release(inmate, ground="conditional", reference="C-1", by=officer)
    orders.lift_order(inmate.detention_orders.get(kind="civil"), on=clock.today(), reason="Paid", by=officer)
    assert releases.release(inmate, ground="conditional", reference="C-1", by=officer).ground == "conditional"


def test_civil_imprisonment_holds_after_the_term_and_ends_by_its_own_ground(served, officer):
    with pytest.raises(InvalidTransition):
        releases.release(served, ground="civil_ended", by=officer)
    orders.add_order(served, order=order("civil"), by=officer)
    assert [hold.kind for hold in holds(served)] == [Hold.CIVIL]
    assert releases.release(served, ground="civil_ended", before_term=True, reference="Q 1", by=officer)


def test_a_pardon_frees_only_when_it_is_verified(served, officer):
    with pytest.raises(InvalidTransition, match="pardon"):
        releases.release(served, ground="pardon", by=officer)


def test_death_ends_custody_whatever_holds(inmate, officer):
    releases.release(inmate, ground="death", by=officer)
    inmate.refresh_from_db()
    assert inmate.status == "deceased"


def test_not_in_the_future_nor_before_the_admission(served, officer):
    for at in (clock.now() + timedelta(hours=1), ago(900)):
        with pytest.raises(ValidationError) as refusal:
            releases.release(served, ground="term_served", at=at, by=officer)
        assert list(refusal.value.message_dict) == ["at"]
    assert Admission.objects.open().count() == 1


def test_who_is_held_by_nothing_is_found_the_same_day(untried, inmate, officer):
    people = Inmate.objects.in_custody()
    assert nothing_holds(people) == []
    end_case(untried.cases.get(), state="acquitted", on=clock.today(), by=officer)
    assert nothing_holds(people) == [untried]


def test_an_order_that_ran_out_holds_nobody_in_the_worklist_either(unit, inmate, officer):
    forgotten = make_inmate(unit, by=officer, sentenced=False)
    people = Inmate.objects.in_custody()
    assert nothing_holds(people) == [forgotten]
    order = DetentionOrder.objects.create(
        inmate=forgotten, kind="civil", authority="Rabat", reference="C1", issued_on=clock.today() - timedelta(days=9)
    )
    assert nothing_holds(people) == []
    for days_ago, free in ((0, []), (1, [forgotten])):
        DetentionOrder.objects.filter(pk=order.pk).update(expires_on=clock.today() - timedelta(days=days_ago))
        assert nothing_holds(people) == free
        assert [one for one in people if not holds(one)] == free


def test_the_page_releases_and_gives_the_paper(client, served, inmate, officer, officer2):
    client.force_login(officer)
    door = {"ground": "term_served", "identity_check": "Card", "property_return": "Effects"}
    refused = client.post(reverse("inmates:release", args=[inmate.uuid]), door)
    assert refused.status_code == 422
    assert "sentence runs until" in refused.content.decode()
    assert client.post(reverse("inmates:release", args=[served.uuid]), door).status_code == 302
    paper = reverse("inmates:release_paper", args=[served.uuid, served.admissions.get().uuid])
    answer = client.get(paper)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    client.force_login(officer2)
    assert client.get(paper).status_code == 404


def test_the_release_worklist_shows_who_is_due(client, served, inmate, officer):
    client.force_login(officer)
    due = client.get(reverse("inmates:releases")).content.decode()
    assert served.registration_number in due
    assert inmate.registration_number not in due


def test_what_was_planned_is_cancelled_and_what_was_done_stays(served, officer, director):
    planned = outings.plan(served, kind="court", planned_on=clock.today() + timedelta(days=3), place="R", by=officer)
    cancelled = outings.plan(served, kind="hospital", planned_on=clock.today(), place="CHU", by=officer)
    outings.cancel(cancelled, reason="Put off", by=officer)
    past = outings.plan(served, kind="hospital", planned_on=clock.today(), place="CHU", by=officer)
    outings.leave(past, at=clock.now() - timedelta(hours=2), by=officer)
    outings.back(past, at=clock.now() - timedelta(hours=1), outcome="Seen", by=officer)
    out = outings.plan(served, kind="court", planned_on=clock.today(), place="R", by=officer)
    outings.leave(out, at=clock.now() - timedelta(minutes=30), by=officer)
    separation = separations.authorise(
        served, reason="R", starts_on=clock.today(), until=clock.today(), health_checked=True, by=director
    )
    at = clock.now()
    releases.release(served, ground="term_served", at=at, by=officer)
    for row in (planned, cancelled, past, out, separation):
        row.refresh_from_db()
    assert (words(planned.cancelled_reason), planned.left_at) == ("The person was released.", None)
    assert cancelled.cancelled_reason == "Put off"
    assert (past.outcome, past.cancelled_reason) == ("Seen", "")
    assert (out.back_at, out.outcome, out.cancelled_reason) == (at, RELEASED.mark, "")
    assert (separation.ended_on, separation.ended_by) == (clock.today(), officer)


def test_a_ground_must_fit_what_is_recorded(served, untried, officer, officer2):
    with pytest.raises(PermissionDenied):
        releases.release(untried, ground="death", by=officer2)
    for person, ground, refusal in (
        (untried, "term_served", "No sentence with an end"),
        (untried, "pardon", "No verified pardon"),
        (untried, "civil_ended", "No order of civil imprisonment"),
        (untried, "order_ended", "No order has run out"),
    ):
        with pytest.raises(InvalidTransition, match=refusal):
            releases.release(person, ground=ground, by=officer)
    for ground in ("provisional", "conditional", "abroad", "acquittal", "dismissed", "no_prison", "judicial"):
        with pytest.raises(ValidationError) as refused:
            releases.release(served, ground=ground, reference=" ", by=officer)
        assert list(refused.value.message_dict) == ["release_reference"]
    with pytest.raises(ValidationError, match="before the admission"):
        releases.release(served, ground="term_served", at=served.admissions.get().admitted_at, by=officer)
    assert served.admissions.open().exists()
    assert untried.admissions.open().exists()


def test_a_release_ends_everything_that_belongs_to_the_stay(served, officer):
    tasks.raise_task(served, kind="offence", due_on=clock.today(), note="N", by=officer)
    tasks.raise_task(served, kind="other", due_on=clock.today(), note="N", by=officer)
    Inmate.objects.filter(pk=served.pk).update(next_review_on=clock.today())
    at = clock.now()
    admission = releases.release(served, ground="conditional", reference="C-9", at=at, by=officer)
    admission.refresh_from_db()
    served.refresh_from_db()
    assert (admission.released_at, admission.released_by, admission.ground) == (at, officer, "conditional")
    assert (admission.release_reference, served.next_review_on) == ("C-9", None)
    assert served.placements.get().during.upper == at
    assert admission.legal_statuses.get().ends_on == clock.today()
    order = served.detention_orders.get()
    assert (order.lifted_on, words(order.lifted_reason)) == (clock.today(), "Conditional release")
    assert set(served.tasks.values_list("kind", "done_note")) == {("offence", ""), ("other", RELEASED.mark)}
    with pytest.raises(InvalidTransition, match="nothing was changed"):
        releases.release(served, ground="death", by=officer)


def test_provisional_release_is_about_one_case(untried, officer):
    second = sentences.open_case(untried, court="Rabat", number="88", on_remand=True, by=officer)
    with pytest.raises(ValidationError) as refusal:
        releases.release(untried, ground="provisional", reference="O-1", by=officer)
    assert list(refusal.value.message_dict) == ["case"]
    sentences.set_remand(second, on_remand=False, by=officer)
    first = untried.cases.exclude(pk=second.pk).get()
    releases.release(untried, ground="provisional", reference="O-1", case=first, by=officer)
    first.refresh_from_db()
    assert (first.state, first.on_remand) == ("open", False)
