"""What goes on in the prisons in these weeks: so that every list has something on it, and none has too much."""

from datetime import timedelta

from config import clock
from demo import places, texts
from demo.cohorts import PARTNERS, reference
from demo.people import FINAL, REMAND
from demo.reviews import days
from inmates.conditions.actions import contacts, incidents, separations
from inmates.conditions.models import Incident, IncidentPerson
from inmates.custody.actions import keep_apart, outings, placements
from inmates.duplicates.actions import pairs
from inmates.people.actions import tasks as task_actions
from inmates.people.models import Inmate, Task
from inmates.roll_counts import actions as roll_counts
from inmates.sentences.models import Pardon
from inmates.transfers import actions as transfers
from musalaha.actions import applications, cohorts, pardon_follow_through

HERE = places.OFFICERS_PRISON
COURT = "Cour d'appel de Rabat, annexe de Salé"


def enter(world):
    """Enter it all in the diary."""
    life = DailyLife(world)
    today = world.today
    for n, row in enumerate(texts.INCIDENTS):
        world.diary.on(today - days(3 + 4 * n), life.incident, row, HERE if n % 2 == 0 else places.OTHER_PRISON)
    life.separation(today - days(58), length=8, ended=True)
    life.separation(today - days(6), length=12, ended=False)
    world.diary.on(today - days(34), life.next_round)
    for n in range(8):
        world.diary.on(today - days(2 + 3 * n), life.application, n)
    for n in range(90):
        world.diary.on(today - days(1 + n % 28), life.visit, n)
    for back in (2, 1, 0):
        world.diary.on(today - days(back), life.roll_count, back > 0)
    world.diary.on(today - days(2), life.pardons_to_verify)
    for act in (
        life.keep_apart,
        life.transfers,
        life.outings,
        life.tasks,
        life.exceptions,
        life.duplicates,
    ):
        world.diary.on(today - days(1), act)


