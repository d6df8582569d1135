"""Acts on cases, sentences and pardons: what each stores, and whom and what it refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.sentences import actions
from inmates.sentences.models import Offence, Sentence
from tests.factories import end_case, make_inmate


@pytest.fixture
def untried(unit, officer):
    """Somebody on remand in one case."""
    return make_inmate(unit, by=officer, legal_status="remand")


@pytest.fixture
def open_judgment(inmate):
    """A judgment of ten days ago, not final and not appealed."""
    day = clock.today() - timedelta(days=10)
    inmate.sentences.update(final_on=None, pronounced_on=day)
    return inmate.sentences.get()


def refused(field, act, **fields):
    """The act is refused at this field."""
    with pytest.raises(ValidationError) as refusal:
        act(**fields)
    assert list(refusal.value.message_dict) == [field]


def day(n):
    return clock.today() + timedelta(days=n)


def test_a_case_is_opened_here_with_its_offences(inmate, officer, officer2):
    joining = Offence.objects.create(law="Penal Code", article="218-1-1", label="Joining")
    fields = {"court": "Rabat", "number": "9", "offences": [joining], "on_remand": True}
    with pytest.raises(PermissionDenied):
        actions.open_case(inmate, by=officer2, **fields)
    case = actions.open_case(inmate, by=officer, **fields)
    case.refresh_from_db()
    assert (case.court, case.number, case.on_remand, list(case.offences.all())) == ("Rabat", "9", True, [joining])


def test_a_sentence_closes_its_own_case_and_no_other_persons(untried, inmate, officer, officer2):
    case = untried.cases.get()
    case.offences.add(Offence.objects.create(law="L", article="1", label="J", min_years=5, max_years=15))

    def pronounce(by=officer, remand=(), of=untried, **fields):
        fields = {"years": 5, "starts_on": day(-100), "pronounced_on": day(-5)} | fields
        return actions.pronounce(Sentence(case=case, inmate=of, **fields), remand=remand, by=by)

    with pytest.raises(PermissionDenied):
        pronounce(by=officer2)
    with pytest.raises(ValidationError, match="another person"):
        pronounce(of=inmate)
    refused("years", pronounce, years=4, months=11)
    refused("years", pronounce, years=15, months=1)
    with pytest.raises(ValidationError):
        pronounce(remand=[(day(-110), day(-111))])
    case.refresh_from_db()
    assert (case.state, case.on_remand, case.closed_on, case.sentences.count()) == ("open", True, None, 0)
    sentence = pronounce(remand=[(day(-120), day(-110))])
    case.refresh_from_db()
    assert (case.state, case.on_remand, case.closed_on) == ("convicted", False, day(-5))
    assert sentence.remand_periods.values_list("first_day", "day_after_last").get() == (day(-120), day(-110))
    untried.refresh_from_db()
    assert untried.release_basis == "computed"
    assert untried.release_computations.first().on == untried.release_on
    refused("count", pronounce, pronounced_on=day(-1))
    pronounce(years=16, range_acknowledged_by=officer, pronounced_on=day(-1), count=2)
    case.refresh_from_db()
    assert case.closed_on == day(-5)  # the day of the first judgment


def test_a_case_ends_here_and_not_in_the_future(untried, inmate, officer, officer2):
    case = untried.cases.get()
    fields = {"state": "dropped", "on": clock.today(), "reference": "Ordonnance 7", "by": officer}
    with pytest.raises(PermissionDenied):
        actions.close_case(case, **(fields | {"by": officer2}))
    refused("on", lambda **wrong: actions.close_case(case, **(fields | wrong)), on=day(1))
    refused("state", lambda **wrong: actions.close_case(case, **(fields | wrong)), state="open")
    refused("reference", lambda **wrong: actions.close_case(case, **(fields | wrong)), reference=" ")
    case.refresh_from_db()
    assert (case.state, case.on_remand) == ("open", True)
    actions.close_case(case, **(fields | {"on": day(-3)}))
    case.refresh_from_db()
    assert (case.state, case.on_remand, case.closed_on) == ("dropped", False, day(-3))
    assert case.closing_reference == "Ordonnance 7"
    first = inmate.sentences.get()
    end_case(inmate.cases.get(), by=officer)
    first.refresh_from_db()
    assert first.quashed_on == clock.today()
    with pytest.raises(InvalidTransition, match="quashed"):
        actions.make_final(first, on=clock.today(), reference="C", by=officer)


def test_remand_is_ordered_in_a_case_under_way(untried, inmate, officer, officer2):
    case = untried.cases.get()
    with pytest.raises(PermissionDenied):
        actions.set_remand(case, on_remand=False, by=officer2)
    actions.set_remand(case, on_remand=False, by=officer)
    case.refresh_from_db()
    assert not case.on_remand
    with pytest.raises(InvalidTransition, match="closed already"):
        actions.set_remand(inmate.cases.get(), on_remand=True, by=officer)
    assert not inmate.cases.get().on_remand


def test_a_judgment_becomes_final_once_on_a_paper_of_the_court_after_it_was_pronounced(
    open_judgment, inmate, officer, officer2
):
    fields = {"on": day(-10), "reference": "CNA 12/2026", "by": officer}
    for wrong in (day(-11), day(1)):
        refused("on", lambda on: actions.make_final(open_judgment, **(fields | {"on": on})), on=wrong)
    refused("reference", lambda **f: actions.make_final(open_judgment, **(fields | f)), reference=" ")
    with pytest.raises(PermissionDenied):
        actions.make_final(open_judgment, **(fields | {"by": officer2}))
    open_judgment.refresh_from_db()
    assert open_judgment.final_on is None
    actions.make_final(open_judgment, **fields)
    open_judgment.refresh_from_db()
    assert (open_judgment.final_on, open_judgment.final_reference) == (day(-10), "CNA 12/2026")
    with pytest.raises(InvalidTransition, match="already"):
        actions.make_final(open_judgment, **fields)


def test_how_sentences_stand_to_each_other_rests_on_a_named_decision(inmate, officer, officer2):
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    second = actions.pronounce(Sentence(case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on), by=officer)
    refused("relation_decision", lambda **f: actions.relate(second, relation="confused", by=officer, **f), decision=" ")
    with pytest.raises(PermissionDenied):
        actions.relate(second, relation="confused", decision="D-1", by=officer2)
    actions.relate(second, relation="confused", decision="D-1", by=officer)
    second.refresh_from_db()
    inmate.refresh_from_db()
    assert (second.relation, second.relation_decision, inmate.release_basis) == ("confused", "D-1", "computed")


def test_a_settled_date_takes_the_place_of_the_one_before(inmate, officer, director, director2):
    fields = {"release_on": day(400), "reasons": "Asked.", "source": "Prosecutor", "sooner": True, "by": director}
    with pytest.raises(InvalidTransition, match="nothing is to be settled"):
        actions.settle_release_date(inmate, **fields)
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    actions.pronounce(Sentence(case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on), by=officer)
    for user in (officer, director2):
        with pytest.raises(PermissionDenied):
            actions.settle_release_date(inmate, **(fields | {"by": user}))
    first = actions.settle_release_date(inmate, **fields)
    second = actions.settle_release_date(inmate, **(fields | {"release_on": day(500)}))
    first.refresh_from_db()
    inmate.refresh_from_db()
    assert (first.ended_at is None, second.ended_at, second.settled_by) == (False, None, director)
    assert (inmate.release_on, inmate.release_basis) == (day(500), "settled")


def test_the_same_date_computed_again_is_not_kept_twice(inmate, officer):
    before, events = inmate.release_computations.count(), Event.objects.filter(verb="release_date.computed").count()
    actions.recompute(inmate, cause="again", by=officer)
    assert inmate.release_computations.count() == before
    assert Event.objects.filter(verb="release_date.computed").count() == events
