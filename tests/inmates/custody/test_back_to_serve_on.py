"""Back to serve on: the order is of the case whose sentence runs; once that falls or ends nobody is held in silence.

An order that names no case is of what somebody came back for: where that is not known, a person is asked at once and each
hour, and the release page lets them settle it.
"""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.custody import daily
from inmates.custody.actions import orders, releases
from inmates.custody.holds import Hold, doubtful_orders, nothing_holds
from inmates.custody.models import DetentionOrder
from inmates.custody.release_grounds import proposed
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon, Sentence
from musalaha.actions import pardon_follow_through
from tests.factories import ago, end_case, make_inmate
from tests.inmates.custody.readmitting import again, day, kinds, stored

ON_RECORD = pytest.mark.parametrize("named", [True, False])  # as the admission ties it, or as on record from before


def back(inmate, unit, officer, *, named, days_ago=100, **fields):
    """Back to serve on, on a warrant of which nobody said of which case it is."""
    inmate = again(inmate, unit, officer, days_ago=days_ago, **fields)
    order = inmate.admissions.open().get().order
    assert order.case_id is not None
    if not named:
        DetentionOrder.objects.filter(pk=order.pk).update(case=None)
    assert kinds(inmate) == [Hold.SENTENCE]
    return stored(inmate)


def assert_held_by_nothing_in_silence(inmate, *, named):
    """Nothing holds, or a person is asked; told at once in both, and by the duties of the day."""
    assert inmate.tasks.open().filter(kind__in=["no_title", "term_over"]).exists()
    told = Alert.objects.filter(inmate=inmate, kind__in=["no_title", "release_overdue", "term_over"])
    audiences = {"prison", "national"} if told.filter(kind="no_title").exists() else {"prison"}  # a pardon frees today
    assert set(told.values_list("audience", flat=True)) == audiences
    inmate.tasks.open().delete()
    told.delete()
    daily.run()
    assert inmate.tasks.open().filter(kind="no_title").exists() or told.filter(kind="release_overdue").exists()
    assert kinds(inmate) == ([] if named else [Hold.ORDER])
    assert bool(doubtful_orders(stored(inmate))) != named


def assert_settled_at_the_door(inmate, officer, *, ground, **fields):
    """The doubtful order opens to whoever confirms, with a reference; the national office is told."""
    with pytest.raises(InvalidTransition, match="Again still holds"):
        releases.release(stored(inmate), ground=ground, by=officer, **fields)
    with pytest.raises(ValidationError):
        releases.release(stored(inmate), ground=ground, before_term=True, by=officer, **(fields | {"reference": ""}))
    releases.release(stored(inmate), ground=ground, before_term=True, by=officer, **({"reference": "Note"} | fields))
    assert Alert.objects.filter(inmate=inmate, kind="release_disputed").exists()


@pytest.fixture
def not_final(unit, officer):
    """Five years, not final and appealed; provisionally released."""
    inmate = make_inmate(unit, by=officer, legal_status="convicted_appeal", days_ago=300)
    case = inmate.cases.get()
    appeal = court_appeals.declare_appeal(
        case, kind="appeal", party="person", court="Rabat", reference="12/1", at=ago(295), by=officer
    )
    releases.release(inmate, ground="provisional", reference="LP 1", case=case, at=ago(200), by=officer)
    return inmate, appeal


@ON_RECORD
@pytest.mark.parametrize(("outcome", "fields"), [("no_prison", {}), ("quashed", {}), ("sent_back", {"held": False})])
def test_once_the_court_has_answered_nothing_holds_in_silence(not_final, unit, officer, named, outcome, fields):
    inmate, appeal = not_final
    inmate = back(inmate, unit, officer, named=named)
    court_appeals.decide_appeal(appeal, outcome=outcome, on=day(-1), decision="AR 1", by=officer, **fields)
    frees = named or outcome != "no_prison"  # the answer ends the case, or its warrant with it
    assert_held_by_nothing_in_silence(inmate, named=frees)
    assert nothing_holds(Inmate.objects.in_custody()) == ([inmate] if frees else [])
    if not frees:
        assert_settled_at_the_door(inmate, officer, ground="no_prison", reference="AR 1")


