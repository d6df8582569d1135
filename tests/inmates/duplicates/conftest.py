"""Somebody who stands on the register twice."""

from datetime import date, timedelta

import pytest

from config import clock
from inmates.custody.actions import releases
from inmates.custody.models import Admission
from inmates.duplicates.actions import pairs
from inmates.people.models import Inmate
from inmates.sentences.models import Sentence
from tests import factories

IDENTITY = {
    "family_name_latin": "Ben Ali",
    "given_name_latin": "Mohamed",
    "family_name_ar": "بنعلي",
    "given_name_ar": "محمد",
    "birth_date": date(1985, 3, 1),
}


def released(inmate, by, days_ago=150):
    """The person, having left `days_ago` days ago."""
    Inmate.objects.filter(pk=inmate.pk).update(
        release_on=clock.today() - timedelta(days=days_ago), release_basis="computed"
    )
    Sentence.objects.filter(inmate=inmate).update(starts_on=clock.today() - timedelta(days=3000), years=1)
    releases.release(
        Inmate.objects.get(pk=inmate.pk),
        ground=Admission.Ground.TERM_SERVED,
        at=factories.ago(days_ago),
        by=by,
    )
    return Inmate.objects.get(pk=inmate.pk)


@pytest.fixture
def earlier(unit, officer):
    """Somebody who was held and left."""
    inmate = factories.make_inmate(unit, by=officer, **IDENTITY, cin="BE100037", days_ago=400)
    return released(inmate, officer)


@pytest.fixture
def again(unit, officer):
    """The same person, entered a second time under another spelling."""
    return factories.make_inmate(
        unit, by=officer, family_name_latin="Benali", given_name_latin="Mohammed", family_name_ar="بن علي",
        given_name_ar="محمد", birth_date=date(1985, 3, 1), days_ago=60,
    )  # fmt: skip


@pytest.fixture
def pair(earlier, again, officer):
    """The two as a pair on the worklist."""
    [pair] = pairs.find(again, by=officer)
    return pair
