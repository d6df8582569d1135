"""Random legal histories: judgments, appeals, relations, pardons, settlements, corrections, orders, stays in any order.

Whatever happens: nobody with a sentence that runs is released as "term served"; nobody whom nothing holds is passed over
in silence, nor anybody who came back for a sentence that has fallen or ended since; what is stored is what a calculation
from scratch gives; time at liberty is not time served; a correction that waits changes nothing; the order of entry changes
nothing.
"""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from config import clock
from core.workflow import InvalidTransition, StaleRecord
from inmates.court_appeals import actions as court_appeals
from inmates.custody import daily as custody_daily
from inmates.custody.actions import admissions, orders, outings, releases
from inmates.custody.derived_columns import disagreements
from inmates.custody.holds import held_beyond_term, holds, with_another_title
from inmates.custody.models import DetentionOrder
from inmates.people.actions import corrections
from inmates.people.corrections import find
from inmates.people.models import Alert, Correction, Inmate
from inmates.sentences import actions
from inmates.sentences import daily as sentences_daily
from inmates.sentences.calculation import all_pardoned_on
from inmates.sentences.hooks import uncounted
from inmates.sentences.known_custody import first_known_custody
from inmates.sentences.models import Pardon, RemandPeriod, Sentence
from inmates.sentences.release_dates import as_calculated, bounds, calculated
from tests.factories import make_inmate
from tests.inmates.sentences.by_the_rows import nothing_but_the_order_of_the_stay, over

