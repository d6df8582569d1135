"""Who the people of the tour are, and what their acts need: no chance in it, days are told from the day of loading."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from demo import places
from demo.names import Name
from demo.people import FINAL, ROLES, Person, Wanted
from inmates.reference import LAW_2003, LAW_2015, SINCE_2015
from inmates.terms import Term, step

PART = "tour"
TOUR = {}  # by registration number
MORE = []  # `(number, day, act)`: what else happens to somebody of the tour


def days(count):
    """A number of days."""
    return timedelta(days=count)


# Two of the round under way who are else as chance has them: the name and number that the tour gives them.
NAMED = {
    "round:3:withdrew": ("44047", Name("Bouhlal", "Achraf", "بوهلال", "أشرف")),
    "round:3:removed": ("44048", Name("Kettani", "Ghali", "الكتاني", "غالي")),
}


def uuid_of(number):
    """The number can be read in the address of the person's pages."""
    return UUID(f"00000000-0000-4000-8000-{number:0>12}")


@dataclass(frozen=True)
class Situation:
    """One person of the tour. `day`: how many days ago the act runs; `started`: days since the arrest.

    `ends_in`: days until the term ends (then it says when it began); less than none: released on that day.
    `order_ends`: days until the order of remand runs out. `first`: nobody had decided a tier before; `waits`: and what
    was decided is not in effect.
    """

    number: str
    name: Name
    act: Callable
    day: int = 1
    status: str = FINAL
    term: Term | None = None
    started: int = 700
    ends_in: int | None = None
    order_ends: int | None = None
    gone: bool = False
    tier: int = 2
    first: bool = False
    waits: bool = False
    facility: str = places.OFFICERS_PRISON
    unit: str = ""
    sex: str = "M"
    age: int = 34
    languages: tuple = ("arabic",)
    nationality: str = "MA"
    role: str = ""
    fine: int = 0
    ordinary: bool = False
    ordinary_prison: str = ""
    loaded_number: str = ""  # of an earlier stay, where another follows under `number`

    @property
    def uuid(self):
        """Of their pages."""
        return uuid_of(self.number)

    def wanted(self):
        """Their place in the cast."""
        return Wanted(
            status=self.status,
            facility=self.facility,
            kind="term" if self.term else "",
            years=(self.term.years, self.term.years + 1) if self.term else (0, 0),
            tier=None if self.first else self.tier,
            sex=self.sex,
            part=f"{PART}:{'gone' if self.gone else 'held'}",
            known_as=self,
        )

    def person(self, serial, wanted, today):
        """Them, with a whole history."""
        starts_on = today - days(self.started)
        if self.ends_in is not None:
            starts_on = step(today + days(self.ends_in), -self.term.all_months)
        admitted_on = starts_on + days(3) if self.term else starts_on
        person = Person(
            serial=serial,
            wanted=wanted,
            name=self.name,
            birth_date=step(today, -12 * self.age),
            birth_precision="day",
            birthplace="Salé" if self.nationality == "MA" else "",
            nationality=self.nationality,
            cin=f"TR{self.number}" if self.nationality == "MA" else None,
            role=self.role or ROLES[self.tier][-1].value,
            languages=list(self.languages),
            admitted_on=admitted_on,
            starts_on=starts_on,
            term=self.term,
            fine=self.fine,
            number=self.loaded_number or self.number,
            unit=self.unit,
            uuid=self.uuid,
            case_number=f"{int(self.number) % 1000}/2610/{admitted_on.year}",
        )
        last = min(today, today + days(self.ends_in) if self.gone and self.ends_in else today)
        if self.loaded_number:  # who leaves with the act: what follows belongs to the next stay
            last = today - days(self.day)
        held = (last - admitted_on).days
        if self.term:
            person.pronounced_on = admitted_on + days(min(200, held * 2 // 5))
            if self.status == FINAL:
                person.final_on = person.pronounced_on + days(min(120, held // 5))
        if self.order_ends is not None:
            person.order_ends_on = today + days(self.order_ends)
        person.offences = [("Code pénal", "360")] if self.ordinary else _offences(person)
        person.ordinary_prison = self.ordinary_prison
        if not self.first:
            latest = max(last - days(40), admitted_on + days(8))
            person.decisions = [(admitted_on + days(7), self.tier)] if held > 120 else []
            person.decisions.append((latest, self.tier))
        return person


def _offences(person):
    """Articles that were in force when it happened, and whose range the term fits."""
    law = LAW_2015 if person.starts_on >= SINCE_2015 else LAW_2003
    if person.term is None or person.term.years >= 5:
        return [(LAW_2003, "218-1")]
    return [(law, "218-2")] if person.term.years >= 2 else [("Code pénal", "360"), (LAW_2003, "218-6")]


def situation(number, family, given, family_ar, given_ar, **about):
    """The person to whom the decorated act happens; see `Situation` for what may be said about them."""

    def cast(act):
        TOUR[number] = Situation(number, Name(family, given, family_ar, given_ar), act, **about)
        return act

    return cast


def also(number, *, day):
    """One more act, `day` days ago, about a person of the tour."""

    def cast(act):
        MORE.append((number, day, act))
        return act

    return cast


class Scene:
    """A person of the tour and who acts for them."""

    def __init__(self, world, person):
        self.world, self.person, self.today = world, person, world.today
        staff, code = world.staff, person.wanted.facility
        self.officer, self.director, self.assessor = (
            staff.at(code, post) for post in ("officer", "director", "assessor")
        )
        self.reviewer, self.reviewer2 = staff["reviewer"], staff["reviewer2"]
        self.coordinator = staff["coordinator"]

    @property
    def inmate(self):
        """The stored record, as it is now."""
        return self.world.inmate(self.person)

    @cached_property
    def units(self):
        """The units of their prison, by name."""
        code = self.person.wanted.facility
        return {name: unit for (prison, name), unit in self.world.units.items() if prison == code}

    def ago(self, count):
        """A day before the day of loading."""
        return self.today - days(count)

    def ahead(self, count):
        """A day after it."""
        return self.today + days(count)

    def on(self, count, act, *args, **kwargs):
        """Enter an act in the diary, `count` days ago."""
        self.world.diary.on(self.ago(count), act, *args, **kwargs)


def name(crowd):
    """Give those who are `NAMED` their name and number."""
    for person in crowd:
        if person.wanted.part in NAMED:
            person.number, person.name = NAMED[person.wanted.part]
            person.uuid, person.aliases = uuid_of(person.number), []


def enter(world):
    """Enter every situation in the diary."""
    for person in world.people:
        if person.wanted.part.startswith(f"{PART}:"):
            about, scene = person.wanted.known_as, Scene(world, person)
            world.diary.on(world.today - days(about.day), about.act, scene)
            for number, day, act in MORE:
                if number == about.number:
                    world.diary.on(world.today - days(day), act, scene)
