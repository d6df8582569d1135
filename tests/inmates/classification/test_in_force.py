"""The tier that holds on a day: all its readers say the same, and what plain Python says.

Histories are rows as the tables take them: stays one after the other (some on one day), escapes and returns, transfers,
decisions with their notices and suspensions. What actions may write is a part of that; they live in `test_random_life.py`.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from accounts import roles
from config import clock
from core.workflow import InvalidTransition
from inmates.classification import daily, in_force
from inmates.classification.actions import appeals, imported_decisions, notices
from inmates.classification.actions import appeals as appeals_actions
from inmates.classification.models import Notice, TierDecision
from inmates.custody import derived_columns
from inmates.custody.actions import admissions, releases
from inmates.custody.models import Admission, DetentionOrder, Outing, Placement
from inmates.people.models import Inmate
from reports.as_of import people_in
from reports.statistics import statistics
from tests.application_rights import rewriting
from tests.factories import make_user
from tests.inmates.classification.conftest import decided

ZONE = ZoneInfo("Africa/Casablanca")
FIRST = date(2018, 1, 1)
DAYS = 60


def moment(hours):
    """So many hours of the service's own clock after the first day began."""
    day, hour = divmod(hours, 24)
    return datetime.combine(FIRST + timedelta(days=day), time(hour), ZONE)


@dataclass
class Decided:
    """A decision: days are counted from the first one, the stay by its place."""

    stay: int
    decided: int
    effective: int
    tier: int
    before: int | None
    origin: str
    emergency: bool
    told: int | None
    suspended: int | None
    resumed: int | None