REFUSALS = (InvalidTransition, ValidationError, StaleRecord)
LIVES = 250 if os.environ.get("LONG") == "1" else 12
TOLD = {"no_title", "release_overdue", "presumed_past", "release_date", "term_not_final"}
tries = effort(
    max_examples=LIVES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class Undo(Exception):
    """Takes back what an example wrote."""


class World:
    """One person, those who act, and the acts of a legal history; `n` chooses among the ways of an act."""

    def __init__(self, unit, *, officer, director, coordinator, reviewer, days_ago, years):
        self.officer, self.director, self.coordinator, self.reviewer = officer, director, coordinator, reviewer
        self.inmate = make_inmate(unit, by=officer, days_ago=days_ago, years=years, legal_status="convicted_appeal")
        self.unit, self.serial = unit, 0
        self.serves_on = True  # a sentence is why this stay began

    def standing(self, n):
        """One of the standing sentences, or a refusal where there is none."""
        sentences = list(self.inmate.sentences.standing().order_by("pk"))
        if not sentences:
            raise InvalidTransition("nothing stands")
        return sentences[n % len(sentences)]

    def sentence(self, n):
        """A judgment in another case, with a relation recorded or not."""
        self.serial += 1
        case = actions.open_case(self.inmate, court="Fès", number=f"{self.serial}/{n}", by=self.officer)
        relation = ("", "confused", "cumulated", "partly")[n % 4]
        actions.pronounce(
            Sentence(
                case=case,
                inmate=self.inmate,
                years=n % 3,
                months=1 + n % 7,
                starts_on=self.start(n),
                pronounced_on=max(self.start(n), self.inmate.admitted_on),
                relation=relation,
                relation_decision="Ruling" if relation else "",
                total_years=5 if relation == "partly" else 0,
                **self.suspended(n),
            ),
            by=self.officer,
        )
        self.asked_about_days_before(case)

    def start(self, n):
        """The first day of the custody; some days later, or long before it."""
        return self.inmate.admitted_on + timedelta(days=(0, 0, n % 4, -40)[n // 5])

    def asked_about_days_before(self, case):
        """Days in custody before a sentence that count for nothing, or a start without any, leave somebody asked today."""
        one = case.sentences.get(count=1, quashed_on=None, replaced_on=None)
        lost = uncounted(self.inmate, before=one.starts_on)
        gained = first_known_custody(self.inmate, one.starts_on)
        assert not (lost or gained) or self.inmate.tasks.open().filter(kind="earlier_custody").exists()

    def remand(self, n):
        """Another case with remand ordered, on an order or on none; or remand ended by a judge."""
        on_remand = self.inmate.cases.filter(state="open", on_remand=True).order_by("pk").first()
        if n % 3 == 0 and on_remand is not None:
            actions.set_remand(on_remand, on_remand=False, reference="Judge", by=self.officer)
            return
        self.serial += 1
        case = actions.open_case(self.inmate, court="Fès", number=f"R{self.serial}", by=self.officer)
        if n % 3 == 1:
            order = DetentionOrder(
                case=case, kind="remand", authority="R", reference=f"O{self.serial}", issued_on=clock.today()
            )
            orders.add_order(self.inmate, order=order, by=self.officer)
        actions.set_remand(case, on_remand=True, reference="Judge", by=self.officer)

    def retrial(self, n):
        """A judgment in a case that is under way: sent back before, or on remand; without prison at times."""
        case = self.inmate.cases.filter(state="open").order_by("pk").first()
        if case is None:
            raise InvalidTransition("nothing is under way")
        if n % 5 == 4:
            actions.close_case(case, state="convicted", on=clock.today(), reference="Fine", by=self.officer)
            return
        sentence = Sentence(
            case=case, inmate=self.inmate, months=1 + n, starts_on=self.start(n), pronounced_on=clock.today(),
            relation=("", "cumulated")[n % 2], relation_decision="Ruling" if n % 2 else "",
        )  # fmt: skip
        actions.pronounce(sentence, by=self.officer)
        self.asked_about_days_before(case)

    def earlier(self, n):
        """Days in custody before a sentence: counted, left out with a reason, or forgotten ones added and confirmed or not."""
        judgment = self.standing(n)
        offered = uncounted(self.inmate, before=judgment.starts_on)
        if offered and n % 3:
            counted = [(one.first_day, one.day_after_last) for one in offered] if n % 2 else []
            actions.count_earlier_custody(judgment, remand=counted, reason="Said", elsewhere="There", by=self.officer)
            return
        first = judgment.starts_on - timedelta(days=5 + n)
        made = actions.add_forgotten_remand(
            judgment, first_day=first, day_after_last=first + timedelta(days=2), why="Police custody was left out",
            paper="PV", by=self.officer,
        )  # fmt: skip
        if n % 2 and made.state == Correction.State.PROPOSED:
            corrections.confirm(made, by=self.director)

    @staticmethod
    def suspended(n):
        """Of a term of a month at least: nothing of it suspended, a part that can be taken from it, or one that cannot."""
        month = {"suspended_months": 1} if n % 3 or n % 7 else {}
        days = {"suspended_days": 10, "firm_years": n % 3, "firm_months": n % 7, "firm_days": 20}
        return ({}, month, days, {})[n % 4]

    def revocation(self, n):
        """The suspended part of a term, revoked."""
        actions.revoke_suspension(self.standing(n), on=clock.today(), decision="Ruling", by=self.officer)

    def appeal(self, n):
        """An appeal, declared and answered on one day."""
        judgment = self.standing(n)
        appeal = court_appeals.declare_appeal(
            judgment.case, kind="appeal", party="person", court="Rabat", reference=f"R{n}", judgment=judgment,
            by=self.officer,
        )  # fmt: skip
        outcome = ("confirmed", "changed", "quashed", "sent_back")[n % 4]
        new = (
            Sentence(kind="term", years=0, months=2 + n % 20, suspended_months=n % 2) if outcome == "changed" else None
        )
        until = clock.today() + timedelta(days=n - 3) if outcome == "sent_back" and n % 2 else None
        court_appeals.decide_appeal(
            appeal, outcome=outcome, on=clock.today(), decision="Ruling", sentence=new, held=until is not None,
            until=until, by=self.officer,
        )  # fmt: skip

    def final(self, n):
        """A judgment final, on a certificate."""
        actions.make_final(self.standing(n), on=clock.today(), reference="Certificate", by=self.officer)

    def relation(self, n):
        """A ruling on how a sentence stands to the others."""
        relation = ("confused", "cumulated")[n % 2]
        actions.relate(self.standing(n), relation=relation, decision="Ruling", by=self.officer)

    def answer(self, n):
        """The prosecutor's answer."""
        relation = ("confused", "cumulated")[n % 2]
        actions.answer_relation(self.inmate, relation=relation, reference="Letter", on=clock.today(), by=self.officer)

    def settle(self, n):
        """A date that a person settles, in the past or to come."""
        actions.settle_release_date(
            self.inmate, release_on=clock.today() + timedelta(days=30 * (n - 9)), reasons="Asked.", source="Letter",
            sooner=True, later=True, by=self.director,
        )  # fmt: skip

    def pardon(self, n):
        """A pardon of a sentence, recorded and verified."""
        self.serial += 1
        effect = ({"prison": "remainder"}, {"prison": "reduced", "months": 1 + n % 9})[n % 2]
        pardon = actions.record_pardon(
            Pardon(inmate=self.inmate, sentence=self.standing(n), **effect),
            reference=f"P{self.serial}",
            dated_on=clock.today() - timedelta(days=n),
            by=self.coordinator,
        )
        actions.verify_pardon(pardon, by=self.reviewer)

    def acquittal(self, n):
        """A case that ends without a conviction."""
        case = self.standing(n).case
        actions.close_case(
            case, state="acquitted", on=clock.today(), reference="Ruling", sentence_read=True, by=self.officer
        )

    def order(self, n):
        """Another order, that has run out or not, or the newest one lifted."""
        if n % 3 == 0:
            newest = self.inmate.detention_orders.order_by("pk").last()
            orders.lift_order(newest, on=clock.today(), reason="Judge", by=self.officer)
        else:
            order = DetentionOrder(
                kind=("civil", "arrest")[n % 2], authority="TPI", reference=f"O{n}",
                issued_on=clock.today() - timedelta(days=30), expires_on=clock.today() + timedelta(days=n - 6),
            )  # fmt: skip
            orders.add_order(self.inmate, order=order, by=self.officer)

    def correction(self, n):
        """A term or a start that was typed wrong, confirmed where it must be."""
        judgment = self.standing(n)
        values = (
            {"years": str(n % 4), "months": "5"},
            {"starts_on": (judgment.starts_on - timedelta(days=10 * n)).isoformat()},
        )[n % 2]
        made = corrections.correct(
            find("sentence"), judgment, values, why="Copied wrong from it", paper="Judgment", by=self.officer
        )
        if made.state == Correction.State.PROPOSED:
            corrections.confirm(made, by=self.director)

    def count(self, n):
        """A term for another count of a case in which a sentence stands."""
        other = self.standing(n)
        sentence = Sentence(
            case=other.case, inmate=self.inmate, count=2 + n % 3, months=1 + n, starts_on=other.starts_on,
            pronounced_on=clock.today() - timedelta(days=n), relation=("", "cumulated", "confused")[n % 3],
            relation_decision="Ruling" if n % 3 else "",
        )  # fmt: skip
        actions.pronounce(sentence, by=self.officer)

    def waiting(self, n):
        """A correction that nobody confirms yet: it changes nothing."""
        judgment = self.standing(n)
        before = calculated(self.inmate)
        values = {"years": str(n % 4), "months": str(1 + n)}
        made = corrections.correct(
            find("sentence"), judgment, values, why="Copied wrong from it", paper="Judgment", by=self.officer
        )
        assert calculated(self.refreshed()) == before or made.state != Correction.State.PROPOSED

    def answered(self, n):
        """The oldest correction that waits: confirmed, refused, or in effect on paper."""
        waiting = Correction.objects.waiting().order_by("pk").first()
        if waiting is None:
            raise InvalidTransition("nothing waits")
        if n % 3 == 0:
            corrections.refuse(waiting, reason="It says otherwise", by=self.reviewer)
        elif n % 3 == 1:
            corrections.confirm(waiting, by=self.reviewer)
        else:
            corrections.decide_on_paper(waiting, paper="Note", by=self.director)

    def annulment(self, n):
        """An order, a remand period, a sentence or a case of somebody else, confirmed where it must be."""
        key, records = (
            ("order", self.inmate.detention_orders.order_by("-pk")),
            ("remand", RemandPeriod.objects.filter(sentence__inmate=self.inmate)),
            ("sentence", self.inmate.sentences.order_by("-pk")),
            ("case", self.inmate.cases.order_by("-pk")),
        )[n % 4]
        record = records.first()
        if record is None:
            raise InvalidTransition("nothing to annul")
        made = corrections.annul(find(key), record, why="Of a namesake, says the file", paper="File", by=self.officer)
        if made.state == Correction.State.PROPOSED:
            corrections.confirm(made, by=self.reviewer)

    def readmission(self, n):
        """Released, and admitted again half of that time later: at liberty no sentence that ran has run."""
        stay = self.inmate.admissions.open().get()
        span, runs = clock.now() - stay.admitted_at, self.inmate.release_basis == Inmate.ReleaseBasis.COMPUTED
        if span < timedelta(days=4):
            raise InvalidTransition("no day at liberty")
        left, back = stay.admitted_at + span / 2, stay.admitted_at + span * 3 / 4
        ground = ("conditional", "provisional", "judicial", "term_served", "pardon")[n % 5]
        before = self.inmate.release_on
        releases.release(self.inmate, ground=ground, reference="J", at=left, before_term=True, by=self.officer)
        standing = self.refreshed().sentences.standing().exists()
        self.serial += 1
        admissions.admit(
            self.inmate, unit=self.unit, admitted_at=back, legal_status="convicted_appeal" if standing else "remand",
            order=DetentionOrder(kind="arrest", authority="TPI", reference="Back", issued_on=timezone.localdate(back)),
            registration_number=f"77{self.serial}", by=self.officer,
        )  # fmt: skip
        self.refreshed()
        self.serves_on = standing and not over(self.inmate, timezone.localdate(back))
        days = (timezone.localdate(back) - timezone.localdate(left)).days
        begun = all(one.starts_on <= timezone.localdate(left) for one in self.inmate.sentences.standing())
        # Entered late, a release may lie before a judgment that is on record already: that one was not served with it.
        judged = all(
            (one.pronounced_on or one.starts_on) <= timezone.localdate(left) for one in self.inmate.sentences.standing()
        )
        if runs and days and before > timezone.localdate(left) and begun and (judged or ground != "term_served"):
            if ground == "term_served":
                # What a pardon does to a term that was served before it, a person says: there is no date, and a task.
                asked = self.inmate.pardons.exists() and self.inmate.release_basis == Inmate.ReleaseBasis.UNSETTLED
                assert asked or self.inmate.release_on == timezone.localdate(left)
            else:
                # Where what was left of everything was pardoned, nothing is left to be served after those days.
                pardoned_on = all_pardoned_on([as_calculated(one) for one in self.inmate.sentences.standing()])
                all_gone = pardoned_on is not None and self.inmate.release_on == pardoned_on
                assert all_gone or bounds(self.inmate).latest == before + timedelta(days=days)

    def acts(self, n):
        """The day of the acts of a sentence of which no ruling says how it stands to the others."""
        judgment = self.inmate.sentences.standing().filter(acts_on=None, relation="").order_by("pk").first()
        if judgment is None:
            raise InvalidTransition("nothing without its day")
        acts_on = (judgment.pronounced_on or judgment.starts_on) - timedelta(days=1 + 20 * n)
        actions.relate(judgment, relation="", decision="", acts_on=acts_on, by=self.officer)

    def escape(self, n):
        """At large for some days, and back; or for less than a day."""
        left = clock.now() - timedelta(days=3 + 10 * n)
        outings.record_escape(self.inmate, account="Not seen at the count", at=left, by=self.officer)
        back = left + timedelta(days=n % 4, hours=2)
        outings.record_return(self.refreshed(), unit=self.unit, at=back, by=self.officer)

    def refreshed(self):
        """The person as stored."""
        self.inmate = Inmate.objects.get(pk=self.inmate.pk)
        return self.inmate


ACTS = sorted(name for name, value in vars(World).items() if callable(value) and not name.startswith("_"))
ACTS = [name for name in ACTS if name not in ("standing", "refreshed", "suspended", "start", "asked_about_days_before")]
histories = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 19)), min_size=1, max_size=8)


