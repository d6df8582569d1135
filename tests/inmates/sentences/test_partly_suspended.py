"""Partly suspended terms: the firm part is what holds, and a suspended part that is revoked goes to a person."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import releases
from inmates.custody.holds import Hold, holds
from inmates.custody.papers import _sentence
from inmates.people.actions import corrections
from inmates.people.corrections import find
from inmates.people.models import Alert, Task
from inmates.sentences import actions
from inmates.sentences.calculation import CONFUSED, Sentenced, Term, combine, describe
from inmates.sentences.models import Sentence
from inmates.sentences.release_dates import bounds
from inmates.terms import step
from tests.factories import make_inmate

FIVE_OF_WHICH_TWO = {"years": 5, "suspended_years": 2}


@pytest.fixture
def suspended(unit, officer):
    """Somebody held for 200 days under a term of which a part is suspended."""

    def make(days_ago=200, **fields):
        inmate = make_inmate(unit, by=officer, days_ago=days_ago, legal_status="convicted_appeal", sentenced=False)
        case = inmate.cases.get()
        sentence = Sentence(
            case=case,
            inmate=inmate,
            starts_on=inmate.admitted_on,
            pronounced_on=inmate.admitted_on,
            **fields or FIVE_OF_WHICH_TWO,
        )
        actions.pronounce(sentence, by=officer)
        inmate.refresh_from_db()
        return inmate

    return make


@pytest.mark.parametrize(
    ("term", "part", "firm"),
    [
        (Term(5), Term(2), Term(3)),
        (Term(5), Term(0, 18), Term(3, 6)),
        (Term(1, 0, 15), Term(0, 6), Term(0, 6, 15)),
        (Term(0, 2), Term(0, 1), Term(0, 1)),
        (Term(1), Term(0, 0, 45), None),
        (Term(1, 0, 10), Term(0, 6, 20), None),
    ],
)
def test_the_firm_part_is_worked_out_where_units_allow_it(term, part, firm):
    assert term.less(part) == firm


def test_the_firm_part_alone_is_served_from_the_same_start(suspended):
    inmate = suspended()
    assert inmate.release_on == step(inmate.admitted_on, 36)
    codes = [one["code"] for one in inmate.release_computations.first().steps]
    assert codes[:2] == ["start", "firm_part"]


def test_on_the_day_the_firm_part_ends_nothing_holds(suspended, officer):
    inmate = suspended(days_ago=400, months=24, suspended_months=12)
    assert holds(inmate) == []
    releases.release(inmate, ground="term_served", by=officer)


def test_before_it_ends_nobody_is_released_as_served(suspended, officer):
    inmate = suspended(days_ago=300, months=24, suspended_months=12)
    assert [hold.kind for hold in holds(inmate)] == [Hold.SENTENCE]
    with pytest.raises((InvalidTransition, ValidationError)):
        releases.release(inmate, ground="term_served", by=officer)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"years": 5, "suspended_years": 5}, "suspended_years"),
        ({"years": 1, "suspended_months": 12}, "suspended_years"),
        ({"years": 1, "suspended_years": 2}, "suspended_years"),
        ({"years": 1, "suspended_days": 45}, "firm_years"),
        ({"years": 5, "suspended_years": 2, "firm_years": 4}, "firm_years"),
        ({"years": 1, "suspended_days": 45, "firm_months": 6}, "firm_years"),
        ({"years": 1, "firm_months": 6}, "firm_years"),
        ({"kind": "life", "suspended_years": 2}, "suspended_years"),
    ],
)
def test_parts_that_do_not_make_up_the_term_are_refused_at_their_field(suspended, fields, wrong):
    with pytest.raises(ValidationError) as refusal:
        suspended(**fields)
    assert list(refusal.value.message_dict) == [wrong]


def test_where_it_cannot_be_worked_out_the_judgment_says_the_firm_part(suspended):
    inmate = suspended(years=1, suspended_days=45, firm_months=10, firm_days=15)
    assert inmate.release_on == step(inmate.admitted_on, 10, 15)


@pytest.mark.parametrize(
    "fields", [{"suspended_years": 5}, {"firm_years": 1}, {"kind": "life", "years": 0, "suspended_years": 1}]
)
def test_the_database_refuses_it_too(suspended, fields):
    sentence = suspended(years=5).sentences.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Sentence.objects.filter(pk=sentence.pk).update(**fields)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "5 years, of which 2 years suspended"),
        ("fr", "5 ans, dont 2 ans avec sursis"),
        ("ar", "5 سنوات، منها سنتان موقوفة التنفيذ"),
    ],
)
def test_the_pages_say_how_much_is_suspended(client, suspended, officer, language, words):
    inmate = suspended()
    officer.language = language
    officer.save()
    client.force_login(officer)
    with translation.override(language):
        assert inmate.sentences.get().term_in_words == words
    assert words in client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()


def test_the_form_takes_both_parts_and_keeps_what_was_typed(client, unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="convicted_appeal", sentenced=False)
    client.force_login(officer)
    address = reverse("inmates:add_sentence", args=[inmate.uuid])
    data = {
        "case": inmate.cases.get().pk,
        "sentence_kind": "term",
        "years": "1",
        "suspended_days": "45",
        "starts_on": f"{inmate.admitted_on:%d/%m/%Y}",
    }
    refused = client.post(address, data)
    assert refused.status_code == 422
    assert "Enter the firm part as the judgment says it" in refused.content.decode()
    assert 'value="45"' in refused.content.decode()
    assert client.post(address, data | {"firm_months": "10", "firm_days": "15"}).status_code == 302
    sentence = inmate.sentences.get()
    assert (sentence.suspended, sentence.firm) == (Term(days=45), Term(0, 10, 15))


def test_a_firm_part_that_can_be_worked_out_is_not_stored_twice(client, unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="convicted_appeal", sentenced=False)
    client.force_login(officer)
    data = {"case": inmate.cases.get().pk, "sentence_kind": "term", "years": "5", "suspended_years": "2"}
    data |= {"firm_years": "3", "starts_on": f"{inmate.admitted_on:%d/%m/%Y}"}
    assert client.post(reverse("inmates:add_sentence", args=[inmate.uuid]), data).status_code == 302
    sentence = inmate.sentences.get()
    assert (sentence.firm_years, sentence.firm) == (0, Term(3))


def test_a_suspended_part_typed_wrong_is_corrected(suspended, officer, director):
    inmate = suspended()
    made = corrections.correct(
        find("sentence"),
        inmate.sentences.get(),
        {"suspended_years": "1"},
        why="Copied wrong from it",
        paper="Judgment",
        by=officer,
    )
    assert (made.release_before, made.release_after) == (
        step(inmate.admitted_on, 36),
        step(inmate.admitted_on, 48),
    )
    with pytest.raises(ValidationError):
        corrections.foresee(find("sentence"), inmate.sentences.get(), {"suspended_years": "5"}, by=officer)


# Revoked


def test_a_revoked_part_is_handed_to_a_person_today(suspended, officer):
    inmate = suspended()
    sentence = inmate.sentences.get()
    actions.revoke_suspension(sentence, on=clock.today(), decision="TPI 12", by=officer)
    inmate.refresh_from_db()
    assert (inmate.release_on, inmate.release_basis) == (None, "unsettled")
    assert Task.objects.open().filter(inmate=inmate, kind="release_date", due_on=clock.today()).exists()
    told = Alert.objects.filter(inmate=inmate, kind="release_date").values_list("audience", flat=True)
    assert {"prison", "national"} <= set(told)
    within = bounds(inmate)
    assert within.earliest == within.latest == step(inmate.admitted_on, 60)  # revoked while the firm part runs
    assert [hold.kind for hold in holds(inmate, day=within.latest - timedelta(days=1))] == [Hold.SENTENCE]
    assert holds(inmate, day=within.latest) == []


def test_it_is_revoked_once_by_a_ruling_and_by_who_may(suspended, officer, officer2):
    sentence = suspended().sentences.get()
    with pytest.raises(PermissionDenied):
        actions.revoke_suspension(sentence, on=clock.today(), decision="TPI 12", by=officer2)
    with pytest.raises(ValidationError):
        actions.revoke_suspension(sentence, on=clock.today() + timedelta(days=1), decision="TPI 12", by=officer)
    with pytest.raises(ValidationError):
        actions.revoke_suspension(sentence, on=clock.today(), decision=" ", by=officer)
    actions.revoke_suspension(sentence, on=clock.today(), decision="TPI 12", by=officer)
    with pytest.raises(InvalidTransition):
        actions.revoke_suspension(sentence, on=clock.today(), decision="TPI 12", by=officer)


def test_of_a_firm_term_nothing_is_revoked(inmate, officer):
    with pytest.raises(InvalidTransition):
        actions.revoke_suspension(inmate.sentences.get(), on=clock.today(), decision="TPI 12", by=officer)


def test_the_page_records_the_revocation(client, suspended, officer):
    inmate = suspended()
    sentence = inmate.sentences.get()
    client.force_login(officer)
    address = reverse("inmates:sentence_revoked", args=[inmate.uuid, sentence.pk])
    assert address in client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()
    assert client.post(address, {"on": f"{clock.today():%d/%m/%Y}", "decision": ""}).status_code == 422
    assert client.post(address, {"on": f"{clock.today():%d/%m/%Y}", "decision": "TPI 12"}).status_code == 302
    page = client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()
    assert "TPI 12" in page
    assert address not in page


# Beside others


def test_which_is_the_severest_is_not_guessed():
    """Five years of which four are suspended against three firm: by the whole the first, by what is served the second."""
    start = date(2020, 1, 1)
    mild = Sentenced(start, Term(1), pronounced=Term(5), relation=CONFUSED)
    firm = Sentenced(start, Term(3))
    release = combine([mild, firm])
    assert (release.on, release.needs_person) == (None, True)
    assert [one.code for one in release.steps] == ["severity_unclear"]


def test_where_both_measures_agree_it_is_absorbed():
    start = date(2020, 1, 1)
    release = combine([Sentenced(start, Term(3), pronounced=Term(5)), Sentenced(start, Term(2), relation=CONFUSED)])
    assert release.on == date(2023, 1, 1)
    assert any("5 years" in describe(one) for one in release.steps)


def test_of_equal_firm_parts_the_order_of_entry_changes_nothing():
    start = date(2020, 1, 1)
    one, other = Sentenced(start, Term(3), pronounced=Term(5), relation=CONFUSED), Sentenced(start, Term(3))
    assert combine([one, other]) == combine([other, one])
    assert combine([one, other]).on == date(2023, 1, 1)


def test_the_order_of_release_keeps_the_suspended_part(suspended, officer):
    inmate = suspended(days_ago=400, months=24, suspended_months=12)
    stay = releases.release(inmate, ground="term_served", by=officer)
    (kept,) = stay.release_file["cases"][0]["sentences"]
    assert kept["suspended_months"] == 12
    with translation.override("en"):
        assert "24 months, of which 12 months suspended" in _sentence(kept)
