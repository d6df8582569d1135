"""Who is in the demo: 812 people in custody in the published proportions, and those who have left since their round.

Fates of the three rounds are fixed here, so that the figures come out the same on any load date.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from demo import places, situations
from demo.people import APPEAL, FINAL, REMAND, Wanted
from inmates.terms import step

# What becomes of the people of each round: `held` stay in custody, the others are free by the load date.
FATES = {
    1: {"pardoned": 21, "pardoned but held": 1, "reduced": 3, "graduated": 8, "served": 2, "withdrew": 2},
    2: {
        "pardoned": 12,
        "pardoned but held": 1,
        "reduced": 3,
        "graduated": 22,
        "served": 2,
        "withdrew": 1,
        "removed": 1,
    },
    3: {"taking part": 36, "free before the end": 1, "withdrew": 1, "removed": 1},
}
FREE = ("pardoned", "served")
SERVED_OUTSIDE_ROUNDS = 24
ARRIVALS = 12
RETURNEES = 180
RETURNEES_SENTENCED = 108

# Of 812: sentences by length, final and under appeal (after the mix of 842 people, May 2022); the rest on remand.
TERMS = {(20, 30): (19, 2), (10, 20): (74, 8), (5, 10): (137, 28), (2, 5): (112, 20), (1, 2): (10, 2)}
LIFE, DEATH = (21, 2), (15, 2)


@dataclass(frozen=True)
class CohortDates:
    """When a round of the demo ran."""

    number: int
    starts_on: date
    ends_on: date

    @property
    def host(self):
        """Code of the prison that held it."""
        return places.HOSTS[self.number]


def cohorts(today):
    """The two completed rounds and the one under way. A year ago the second was running."""
    third = today - timedelta(days=30)
    return {
        1: CohortDates(1, step(today, -26), step(today, -24)),
        2: CohortDates(2, step(today, -13), step(today, -11)),
        3: CohortDates(3, third, step(third, 2)),
    }


def cast(rng, today):
    """A `Wanted` for everybody, in an order that does not depend on the day."""
    third = cohorts(today)
    people = []
    for number, fates in FATES.items():
        people += _cohort_people(rng, third[number], fates, today)
    people += [about.wanted() for about in situations.TOUR.values()]
    held = [wanted for wanted in people if _in_custody(wanted)]
    people += _others(rng, held)
    people += _served(rng, today)
    _returnees(rng, [wanted for wanted in people if _in_custody(wanted) and not wanted.known_as])
    return people


def _in_custody(wanted):
    return wanted.part != "served" and not wanted.part.endswith((*(f":{fate}" for fate in FREE), ":gone"))


def _cohort_people(rng, plan, fates, today):
    """Finally convicted people of tier 2 or 3, with time enough to finish their round, except one."""
    final_by = plan.starts_on - timedelta(days=45)
    free_later = (today + timedelta(days=75), step(today, 12 * 8))
    for fate, count in fates.items():
        for _n in range(count):
            years = rng.choices([(2, 5), (5, 10), (10, 16)], [3, 6, 4] if plan.number > 1 else [0, 6, 4])[0]
            free = free_later
            if fate == "served":
                free = (plan.ends_on + timedelta(days=50), today - timedelta(days=20))
            elif fate == "free before the end":
                free = (today + timedelta(days=9), plan.ends_on - timedelta(days=9))
            elif fate == "reduced":
                years, free = (7, 12), (step(today, 30), step(today, 96))
            yield Wanted(
                status=FINAL,
                facility=plan.host,
                kind="term",
                years=years,
                tier=rng.choices([2, 3], [7, 3])[0],
                free_between=free,
                final_by=final_by,
                decisions_until=plan.starts_on + timedelta(days=rng.randrange(5, 74)) if plan.number < 3 else None,
                part=f"round:{plan.number}:{fate}",
            )


def _others(rng, held):
    """Everybody else in custody: what is left of the sentences, of remand and of each prison's places."""
    left = {(years, FINAL): count[0] for years, count in TERMS.items()}
    left |= {(years, APPEAL): count[1] for years, count in TERMS.items()}
    for wanted in held:
        if wanted.kind:
            bucket = next(years for years in TERMS if years[0] <= wanted.years[0] < years[1])
            left[bucket, wanted.status] -= 1
    profiles = [(status, "term", years) for (years, status), count in left.items() for _n in range(count)]
    for kind, (final, appeal) in (("life", LIFE), ("death", DEATH)):
        profiles += [(FINAL, kind, (0, 0))] * final + [(APPEAL, kind, (0, 0))] * appeal
    profiles += [(REMAND, "", (0, 0))] * (places.IN_CUSTODY - len(held) - len(profiles))
    rng.shuffle(profiles)
    profiles.sort(
        key=lambda profile: profile[0] == REMAND
    )  # the last ones are on remand: arrivals are taken from there
    prisons = []
    for code, *_names, held_here, _holds_women in places.PRISONS:
        prisons += [code] * (held_here - sum(wanted.facility == code for wanted in held))
    rng.shuffle(prisons)
    people = []
    for (status, kind, years), prison in zip(profiles, prisons, strict=True):
        weights = [5, 4, 1] if kind in ("life", "death") else [24, 46, 30]
        if status == REMAND:  # a charge alone grounds no tier: few untried people did something in custody that does
            weights = [6, 14, 80]
        people.append(
            Wanted(
                status=status,
                facility=prison,
                kind=kind,
                years=years,
                tier=rng.choices([1, 2, 3], weights)[0],
                held_for=(30, 540),
            )
        )
    known = sum(wanted.known_as.waits for wanted in held if wanted.known_as)
    for wanted in people[known - ARRIVALS :]:
        wanted.tier, wanted.held_for, wanted.part = None, (1, 13), "arrival"
    _women(people)
    _foreigners(rng, people)
    _reviews(rng, people)
    return people


