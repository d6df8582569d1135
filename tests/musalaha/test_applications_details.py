"""Applications in detail: what the act itself refuses, and what nobody knows stands in no way."""

from inmates.people.models import Inmate
from musalaha.models import Application
from tests.musalaha.conftest import refused


def test_ways_and_languages_are_those_of_the_list(person, apply):
    inmate = person()
    refused("channel", apply, inmate=inmate, channel="pigeon")
    refused("consent_language", apply, inmate=inmate, consent_language="latin")
    assert not Application.objects.exists()
    assert apply(inmate, channel="cndh", consent_language="fr").channel == "cndh"


def test_an_admission_of_a_day_nobody_knows_is_no_obstacle(person, apply):
    inmate = person()
    Inmate.objects.filter(pk=inmate.pk).update(admitted_on=None)
    assert apply(Inmate.objects.get(pk=inmate.pk)).state == "recorded"
