"""Appeals against judgments: the register, and how the later judgment takes the place of the earlier."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.court_appeals import daily
from inmates.court_appeals.worklists import judgments_open_to_appeal
from inmates.custody.actions import releases
from inmates.custody.holds import Hold, holds, nothing_holds
from inmates.custody.models import DetentionOrder
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import actions
from inmates.sentences.models import Adjustment, CourtAppeal, Fine, Offence, Sentence
from tests.factories import end_case, make_inmate
from tests.inmates.sentences.conftest import ago, day


def refused(field, act, **fields):
    with pytest.raises(ValidationError) as refusal:
        act(**fields)
    assert list(refusal.value.message_dict) == [field]


def stored(inmate):
    inmate.refresh_from_db()
    return inmate.release_on, inmate.release_basis, inmate.legal_status


# The register


def test_an_appeal_is_declared_with_its_deadline_and_its_number(tried, declare, officer, officer2):
    with pytest.raises(PermissionDenied):
        declare(by=officer2)
    refused("reference", declare, reference=" ")
    for wrong in (ago(days=201), ago(days=-1)):
        refused("at", declare, at=wrong)
    appeal = declare()
    appeal.refresh_from_db()
    judged = tried.sentences.get()
    assert (appeal.judgment, appeal.party, appeal.facility) == (judged, "person", tried.facility)
    assert (appeal.last_day, appeal.late) == (judged.pronounced_on + timedelta(days=10), True)
    assert Event.objects.about(tried).filter(verb="court_appeal.declared").count() == 1
    assert tried.legal_status == "convicted_appeal"


def test_one_appeal_of_a_kind_is_open_in_a_case_and_the_other_party_joins_it(tried, declare):
    appeal = declare(at=ago(days=150))
    with pytest.raises(InvalidTransition, match="recorded already"):
        declare()
    again = declare(party="prosecution", at=ago(days=149), reference="PG 99")  # the person's number stays
    assert Event.objects.filter(verb="court_appeal.declared").latest("id").detail["notice"] == "PG 99"
    assert (again.pk, again.party, again.reference) == (appeal.pk, "both", "12/2026")
    with pytest.raises(InvalidTransition, match="recorded already"):
        declare(party="both")
    assert declare(kind="cassation", reference="13/2026").pk != appeal.pk
    fields = {"kind": "appeal", "court": "X", "by_prosecution_at": clock.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        CourtAppeal.objects.create(case=appeal.case, judgment=appeal.judgment, **fields)


def test_nothing_is_appealed_that_was_not_judged_or_is_final(unit, inmate, declare, officer):
    untried = make_inmate(unit, by=officer, legal_status="remand")
    with pytest.raises(InvalidTransition, match="Nothing was judged"):
        declare(untried.cases.get())
    with pytest.raises(InvalidTransition, match="final"):
        declare(inmate.cases.get())


@pytest.mark.parametrize(
    "wrong",
    [
        {"by_person_at": None},
        {"outcome": "confirmed"},
        {"sent_at": timezone.now()},
        {"by_person_at": None, "by_prosecution_at": timezone.now(), "receipt_at": timezone.now()},
    ],
)
def test_the_database_refuses_what_no_register_may_say(declare, wrong):
    appeal = declare()
    with pytest.raises(IntegrityError), transaction.atomic():
        CourtAppeal.objects.filter(pk=appeal.pk).update(**wrong)


def test_receipt_and_sending_are_recorded_once_with_proof_and_only_of_the_person(declare, officer, officer2):
    appeal = declare(at=ago(hours=30))
    assert appeal.overdue
    assert CourtAppeal.objects.overdue(clock.now()).get() == appeal
    with pytest.raises(PermissionDenied):
        court_appeals.give_receipt(appeal, by=officer2)
    court_appeals.give_receipt(appeal, by=officer)
    with pytest.raises(InvalidTransition, match="already"):
        court_appeals.give_receipt(appeal, by=officer)
    refused("proof", lambda **f: court_appeals.send_appeal(appeal, by=officer, **f), proof=" ")
    for wrong in (ago(hours=31), ago(hours=-1)):
        refused("at", lambda **f: court_appeals.send_appeal(appeal, proof="BE 1", by=officer, **f), at=wrong)
    court_appeals.send_appeal(appeal, proof="BE 1", by=officer)
    appeal.refresh_from_db()
    assert (appeal.proof, appeal.receipt_by, appeal.sent_by, appeal.overdue) == ("BE 1", officer, officer, False)
    assert not CourtAppeal.objects.to_send().exists()
    with pytest.raises(InvalidTransition, match="already"):
        court_appeals.send_appeal(appeal, proof="BE 2", by=officer)
    theirs = declare(kind="cassation", party="prosecution", reference="")
    assert not theirs.to_send
    for act, fields in ((court_appeals.give_receipt, {}), (court_appeals.send_appeal, {"proof": "BE"})):
        with pytest.raises(InvalidTransition):
            act(theirs, by=officer, **fields)


def test_a_declaration_kept_too_long_is_told_once(declare, officer, tried):
    declare(at=ago(hours=25))
    assert daily.run()["appeals_unsent"] == 2
    assert daily.run()["appeals_unsent"] == 0
    assert set(tried.alerts.values_list("audience", flat=True)) == {"prison", "national"}


def test_a_declaration_of_today_is_not_overdue(declare):
    declare(at=ago(hours=23))
    assert daily.run()["appeals_unsent"] == 0


# The answer


def test_a_new_term_replaces_the_earlier_one_with_its_start_and_its_remand(tried, declare, decide, officer):
    first = tried.sentences.get()
    first.remand_periods.create(first_day=day(-300), day_after_last=day(-290))
    actions.recompute(tried, cause="test", by=officer)
    appeal = declare()
    decide(appeal, "changed", sentence=Sentence(months=18))
    first.refresh_from_db()
    new = tried.sentences.standing().get()
    assert (first.stands, first.replaced_on, new.replaces, new.count) == (False, day(-100), first, 1)
    assert (new.starts_on, new.months, new.final_on) == (first.starts_on, 18, None)
    assert new.remand_periods.values_list("first_day", "day_after_last").get() == (day(-300), day(-290))
    expected = actions.recompute(tried, cause="check", by=officer).release_on
    assert stored(tried) == (expected, "computed", "convicted_appeal")
    assert expected < day(400)
    with pytest.raises(InvalidTransition, match="recorded already"):
        decide(appeal, "confirmed")


def test_one_sentence_stands_a_count(tried, declare, decide):
    first = tried.sentences.get()
    decide(declare(), "changed", sentence=Sentence(years=2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Sentence.objects.filter(pk=first.pk).update(replaced_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sentence.objects.filter(pk=first.pk).update(quashed_on=day(-1))


def test_a_term_lowered_to_one_already_served_holds_nothing(tried, declare, decide):
    decide(declare(), "changed", sentence=Sentence(months=2))
    assert stored(tried)[0] < clock.today()
    assert holds(tried) == []
    assert tried in Inmate.objects.releases_overdue(clock.today())


def test_the_answer_needs_a_ruling_between_appeal_and_today(declare, decide, officer2):
    appeal = declare()
    refused("decision", lambda **f: decide(appeal, "confirmed", **f), decision=" ")
    for wrong in (day(-151), day(1)):
        refused("on", lambda **f: decide(appeal, "confirmed", **f), on=wrong)
    refused("sentence_kind", lambda: decide(appeal, "changed"))
    with pytest.raises(PermissionDenied):
        decide(appeal, "confirmed", by=officer2)
    appeal.refresh_from_db()
    assert appeal.outcome == ""


def test_a_new_term_outside_the_offences_range_must_be_confirmed(tried, declare, decide, officer):
    tried.cases.get().offences.add(Offence.objects.create(law="L", article="1", label="J", min_years=5, max_years=15))
    appeal = declare()
    refused("years", lambda: decide(appeal, "changed", sentence=Sentence(years=4)))
    decide(appeal, "changed", sentence=Sentence(years=4, range_acknowledged_by=officer))


@pytest.mark.parametrize("outcome", ["confirmed", "dropped"])
def test_confirmed_or_dropped_the_judgment_stands_and_is_still_not_final(tried, declare, decide, officer, outcome):
    before, appeal = stored(tried), declare()
    with pytest.raises(InvalidTransition, match="appeal is open"):
        actions.make_final(tried.sentences.get(), on=day(-1), reference="C", by=officer)
    decide(appeal, outcome)
    assert stored(tried) == before
    actions.make_final(tried.sentences.get(), on=day(-90), reference="C", by=officer)
    assert stored(tried) == (*before[:2], "convicted_final")
    assert list(tried.legal_statuses.order_by("starts_on").values_list("status", "starts_on")) == [
        ("convicted_appeal", day(-200)),
        ("convicted_final", day(-90)),
    ]
    assert not tried.role_is_alleged


def test_quashed_nothing_is_left_and_the_case_is_closed(tried, declare, decide):
    decide(declare(), "quashed")
    case = tried.cases.get()
    assert (case.state, case.closed_on, tried.sentences.get().quashed_on) == ("acquitted", day(-100), day(-100))
    assert stored(tried)[:2] == (None, "none")
    assert holds(tried) == []
    assert nothing_holds(Inmate.objects.in_custody()) == [tried]


def test_of_two_counts_one_is_quashed_and_the_other_stands(tried, declare, decide, officer):
    case, first = tried.cases.get(), tried.sentences.get()
    second = Sentence(case=case, inmate=tried, count=2, years=1, starts_on=first.starts_on, pronounced_on=day(-160))
    actions.pronounce(second, by=officer)
    refused("judgment", declare)
    decide(declare(judgment=second), "quashed")
    case.refresh_from_db()
    assert (case.state, tried.sentences.standing().get()) == ("convicted", first)
    assert stored(tried)[1] == "computed"


@pytest.mark.parametrize(
    ("held", "until", "kinds"), [(True, 30, [Hold.REMAND]), (True, None, [Hold.REMAND]), (False, None, [])]
)
def test_sent_back_the_person_is_held_on_the_rulings_terms_or_not_at_all(tried, declare, decide, held, until, kinds):
    warrant = tried.detention_orders.get()
    DetentionOrder.objects.filter(pk=warrant.pk).update(case=tried.cases.get())
    decide(declare(kind="cassation"), "sent_back", held=held, until=until and day(until))
    case = tried.cases.get()
    assert (case.state, case.on_remand, case.closed_on) == ("open", held, None)
    assert not tried.sentences.standing().exists()
    assert stored(tried) == (None, "remand", "remand" if held else "convicted_appeal")
    assert [hold.kind for hold in holds(tried)] == kinds
    if until:
        assert holds(tried, day=day(until))
        assert not holds(tried, day=day(until + 1))
    warrant.refresh_from_db()
    assert warrant.lifted_on == day(-100)


def test_an_acquittal_appealed_by_the_prosecution_may_become_a_sentence(unit, declare, decide, officer):
    free = make_inmate(unit, by=officer, legal_status="remand")
    case = free.cases.get()
    end_case(case, state="acquitted", on=day(-60), by=officer)
    appeal = declare(case, party="prosecution", at=ago(days=55))
    refused("outcome", lambda: decide(appeal, "quashed", on=day(-20)))
    new = Sentence(years=3, starts_on=day(-200))
    decide(appeal, "changed", on=day(-20), sentence=new, remand=[(day(-230), day(-220))])
    case.refresh_from_db()
    assert (case.state, free.sentences.standing().get(), new.remand_periods.count()) == ("convicted", new, 1)
    assert stored(free)[1:] == ("computed", "convicted_appeal")


def test_a_settled_date_ends_with_a_judgment_on_appeal(tried, declare, decide, officer, director):
    case = actions.open_case(tried, court="Fès", number="8", by=officer)
    other = Sentence(case=case, inmate=tried, years=2, starts_on=tried.admitted_on, pronounced_on=day(-190))
    actions.pronounce(other, by=officer)
    settled = actions.settle_release_date(tried, release_on=day(900), reasons="R", source="S", sooner=True, by=director)
    first = tried.sentences.exclude(pk=other.pk).get()
    decide(declare(first.case), "changed", sentence=Sentence(years=1))
    settled.refresh_from_db()
    assert settled.ended_why == "judgment on appeal"
    assert stored(tried)[:2] == (None, "unsettled")
    assert Task.objects.open().filter(inmate=tried, kind="release_date", due_on=clock.today()).exists()


def test_a_pardon_of_the_replaced_sentence_is_for_a_person_to_settle(tried, declare, decide, officer, director):
    Adjustment.objects.create(
        sentence=tried.sentences.get(),
        kind="reduction",
        source="correction",
        decided_on=day(-120),
        years=1,
        reference="D-1",
        entered_by=officer,
    )
    decide(declare(), "changed", sentence=Sentence(years=4))
    assert stored(tried)[:2] == (None, "unsettled")
    actions.settle_release_date(tried, release_on=day(300), reasons="R", source="S", sooner=True, by=director)
    assert stored(tried)[:2] == (day(300), "settled")


# Followers


def test_the_deadlines_follow_the_last_judgment(tried, declare, decide, officer):
    Sentence.objects.filter(inmate=tried).update(pronounced_on=day(-3))
    rows = judgments_open_to_appeal(officer)
    assert [(last, kind) for _sentence, last, kind in rows] == [(day(7), "appeal")]
    appeal = declare(at=ago(days=2))
    assert judgments_open_to_appeal(officer) == []
    decide(appeal, "confirmed", on=day(-1))
    rows = judgments_open_to_appeal(officer)
    assert [(last, kind) for _sentence, last, kind in rows] == [(day(9), "cassation")]


def test_a_replaced_sentence_is_on_no_list_and_no_paper(tried, declare, decide, client, officer):
    Fine.objects.create(case=tried.cases.get(), amount=500, remaining=500)
    decide(declare(), "changed", sentence=Sentence(years=2))
    first, new = tried.sentences.order_by("id")
    with pytest.raises(InvalidTransition, match="later judgment"):
        actions.relate(first, relation="confused", decision="D", by=officer)
    with pytest.raises(InvalidTransition, match="later judgment"):
        actions.make_final(first, on=day(-1), reference="C", by=officer)
    assert [sentence for sentence, _last, _kind in judgments_open_to_appeal(officer)] == [new]


# Nothing holds any longer


@pytest.mark.parametrize(
    ("outcome", "fields"),
    [("quashed", {}), ("changed", {"sentence": Sentence(months=2)}), ("sent_back", {"held": False})],
)
def test_an_answer_that_leaves_nothing_holding_is_told_at_once_and_due_today(tried, declare, decide, outcome, fields):
    decide(declare(), outcome, **fields)
    assert holds(Inmate.objects.get(pk=tried.pk)) == []
    told = Alert.objects.filter(inmate=tried, kind="no_title", acknowledged_at=None)
    assert set(told.values_list("audience", flat=True)) == {"prison", "national"}
    assert Task.objects.open().filter(inmate=tried, kind="no_title", due_on=day(0)).exists()


def test_nobody_at_liberty_is_sent_back_held(client, tried, declare, decide, officer):
    appeal = declare()
    releases.release(tried, ground="provisional", reference="O 1", by=officer)
    with pytest.raises(ValidationError) as refusal:
        decide(appeal, "sent_back", held=True)
    assert list(refusal.value.message_dict) == ["held"]
    client.force_login(officer)
    typed = {
        "outcome": "sent_back",
        "on": f"{day(-100):%d/%m/%Y}",
        "decision": "AR 7",
        "held": "yes",
        "until": f"{day(9):%d/%m/%Y}",
    }
    page = client.post(reverse("inmates:court_appeal_outcome", args=[tried.uuid, appeal.pk]), typed)
    assert list(page.context["form"].errors) == ["held"]
    assert 'value="AR 7"' in page.content.decode()
    decide(appeal, "sent_back", held=False)
    assert not tried.cases.get().on_remand


@pytest.mark.parametrize(("outcome", "fields"), [("confirmed", {}), ("changed", {"sentence": Sentence(years=2)})])
def test_an_answer_that_leaves_a_term_to_serve_is_not(tried, declare, decide, outcome, fields):
    decide(declare(), outcome, **fields)
    assert not Alert.objects.filter(inmate=tried, kind="no_title").exists()
    assert not Task.objects.filter(inmate=tried, kind="no_title").exists()


def test_sent_back_on_one_count_the_other_stands(tried, declare, decide, officer):
    case = tried.cases.get()
    other = actions.pronounce(
        Sentence(case=case, inmate=tried, count=2, years=6, starts_on=tried.admitted_on), by=officer
    )
    appealed = tried.sentences.get(count=1)
    appeal = declare(judgment=appealed)
    decide(appeal, outcome="sent_back")
    appealed.refresh_from_db()
    other.refresh_from_db()
    assert (appealed.stands, other.stands) == (False, True)
    assert [hold.kind for hold in holds(tried)] != []
