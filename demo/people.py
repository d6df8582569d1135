"""One made-up person: who they are and what happened to them, as plain values. `bulk.py` writes them into the tables.

Dates are laid backwards from a day `today`, so that every rule of the register holds: arrest, admission, judgment,
appeal and final judgment follow one another, a term still runs, a charge fits the law in force.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from demo import names
from inmates.people.models import GroupRole, LegalStatus
from inmates.reference import LAW_2003, LAW_2015, SINCE_2015
from inmates.terms import Term, step

REMAND, APPEAL, FINAL, CIVIL = (
    LegalStatus.REMAND.value,
    LegalStatus.CONVICTED_APPEAL.value,
    LegalStatus.CONVICTED_FINAL.value,
    LegalStatus.CIVIL_IMPRISONMENT.value,
)
COURT = "Cour d'appel de Rabat, annexe de Salé"
THEATRES = ["Syrie", "Syrie", "Syrie et Irak", "Irak", "Libye", "Sahel"]

# Role in the group by tier: the three definitions of the tiers.
ROLES = {
    1: [GroupRole.RECRUITER, GroupRole.IDEOLOGUE, GroupRole.FINANCIER, GroupRole.RECRUITER, GroupRole.IDEOLOGUE],
    2: [GroupRole.FIGHTER, GroupRole.LOGISTICS, GroupRole.PROPAGANDIST, GroupRole.FIGHTER],
    3: [GroupRole.NON_COMBATANT, GroupRole.LOGISTICS, GroupRole.NON_COMBATANT, GroupRole.OTHER],
}


@dataclass
class Wanted:
    """What a person of the demo has to be; everything else is left to chance."""

    status: str
    facility: str
    kind: str = ""  # term, life, death; empty on remand
    years: tuple = (5, 10)  # least and greatest term
    tier: int | None = 2
    sex: str = "M"
    returnee: bool = False
    foreign: int | None = None  # place in names.FOREIGN
    second_nationality: str = ""
    held_for: tuple = (20, 540)  # days, for those on remand
    free_between: tuple | None = None  # computed release, first and last day
    final_by: date | None = None
    decisions_until: date | None = None  # imported tier decisions end before this day
    decisions_for: int = 760  # days back that quarterly ones are imported for
    review: str = ""  # how the latest review stands: overdue, due, waiting, returned, draft
    part: str = ""  # for the story: round-1, round-2, round-3, arrival, served ...
    known_as: object = None  # the `Situation` of somebody of the tour, who is not left to chance


@dataclass
class Person:
    """A person with a whole history, as plain values."""

    serial: int
    wanted: Wanted
    name: names.Name
    birth_date: date
    birth_precision: str
    birthplace: str
    nationality: str
    cin: str | None
    role: str
    languages: list
    admitted_on: date
    starts_on: date
    pronounced_on: date | None = None
    final_on: date | None = None
    term: Term | None = None
    remand: list = field(default_factory=list)
    offences: list = field(default_factory=list)  # (law, article)
    fine: int = 0
    decisions: list = field(default_factory=list)  # imported ones: (day, tier)
    decided_on: date | None = None  # the day of the latest review, which goes through the acts of the pages
    on_paper: bool = False  # ... or is imported like the others, where the demo is loaded quickly
    aliases: list = field(default_factory=list)  # (text, kind)
    dossier: tuple | None = None  # theatre, left, returned
    came_from: tuple | None = None  # facility code, day of arrival here
    number: str = ""
    earlier_number: str = ""
    case_number: str = ""
    unit: str = ""
    double: bool = False  # a second record of somebody registered before
    uuid: UUID | None = None
    ordinary_prison: str = ""  # from which they came
    order_ends_on: date | None = None  # last day of the order of remand, where it has one
    pk: int = 0

    @property
    def statuses(self):
        """`[(legal status, from), ...]`, in order."""
        rows = [(REMAND, self.admitted_on)]
        if self.pronounced_on:
            rows.append((APPEAL, self.pronounced_on))
        if self.final_on:
            rows.append((FINAL, self.final_on))
        return rows

    @property
    def tier(self):
        """The tier in force after the imported decisions, or None."""
        return self.decisions[-1][1] if self.decisions else None


def draw(rng, serial, wanted, today):
    """A person as wanted. The same generator state gives the same person."""
    if wanted.known_as is not None:
        return wanted.known_as.person(serial, wanted, today)
    if wanted.kind in ("life", "death"):
        served = timedelta(days=rng.randrange(900, 6500))
        starts_on, term = today - served, None
    elif wanted.kind == "term":
        starts_on, term = _term(rng, wanted, today)
    else:
        starts_on, term = today - timedelta(days=rng.randrange(*wanted.held_for)), None
    admitted_on = starts_on + timedelta(days=rng.randrange(2, 12)) if wanted.kind else starts_on
    person = _identity(rng, serial, wanted, admitted_on)
    person.starts_on, person.term = starts_on, term
    if wanted.kind:
        _judged(rng, person, wanted, today)
    person.offences = _offences(rng, wanted, person)
    if wanted.kind == "term" and rng.random() < 0.25:
        person.fine = rng.choice([5_000, 10_000, 20_000, 50_000])
    if wanted.tier:
        if not wanted.decisions_until:
            since = {"": (2, 77), "overdue": (91, 112)}.get(wanted.review, (77, 90))
            person.decided_on = today - timedelta(days=min(rng.randrange(*since), (today - admitted_on).days - 8))
        person.decisions = _decisions(rng, wanted, admitted_on, wanted.decisions_until or person.decided_on, today)
    if wanted.returnee:
        left = max(admitted_on - timedelta(days=rng.randrange(400, 1500)), date(2011, 6, 1))
        back = admitted_on - timedelta(days=rng.randrange(6, 60))
        person.dossier = (rng.choice(THEATRES), min(left, back), back)
    return person


def _term(rng, wanted, today):
    """A first day and a term whose end falls where it is wanted: after today, unless `free_between` says otherwise."""
    low, high = wanted.years
    term = Term(years=rng.randrange(low, high)) if high > low else Term(years=low)
    if term.years < 5:
        term = Term(years=term.years, months=rng.choice([0, 0, 6]) if term.years else rng.choice([10, 8]))
    settled = 420 if wanted.status in (FINAL, CIVIL) else 240
    judged_by = wanted.final_by or today
    longest = (step(today, term.all_months) - today).days
    settled = min(settled, longest * 3 // 4)
    if wanted.free_between:
        first, last = wanted.free_between
        last = max(first, min(last, step(judged_by - timedelta(days=settled), term.all_months)))
    else:
        first, last = today + timedelta(days=4), today + timedelta(days=longest - settled)
        if wanted.status == APPEAL:  # not long ago, or the appeal would be over
            first = max(first, last - timedelta(days=500))
    # The law on joining a group abroad is of 2015: a returnee's stay begins after it where the calendar allows.
    if wanted.returnee and not wanted.free_between:
        first = max(first, min(step(date(2015, 7, 1), term.all_months), last))
    free_on = first + timedelta(days=rng.randrange(max((last - first).days, 0) + 1))
    starts_on = step(free_on, -term.all_months)
    while starts_on > judged_by - timedelta(days=settled):  # the judgment must be final by then: a longer term
        term = Term(years=term.years + 1, months=term.months)
        starts_on = step(free_on, -term.all_months)
    return starts_on, term


def _identity(rng, serial, wanted, admitted_on):
    age = rng.triangular(19, 62, 29)
    birth = admitted_on - timedelta(days=int(age * 365.25) + rng.randrange(365))
    chance = rng.random()
    precision = "day" if chance < 0.9 else "year" if chance < 0.96 else "presumed" if chance < 0.985 else "month"
    if precision != "day":
        birth = birth.replace(day=1, month=birth.month if precision == "month" else 1)
    nationality, cin, languages = "MA", None, ["arabic"]
    if wanted.foreign is None:
        name = names.moroccan(rng, wanted.sex)
        if rng.random() < 0.97:
            letters = rng.choice(
                ["A", "BE", "BK", "C", "CD", "D", "EE", "F", "G", "JC", "K", "L", "LB", "N", "R", "S", "T", "Z"]
            )
            cin = (
                f"{letters}{200_000 + serial * 7 % 799_999}" if serial < 110_000 else f"{letters}{20_000_000 + serial}"
            )
        if rng.random() < 0.35:
            languages.append("french")
        if rng.random() < 0.12:
            languages.append("tamazight")
    else:
        nationality, family, given, family_ar, given_ar = names.FOREIGN[wanted.foreign % len(names.FOREIGN)]
        name = names.Name(family, given, family_ar, given_ar)
        languages = ["french"] if nationality in ("FR", "ML") else ["arabic", "french"]
    role = rng.choice(ROLES[wanted.tier or 3]).value if wanted.tier or rng.random() < 0.5 else ""
    if wanted.sex == "F":
        role = GroupRole.NON_COMBATANT.value
    person = Person(
        serial=serial,
        wanted=wanted,
        name=name,
        birth_date=birth,
        birth_precision=precision,
        birthplace=rng.choice(names.CITIES) if wanted.foreign is None else "",
        nationality=nationality,
        cin=cin,
        role=role,
        languages=languages,
        admitted_on=admitted_on,
        starts_on=admitted_on,
        case_number=f"{rng.randrange(40, 990)}/2610/{admitted_on.year}",
    )
    if wanted.sex == "M" and rng.random() < 0.09:
        arabic, latin = rng.choice(names.KUNYA_PAIRS)
        person.aliases = [(latin, "kunya"), (arabic, "kunya")]
    return person


def _judged(rng, person, wanted, today):
    """Days of the judgment and, where wanted, of the final one; an earlier stretch of remand now and then."""
    by = min(wanted.final_by or today, today)
    room = (by - person.admitted_on).days
    to_judgment = min(rng.randrange(150, 330), room * 45 // 100)
    person.pronounced_on = person.admitted_on + timedelta(days=max(to_judgment, 1))
    if wanted.status in (FINAL, CIVIL):
        left = (by - person.pronounced_on).days
        person.final_on = person.pronounced_on + timedelta(days=max(min(rng.randrange(60, 260), left * 70 // 100), 1))
    if person.term and not wanted.part and rng.random() < 0.08:
        end = step(person.starts_on, person.term.all_months)
        days = rng.randrange(30, 120)
        if (end - today).days > days + 30:
            begun = person.starts_on - timedelta(days=days + rng.randrange(40, 400))
            person.remand = [(begun, begun + timedelta(days=days))]


def _offences(rng, wanted, person):
    """Articles that were in force when it happened, and whose range the term fits."""
    acted_on = person.starts_on
    years = person.term.years if person.term else None
    if not wanted.kind:
        years = 6  # charged, not yet judged: any article may do
    if years is None:
        return [(LAW_2003, "218-1")]
    if wanted.returnee and acted_on >= SINCE_2015:
        joined = [(LAW_2015, "218-1-1")]
        return joined if 5 <= years <= 15 else [*joined, (LAW_2003, "218-1")]
    if years < 5:
        if years < 2:
            return [("Code pénal", "360"), (LAW_2003, "218-6")]
        return [(LAW_2015 if acted_on >= SINCE_2015 else LAW_2003, "218-2")]
    if person.role == GroupRole.FINANCIER:
        return [(LAW_2003, "218-4")]
    if person.role == GroupRole.RECRUITER and acted_on >= SINCE_2015 and years <= 15:
        return [(LAW_2015, "218-1-1")]
    if wanted.tier == 3 and years <= 10:
        return [(LAW_2003, "218-8")] if rng.random() < 0.5 else [(LAW_2003, "218-1")]
    return [(LAW_2003, "218-1")]


def _decisions(rng, wanted, admitted_on, until, today):
    """Imported tier decisions: the first within two weeks of admission, then, in the last two years, every quarter."""
    days, day = [], until - timedelta(days=rng.randrange(84, 91))
    first = admitted_on + timedelta(days=rng.randrange(6, 14))
    while day > first + timedelta(days=45) and day > today - timedelta(days=wanted.decisions_for):
        days.append(day)
        day -= timedelta(days=rng.randrange(84, 91))
    if first < until - timedelta(days=40):
        days.append(first)
    days.sort()
    tier = wanted.tier
    turn, earlier = 0, tier
    if len(days) > 2 and rng.random() < 0.3:
        turn = rng.randrange(1, len(days))
        earlier = rng.choice([other for other in (1, 2, 3) if abs(other - tier) == 1])
    return [(day, earlier if n < turn else tier) for n, day in enumerate(days)]
