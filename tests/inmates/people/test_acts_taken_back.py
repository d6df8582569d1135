"""Acts entered by mistake are taken back: what they had ended stands again, both values stay on record, nothing is deleted."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition, StaleRecord
from inmates.conditions.models import NoCommunication
from inmates.court_appeals import actions as court_appeals
from inmates.custody.actions import orders
from inmates.custody.derived_columns import disagreements
from inmates.custody.holds import holds
from inmates.custody.models import DetentionOrder
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Correction, Inmate
from inmates.sentences import actions
from inmates.sentences.models import Case, Sentence
from tests.factories import end_case, make_inmate, pdf
from tests.inmates.sentences.conftest import ago, day

WHY = {"why": "Entered for the file of a namesake", "paper": "Letter 5"}
State = Correction.State


def take_back(key, record, by):
    return corrections.annul(correctables.find(key), record, by=by, **WHY)


def confirmed(made, by):
    """Taken back by one person, confirmed by another."""
    assert made.state == State.PROPOSED
    return corrections.confirm(made, by=by)


def kinds(inmate):
    return sorted(hold.kind for hold in holds(Inmate.objects.get(pk=inmate.pk)))


@pytest.fixture
def remanded(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    case = inmate.cases.get()
    inmate.detention_orders.update(case=case)
    return inmate


@pytest.fixture
def tried(unit, officer):
    return make_inmate(unit, by=officer, legal_status="convicted_appeal")


def appealed(inmate, by, **fields):
    fields = {
        "kind": "appeal",
        "party": "person",
        "court": "Rabat",
        "reference": "12/2026",
        "at": ago(days=150),
    } | fields
    return court_appeals.declare_appeal(inmate.cases.get(), by=by, **fields)


def answer(appeal, outcome, by, **fields):
    return court_appeals.decide_appeal(
        appeal, outcome=outcome, by=by, **{"on": day(-100), "decision": "AR 7/2026", **fields}
    )


# The end of a case


def test_an_acquittal_taken_back_puts_the_case_and_remand_back(remanded, officer, director):
    case = remanded.cases.get()
    end_case(case, state="acquitted", by=officer)
    case.refresh_from_db()
    made = take_back("case_end", case, officer)
    assert "holds" in made.moves
    case.refresh_from_db()
    assert case.state == Case.State.ACQUITTED  # until a second person confirms
    confirmed(made, director)
    case.refresh_from_db()
    assert (case.state, case.on_remand, case.closed_on) == (Case.State.OPEN, True, None)
    assert kinds(remanded) == ["remand"]
    assert Inmate.objects.get(pk=remanded.pk).legal_status == "remand"
    assert made.changes["state"] == ["acquitted", "open"]
    assert not list(disagreements())


def test_the_sentence_that_an_acquittal_had_quashed_stands_again(tried, officer, director):
    case, until = tried.cases.get(), tried.release_on
    end_case(case, state="acquitted", by=officer)
    case.refresh_from_db()
    made = take_back("case_end", case, officer)
    assert "release_date" in made.moves
    confirmed(made, director)
    sentence = tried.sentences.standing().get()
    tried.refresh_from_db()
    case.refresh_from_db()
    assert (sentence.quashed_on, tried.release_on, case.state) == (None, until, Case.State.CONVICTED)


def test_not_by_one_person_and_not_twice(remanded, officer, director):
    case = remanded.cases.get()
    end_case(case, state="dropped", by=officer)
    case.refresh_from_db()
    made = take_back("case_end", case, officer)
    with pytest.raises(PermissionDenied):
        corrections.confirm(made, by=officer)
    with pytest.raises(InvalidTransition, match="waits for a second person"):
        take_back("case_end", case, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(state=State.DONE)
    corrections.refuse(made, reason="The court did acquit", by=director)
    case.refresh_from_db()
    assert case.state == Case.State.DROPPED


def test_an_acquittal_that_was_appealed_stays(remanded, officer):
    case = remanded.cases.get()
    end_case(case, state="acquitted", by=officer)
    case.refresh_from_db()
    court_appeals.declare_appeal(case, kind="appeal", party="prosecution", court="R", by=officer)
    with pytest.raises(InvalidTransition, match="appeal against the acquittal"):
        take_back("case_end", case, officer)


def test_what_changed_meanwhile_is_not_written_over(remanded, officer, director):
    case = remanded.cases.get()
    end_case(case, state="acquitted", by=officer)
    case.refresh_from_db()
    made = take_back("case_end", case, officer)
    Case.objects.filter(pk=case.pk).update(state=Case.State.DROPPED)
    with pytest.raises(StaleRecord):
        corrections.confirm(made, by=director)


def test_the_scan_of_an_act_taken_back_is_opened_from_the_correction(client, remanded, officer, officer2, director):
    case = remanded.cases.get()
    upload = SimpleUploadedFile("arret.pdf", pdf("The decision"))
    actions.close_case(case, state="acquitted", on=clock.today(), reference="A 7", scan=upload, by=officer)
    case.refresh_from_db()
    scan = case.document_id
    made = confirmed(take_back("case_end", case, officer), director)
    address = reverse("inmates:correction_scan", args=[made.uuid, scan])
    client.force_login(officer)
    assert address in str(client.get(reverse("inmates:correction", args=[made.uuid])).content)
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    assert Event.objects.get(verb="correction_scan.viewed").detail == {"file": scan}
    assert client.get(reverse("inmates:correction_scan", args=[made.uuid, scan + 1])).status_code == 404
    client.force_login(officer2)
    assert client.get(address).status_code == 404


# A court's answer to an appeal


def test_a_new_term_taken_back_the_earlier_judgment_stands_again(tried, officer, director):
    first, until = tried.sentences.get(), tried.release_on
    appeal = answer(appealed(tried, officer), "changed", officer, sentence=Sentence(years=2))
    brought = tried.sentences.standing().get()
    confirmed(take_back("court_answer", appeal, officer), director)
    tried.refresh_from_db()
    appeal.refresh_from_db()
    assert (tried.sentences.standing().get(), tried.release_on) == (first, until)
    assert (appeal.outcome, appeal.decided_on, appeal.decision) == ("", None, "")
    assert Sentence.everything.get(pk=brought.pk).annulled_at is not None
    again = answer(appeal, "changed", officer, sentence=Sentence(years=3))  # the court's real answer
    assert again.outcome == "changed"
    assert tried.sentences.standing().get().years == 3


def test_not_confirmed_after_it_took_effect_on_paper_the_new_term_stands(
    monkeypatch, tried, officer, director, reviewer
):
    appeal = answer(appealed(tried, officer), "changed", officer, sentence=Sentence(years=2))
    tried.refresh_from_db()
    until, brought = tried.release_on, tried.sentences.standing().get()
    made = take_back("court_answer", appeal, officer)
    monkeypatch.setattr("config.clock.today", lambda: made.first_date)
    corrections.decide_on_paper(made, paper="Note 3", by=director)
    assert tried.sentences.standing().get() != brought
    corrections.refuse(made, reason="The court did say so", by=reviewer)
    tried.refresh_from_db()
    appeal.refresh_from_db()
    stands = tried.sentences.standing().get()
    assert (stands, stands.replaces_id, tried.release_on) == (brought, appeal.judgment_id, until)
    assert appeal.outcome == "changed"


def test_an_acquittal_on_appeal_taken_back(tried, officer, director):
    appeal = answer(appealed(tried, officer), "quashed", officer)
    confirmed(take_back("court_answer", appeal, officer), director)
    case = tried.cases.get()
    assert case.state == Case.State.CONVICTED
    assert tried.sentences.standing().count() == 1
    assert kinds(tried) == ["sentence"]
    assert Inmate.objects.get(pk=tried.pk).legal_status == "convicted_appeal"


def test_sent_back_taken_back_the_earlier_title_holds_and_the_rulings_goes(tried, officer, director):
    tried.detention_orders.update(case=tried.cases.get())
    own = tried.detention_orders.get()
    appeal = answer(appealed(tried, officer), "sent_back", officer, held=True, until=day(30))
    own.refresh_from_db()
    assert own.lifted_on is not None
    confirmed(take_back("court_answer", appeal, officer), director)
    own.refresh_from_db()
    case = tried.cases.get()
    assert (own.lifted_on, case.state, case.on_remand) == (None, Case.State.CONVICTED, False)
    assert list(tried.detention_orders.all()) == [own]
    assert DetentionOrder.everything.filter(inmate=tried).count() == 2
    assert Inmate.objects.get(pk=tried.pk).legal_status == "convicted_appeal"


def test_an_order_that_a_retrial_ended_says_so_in_the_readers_language(client, tried, officer):
    """The ruling is stored, and no sentence of the writer's; a row from before keeps what was written."""
    own = tried.detention_orders.get()
    DetentionOrder.objects.filter(pk=own.pk).update(case=tried.cases.get())
    with override("en"):
        appeal = answer(appealed(tried, officer), "sent_back", officer, held=True, until=day(30))
    own.refresh_from_db()
    assert (own.ended_by, own.lifted_reason) == (appeal, "")
    client.force_login(officer)
    for language, words in (("en", "Quashed and sent back: AR 7/2026"), ("ar", "إلغاء مع الإحالة: AR 7/2026")):
        officer.language = language
        officer.save()
        with override(language):
            assert own.why_lifted == words
        assert words in client.get(reverse("inmates:tab_custody", args=[tried.uuid])).content.decode()
    own.lifted_reason = "Quashed and sent back: AR 7/2026"
    with override("ar"):
        assert own.why_lifted == "Quashed and sent back: AR 7/2026"
    with pytest.raises(IntegrityError), transaction.atomic():
        DetentionOrder.objects.filter(pk=own.pk).update(lifted_on=None)


