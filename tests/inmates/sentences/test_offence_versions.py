"""Versions of offences: one a day, and a judgment takes an article as it stood on the day of the acts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from config import clock
from inmates import reference
from inmates.court_appeals import actions as court_appeals
from inmates.sentences import actions
from inmates.sentences.models import Offence, Sentence
from tests.factories import make_inmate

CHANGED = date(2015, 5, 20)


def article(**fields):
    return Offence.objects.create(**({"law": "L", "article": "218-2", "label": "Praise"} | fields))


@pytest.fixture
def versions(db):
    """Article 218-2 until 2015, from two to six years, and since then, from three to nine."""
    old = article(min_years=2, max_years=6, valid_from=date(2003, 5, 28), valid_until=CHANGED)
    return old, article(min_years=3, max_years=9, valid_from=CHANGED)


@pytest.fixture
def untried(unit, officer):
    return make_inmate(unit, by=officer, legal_status="remand")


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def sentence(untried, **fields):
    fields = {"years": 5, "starts_on": date(2012, 3, 1), "pronounced_on": date(2012, 3, 1)} | fields
    return Sentence(case=untried.cases.get(), inmate=untried, **fields)


def named(untried):
    return list(untried.cases.get().offences.all())


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"valid_from": date(2010, 1, 1), "valid_until": date(2011, 1, 1)}, "offence_one_version_a_day"),
        ({"law": "Another", "valid_from": date(2020, 1, 1)}, "offence_one_version_a_day"),
        ({"valid_until": date(2003, 5, 29)}, "offence_one_version_a_day"),
        (
            {"article": "1", "valid_from": date(2020, 1, 1), "valid_until": date(2020, 1, 1)},
            "offence_version_lasts_a_day",
        ),
    ],
)
def test_two_versions_of_an_article_are_never_in_force_on_one_day(versions, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        article(**fields)
    wrong = Offence(**({"law": "L", "article": "218-2", "label": "P"} | fields))
    with pytest.raises(ValidationError):
        wrong.full_clean()


def test_another_articles_versions_and_an_earlier_one_are_no_conflict(versions):
    article(valid_until=date(2003, 5, 28))
    article(article="218-2", code="218-2 of another law", law="Another")
    old, new = versions
    assert old.on(date(2015, 5, 19)) == old
    assert old.on(CHANGED) == new
    assert old.on(date(2000, 1, 1)).label == "Praise"


def test_a_judgment_of_2012_takes_the_article_as_it_stood(versions, untried, officer):
    old, new = versions
    untried.cases.get().offences.add(new)
    actions.pronounce(sentence(untried, years=2), by=officer)  # within 2 to 6, outside 3 to 9
    assert named(untried) == [old]


def test_the_day_of_the_acts_comes_before_that_of_the_judgment(versions, untried, officer):
    _old, new = versions
    untried.cases.get().offences.add(new)
    later = {"pronounced_on": date(2016, 3, 1), "starts_on": date(2016, 3, 1), "years": 8}
    with pytest.raises(ValidationError, match="outside the range"):
        actions.pronounce(sentence(untried, acts_on=date(2014, 1, 1), **later), by=officer)
    assert named(untried) == [new]
    actions.pronounce(sentence(untried, **later), by=officer)
    assert named(untried) == [new]


def test_an_article_that_was_not_in_force_is_refused_when_chosen(versions, untried, officer):
    joining = article(article="218-1-1", min_years=5, max_years=15, valid_from=CHANGED)
    for wrong in (joining, versions[1]):
        with pytest.raises(ValidationError) as refusal:
            actions.pronounce(sentence(untried), offences=[wrong], by=officer)
        assert list(refusal.value.message_dict) == ["offences"]
    assert named(untried) == []
    actions.pronounce(sentence(untried), offences=[versions[0]], by=officer)
    assert named(untried) == [versions[0]]


def test_the_form_takes_the_version_of_the_day_and_offers_only_those_in_force(signed_in, versions, untried):
    old, new = versions
    joining = article(article="218-1-1", min_years=5, max_years=15, valid_from=CHANGED)
    address = reverse("inmates:add_sentence", args=[untried.uuid])

    def offered(answer):
        return set(answer.context["form"].fields["offences"].queryset)

    assert offered(signed_in.get(address)) == {new, joining}
    data = {
        "case": untried.cases.get().pk,
        "sentence_kind": "term",
        "years": "5",
        "starts_on": "01/03/2012",
        "held_elsewhere": "Oujda 2, attestation 5",
        "pronounced_on": "01/03/2012",
    }
    refused = signed_in.post(address, data | {"offences": [joining.pk]})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["offences"])
    assert offered(refused) == {old}
    kept = signed_in.post(address, data | {"offences": [new.pk], "years": ""})
    assert list(kept.context["form"].errors) == ["years"]
    assert f'value="{old.pk}" selected' in kept.content.decode()
    assert signed_in.post(address, data | {"offences": [new.pk]}).status_code == 302
    assert named(untried) == [old]


def test_the_reference_data_has_both_wordings_of_218_2_and_says_what_is_to_be_checked(db):
    reference.load()
    of_2012, of_2016 = (
        set(Offence.objects.in_force_on(day).values_list("code", flat=True))
        for day in (date(2012, 3, 1), date(2016, 3, 1))
    )
    assert {"218-2", "218-3", "218-5", "218-6"} <= of_2012
    assert of_2016 - of_2012 == {"218-1-1"}
    assert Offence.objects.filter(code="218-2").count() == 2
    given = Offence.objects.get(code="218-1-1")
    assert (given.min_years, given.max_years, given.to_check) == (5, 15, False)
    assert Offence.objects.exclude(pk=given.pk).filter(to_check=False).count() == 0
    assert not any(reference.load().values())


@pytest.mark.parametrize("sent", ["²", "9" * 30, "x", "-1"])
def test_what_names_no_article_is_said_at_its_field(signed_in, versions, untried, sent):
    data = {
        "case": untried.cases.get().pk,
        "sentence_kind": "term",
        "years": "5",
        "starts_on": "01/03/2012",
        "held_elsewhere": "Oujda 2",
    }
    answer = signed_in.post(reverse("inmates:add_sentence", args=[untried.uuid]), data | {"offences": [sent]})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["offences"])
    assert not untried.sentences.exists()


def test_the_day_of_the_acts_recorded_later_brings_its_law(versions, untried, officer):
    old, new = versions
    untried.cases.get().offences.add(new)
    later = {"pronounced_on": date(2016, 3, 1), "starts_on": date(2016, 3, 1)}
    pronounced = actions.pronounce(sentence(untried, **later), by=officer)
    actions.relate(pronounced, relation="", decision="", acts_on=date(2014, 1, 1), by=officer)
    assert named(untried) == [old]


def test_a_judgment_on_appeal_is_measured_by_the_law_of_the_acts(versions, untried, officer):
    untried.cases.get().offences.add(versions[1])
    actions.pronounce(sentence(untried, years=2), by=officer)
    appeal = court_appeals.declare_appeal(
        untried.cases.get(), kind="appeal", party="person", court="Rabat", reference="1", by=officer
    )
    answer = {"outcome": "changed", "on": clock.today(), "decision": "AR 7", "by": officer}
    with pytest.raises(ValidationError, match="outside the range"):
        court_appeals.decide_appeal(appeal, sentence=Sentence(years=8), **answer)
    court_appeals.decide_appeal(appeal, sentence=Sentence(years=2, months=6), **answer)
    assert named(untried) == [versions[0]]
