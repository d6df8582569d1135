"""A large made-up register for benchmarks: many people, no story. Written with COPY, some thousands at a time."""

from django.db import connection, transaction

from accounts.models import User
from config import clock
from demo import bulk, people, places
from demo.cast import TERMS
from demo.people import APPEAL, FINAL, REMAND, Wanted
from demo.world import chance
from facilities.models import Facility, Unit
from inmates import reference
from inmates.people.models import Inmate

BATCH = 5_000
UNITS = {"Registre 1": [1], "Registre 2": [2], "Registre 3": [3], "Registre 0": places.ALL}
STAFF = ("register-officer", "register-assessor", "register-director", "register-reviewer")


class Posts:
    """Four accounts that nobody can sign in with stand for the whole staff."""

    def __init__(self):
        self.keys = []
        for username in STAFF:
            user, new = User.objects.get_or_create(username=username, defaults={"is_active": False})
            if new:
                user.set_unusable_password()
                user.save()
            self.keys.append(user.pk)

    def officer(self, code):
        """Primary key of the officer."""
        return self.keys[0]

    def assessor(self, code):
        """Primary key of the assessor."""
        return self.keys[1]

    def director(self, code):
        """Primary key of the director."""
        return self.keys[2]

    def reviewer(self, n):
        """Primary key of the reviewer."""
        return self.keys[3]


def generate(count, seed=0, advance=lambda done: None):
    """Add `count` made-up people, held in the prisons there are (the demo's, where there are none). Returns how many.

    No row history and no trail are written for them; every constraint and every derived column holds.
    """
    today = clock.today()
    with transaction.atomic():
        reference.load()
        if not Facility.objects.exists():
            places.register_prisons()
        prisons = {prison.code: prison for prison in Facility.objects.filter(holds_men=True)}
        units = {(code, unit.name): unit for code, prison in prisons.items() for unit in _units(prison, count)}
        staff = Posts()
    first = 1_000_000 + (Inmate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    codes, done = sorted(prisons), 0
    while done < count:
        rng = chance(f"{seed}/{done}")
        size = min(BATCH, count - done)
        batch = [_person(rng, first + done + n, codes, today) for n in range(size)]
        with transaction.atomic():
            bulk.ignore_history()
            bulk.Loader(rng, prisons, units, staff).load(batch)
        done += size
        advance(done)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return done


def _units(prison, count):
    for name, tiers in UNITS.items():
        unit, _new = Unit.objects.get_or_create(
            facility=prison,
            name=name,
            defaults={"tiers": tiers, "certified_capacity": 10 + count, "working_capacity": 10 + count},
        )
        yield unit


# What people of a generated register are: (status, kind, years), with their share.
PROFILES = [
    ((status, "term", years), n)
    for years, pair in TERMS.items()
    for status, n in zip((FINAL, APPEAL), pair, strict=True)
]
PROFILES += [((FINAL, "life", (0, 0)), 23), ((FINAL, "death", (0, 0)), 17), ((REMAND, "", (0, 0)), 360)]
_WHAT, _SHARES = zip(*PROFILES, strict=True)


def _person(rng, serial, codes, today):
    status, kind, years = rng.choices(_WHAT, _SHARES)[0]
    tier = rng.choices([1, 2, 3, None], [6, 13, 79, 2] if status == REMAND else [24, 46, 28, 2])[0]
    wanted = Wanted(
        status=status,
        facility=codes[int(rng.random() * len(codes))],
        kind=kind,
        years=years,
        tier=tier,
        returnee=rng.random() < 0.22 and years in ((0, 0), (5, 10), (10, 20)),
        decisions_until=today if tier else None,
        decisions_for=120,
        held_for=(30, 540) if tier else (1, 13),
    )
    person = people.draw(rng, serial, wanted, today)
    person.number = str(serial)
    person.unit = f"Registre {tier or 0}"
    return person