def test_orders_that_a_retrial_had_ended_say_by_which_ruling_from_the_migration_on(tried, officer):
    own = tried.detention_orders.get()
    DetentionOrder.objects.filter(pk=own.pk).update(case=tried.cases.get())
    appeal = answer(appealed(tried, officer), "sent_back", officer, held=True, until=day(30))
    migration = import_module("inmates.migrations.0049_orders_that_a_retrial_ended")
    for words, ended_by in (("Annulation avec renvoi : AR 7/2026", appeal), ("Lifted, see AR 7/2026", None)):
        DetentionOrder.objects.filter(pk=own.pk).update(ended_by=None, lifted_reason=words)
        migration.forwards(apps, None)
        own.refresh_from_db()
        assert (own.ended_by, own.why_lifted) == (ended_by, words)


def test_an_order_lifted_by_hand_that_day_stays_lifted_when_the_retrial_is_taken_back(tried, officer, director):
    """Also where its reason names the same ruling; and the one that the retrial ended goes on with it alone."""
    own = tried.detention_orders.get()
    DetentionOrder.objects.filter(pk=own.pk).update(case=tried.cases.get())
    by_hand = DetentionOrder.objects.create(
        inmate=tried, case=tried.cases.get(), kind="remand", authority="Court", reference="W 2", issued_on=day(-150)
    )
    orders.lift_order(by_hand, on=day(-100), reason="Lifted, see AR 7/2026", by=officer)
    appeal = answer(appealed(tried, officer), "sent_back", officer, held=False)
    own.refresh_from_db()
    with pytest.raises(InvalidTransition, match="that answer is taken back"):
        take_back("order_lifted", own, officer)
    confirmed(take_back("court_answer", appeal, officer), director)
    own.refresh_from_db()
    by_hand.refresh_from_db()
    assert (own.lifted_on, own.ended_by) == (None, None)
    assert (by_hand.lifted_on, by_hand.lifted_reason) == (day(-100), "Lifted, see AR 7/2026")