def test_sent_back_on_the_rulings_terms_and_that_taken_back(not_final, unit, officer, director):
    inmate, appeal = not_final
    inmate = back(inmate, unit, officer, named=False)
    order = inmate.admissions.open().get().order
    appeal = court_appeals.decide_appeal(
        appeal, outcome="sent_back", on=day(-1), decision="AR 1", held=False, by=officer
    )
    order.refresh_from_db()
    assert (order.lifted_on, order.ended_by) == (day(-1), appeal)
    assert proposed(stored(inmate)).ground == "provisional"
    made = corrections.annul(
        correctables.find("court_answer"), appeal, why="Of a namesake, says the file", paper="AR 1", by=officer
    )
    if made.state == "proposed":
        corrections.confirm(made, by=director)
    order.refresh_from_db()
    assert (order.lifted_on, order.ended_by) == (None, None)
    assert kinds(inmate) == [Hold.SENTENCE]


@ON_RECORD
@pytest.mark.parametrize("kind", ["arrest", "judgment"])
def test_a_pardon_of_before_the_return_is_verified_now(unit, officer, coordinator, reviewer, kind, named):
    inmate = make_inmate(unit, by=officer, days_ago=300)
    releases.release(inmate, ground="conditional", reference="LC 1", at=ago(200), by=officer)
    inmate = back(inmate, unit, officer, named=named, kind=kind)
    pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="remainder")
    pardon = pardon_follow_through.record_pardon(pardon, reference="1-26-5", dated_on=day(-150), by=coordinator)
    pardon_follow_through.verify_pardon(pardon, by=reviewer)
    opens = named or kind == "judgment"  # a judgment holds through its sentence
    assert_held_by_nothing_in_silence(inmate, named=opens)
    if opens:
        releases.release(stored(inmate), ground="pardon", by=officer)
    else:
        with pytest.raises(InvalidTransition, match="Again still holds"):
            releases.release(stored(inmate), ground="pardon", by=officer)
        releases.release(stored(inmate), ground="pardon", before_term=True, reference="1-26-5", by=officer)


@ON_RECORD
def test_a_day_before_the_return_is_settled(unit, officer, director, named):
    """The prosecutor answers that the time at liberty counted: the sentence ended before the return."""
    inmate = make_inmate(unit, by=officer, days_ago=300, years=0, months=6)
    releases.release(inmate, ground="conditional", reference="LC 1", at=ago(250), by=officer)
    inmate = back(inmate, unit, officer, named=named)
    assert inmate.release_basis == "unsettled"
    sentences.settle_release_date(
        inmate, release_on=day(-115), reasons="It ran at liberty", source="Parquet 9", by=director
    )
    assert_held_by_nothing_in_silence(inmate, named=named)


@ON_RECORD
def test_a_term_typed_wrong_is_put_right_to_one_that_was_over(unit, officer, director, named):
    inmate = make_inmate(unit, by=officer, days_ago=300, years=5)
    releases.release(inmate, ground="conditional", reference="LC 1", at=ago(150), by=officer)
    inmate = back(inmate, unit, officer, named=named)
    waiting = corrections.correct(
        correctables.find("sentence"),
        inmate.sentences.get(),
        {"years": 0, "months": 4},
        why="Four months, not five years",
        paper="J",
        by=officer,
    )
    corrections.confirm(waiting, by=director)
    assert_held_by_nothing_in_silence(inmate, named=named)


@ON_RECORD
def test_a_ruling_of_before_the_return_is_entered_now(not_final, unit, officer, named):
    inmate, appeal = not_final
    inmate = back(inmate, unit, officer, named=named)
    court_appeals.decide_appeal(
        appeal, outcome="changed", on=day(-110), decision="AR 1", sentence=Sentence(months=2), by=officer
    )
    assert_held_by_nothing_in_silence(inmate, named=named)