def try_act(world, name, n):
    """Do an act as a page would: all of it or, where it is refused, nothing."""
    try:
        with transaction.atomic():
            getattr(world, name)(n)
    except REFUSALS:
        return False
    finally:
        world.refreshed()
    return True


def releasable_as_served(inmate, by):
    """Whether the door would open on "term served" alone; nothing is kept."""
    opened = False
    try:
        with transaction.atomic():
            releases.release(Inmate.objects.get(pk=inmate.pk), ground="term_served", by=by)
            opened = True
            raise Undo
    except (Undo, *REFUSALS):
        return opened


def runs_for_certain(inmate, day):
    """Whether a sentence runs whatever its relation to others: the shortest end of all that stand is still to come."""
    gone = [timezone.localdate(stay.released_at) for stay in inmate.admissions.filter(ground="term_served")]
    ends = [
        as_calculated(one).release().on
        for one in inmate.sentences.standing()
        if not any(max(one.starts_on, one.pronounced_on) <= left for left in gone)  # released as served: it is over
    ]
    return bool(ends) and all(end is None or end > day for end in ends)


def check(world):
    """Whatever happened, this holds."""
    inmate, today = world.inmate, clock.today()
    on, basis, _steps = calculated(inmate)
    assert (inmate.release_on, inmate.release_basis) == (on, basis)
    assert list(disagreements()) == []
    if releasable_as_served(inmate, world.officer):
        assert not runs_for_certain(inmate, today)
        assert bounds(inmate).earliest is None or bounds(inmate).over(today)
    if held_beyond_term(inmate):  # lists ask `holds` of nobody else
        assert with_another_title(Inmate.objects.filter(pk=inmate.pk)).exists()
    custody_daily.run()
    sentences_daily.run()
    if inmate.held and (not holds(inmate) or nothing_but_the_order_of_the_stay(world)):
        told = set(Alert.objects.filter(inmate=inmate, acknowledged_at=None).values_list("kind", flat=True))
        due = Inmate.objects.releases_until(today).filter(pk=inmate.pk)  # on the list of the day itself
        assert told & TOLD or due.exists(), (basis, on)


