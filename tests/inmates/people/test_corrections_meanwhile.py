"""Corrections that meet what no date, a later judgment or another record makes of them, and take nothing away unseen."""

import pytest
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals.actions import decide_appeal, declare_appeal
from inmates.custody.holds import holds
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.sentences.actions import open_case, pronounce
from inmates.sentences.models import Sentence
from tests.factories import make_inmate


def test_with_no_date_what_moves_the_possible_ends_waits_too(inmate, officer):
    """Two sentences of which nothing says how they stand: no one person shortens them until nothing holds."""
    first = inmate.sentences.get()
    case = open_case(inmate, court="Fès", number="8", by=officer)
    pronounce(Sentence(case=case, inmate=inmate, months=8, starts_on=inmate.admitted_on), by=officer)
    made = corrections.correct(
        correctables.find("sentence"),
        first,
        {"years": 1},
        why="Copied wrong from the judgment.",
        paper="J 1",
        by=officer,
    )
    assert made.state == "proposed"
    assert "possible_ends" in made.moves
    inmate.refresh_from_db()
    assert holds(inmate) != []


def test_a_correction_of_what_an_appeal_has_replaced_is_not_in_effect(unit, officer, director):
    tried = make_inmate(unit, by=officer, legal_status="convicted_appeal")
    first = tried.sentences.get()
    waiting = corrections.correct(
        correctables.find("sentence"),
        first,
        {"years": 2},
        why="Copied wrong from the judgment.",
        paper="J 1",
        by=officer,
    )
    appeal = declare_appeal(
        first.case, kind="appeal", party="person", court="Rabat", reference="A", at=timezone.now(), by=officer
    )
    decide_appeal(appeal, outcome="changed", on=clock.today(), decision="R", sentence=Sentence(years=4), by=officer)
    with pytest.raises(InvalidTransition, match="stands no longer"):
        corrections.confirm(waiting, by=director)
    assert tried.sentences.standing().get().years == 4


def test_a_case_is_not_annulled_over_a_judgment_that_came_meanwhile(inmate, officer, director):
    case = open_case(inmate, court="Fès", number="8", on_remand=True, by=officer)
    waiting = corrections.annul(
        correctables.find("case"), case, why="Of a namesake, on the wrong record.", paper="N 1", by=officer
    )
    assert waiting.state == "proposed"
    pronounce(Sentence(case=case, inmate=inmate, years=6, starts_on=clock.today()), by=officer)
    with pytest.raises(InvalidTransition, match="Annul first what hangs on this case"):
        corrections.confirm(waiting, by=director)
    assert inmate.sentences.standing().filter(case=case).exists()


def test_a_sentence_of_another_person_annulled_leaves_the_case_on_remand_as_it_was(unit, officer, director):
    untried = make_inmate(unit, by=officer, legal_status="remand")
    case = untried.cases.get()
    before = [hold.kind for hold in holds(untried)]
    wrong = pronounce(Sentence(case=case, inmate=untried, years=6, starts_on=clock.today()), by=officer)
    waiting = corrections.annul(
        correctables.find("sentence"), wrong, why="Of a namesake, on the wrong record.", paper="N 1", by=officer
    )
    assert waiting.state == "proposed"
    corrections.confirm(waiting, by=director)
    case.refresh_from_db()
    untried.refresh_from_db()
    assert (case.state, case.on_remand, case.closed_on) == ("open", True, None)
    assert [hold.kind for hold in holds(untried)] == before
    assert untried.legal_status == "remand"


def test_what_stands_no_longer_is_not_offered_for_correction(unit, officer, client):
    tried = make_inmate(unit, by=officer, legal_status="convicted_appeal")
    first = tried.sentences.get()
    appeal = declare_appeal(
        first.case, kind="appeal", party="person", court="Rabat", reference="A", at=timezone.now(), by=officer
    )
    decide_appeal(appeal, outcome="changed", on=clock.today(), decision="R", sentence=Sentence(years=4), by=officer)
    client.force_login(officer)
    ask = [reverse("inmates:correct", args=["sentence", one.pk]) for one in (first, tried.sentences.standing().get())]
    page = client.get(reverse("inmates:tab_corrections", args=[tried.uuid])).content.decode()
    assert [url in page for url in ask] == [False, True]
    assert [client.get(url).status_code for url in ask] == [404, 200]
