"""Two counts judged in one case: each judgment has its declaration of appeal, its answer, its deadline and its finality."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.workflow import InvalidTransition
from inmates.court_appeals.worklists import judgments_open_to_appeal
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.sentences import actions
from inmates.sentences.models import CourtAppeal, Sentence
from tests.factories import make_inmate
from tests.inmates.sentences.conftest import ago, day


@pytest.fixture
def first(tried):
    return tried.sentences.get(count=1)


@pytest.fixture
def second(tried, first, officer):
    """The sentence on the second count, of the same day."""
    fields = {"starts_on": first.starts_on, "pronounced_on": first.pronounced_on}
    relation = {"relation": "cumulated", "relation_decision": "J"}
    return actions.pronounce(
        Sentence(case=first.case, inmate=tried, count=2, years=2, **fields, **relation), by=officer
    )


def test_one_declaration_under_one_number_is_of_each_judgment_and_answered_for_each(
    tried, first, second, declare, decide
):
    with pytest.raises(ValidationError) as refusal:
        declare()
    assert list(refusal.value.message_dict) == ["judgment"]
    one, two = declare(judgment=first), declare(judgment=second)
    assert (one.pk != two.pk, one.reference) == (True, two.reference)
    with pytest.raises(InvalidTransition, match="recorded already"):
        declare(judgment=second)
    assert declare(judgment=second, party="prosecution", reference="").pk == two.pk  # the other party joins its own
    decide(one, "changed", sentence=Sentence(years=1))
    decide(two, "confirmed")
    assert sorted(tried.sentences.standing().values_list("count", "years")) == [(1, 1), (2, 2)]


def test_the_day_and_the_deadline_are_of_its_own_judgment(tried, first, second, declare, decide, officer):
    decide(declare(judgment=first, reference="1"), "changed", sentence=Sentence(years=1), on=day(-10))
    late = declare(judgment=second, reference="2")  # entered late: it was declared before the answer on the other count
    assert late.last_day == second.pronounced_on + timedelta(days=10)
    with pytest.raises(ValidationError) as refusal:
        declare(kind="cassation", judgment=tried.sentences.standing().get(count=1), reference="3")
    assert list(refusal.value.message_dict) == ["at"]


def test_what_is_open_on_one_count_keeps_the_other_from_nothing(tried, first, second, declare, decide, officer):
    declare(judgment=first)
    assert [(one, kind) for one, _last, kind in judgments_open_to_appeal(officer)] == [(second, "appeal")]
    with pytest.raises(InvalidTransition, match="An appeal is open"):
        actions.make_final(first, on=day(-1), reference="C", by=officer)
    actions.make_final(second, on=day(-1), reference="C", by=officer)
    assert judgments_open_to_appeal(officer) == []


def test_an_answer_on_one_count_is_taken_back_beside_an_appeal_on_the_other(
    tried, first, second, declare, decide, officer, director
):
    answered = decide(declare(judgment=first), "changed", sentence=Sentence(years=1))
    declare(judgment=second)
    made = corrections.annul(
        correctables.find("court_answer"), answered, why="Entered for the file of a namesake", paper="L", by=officer
    )
    corrections.confirm(made, by=director)
    assert tried.sentences.standing().get(count=1) == first


def test_a_number_is_of_one_case_and_one_appeal_is_open_a_judgment(unit, first, declare, officer):
    declare()
    other = make_inmate(unit, by=officer, legal_status="convicted_appeal").cases.get()
    with pytest.raises(ValidationError) as refusal:
        declare(other)
    assert list(refusal.value.message_dict) == ["reference"]
    fields = {"kind": "appeal", "court": "X", "by_person_at": ago()}
    for case, wrong in (
        (other, {"facility": unit.facility, "reference": "12/2026"}),
        (first.case, {"judgment": first}),
    ):
        with pytest.raises(IntegrityError, match="court_appeal_"), transaction.atomic():
            CourtAppeal.objects.create(case=case, **fields, **wrong)


def test_the_page_asks_against_which(client, tried, first, second, officer):
    client.force_login(officer)
    address = reverse("inmates:court_appeal_new", args=[tried.uuid, first.case_id])
    typed = {"kind": "appeal", "party": "person", "court": "Rabat", "reference": "12/2026"}
    typed |= {"at": f"{ago(days=150):%d/%m/%Y %H:%M}"}
    refused = client.post(address, typed)
    assert list(refused.context["form"].errors) == ["judgment"]
    assert [label for _key, label in refused.context["form"].fields["judgment"].choices][1:] == [
        first.which,
        second.which,
    ]
    for sentence in (first, second):
        assert client.post(address, typed | {"judgment": sentence.pk}).status_code == 302
    assert CourtAppeal.objects.open().count() == 2


def test_the_chain_says_of_which_count_each_judgment_and_each_appeal_is(
    client, tried, first, second, declare, decide, officer
):
    client.force_login(officer)
    address = reverse("inmates:tab_custody", args=[tried.uuid])
    one, two = declare(judgment=first), declare(judgment=second)
    decide(one, "changed", sentence=Sentence(years=1))
    text = " ".join(client.get(address).content.decode().split())
    assert text.count("· count 1") == 3  # what stands, what it replaced, its appeal
    assert text.count("· count 2") == 2
    assert one.reference == two.reference  # so nothing else tells them apart
    answer = client.get(reverse("inmates:court_appeal_outcome", args=[tried.uuid, two.pk])).content.decode()
    assert "2 years · count 2" in answer
    for page in ("sentence_final", "sentence_relation", "sentence_earlier"):
        asked = client.get(reverse(f"inmates:{page}", args=[tried.uuid, second.pk])).content.decode()
        assert f"2 years · count 2 · {second.case}" in asked, page


def test_of_a_case_with_one_count_none_is_named(client, tried, declare, officer):
    client.force_login(officer)
    declare()
    assert "· count" not in client.get(reverse("inmates:tab_custody", args=[tried.uuid])).content.decode()