@ON_RECORD
def test_the_sentence_served_on_was_never_pronounced_and_is_annulled(unit, officer, director, named):
    """The case is under way again, without remand: nobody knows of what the warrant is, and is asked."""
    inmate = make_inmate(unit, by=officer, days_ago=300, years=5)
    releases.release(inmate, ground="conditional", reference="LC 1", at=ago(150), by=officer)
    inmate = back(inmate, unit, officer, named=named)
    made = corrections.annul(
        correctables.find("sentence"), inmate.sentences.get(), why="Of a namesake, says the file", paper="J", by=officer
    )
    corrections.confirm(made, by=director)
    assert_held_by_nothing_in_silence(inmate, named=False)
    assert_settled_at_the_door(inmate, officer, ground="order_ended")


def test_while_it_runs_and_when_it_has_ended_in_the_stay_the_order_holds_through_it(unit, officer, settings):
    inmate = make_inmate(unit, by=officer, days_ago=300, years=1)
    releases.release(inmate, ground="conditional", reference="C", at=ago(100), by=officer)
    inmate = back(inmate, unit, officer, named=False, days_ago=90)
    settings.TODAY = day(400)
    assert kinds(inmate) == []


def test_of_two_sentences_that_run_nobody_guesses_and_of_none_neither(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=300, years=5)
    case = sentences.open_case(inmate, court="Fès", number="77/2", by=officer)
    sentences.pronounce(
        Sentence(case=case, inmate=inmate, years=5, starts_on=day(-300), pronounced_on=day(-290)), by=officer
    )
    releases.release(stored(inmate), ground="conditional", reference="LC 1", at=ago(200), by=officer)
    inmate = again(inmate, unit, officer, days_ago=100)
    assert inmate.admissions.open().get().order.case is None
    served = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(served, ground="term_served", at=ago(60), by=officer)
    served = again(served, unit, officer, days_ago=5, registration_number="99010", legal_status="remand")
    assert served.admissions.open().get().order.case is None
    assert kinds(served) == [Hold.ORDER]
    assert doubtful_orders(served) == []


# A later stay on a warrant that names no case; the case recorded since is judged, appealed, sent back, not held


@pytest.fixture
def second_stay(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=1)
    releases.release(inmate, ground="term_served", at=ago(300), by=officer)
    inmate = again(inmate, unit, officer, days_ago=200, legal_status="remand")
    case = sentences.open_case(inmate, court="Fès", number="77/2", on_remand=True, by=officer)
    sentences.pronounce(
        Sentence(case=case, inmate=inmate, years=3, starts_on=day(-200), pronounced_on=day(-150)), by=officer
    )
    assert kinds(inmate) == [Hold.SENTENCE]
    case.refresh_from_db()
    appeal = court_appeals.declare_appeal(
        case, kind="appeal", party="person", court="Fès", reference="12/1", at=ago(145), by=officer
    )
    return stored(inmate), appeal


@pytest.mark.parametrize(
    ("on", "held", "until", "holding"),
    [(-1, True, None, [Hold.REMAND]), (-1, False, None, []), (-20, True, -2, [])],
    ids=["held", "not held", "held until a day that has passed"],
)
def test_sent_back_on_the_rulings_terms_in_a_later_stay(second_stay, officer, on, held, until, holding):
    inmate, appeal = second_stay
    until = until and day(until)
    court_appeals.decide_appeal(
        appeal, outcome="sent_back", on=day(on), decision="AR 1", held=held, until=until, by=officer
    )
    assert kinds(inmate) == holding
    assert inmate.tasks.open().filter(kind="no_title").exists() == (not holding)


# An old case ends while a newer warrant holds


