"""The demo from nothing: reference data, prisons, staff, 812 people in custody, three rounds, and today's business."""

import gc
from collections import Counter
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from audit import trail
from audit.models import Event
from config import clock
from demo import accounts, cast, daily_life, people, places, situations
from demo.bulk import Loader
from demo.cohorts import CohortLife, leave
from demo.diary import Diary, standing_on
from demo.reviews import Reviews
from demo.world import World, chance
from inmates import reference
from inmates.people.models import Organisation

# Neutral on purpose: French and Arabic, and whether it is abroad.
ORGANISATIONS = [
    ("Groupe armé en Syrie", "جماعة مسلحة في سوريا", True),
    ("Groupe armé en Irak", "جماعة مسلحة في العراق", True),
    ("Groupe armé en Libye", "جماعة مسلحة في ليبيا", True),
    ("Groupe armé au Sahel", "جماعة مسلحة في الساحل", True),
    ("Cellule locale", "خلية محلية", False),
    ("Réseau de recrutement en ligne", "شبكة استقطاب عبر الإنترنت", False),
    ("Réseau de financement", "شبكة تمويل", False),
]


def load(seed=2019, advance=lambda day, done, left: None, quick=False):
    """Fill an empty register for `clock.today()`. The same seed and day give the same people. Returns the World.

    `quick` imports most of the latest reviews instead of living them: for tests that are about something else.
    """
    today = clock.today()
    rng = chance(seed)
    with standing_on(today), translation.override("fr"), seldom_collected(), sealed_once():
        with transaction.atomic():
            trail.record("demo.begun", by=None, detail={"day": today.isoformat()})
            world = _foundations(rng, today, quick)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # inside a test's transaction no autovacuum tells the planner of the new rows
        _enter(world)
        world.diary.live(advance)
        duties_of_the_day()
        trail.record("demo.loaded", by=None, detail={"people": len(world.people), "day": today.isoformat()})
    return world


@transaction.atomic
def duties_of_the_day():
    """What `manage.py daily` does on the day of loading, so that what it tells is there to see."""
    call_command("daily", stdout=StringIO())


def _foundations(rng, today, quick):
    """Everything before the first act: what a service brings along when it begins to work with this register."""
    crowd = [people.draw(rng, n, wanted, today) for n, wanted in enumerate(cast.cast(rng, today), start=1)]
    if quick:
        for person in crowd:
            if person.decided_on and not person.wanted.review and person.serial % 10:
                person.decisions.append((person.decided_on, person.wanted.tier))
                person.on_paper = True
    situations.name(crowd)
    settle(rng, crowd)
    duplicates(crowd)
    reference.load()
    prisons, units = places.load(Counter((person.wanted.facility, person.unit) for person in crowd))
    staff = accounts.load(prisons, today)
    organisations = [
        (Organisation.objects.create(name=name, name_ar=name_ar), abroad) for name, name_ar, abroad in ORGANISATIONS
    ]
    loader = Loader(rng, prisons, units, staff)
    loader.organisations = [
        [o for o, abroad in organisations if abroad],
        [o for o, abroad in organisations if not abroad],
    ]
    loader.load(crowd)
    return World(today, rng, prisons, units, staff, crowd, Diary(today))


def settle(rng, crowd):
    """Give everybody a unit and a registration number; some came from another prison."""
    crowded = [p for p in crowd if p.wanted.facility == places.OFFICERS_PRISON and p.wanted.kind and not p.wanted.part]
    for person, unit in zip(crowded, "ABC" * 6, strict=False):
        person.unit = unit
    following = {}
    for person in sorted(crowd, key=lambda person: (person.admitted_on, person.serial)):
        code = person.wanted.facility
        person.unit = person.unit or places.home(
            person.wanted.status, person.tier or person.wanted.tier, person.wanted.sex
        )
        person.number = person.number or _number(following, code)
        plain = not person.wanted.part and person.wanted.kind and not person.wanted.review
        if plain and person.final_on and rng.random() < 0.12:
            origin = rng.choice([row[0] for row in places.PRISONS if row[6] and row[0] != code])
            person.came_from = (origin, person.final_on)
            person.earlier_number = _number(following, origin)


def duplicates(crowd):
    """Three newcomers are people whom the register knows already, spelt a little otherwise and without their CIN."""
    known = [
        p for p in crowd if p.wanted.foreign is None and p.birth_precision == "day" and p.wanted.part in ("", "served")
    ]
    arrivals = [p for p in crowd if p.wanted.part == "arrival"]
    for newcomer, person in zip(
        arrivals[:3], [p for p in known if p.name.family_latin.startswith("El ")], strict=False
    ):
        name = person.name
        newcomer.name = name._replace(family_latin=name.family_latin.removeprefix("El "))
        newcomer.birth_date, newcomer.birth_precision, newcomer.cin = person.birth_date, "day", None
        newcomer.birthplace, newcomer.double = person.birthplace, True


def _number(following, code):
    order = [row[0] for row in places.PRISONS].index(code)
    number = following.get(code, places.FIRST_NUMBER.get(code, 10_001 + 1_500 * order))
    following[code] = number + 1
    return str(number)


def _enter(world):
    """Everything that is to happen, in the diary."""
    reviews = Reviews(world)
    reviews.enter()
    for plan in cast.cohorts(world.today).values():
        CohortLife(world, plan, reviews).enter()
    for person in world.people:
        if person.wanted.part == "served":
            world.diary.on(person.wanted.free_between[0], leave, world, person, "term_served")
    daily_life.enter(world)
    situations.enter(world)


@contextmanager
def seldom_collected():
    """Nothing here lives long but the people themselves: the garbage collector need not look for it."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


@contextmanager
def sealed_once():
    """Seal the trail in one go at the end, not after each of some hundreds of days."""
    try:
        yield
    finally:
        trail.seal_pending()


def loaded_on():
    """The day the demo was loaded for, or None: it is marked as loaded at the very end."""
    event = Event.objects.filter(verb="demo.loaded").order_by("pk").first()
    return event.on if event else None


def cut_short():
    """Whether a loading began here and never came to its end."""
    return Event.objects.filter(verb="demo.begun").exists() and loaded_on() is None