@pytest.mark.django_db
@tries
@given(history=histories, days_ago=st.integers(10, 1500), years=st.integers(1, 3))
def test_whatever_happens(unit, officer, director, coordinator, reviewer, history, days_ago, years):
    users = {"officer": officer, "director": director, "coordinator": coordinator, "reviewer": reviewer}
    try:
        with transaction.atomic():
            world = World(unit, days_ago=days_ago, years=years, **users)
            check(world)
            for name, n in history:
                if try_act(world, name, n):
                    check(world)
            raise Undo
    except Undo:
        pass


facts = st.lists(
    st.tuples(st.sampled_from(["sentence", "pardon", "order"]), st.integers(0, 19)), min_size=2, max_size=4, unique=True
)


@pytest.mark.django_db
@tries
@given(data=st.data(), first=facts, days_ago=st.integers(20, 900))
def test_the_order_of_entry_changes_nothing(unit, officer, director, coordinator, reviewer, data, first, days_ago):
    """Judgments, pardons of the first of them, and orders: entered in another order, the same date and the same holds."""
    users = {"officer": officer, "director": director, "coordinator": coordinator, "reviewer": reviewer}
    other = data.draw(st.permutations(first))
    outcomes = []
    for order in (first, other):
        try:
            with transaction.atomic():
                world = World(unit, days_ago=days_ago, years=3, **users)
                subject = world.standing(0)
                world.standing = lambda n, subject=subject: Sentence.objects.get(pk=subject.pk)
                for name, n in order:
                    if name != "order" or n % 3:  # which order is the newest is no law
                        getattr(world, name)(n)
                        world.refreshed()
                inmate = world.refreshed()
                outcomes.append((inmate.release_on, inmate.release_basis, sorted(hold.kind for hold in holds(inmate))))
                raise Undo
        except Undo:
            pass
    assert outcomes[0] == outcomes[1]