def test_an_acquittal_in_an_old_case_opens_no_door_over_a_newer_warrant_and_a_person_is_asked(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=400)
    case = inmate.cases.get()
    releases.release(inmate, ground="provisional", reference="LP 1", case=case, at=ago(200), by=officer)
    inmate = again(inmate, unit, officer, days_ago=20, legal_status="remand")
    assert kinds(inmate) == [Hold.ORDER]
    assert daily.run()["held_without_title"] == 0
    case.refresh_from_db()
    end_case(case, on=day(-1), by=officer)
    assert proposed(stored(inmate)) is None
    assert_held_by_nothing_in_silence(inmate, named=False)
    assert "came back" in inmate.tasks.open().get(kind="no_title").text
    orders.lift_order(inmate.admissions.open().get().order, on=day(0), reason="Of that case", by=officer)
    assert kinds(inmate) == []


# Through the pages


def readmit(client, inmate, unit, officer, **fields):
    data = {
        "token": str(uuid4()), "kind": "arrest", "authority": "R", "reference": "Again", "issued_on": f"{day(0):%d/%m/%Y}",
        "registration_number": "99010", "unit": unit.pk, "admitted_at": f"{timezone.localtime():%d/%m/%Y %H:%M}",
    } | fields  # fmt: skip
    client.force_login(officer)
    return client.post(reverse("inmates:readmit", args=[inmate.uuid]), data)


@pytest.mark.parametrize(("outcome", "fields"), [("no_prison", {}), ("sent_back", {"held": False})])
def test_by_the_page_and_the_court_frees(client, not_final, unit, officer, outcome, fields):
    inmate, appeal = not_final
    assert readmit(client, inmate, unit, officer, legal_status="convicted_appeal").status_code == 302
    assert kinds(inmate) == [Hold.SENTENCE]
    court_appeals.decide_appeal(appeal, outcome=outcome, on=day(0), decision="AR 1", by=officer, **fields)
    assert kinds(inmate) == []
    assert inmate.tasks.open().filter(kind="no_title").exists()


def test_where_several_sentences_run_the_page_asks_of_which_the_order_is(client, unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=300, years=5)
    case = sentences.open_case(inmate, court="Fès", number="77/2", by=officer)
    sentences.pronounce(
        Sentence(case=case, inmate=inmate, years=5, starts_on=day(-300), pronounced_on=day(-290), final_on=day(-280)),
        by=officer,
    )
    releases.release(stored(inmate), ground="conditional", reference="LC 1", at=ago(200), by=officer)
    refused = readmit(client, inmate, unit, officer, legal_status="convicted_final")
    assert refused.status_code == 422
    assert "say of which case" in str(refused.context["form"].on_record.errors["known_case"])
    sent = {"legal_status": "convicted_final", "known_case": str(case.pk)}
    assert readmit(client, inmate, unit, officer, **sent).status_code == 302
    assert inmate.admissions.open().get().order.case == case


def test_where_the_order_does_not_say_it_stays_unsaid(client, unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=300, years=5)
    case = sentences.open_case(inmate, court="Fès", number="77/2", by=officer)
    sentences.pronounce(
        Sentence(case=case, inmate=inmate, years=5, starts_on=day(-300), pronounced_on=day(-290)), by=officer
    )
    releases.release(stored(inmate), ground="conditional", reference="LC 1", at=ago(200), by=officer)
    sent = {"legal_status": "convicted_appeal", "known_case": "none"}
    assert readmit(client, inmate, unit, officer, **sent).status_code == 302
    assert inmate.admissions.open().get().order.case is None


def test_the_release_page_lets_a_person_settle_what_an_order_was_for(client, not_final, unit, officer):
    inmate, appeal = not_final
    inmate = back(inmate, unit, officer, named=False)
    court_appeals.decide_appeal(appeal, outcome="no_prison", on=day(-1), decision="AR 1", by=officer)
    client.force_login(officer)
    address = reverse("inmates:release", args=[inmate.uuid])
    sent = {"ground": "no_prison", "release_reference": "AR 1", "identity_check": "Card", "property_return": "All"}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "it holds no longer" in refused.content.decode()
    assert client.post(address, sent | {"before_term": "on"}).status_code == 302
    assert not stored(inmate).held
    assert not Task.objects.open().filter(inmate=inmate, kind="no_title").exists()
