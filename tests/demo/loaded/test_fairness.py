"""The demo's people who withdrew or were removed, read by whoever classifies: not a word of the programme."""

import pytest
from django.urls import reverse

from musalaha.models import Enrolment
from tests.crawl import PROGRAMME_WORDS, telling
from tests.reports.test_fairness import about, entrances

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.mark.parametrize("username", ["assessor", "reviewer"])
def test_not_a_word_of_the_programme(demo, username):
    user = demo.staff[username]
    left = Enrolment.objects.filter(outcome__in=["withdrew", "removed"], cohort__state="running")
    people = [one.inmate for one in left.select_related("inmate")]
    assert len(people) == 2
    for person in people:
        starts = [*entrances(person), reverse("inmates:list") + "?unit=1&sort=-name"]
        told, pages = telling(user, starts, person, PROGRAMME_WORDS, follow=about(person))
        assert told == []
        assert pages > 6