def _reviews(rng, people):
    """How reviews stand: some overdue, many due soon, some handed in, returned or begun."""
    convicted = [wanted for wanted in people if wanted.kind and not wanted.part]
    here = [wanted for wanted in convicted if wanted.facility == places.OFFICERS_PRISON]
    plan = {"overdue": (3, 15), "waiting": (3, 7), "returned": (1, 1), "draft": (2, 2), "due": (8, 38)}
    for review, (at_home, elsewhere) in plan.items():
        free = [wanted for wanted in here if not wanted.review]
        away = [wanted for wanted in convicted if not wanted.review and wanted not in free]
        for wanted in rng.sample(free, at_home) + rng.sample(away, elsewhere):
            wanted.review = review


def _women(people):
    """A convicted woman in the women's wing; the other of the two is on remand, and of the tour."""
    here = [w for w in people if w.facility == places.WOMEN and w.status == FINAL and w.kind == "term" and w.tier]
    here[0].sex, here[0].tier, here[0].part = "F", 3, "woman"


def _foreigners(rng, people):
    """About 1.6 per cent: eight foreigners, five with a second nationality."""
    men = rng.sample([wanted for wanted in people if wanted.sex == "M" and not wanted.part], 13)
    for n, wanted in enumerate(men):
        if n < 8:
            wanted.foreign = n
        else:
            wanted.second_nationality = ("FR", "BE", "NL", "ES", "FR")[n - 8]


def _served(rng, today):
    """People of no round who left when their term was served, in the last three years: aftercare is for them too."""
    for _n in range(SERVED_OUTSIDE_ROUNDS):
        left_on = today - timedelta(days=rng.randrange(25, 1000))
        yield Wanted(
            status=FINAL,
            facility=rng.choice([row[0] for row in places.PRISONS if row[6]]),
            kind="term",
            years=(2, 7),
            tier=rng.choice([2, 3]),
            free_between=(left_on, left_on),
            final_by=left_on - timedelta(days=120),
            decisions_until=left_on - timedelta(days=5),
            part="served",
        )


def _returnees(rng, held):
    """Those who came back from a zone of conflict: sentenced to 5 to 18 years, or not yet tried."""
    sentenced = [w for w in held if w.kind == "term" and w.years in ((5, 10), (10, 20), (10, 16)) and w.foreign is None]
    tried = rng.sample([w for w in sentenced if w.tier != 1 or rng.random() < 0.6], RETURNEES_SENTENCED)
    for wanted in tried:
        wanted.returnee = True
        if wanted.years[1] > 19:
            wanted.years = (wanted.years[0], 19)
    untried = [w for w in held if w.status == REMAND and w.foreign is None]
    for wanted in rng.sample(untried, RETURNEES - RETURNEES_SENTENCED):
        wanted.returnee = True