def test_what_came_after_an_answer_is_taken_back_first(tried, officer):
    appeal = answer(appealed(tried, officer), "changed", officer, sentence=Sentence(years=2))
    brought = tried.sentences.standing().get()
    actions.make_final(brought, on=day(-50), reference="C 9", by=officer)
    with pytest.raises(InvalidTransition, match="recorded as final"):
        take_back("court_answer", appeal, officer)


def test_a_confirmed_judgment_is_appealed_again(tried, officer, director):
    appeal = answer(appealed(tried, officer), "confirmed", officer)
    made = take_back("court_answer", appeal, officer)
    assert made.moves == ["sentence"]
    confirmed(made, director)
    appeal.refresh_from_db()
    assert tried.cases.get().court_appeals.open().get() == appeal


# Finality


def test_a_sentence_is_not_final_again_once_two_people_say_so(tried, officer, director):
    sentence = tried.sentences.get()
    actions.make_final(sentence, on=day(-50), reference="C 9", by=officer)
    assert Inmate.objects.get(pk=tried.pk).legal_status == "convicted_final"
    sentence.refresh_from_db()
    made = take_back("finality", sentence, officer)
    assert "finality" in made.moves
    confirmed(made, director)
    sentence.refresh_from_db()
    assert (sentence.final_on, sentence.final_reference) == (None, "")
    assert Inmate.objects.get(pk=tried.pk).legal_status == "convicted_appeal"
    assert tried.legal_statuses.on(day(-20)).get().status == "convicted_appeal"  # as of a day: what is known now
    with pytest.raises(InvalidTransition):  # a day typed wrong is corrected, what is not final is not taken back
        corrections.confirm(made, by=director)


def test_of_a_judgment_that_was_replaced_there_is_nothing_to_take_back(client, inmate, officer):
    client.force_login(officer)
    sentence = inmate.sentences.get()
    address = reverse("inmates:annul", args=["finality", sentence.pk])
    assert client.get(address).status_code == 200
    Sentence.objects.filter(pk=sentence.pk).update(replaced_on=clock.today())
    assert client.get(address).status_code == 404


