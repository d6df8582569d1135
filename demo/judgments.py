"""What courts said lately: appeals on their way and answered, a retrial, two sentences whose acts are known."""

from datetime import timedelta

from config import clock
from demo.people import APPEAL, COURT, FINAL
from inmates.sentences import actions as sentences
from inmates.sentences.models import CourtAppeal, Sentence
from inmates.terms import step

SUPREME = "Cour de cassation"


def enter(life, here):
    """One person for each of these situations, in the officer's prison where there are enough of them."""
    waiting = sorted(_sentenced(life, APPEAL), key=lambda person: person.wanted.facility != here)
    for person, act in zip(waiting, (_confirmed_then_cassation, _lowered, _joined, _sent_back), strict=False):
        life.taken.add(id(person))
        act(life.world.inmate(person), life.world.officer(person))
    _acts_known(life, here, life.staff["officer"])


def _sentenced(life, status):
    """People of this status with a term and nothing else going on; terms of returnees stay as they were reported."""
    return [
        person
        for person in life.plain
        if id(person) not in life.taken
        and person.wanted.status == status
        and person.wanted.kind == "term"
        and not person.wanted.returnee
    ]


def _open_appeal(inmate):
    return CourtAppeal.objects.open().get(case__inmate=inmate)


def _answer(inmate, outcome, officer, **fields):
    appeal = _open_appeal(inmate)
    fields = {"on": clock.today() - timedelta(days=1), "decision": f"AR {appeal.case.number}"} | fields
    return sentences.decide_appeal(appeal, outcome=outcome, by=officer, **fields)


def _lowered(inmate, officer):
    """The term was lowered on appeal, by a third; it is not final yet."""
    first = inmate.sentences.standing().get()
    months = max((first.years * 12 + first.months) * 2 // 3, 6)
    _answer(
        inmate,
        "changed",
        officer,
        sentence=Sentence(years=months // 12, months=months % 12, range_acknowledged_by=officer),
    )


def _confirmed_then_cassation(inmate, officer):
    """Confirmed; the person declares a cassation this morning: receipt and sending are still to come."""
    appeal = _answer(inmate, "confirmed", officer)
    sentences.declare_appeal(
        appeal.case, kind="cassation", party="person", court=SUPREME, reference=f"DP {appeal.case.number}", by=officer
    )


def _joined(inmate, officer):
    """The prosecution appeals too: it joins what the person declared."""
    case = _open_appeal(inmate).case
    sentences.declare_appeal(case, kind="appeal", party="prosecution", court=COURT, by=officer)


def _sent_back(inmate, officer):
    """Quashed and sent back: on remand again, by a ruling that says until when."""
    _answer(inmate, "sent_back", officer, held=True, until=step(clock.today(), 2))


def _acts_known(life, here, officer):
    """Two sentences of which no ruling says how they stand, for acts before the first conviction: one end is presumed."""
    person = next(person for person in _sentenced(life, FINAL) if person.wanted.facility == here)
    life.taken.add(id(person))
    inmate = life.world.inmate(person)
    first = inmate.sentences.get()
    case = sentences.open_case(inmate, court=COURT, number="77/2610", by=officer)
    day = clock.today() - timedelta(days=20)
    acts = first.starts_on - timedelta(days=90)
    second = Sentence(case=case, inmate=inmate, years=1, starts_on=first.starts_on, pronounced_on=day, acts_on=acts)
    sentences.pronounce(second, by=officer)
    sentences.relate(first, relation="", decision="", acts_on=acts - timedelta(days=30), by=officer)
