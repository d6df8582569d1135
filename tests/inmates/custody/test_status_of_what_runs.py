"""The legal status is that of the sentences that run: one served before makes nobody finally convicted in the next case."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import admissions, legal_status, releases
from inmates.custody.models import DetentionOrder
from inmates.people.models import Inmate
from inmates.sentences import actions
from inmates.sentences.models import Sentence
from inmates.sentences.terms_not_final import sentences_that_run
from tests.factories import make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def noon(days_ago):
    return timezone.make_aware(datetime.combine(day(-days_ago), time(12)))


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def judge(inmate, officer, **fields):
    """A judgment of three years in a case of its own, not final."""
    case = actions.open_case(stored(inmate), court="Fès", number="B/2", on_remand=True, by=officer)
    fields = {"years": 3, "starts_on": day(-30), "pronounced_on": day(-5)} | fields
    return actions.pronounce(Sentence(inmate=stored(inmate), case=case, **fields), by=officer)


@pytest.fixture
def served_before(unit, officer):
    """Somebody who served a final sentence, left, and is back on remand."""
    inmate = make_inmate(unit, by=officer, years=0, months=6, days_ago=400)
    releases.release(inmate, ground="term_served", at=noon(200), by=officer)
    order = DetentionOrder(kind="arrest", authority="Cour", reference="M 9", issued_on=day(-30))
    admissions.admit(
        stored(inmate),
        unit=unit,
        order=order,
        legal_status="remand",
        registration_number="9001",
        admitted_at=noon(30),
        by=officer,
    )
    return stored(inmate)


def test_after_a_sentence_served_before_a_new_one_is_not_final_until_it_is(served_before, officer):
    sentence = judge(served_before, officer)
    assert stored(served_before).legal_status == "convicted_appeal"
    with pytest.raises(InvalidTransition, match="finally convicted"):
        releases.release(stored(served_before), ground="conditional", reference="C 1", by=officer)
    actions.make_final(sentence, on=day(0), reference="CERT 1", by=officer)
    assert stored(served_before).legal_status == "convicted_final"


def test_within_one_stay_too(unit, officer):
    inmate = make_inmate(unit, by=officer, years=0, months=6, days_ago=300)
    judge(inmate, officer)
    assert stored(inmate).legal_status == "convicted_appeal"
    assert [one.years for one in sentences_that_run(stored(inmate), day(0))] == [3]


def test_beside_a_final_one_that_runs_it_is_final(unit, officer):
    inmate = make_inmate(unit, by=officer, years=3, days_ago=300)
    judge(inmate, officer)
    assert stored(inmate).legal_status == "convicted_final"


def test_cumulated_all_of_it_runs(unit, officer):
    inmate = make_inmate(unit, by=officer, years=0, months=6, days_ago=170)
    judge(inmate, officer, relation="cumulated", relation_decision="D 1")
    assert stored(inmate).legal_status == "convicted_final"
    assert len(sentences_that_run(stored(inmate), day(60))) == 2


def test_a_judgment_that_is_not_final_is_not_called_remand(served_before, officer):
    judge(served_before, officer)
    with pytest.raises(ValidationError, match="Convicted, not final"):
        legal_status.change_legal_status(stored(served_before), status="remand", on=day(0), by=officer)
    assert stored(served_before).legal_status == "convicted_appeal"


def test_of_whom_no_judgment_is_on_record_it_is_changed_by_hand(served_before, officer):
    legal_status.change_legal_status(served_before, status="civil_imprisonment", on=day(0), by=officer)
    legal_status.change_legal_status(stored(served_before), status="remand", on=day(0), by=officer)
    assert stored(served_before).legal_status == "remand"