# Orders


def test_an_order_lifted_by_mistake_holds_again_within_its_dates(remanded, officer, director):
    order = remanded.detention_orders.get()
    orders.lift_order(order, on=clock.today(), reason="Judge", by=officer)
    order.refresh_from_db()
    assert kinds(remanded) == []
    confirmed(take_back("order_lifted", order, officer), director)
    order.refresh_from_db()
    assert (order.lifted_on, order.lifted_reason) == (None, "")
    assert kinds(remanded) == ["remand"]


def test_one_that_has_run_out_since_holds_nobody(remanded, officer, director):
    order = remanded.detention_orders.get()
    orders.lift_order(order, on=clock.today(), reason="Judge", by=officer)
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=day(-1))
    order.refresh_from_db()
    made = take_back("order_lifted", order, officer)
    if made.state == State.PROPOSED:
        corrections.confirm(made, by=director)
    assert kinds(remanded) == []


def test_an_order_of_a_stay_that_ended_stays_lifted(tried, officer):
    order = tried.detention_orders.get()
    orders.lift_order(order, on=clock.today(), reason="Judge", by=officer)
    tried.admissions.update(released_at=clock.now(), ground="judicial", release_reference="O", released_by=officer)
    order.refresh_from_db()
    with pytest.raises(InvalidTransition, match="stay of this order has ended"):
        take_back("order_lifted", order, officer)


# No communication


@pytest.fixture
def silence(inmate, officer):
    return NoCommunication.objects.create(
        inmate=inmate, authority="Judge", reference="NC 1", starts_on=day(-2), until=day(8), reach="everybody",
        recorded_by=officer,
    )  # fmt: skip


def test_an_order_of_no_communication_of_a_namesake_is_annulled(silence, inmate, officer):
    from inmates.conditions.actions.no_communication import against

    assert against(inmate, kind="visit", on=clock.today()) == silence
    made = take_back("no_communication", silence, officer)
    assert (made.state, made.kind) == (State.DONE, Correction.Kind.ANNULMENT)
    assert against(inmate, kind="visit", on=clock.today()) is None
    assert NoCommunication.everything.get(pk=silence.pk).annulled_at is not None
    with pytest.raises(InvalidTransition, match="annulled"):
        take_back("no_communication", silence, officer)


def test_one_lifted_by_mistake_runs_again(silence, inmate, officer):
    from inmates.conditions.actions import no_communication

    no_communication.lift(silence, on=clock.today(), reference="D 4", by=officer)
    silence.refresh_from_db()
    take_back("no_communication_lifted", silence, officer)
    assert no_communication.against(inmate, kind="call", on=clock.today()) == silence


# The page


def test_the_page_says_what_follows_before_and_what_changed_after(client, remanded, officer, director):
    case = remanded.cases.get()
    end_case(case, state="acquitted", by=officer)
    client.force_login(officer)
    tab = client.get(reverse("inmates:tab_corrections", args=[remanded.uuid])).content.decode()
    address = reverse("inmates:annul", args=["case_end", case.pk])
    assert address in tab
    page = client.post(address, WHY)
    assert "The case is as before: Under way." in page.content.decode()
    assert not Correction.objects.exists()
    read = page.context["form"].data["confirmed"]
    client.post(address, WHY | {"confirmed": read})
    made = Correction.objects.get()
    text = client.get(reverse("inmates:correction", args=[made.uuid])).content.decode()
    assert "Acquitted" in text
    assert "Under way" in text
    client.force_login(director)
    assert client.post(reverse("inmates:correction_confirm", args=[made.uuid])).status_code == 302
    case.refresh_from_db()
    assert case.state == Case.State.OPEN


def test_another_prison_takes_nothing_back(client, remanded, officer, officer2):
    case = remanded.cases.get()
    end_case(case, state="acquitted", by=officer)
    client.force_login(officer2)
    assert client.get(reverse("inmates:annul", args=["case_end", case.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        take_back("case_end", Case.objects.get(pk=case.pk), officer2)


def test_without_enough_of_a_reason_or_a_paper_nothing_is_taken_back(client, remanded, officer):
    case = remanded.cases.get()
    end_case(case, state="acquitted", by=officer)
    client.force_login(officer)
    page = client.post(reverse("inmates:annul", args=["case_end", case.pk]), {"why": "Wrong", "paper": ""})
    assert {"paper"} <= set(page.context["form"].errors)
    assert "Wrong" in page.content.decode()
    assert not Correction.objects.exists()
