"""What the acts of the demo share, and the people told by the day they are looked at."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from demo.accounts import Staff
from demo.diary import Diary
from inmates.people.models import Inmate


class Chance(Random):
    """Chance that is the same again for the same seed: for made-up people, never for a secret."""


def chance(seed):
    """Chance from a seed."""
    return Chance(str(seed))


@dataclass
class World:
    """The day of loading, chance, prisons, units, staff, people, and the diary that everything is entered in."""

    today: date
    rng: Random
    prisons: dict
    units: dict
    staff: Staff
    people: list
    diary: Diary = field(default=None)

    def inmate(self, person):
        """The stored record of a person, as it is now."""
        return Inmate.objects.select_related("facility", "unit").get(pk=person.pk)

    def named(self, person):
        """The person for acts that read the record themselves."""
        return Inmate(pk=person.pk)

    def part(self, prefix):
        """People whose part in the demo begins so."""
        return [person for person in self.people if person.wanted.part.startswith(prefix)]

    def officer(self, person):
        """The records officer of the person's prison."""
        return self.staff.at(person.wanted.facility, "officer")

    def director(self, person):
        """The director of the person's prison."""
        return self.staff.at(person.wanted.facility, "director")

    def assessor(self, person):
        """The assessor of the person's prison."""
        return self.staff.at(person.wanted.facility, "assessor")