class DailyLife:
    """Acts of the last weeks. People taken for one thing are not taken for another."""

    def __init__(self, world):
        self.world, self.rng, self.today = world, world.rng, world.today
        self.staff = world.staff
        plain = [
            p for p in world.people if not p.wanted.part and p.wanted.review in ("", "due", "overdue") and p.decided_on
        ]
        self.plain = [p for p in plain if (self.today - p.admitted_on).days > 100 and not p.came_from]
        self.taken = set()

    def take(self, count, facility, *, status=None, tiers=(1, 2, 3), kind=None):
        """`count` people who answer to this today and have nothing else going on; `kind` "" is remand."""
        tier = dict(Inmate.objects.filter(facility__code=facility).values_list("pk", "tier"))
        chosen = [
            p
            for p in self.plain
            if id(p) not in self.taken
            and p.wanted.facility == facility
            and status in (None, p.wanted.status)
            and tier.get(p.pk) in tiers
            and kind in (None, p.wanted.kind)
        ]
        chosen.sort(key=lambda p: p.wanted.status == FINAL and status is None)  # leave the convicted to what needs them
        chosen = chosen[:count]
        self.taken |= set(map(id, chosen))
        return chosen

    def incident(self, row, code):
        """Something happened; the director decides on what is older than a week."""
        kind, severity, place, account, measures = row
        prison = self.world.prisons[code]
        people = [self.world.inmate(p) for p in self.take(2, code)]
        incident = Incident(
            facility=prison,
            unit=people[0].unit,
            happened_at=clock.now() - timedelta(minutes=95),
            kind=kind,
            severity=severity,
            location=place,
            account=account,
            measures=measures,
        )
        parts = [IncidentPerson.Part.ALLEGED_AUTHOR, IncidentPerson.Part.VICTIM if kind == "violence" else "witness"]
        incidents.record(incident, people=list(zip(people, parts, strict=True)), by=self.staff.at(code, "officer"))
        if clock.today() < self.today - days(7):
            author = incident.people.get(inmate=people[0])
            day = clock.today() + days(4)
            reason = (
                "Faits reconnus à l'audition, sans antécédent."
                if severity == "minor"
                else "Faits établis par deux témoins."
            )
            self.world.diary.on(
                day, incidents.decide, author, outcome="warning" if severity == "minor" else "loss", reason=reason,
                by=self.staff.at(code, "director"),
            )  # fmt: skip
            if kind == "contraband":
                self.world.diary.on(
                    day + days(2), incidents.appeal, author, on=day + days(2), by=self.staff.at(code, "officer")
                )

    def separation(self, first, *, length, ended):
        """A separation with each day's facts; the running one ends within its fifteen days."""
        (person,) = self.take(1, HERE)
        diary, officer = self.world.diary, self.staff["officer"]

        def begin():
            inmate = self.world.inmate(person)
            before = inmate.unit
            separation = separations.authorise(
                inmate,
                reason="Menaces répétées envers un codétenu, le temps de l'enquête interne.",
                starts_on=first,
                until=first + days(length - 1),
                health_checked=True,
                by=self.staff["director"],
            )
            placements.place(
                inmate, unit=self.world.units[HERE, places.SEPARATION], reason="Isolement autorisé", by=officer
            )
            for n in range(length if ended else (self.today - first).days):
                diary.on(
                    first + days(n), separations.record_day, separation, day=first + days(n), hours_out=3,
                    hours_contact=2.5,
                    health_visit_by="Dr Zineb Alami", by=officer,
                )  # fmt: skip
            if ended:
                diary.on(first + days(length - 1), separations.end, separation, on=first + days(length - 1), by=officer)
                diary.on(
                    first + days(length - 1), lambda: placements.place(
                        self.world.inmate(person), unit=before, reason="Fin de l'isolement", by=officer
                    )
                )  # fmt: skip

        diary.on(first, begin)

    def next_round(self):
        """A fourth round is planned and open to applicants."""
        prison = self.world.prisons["kenitra"]
        start = self.today + days(45)
        unit = self.world.units["kenitra", places.PROGRAMME]
        by = self.staff["coordinator"]
        cohort = cohorts.plan_cohort(
            4, facility=prison, unit=unit, starts_on=start, capacity=40, partners=PARTNERS, by=by
        )
        self.cohort = cohorts.open_cohort(cohort, by=by)

    def application(self, n):
        """Applications in every state: new, waiting, accepted, declined, for an exception, by letter on remand."""
        code = "kenitra" if n in (0, 1) else HERE
        (person,) = self.take(
            1, code, status=REMAND if n == 7 else FINAL, tiers=(1,) if n == 6 else (2, 3), kind="" if n == 7 else "term"
        )
        coordinator, inmate = self.staff["coordinator"], self.world.inmate(person)
        application = applications.record_application(
            inmate,
            asked_on=clock.today() - days(1),
            statement=texts.STATEMENTS[n % len(texts.STATEMENTS)],
            channel="letter" if n == 7 else "staff",
            finish_outside=True,
            by=self.world.officer(person),
        )
        if n in (0, 1):
            applications.accept(application, cohort=self.cohort, by=coordinator)
        elif n == 2:
            applications.put_on_waiting_list(
                application, reason="Édition en cours ; place gardée pour la prochaine.", by=coordinator
            )
        elif n == 3:
            reason = "Audience dans une autre affaire le mois prochain ; la demande pourra être refaite aussitôt après."
            applications.decline(application, reason=reason, by=coordinator)
        elif n == 6:
            why = "Demande écrite et renouvelée ; la famille et l'imam de l'établissement la soutiennent."
            applications.ask_exception(application, why=why, by=coordinator)

    def visit(self, n):
        """A family visit, a call or a lawyer."""
        crowd = [p for p in self.plain if p.wanted.facility in (HERE, places.OTHER_PRISON)]
        person = crowd[n * 7 % len(crowd)]
        kind = ("visit", "visit", "call", "visit", "lawyer", "call")[n % 6]
        relation = "Avocat" if kind == "lawyer" else ("Mère", "Épouse", "Frère", "Père", "Sœur")[n % 5]
        minutes = {"visit": 45, "call": 10, "lawyer": 60}[kind]
        contacts.record(
            self.world.inmate(person), kind=kind, on=clock.today(), minutes=minutes, relation=relation,
            by=self.world.officer(person),
        )  # fmt: skip

    def roll_count(self, sign):
        """Everybody counted; today's count waits for its signature."""
        prison = self.world.prisons[HERE]
        counted = {unit.pk: placed - out for unit, placed, out in roll_counts.expected(prison)}
        count = roll_counts.record(prison, counted=counted, by=self.staff["officer"])
        if sign:
            roll_counts.sign(count, by=self.staff["director"])

    def keep_apart(self):
        """Pairs who must not meet; one pair lives in the same unit, and the prison is alerted."""
        for n, reason in enumerate(texts.KEEP_APART):
            code = HERE if n < 2 else "ain-sebaa-1"
            first, second = (
                self.take(2, code, kind="")
                if n == 0
                else (*self.take(1, code, kind=""), *self.take(1, code, kind="term"))
            )
            keep_apart.open_pair(
                self.world.inmate(first),
                self.world.inmate(second),
                scope="unit",
                reason=reason,
                by=self.staff.at(code, "officer"),
            )

    def transfers(self):
        """One transfer in each state on the way: proposed, approved, accepted, on the road, and a national order."""
        steps = [(HERE, "kenitra", 0), (places.OTHER_PRISON, HERE, 1), ("kenitra", HERE, 2), ("ain-sebaa-1", HERE, 3)]
        for origin, destination, done in steps:
            (person,) = self.take(1, origin)
            transfer = transfers.propose(
                self.world.inmate(person),
                destination=self.world.prisons[destination],
                reason=("family", "court", "classification", "capacity")[done],
                by=self.staff.at(origin, "officer"),
            )
            if done >= 1:
                transfers.approve(transfer, by=self.staff.at(origin, "director"))
            if done >= 2:
                transfers.accept(
                    transfer, unit=self.world.units[destination, "B"], by=self.staff.at(destination, "officer")
                )
            if done >= 3:
                self.world.diary.on(self.today, transfers.depart, transfer, by=self.staff.at(origin, "officer"))
        (person,) = self.take(1, "tanger-2")
        transfers.propose(
            self.world.inmate(person), destination=self.world.prisons[HERE], reason="safety", national=True,
            note="Menaces reçues par la famille.", by=self.staff["coordinator"],
        )  # fmt: skip

    def outings(self):
        """In court today and tomorrow, and one in hospital."""
        officer = self.staff["officer"]
        for n, person in enumerate(self.take(4, HERE, kind="")):
            inmate = self.world.inmate(person)
            outings.plan(
                inmate,
                kind="court",
                planned_on=self.today + days(n // 2),
                place=COURT,
                case=inmate.cases.first(),
                by=officer,
            )
        (person,) = self.take(1, HERE)
        outing = outings.plan(
            self.world.inmate(person), kind="hospital", planned_on=self.today, place="CHU Ibn Sina, Rabat", by=officer
        )
        self.world.diary.on(self.today, self.to_hospital, outing)

    def to_hospital(self, outing):
        """Left, and expected back in the evening."""
        outings.leave(outing, due_back_at=clock.now() + timedelta(hours=5), by=self.staff["officer"])

    def tasks(self):
        """Things to settle."""
        details = [
            (Task.Kind.OFFENCE, "Article à compléter d'après l'arrêt reçu le mois dernier."),
            (Task.Kind.NEW_INFORMATION, "Courrier du parquet à verser au dossier et à porter à l'évaluatrice."),
            (Task.Kind.OTHER, "Demander au greffe copie du certificat de non-pourvoi."),
        ]
        for n, (kind, detail) in enumerate(details):
            (person,) = self.take(1, HERE)
            task_actions.raise_task(
                self.world.inmate(person),
                kind=kind,
                due_on=self.today + days(2 * n),
                note=detail,
                by=self.staff["director"],
            )

    def exceptions(self):
        """Two people in a unit that does not take them, with the reason and the end."""
        for person in self.take(2, HERE, tiers=(3,), kind="term"):
            inmate = self.world.inmate(person)
            wing = places.WINGS[2] if inmate.unit.name != places.WINGS[2] else places.WINGS[1]
            placements.place(
                inmate,
                unit=self.world.units[HERE, wing],
                reason="Travaux",
                exception_reason="Travaux d'étanchéité dans la cellule ; aucune place du même niveau avant leur fin.",
                exception_until=self.today + days(12),
                by=self.staff["officer"],
            )

    def pardons_to_verify(self):
        """Recorded from a list and not yet verified: without effect; one of them would free somebody at once."""
        coordinator = self.staff["coordinator"]
        for n, person in enumerate(self.take(3, HERE, status=FINAL, kind="term")):
            inmate = self.world.inmate(person)
            pardon = Pardon(
                inmate=inmate, sentence=inmate.sentences.get(), requester="family", prison="reduced", months=8
            )
            if n == 0:
                pardon.prison, pardon.months = "remainder", 0
            pardon_follow_through.record_pardon(
                pardon, reference=reference(clock.today()) + " bis", dated_on=clock.today(),
                occasion="Mesure individuelle",
                by=coordinator,
            )  # fmt: skip

    def duplicates(self):
        """Records that may be of one person: new arrivals who bear the name and birth of somebody registered before."""
        for person in self.world.people:
            if person.double:
                pairs.find(self.world.inmate(person), by=self.world.officer(person))
