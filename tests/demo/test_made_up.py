"""Made-up people without a story: the same seed gives the same ones, and a large register holds."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from audit.models import Event
from demo import cast, people
from demo.cohorts import feasts
from demo.world import chance
from facilities.models import Regime, Region
from inmates import reference
from inmates.people.models import Inmate
from inmates.sentences.models import Offence


def crowd(seed, today):
    rng = chance(seed)
    return [people.draw(rng, n, wanted, today) for n, wanted in enumerate(cast.cast(rng, today), start=1)]


@pytest.mark.parametrize("today", [date(2019, 3, 13), date(2024, 2, 29), date(2026, 12, 31)])
def test_the_same_seed_gives_the_same_people(today):
    one, again, other = crowd(7, today), crowd(7, today), crowd(8, today)
    assert [(p.name, p.birth_date, p.admitted_on, p.term) for p in one] == [
        (p.name, p.birth_date, p.admitted_on, p.term) for p in again
    ]
    assert [p.name for p in one] != [p.name for p in other]


@pytest.mark.parametrize("today", [date(2019, 3, 13), date(2024, 2, 29), date(2026, 12, 31)])
def test_lives_run_forwards(today):
    for person in crowd(3, today):
        days = [person.birth_date, person.admitted_on, *(day for _status, day in person.statuses[1:])]
        assert days == sorted(days)
        assert days[-1] <= today
        decided = [day for day, _tier in person.decisions]
        assert decided == sorted(set(decided))
        assert not decided or person.admitted_on < decided[0]


def test_feasts_lie_between_the_days_asked_for():
    found = feasts(date(2018, 8, 1), date(2019, 1, 31))
    assert [day for day, _name in found] == [
        date(2018, 8, 20),
        date(2018, 11, 6),
        date(2018, 11, 18),
        date(2019, 1, 11),
    ]
    assert feasts(date(2019, 2, 1), date(2019, 7, 29)) == []


@pytest.mark.django_db
def test_reference_data_is_added_once_and_edits_are_kept():
    assert reference.load() == {"regions": 10, "offences": 11, "regimes": 3}
    Regime.objects.filter(tier=1).update(visits_per_month=5)
    call_command("load_reference", stdout=StringIO())
    assert Regime.objects.get(tier=1).visits_per_month == 5
    assert (Region.objects.count(), Offence.objects.count(), Regime.objects.count()) == (10, 11, 3)
    assert Event.objects.filter(verb="reference.loaded").count() == 1
    joining = Offence.objects.get(article="218-1-1")
    assert (joining.min_years, joining.max_years, joining.label_ar != "") == (5, 15, True)


@pytest.mark.django_db
def test_a_large_register_holds():
    call_command("generate_register", inmates=60, seed=4, stdout=StringIO())
    assert Inmate.objects.in_custody().count() == 60
    out = StringIO()
    call_command("check_register", stdout=out)
    assert "agrees" in out.getvalue()
    someone = Inmate.objects.filter(name_tokens__isnull=False).first()
    assert someone in Inmate.objects.search(someone.registration_number)
    assert someone in Inmate.objects.search(f"{someone.given_name_latin} {someone.family_name_latin}")
    assert not apps.get_model("inmates", "InmateEvent").objects.exists()


@pytest.mark.django_db
def test_made_up_people_stay_out_of_a_real_register(settings):
    with pytest.raises(CommandError, match="at least 1"):
        call_command("generate_register", inmates=0)
    settings.DEMO = False
    for command, options in (("generate_register", {"inmates": 5}), ("load_demo", {})):
        with pytest.raises(CommandError, match="DEMO"):
            call_command(command, **options)
    assert not Inmate.objects.exists()