@dataclass
class Life:
    """One person: stays `(from, until or None)`, absences, transfers, all in hours; and decisions in order of entry."""

    stays: list
    escapes: list = field(default_factory=list)
    transfers: list = field(default_factory=list)
    decisions: list = field(default_factory=list)

    def stay_on(self, day):
        """The place of the latest stay begun when a day ended, or None."""
        begun = [n for n, (start, _end) in enumerate(self.stays) if start < 24 * (day + 1)]
        return begun[-1] if begun else None

    def held_on(self, day):
        """Whether the person was in custody when a day ended."""
        n, ends = self.stay_on(day), 24 * (day + 1)
        if n is None or (self.stays[n][1] is not None and self.stays[n][1] < ends):
            return False
        return not any(left < ends and (back is None or back >= ends) for left, back in self.escapes)

    def in_force_on(self, day):
        """The place of the decision that held when a day ended, or None: the rule in plain words."""
        n = self.stay_on(day)
        if n is None:
            return None
        released = self.stays[n][1]
        if released is not None:
            day = min(day, released // 24)
        holding = []
        for place, one in enumerate(self.decisions):
            if one.stay != n or one.effective > day:
                continue
            suspended = one.suspended is not None and one.suspended <= day
            if suspended and (one.resumed is None or one.resumed > day):
                continue
            stricter = one.before is None or one.tier < one.before
            told = one.told is not None and one.told <= day
            if stricter and not one.emergency and one.origin != "import" and not told:
                continue
            holding.append((one.effective, place))
        return max(holding)[1] if holding else None

    def standing_on(self, day):
        """`(tier, tier since)` when a day ended: since when no other tier has been in force in between."""
        n = self.in_force_on(day)
        if n is None:
            return None, None
        tier, since = self.decisions[n].tier, self.decisions[n].effective
        alone = Life(self.stays, decisions=[one for one in self.decisions if one is not self.decisions[n]])
        tier_before, since_before = alone.standing_on(day)
        return tier, since_before if tier_before == tier else FIRST + timedelta(days=since)


few_days = st.integers(0, DAYS // 6 - 1).map(lambda n: 6 * n)  # much happens on one day
turning_points = st.builds(lambda day, hour: 24 * day + hour, few_days, st.integers(0, 23))
days_asked = few_days | st.integers(-25, DAYS + 3)


@st.composite
def lives(draw):
    """One person's made-up history within sixty days."""
    cuts = sorted(draw(st.lists(turning_points, min_size=1, max_size=5, unique=True)))
    life = Life([(cuts[n], cuts[n + 1] if n + 1 < len(cuts) else None) for n in range(0, len(cuts), 2)])
    for start, end in life.stays:
        inside = draw(st.lists(st.integers(start + 1, end or 24 * DAYS), max_size=3, unique=True))
        inside = sorted(at for at in inside if at != end)
        if len(inside) > 1 and draw(st.booleans()):
            life.escapes.append((inside[0], inside[1]))
        elif inside and draw(st.booleans()):
            life.escapes.append((inside[0], end))
        else:
            life.transfers += inside
    for _n in range(draw(st.integers(0, 6))):
        life.decisions.append(draw(decisions(life.stays)))
    return life


@st.composite
def decisions(draw, stays):
    """A decision within one stay; imported history may be older than all of them."""
    stay = draw(st.integers(0, len(stays) - 1))
    first, last = stays[stay][0] // 24, (stays[stay][1] or 24 * DAYS) // 24
    origin = draw(st.sampled_from(["appeal", "appeal", "import"]))
    decided = draw(st.integers(first - 20 if origin == "import" and stay == 0 else first, last))
    days = st.none() | st.integers(decided, DAYS)
    suspended = draw(days)
    return Decided(
        stay=stay,
        decided=decided,
        effective=decided if origin == "import" else decided + draw(st.sampled_from([0, 0, 0, 1, 9])),
        tier=draw(st.sampled_from([1, 2, 3])),
        before=draw(st.sampled_from([None, 1, 2, 3])),
        origin=origin,
        emergency=draw(st.integers(0, 3)) == 0,
        told=None if origin == "import" else draw(days),
        suspended=suspended,
        resumed=None if suspended is None else draw(st.none() | st.integers(suspended, DAYS)),
    )


class Rows:
    """Writes lives into the tables."""

    def __init__(self, units):
        self.units = units
        self.officer = make_user(roles.OFFICER, units[0].facility)
        self.staff = make_user(roles.ASSESSOR, units[0].facility), make_user(roles.REVIEWER)
        self.number = 0

    def write(self, life):
        """The person, and the person's decisions in order of entry."""
        inmate = Inmate.objects.create(family_name_latin="Tazi", sex="M")
        stays = [self.stay(inmate, start, end) for start, end in life.stays]
        for left, back in life.escapes:
            n = max(n for n, (start, _end) in enumerate(life.stays) if start < left)
            Outing.objects.create(
                inmate=inmate,
                admission=stays[n],
                facility=self.units[0].facility,
                kind="escape",
                left_at=moment(left),
                back_at=back and moment(back),
                recorded_by=self.officer,
            )
        for stay, (start, end) in zip(stays, life.stays, strict=True):
            self.places(stay, start, end, life)
        return inmate, [self.decide(inmate, stays[one.stay], one) for one in life.decisions]

    def stay(self, inmate, start, end):
        self.number += 1
        order = DetentionOrder.objects.create(
            inmate=inmate, kind="judgment", authority="Rabat", reference=str(self.number), issued_on=FIRST
        )
        released = {"released_at": moment(end), "released_by": self.officer, "ground": "abroad"} if end else {}
        return Admission.objects.create(
            inmate=inmate,
            facility=self.units[0].facility,
            order=order,
            admitted_at=moment(start),
            admitted_by=self.officer,
            **released,
        )

    def places(self, stay, start, end, life):
        """In the first prison until each transfer, in the other one after it; nowhere while escaped."""
        until = end or 10**6
        away = [(left, back) for left, back in life.escapes if start < left < until]
        cuts = {start, *(at for at in life.transfers if start < at < until), *(back for _left, back in away if back)}
        cuts = sorted(at for at in cuts if at < until)
        for n, at in enumerate(cuts):
            stop = min([*cuts[n + 1 : n + 2], *(left for left, _back in away if left > at), until])
            Placement.objects.create(
                admission=stay,
                inmate=stay.inmate,
                facility=self.units[n % 2].facility,
                unit=self.units[n % 2],
                during=DateTimeTZRange(moment(at), None if stop == 10**6 else moment(stop), "[)"),
                placed_by=self.officer,
            )

    def decide(self, inmate, stay, one):
        def day(number):
            return None if number is None else FIRST + timedelta(days=number)

        decision = TierDecision.objects.create(
            inmate=inmate,
            admission=stay,
            origin=one.origin,
            assessor=self.staff[0],
            decided_by=self.staff[1],
            decided_on=day(one.decided),
            before=one.before,
            tier=one.tier,
            effective_on=day(one.effective),
            next_review_on=day(one.decided + 90),
            reasons="Weighed.",
            emergency="Tonight." if one.emergency else "",
            suspended_on=day(one.suspended),
            suspended_by=None if one.suspended is None else self.staff[1],
            resumed_on=day(one.resumed),
        )
        if one.origin != "import":
            told = {} if one.told is None else {"served_on": day(one.told), "served_by": self.officer, "how": "read"}
            Notice.objects.create(decision=decision, due_on=day(one.decided + 3), **told)
        return decision


def derived(disagreements, columns):
    """What the proofs of a day say: `{(uuid, column): derived}`, given what is stored of everybody."""
    said = {(row.uuid, column): getattr(row, column) for row in Inmate.objects.all() for column in columns}
    return said | {(uuid, column): should for uuid, column, _stored, should in disagreements}


@pytest.mark.django_db
def test_every_reader_tells_the_same_tier_on_any_day(unit, other_prison, settings):
    units = [unit, other_prison.units.get()]
    rows = Rows(units)
    seen = Counter()

    @effort(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(lives(), min_size=2, max_size=4), st.lists(days_asked, min_size=2, max_size=6))
    def agree(people, days):
        with transaction.atomic():
            written = [(life, *rows.write(life)) for life in people]
            for number in days:
                seen.update(compare(written, number, units, settings))
            transaction.set_rollback(True)

    try:
        agree()
    finally:
        settings.TODAY = None
    assert min(seen[kind] for kind in ("tier", "unclassified", "released", "absent")) > 4, seen


def compare(written, number, units, settings):
    """Ask everybody about one day and compare; returns how many people of each kind there were."""
    day = FIRST + timedelta(days=number)
    settings.TODAY = day
    standings = {inmate.pk: life.standing_on(number) for life, inmate, _d in written}
    custody = derived(derived_columns.disagreements(day), ["status"])
    proved = derived(in_force.disagreements(day), ["tier", "tier_since"])
    in_force_then = {one.inmate_id: one for one in TierDecision.objects.in_force_on(day)}
    there = {place.inmate_id: place for unit in units for place in people_in(unit.facility, day)}
    daily.run()
    told = Counter()
    kinds = Counter()
    for life, inmate, decisions in written:
        tier, since = standings[inmate.pk]
        held, place = life.held_on(number), life.in_force_on(number)
        stored = Inmate.objects.get(pk=inmate.pk)
        assert (stored.tier, stored.tier_since) == (tier, since)
        assert (proved[inmate.uuid, "tier"], proved[inmate.uuid, "tier_since"]) == (tier, since)
        assert in_force_then.get(inmate.pk) == (None if place is None else decisions[place])
        assert (custody[inmate.uuid, "status"] == "in_custody") == held == (inmate.pk in there)
        if held:
            assert there[inmate.pk].tier_then == tier
            told[str(tier) if tier else "unclassified"] += 1
        kinds["tier" if tier else "unclassified" if held else "nobody"] += 1
        kinds[custody[inmate.uuid, "status"]] += 1
    figures = statistics(day)["custody"]
    assert figures["by_tier"] == {key: told[key] for key in ("1", "2", "3", "unclassified")}
    assert figures["total"] == sum(figures["by_facility"].values()) == told.total()
    return kinds


def readmit(inmate, unit, by):
    """The person comes back, on a new order."""
    order = DetentionOrder(kind="judgment", authority="Rabat", reference="R2", issued_on=clock.today())
    more = {"legal_status": "convicted_final", "registration_number": "R2", "admitted_at": clock.now()}
    admissions.admit(inmate, unit=unit, order=order, by=by, **more)
    inmate.refresh_from_db()


def test_who_comes_back_has_no_tier_until_decided_anew(inmate, unit, officer, assessor, reviewer):
    first = decided(inmate, tier=3, assessor=assessor, reviewer=reviewer, served_by=officer)
    releases.release(inmate, ground="abroad", reference="A1", by=officer)
    inmate.refresh_from_db()
    assert (inmate.tier, inmate.next_review_on) == (3, None)  # on record, as it was on the day of the release
    readmit(inmate, unit, officer)
    today = clock.today()
    assert (inmate.tier, inmate.tier_since) == (None, None)
    assert inmate.next_review_on == today + timedelta(days=14)
    assert not TierDecision.objects.in_force_on(today).exists()
    assert [one.tier_then for one in people_in(unit.facility, today)] == [None]
    assert statistics(today)["custody"]["by_tier"]["unclassified"] == 1
    assert list(in_force.disagreements()) == list(derived_columns.disagreements()) == []
    assert not Notice.objects.to_serve().exists()
    with rewriting():
        Notice.objects.filter(pk=first.notice.pk).update(served_on=None, served_by=None, how="")
    with pytest.raises(InvalidTransition, match="stay that has ended"):
        notices.serve_notice(first.notice, served_on=today, how="read", language="ar", by=officer)
    again = decided(inmate, tier=2, assessor=assessor, reviewer=reviewer)
    inmate.refresh_from_db()
    assert (again.before, inmate.tier) == (None, None)
    assert Notice.objects.to_serve().get() == again.notice
    notices.serve_notice(again.notice, served_on=today, how="read", language="ar", by=officer)
    inmate.refresh_from_db()
    assert inmate.tier == 2


def test_a_decision_of_an_earlier_stay_is_not_appealed(inmate, unit, officer, assessor, reviewer, decision):
    assert appeals.why_not_appealable(decision) == ""
    releases.release(inmate, ground="abroad", reference="A1", by=officer)
    readmit(inmate, unit, officer)
    with pytest.raises(InvalidTransition, match="stay that has ended"):
        appeals_actions.record_appeal(TierDecision.objects.get(), made_on=clock.today(), grounds="No.", by=officer)


def test_paper_decisions_belong_to_the_stay_of_their_day(inmate, unit, officer, assessor, reviewer):
    releases.release(inmate, ground="abroad", reference="A1", by=officer)
    readmit(inmate, unit, officer)
    stays = list(inmate.admissions.order_by("admitted_at"))
    begun = inmate.admitted_on - timedelta(days=200)
    rows = [
        {
            "inmate": inmate,
            "tier": 2,
            "decided_on": day,
            "next_review_on": day + timedelta(days=90),
            "reasons": "Paper file.",
            "assessor": assessor,
            "decided_by": reviewer,
        }
        for day in (begun - timedelta(days=30), begun + timedelta(days=30), clock.today())
    ]
    written = imported_decisions.import_decisions(rows[:2])
    assert [one.admission for one in written] == [stays[0], stays[0]]
    inmate.refresh_from_db()
    assert inmate.tier is None
    assert imported_decisions.import_decisions(rows[2:])[0].admission == stays[1]
    inmate.refresh_from_db()
    assert inmate.tier == 2
    stranger = Inmate.objects.create(family_name_latin="Alami", sex="M")
    with pytest.raises(InvalidTransition):
        imported_decisions.import_decisions([rows[0] | {"inmate": stranger}])


def test_history_older_than_the_recorded_admission_came_along(inmate, assessor, reviewer):
    day = inmate.admitted_on - timedelta(days=40)
    more = {"reasons": "Paper file.", "assessor": assessor, "decided_by": reviewer}
    imported_decisions.import_decision(inmate, tier=1, decided_on=day, next_review_on=day + timedelta(days=90), **more)
    inmate.refresh_from_db()
    assert (inmate.tier, inmate.tier_since, inmate.next_review_on) == (1, day, day + timedelta(days=90))
    assert statistics(inmate.admitted_on)["custody"]["by_tier"]["1"] == 1
    assert statistics(inmate.admitted_on - timedelta(days=1))["custody"]["total"] == 0


def test_the_database_wants_a_stay_for_each_decision(decision):
    with pytest.raises(IntegrityError, match="decision_within_a_stay"), rewriting(), transaction.atomic():
        TierDecision.objects.update(admission=None)
    assert TierDecision.objects.get().admission_id is not None


def test_what_is_decided_and_not_yet_in_force_is_told_alike_everywhere(inmate, assessor, reviewer, officer):
    decided(inmate, tier=3, assessor=assessor, reviewer=reviewer, served_by=officer)
    stricter = decided(inmate, tier=1, assessor=assessor, reviewer=reviewer)
    today = clock.today()

    def told():
        inmate.refresh_from_db()
        by_tier = statistics(today)["custody"]["by_tier"]
        there = people_in(inmate.facility, today).get().tier_then
        return inmate.tier, there, [tier for tier in ("1", "2", "3") if by_tier[tier]]

    assert told() == (3, 3, ["3"])
    notices.serve_notice(stricter.notice, served_on=today, how="read", language="ar", by=officer)
    assert told() == (1, 1, ["1"])


def test_the_next_review_of_a_day_knows_nothing_later(inmate, assessor, reviewer):
    """Decisions, postponements and triggers count from their own day on, and only within the stay."""
    admitted = inmate.admitted_on
    more = {"inmate": inmate, "reasons": "Paper file.", "assessor": assessor, "decided_by": reviewer, "tier": 2}

    def after(days):
        return admitted + timedelta(days=days)

    def review_on(days):
        return in_force.standing(inmate, after(days)).next_review_on

    imported_decisions.import_decisions(
        [more | {"decided_on": after(n), "next_review_on": after(n + 90)} for n in (20, 60)]
    )
    put_off = {"due_on": after(150), "reason": "Ill.", "postponed_by": reviewer}
    inmate.postponements.create(until=after(170), postponed_on=after(100), **put_off)
    inmate.postponements.create(until=after(180), postponed_on=after(110), **put_off)
    inmate.postponements.create(until=after(199), postponed_on=after(50), **put_off)  # answered by the second decision
    inmate.review_triggers.create(cause="incident", happened_on=after(120), due_on=after(134))
    inmate.review_triggers.create(cause="incident", happened_on=after(125), due_on=after(139))
    inmate.review_triggers.create(cause="incident", happened_on=after(-1), due_on=after(13))  # of no stay
    assert [review_on(n) for n in (0, 19)] == [after(14), after(14)]
    assert [review_on(n) for n in (20, 49)] == [after(110), after(110)]
    assert [review_on(n) for n in (50, 59)] == [after(199), after(199)]
    assert [review_on(n) for n in (60, 99)] == [after(150), after(150)]
    assert [review_on(n) for n in (100, 109)] == [after(170), after(170)]
    assert [review_on(n) for n in (110, 119)] == [after(180), after(180)]
    assert [review_on(n) for n in (120, 199)] == [after(134), after(134)]
    assert in_force.standing(inmate).next_review_on == after(134)  # today, where no day is named
