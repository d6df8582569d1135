"""The three rounds, lived through the acts of the programme: asked for, accepted, begun, attended, finished or left."""

from datetime import timedelta

from django.utils import timezone

from config import clock
from demo import places, texts
from demo.people import CIVIL
from demo.reviews import days
from inmates.classification.actions import imported_decisions as classification
from inmates.custody.actions import legal_status, releases
from inmates.custody.actions.orders import add_order
from inmates.custody.models import DetentionOrder
from inmates.people.actions import alerts
from inmates.sentences.models import Pardon
from inmates.terms import step
from musalaha.actions import applications, cohorts, enrolments, pardon_files, pardon_follow_through
from musalaha.actions import sessions as session_actions
from musalaha.aftercare import actions as aftercare
from musalaha.attendance import people_of

CAPACITY = 45
PARTNERS = ["Rabita Mohammadia des Oulémas", "CNDH", "Fondation Mohammed VI pour la réinsertion des détenus"]
FEASTS = {
    (1, 11): "Manifeste de l'Indépendance",
    (7, 30): "Fête du Trône",
    (8, 20): "Révolution du Roi et du Peuple",
    (11, 6): "Marche verte",
    (11, 18): "Fête de l'Indépendance",
}


def feasts(first, last):
    """`[(day, name), ...]` of national feasts from `first` to `last`."""
    holidays = [
        (first.replace(year=year, month=m, day=d), name)
        for year in range(first.year, last.year + 1)
        for (m, d), name in FEASTS.items()
    ]
    return sorted((day, name) for day, name in holidays if first <= day <= last)


class CohortLife:
    """One round of the demo."""

    def __init__(self, world, plan, reviews):
        self.world, self.rng, self.diary, self.today = world, world.rng, world.diary, world.today
        self.planned, self.reviews = plan, reviews
        self.people = world.part(f"round:{plan.number}:")
        self.by = world.staff["coordinator"]
        self.enrolments = {}
        self.paper = []  # (person, day, tier)
        self.cohort = None

    def enter(self):
        """Enter the round in the diary, from its plan to what became of its people."""
        start, end = self.planned.starts_on, self.planned.ends_on
        self.diary.on(start - days(40), self.plan)
        for person in self.people:
            asked_on = start - days(self.rng.randrange(8, 34))
            self.diary.on(asked_on, self.ask, person)
        self.diary.on(start - days(4), self.accept)
        self.diary.on(start, self.start)
        self.diary.on(start + days(27), self.mid_term)
        if end <= self.today:
            self.diary.on(end - days(2), self.reports)
            self.diary.on(end, self.finish)
            self.diary.on(end, self.afterwards)

    def fate(self, person):
        """What becomes of somebody, as the cast has it."""
        return person.wanted.part.split(":")[2]

    def plan(self):
        """Planned and opened."""
        prison = self.world.prisons[self.planned.host]
        self.cohort = cohorts.plan_cohort(
            self.planned.number,
            facility=prison,
            unit=self.world.units[prison.code, places.PROGRAMME],
            starts_on=self.planned.starts_on,
            ends_on=self.planned.ends_on,
            capacity=CAPACITY,
            partners=PARTNERS,
            by=self.by,
        )
        self.cohort = cohorts.open_cohort(self.cohort, by=self.by)

    def ask(self, person):
        """The person's own application, signed or before a witness."""
        signed = self.rng.random() < 0.9
        person.application = applications.record_application(
            self.world.inmate(person),
            asked_on=clock.today(),
            statement=self.rng.choice(texts.STATEMENTS),
            signed=signed,
            witness="" if signed else "Assistante sociale de l'établissement",
            dictated=not signed,
            consent_language="ar" if "arabic" in person.languages else "fr",
            finish_outside=self.fate(person) == "free before the end",
            by=self.world.officer(person),
        )

    def accept(self):
        """Everybody who asked gets a place."""
        for person in self.people:
            applications.accept(person.application, cohort=self.cohort, by=self.by)

    def start(self):
        """Everybody moves into the programme unit; the timetable is made and its days entered in the diary."""
        self.cohort = cohorts.start_cohort(self.cohort, by=self.by)
        by_inmate = {enrolment.inmate_id: enrolment for enrolment in self.cohort.enrolments.all()}
        self.enrolments = {person.pk: by_inmate[person.pk] for person in self.people}
        sessions = session_actions.make_timetable(self.cohort, by=self.by)
        for session in sessions:
            day = timezone.localdate(session.starts_at)
            if day < self.today:
                self.diary.on(day, self.attend, session)
        for person in self.people:
            if self.fate(person) == "withdrew":
                self.diary.on(clock.today() + days(13), self.withdraw, person)
            elif self.fate(person) == "removed":
                self.diary.on(clock.today() + days(19), self.remove, person)

    def attend(self, session):
        """Marks of one session: most are present, some excused."""
        marks = {}
        for enrolment in people_of(session):
            chance = self.rng.random()
            if chance < 0.93:
                marks[enrolment.pk] = ("present", "", "")
            elif chance < 0.97:
                marks[enrolment.pk] = ("excused", self.rng.choice(["health", "visit", "court"]), "")
            else:
                marks[enrolment.pk] = ("absent", "none_given", "")
        session_actions.mark_attendance(session, marks=marks, by=self.by)

    def withdraw(self, person):
        """One may leave at any time."""
        enrolments.withdraw(self.enrolments[person.pk], reason=texts.WITHDRAWAL, by=self.world.officer(person))

    def remove(self, person):
        """Two signatures, the second the director's."""
        enrolment = enrolments.propose_removal(
            self.enrolments[person.pk], code="violence", reason=texts.REMOVAL, by=self.by
        )
        enrolments.confirm_removal(enrolment, by=self.world.director(person))

    def staying(self):
        """People whose part in the round goes to its end."""
        return [person for person in self.people if self.fate(person) not in ("withdrew", "removed")]

    def mid_term(self):
        """Half-way reports on some of the participants."""
        for person in self.staying()[::4]:
            session_actions.add_note(self.enrolments[person.pk], kind="mid_term", text=texts.MID_TERM, by=self.by)

    def reports(self):
        """The final report on everybody."""
        for person in self.staying():
            session_actions.add_note(
                self.enrolments[person.pk], kind="final", text=self.rng.choice(texts.FINAL_REPORTS), by=self.by
            )

    def finish(self):
        """Certificates for all who stayed, and the end of the round."""
        for person in self.staying():
            enrolments.graduate(
                self.enrolments[person.pk],
                exceptions="Absences pour raisons de santé, rattrapées en entretien individuel.",
                by=self.by,
            )
        cohorts.complete_cohort(self.cohort, by=self.by)

    def afterwards(self):
        """Reviews after the round, then every quarter; pardons on feasts; the end of terms."""
        end = self.planned.ends_on
        windows = feasts(end + days(45), self.today - days(21))
        for n, person in enumerate(self.people):
            fate = self.fate(person)
            free_on = self.today + days(1)
            if "pardoned" in fate or fate == "reduced":
                day, name = windows[0] if n % 3 else windows[len(windows) // 2]
                if fate == "pardoned but held":
                    day, name = windows[-1]
                self._pardon(person, day, name)
                free_on = day if fate == "pardoned" else free_on
            elif fate == "served":
                free_on = self.world.inmate(person).release_on
                self.diary.on(free_on, self.leave, person, "term_served")
            self._reviews(person, end + days(self.rng.randrange(6, 13)), free_on - days(3))
        self.diary.on(self.today - days(80), self.import_paper)

    def _reviews(self, person, first, until):
        """The review after the round, those of each quarter since (from paper files), and the latest."""
        graduated = self.fate(person) not in ("withdrew", "removed")
        tier = 3 if graduated and person.tier == 2 and self.rng.random() < 0.5 else person.tier
        latest = self.today - days(self.rng.randrange(3, 77))
        if first < until:
            self.reviews.review(person, first, tier, reasons=self.rng.choice(texts.AFTER_ROUND) if graduated else "")
        day = first + days(self.rng.randrange(80, 90))
        while day < min(until, latest - days(40)):
            self.paper.append((person, day, tier))
            day += days(self.rng.randrange(80, 90))
        if latest < until:
            self.reviews.review(person, latest, tier)

    def import_paper(self):
        """Quarterly decisions kept on paper until the register took them over."""
        rows = [
            {
                "inmate": self.world.inmate(person),
                "tier": tier,
                "before": tier,
                "decided_on": day,
                "next_review_on": day + days(90),
                "reasons": texts.periodic_reasons(self.rng, tier, tier),
                "assessor": self.world.assessor(person),
                "decided_by": self.world.staff.reviewing(person.serial),
            }
            for person, day, tier in self.paper
            if day < clock.today()
        ]
        classification.import_decisions(rows, by=None)

    def _pardon(self, person, day, occasion):
        opened = day - days(self.rng.randrange(28, 40))
        self.diary.on(max(opened, self.planned.ends_on + days(1)), self.file, person, occasion)
        self.diary.on(day, self.pardon, person, occasion)

    def file(self, person, occasion):
        """The case put together for a pardon, and sent."""
        inmate = self.world.inmate(person)
        file = pardon_files.open_pardon_file(
            inmate,
            sentence=inmate.sentences.first(),
            requester=self.rng.choice(["inmate", "family", "prison_service"]),
            occasion=occasion,
            opinion="Parcours achevé, conduite irréprochable, projet de sortie construit avec la famille.",
            enrolment=self.enrolments[person.pk],
            by=self.by,
        )
        pardon_files.send_pardon_file(file, by=self.by)

    def pardon(self, person, occasion):
        """Recorded by the coordinator, verified by a reviewer; who is free by it leaves that day."""
        inmate, fate, day = self.world.inmate(person), self.fate(person), clock.today()
        if fate == "pardoned but held":
            order = DetentionOrder(
                kind="civil",
                authority="Tribunal de première instance de Rabat",
                reference=f"CC {person.case_number}",
                issued_on=day - days(20),
                expires_on=step(self.today, 3),
            )
            add_order(inmate, order=order, by=self.world.officer(person))
        sentence = inmate.sentences.first()
        pardon = Pardon(
            inmate=inmate, sentence=sentence, case=sentence.case, requester="own_motion", prison="remainder"
        )
        if fate == "reduced":
            pardon.prison, pardon.years = "reduced", self.rng.choice([1, 2])
        if sentence.case.fines.exists() and fate != "reduced":
            pardon.fine = "remitted"
        pardon = pardon_follow_through.record_pardon(
            pardon, reference=reference(day), dated_on=day, occasion=occasion, by=self.by
        )
        pardon_follow_through.verify_pardon(pardon, by=self.world.staff.reviewing(person.serial))
        if fate == "pardoned":
            self.leave(person, "pardon", reference(day))
        elif fate == "pardoned but held":
            legal_status.change_legal_status(inmate, status=CIVIL, on=day, by=self.world.officer(person))

    def leave(self, person, ground, paper=""):
        """Out of custody; the contacts after release are entered in the diary."""
        leave(self.world, person, ground, paper)


def reference(day):
    """The made-up reference of a pardon instrument."""
    return f"Décision royale {day:%Y}/{day.month:02d}-{day.day:02d}"


AT_THE_DOOR = {
    "identity_check": "Carte nationale et photographie comparées",
    "property_return": "Effets et pécule remis contre signature",
}


def leave(world, person, ground, paper=""):
    """Release somebody today, and plan who sees them afterwards."""
    inmate = world.inmate(person)
    if not inmate.held:  # an act before has released the person already
        return
    releases.release(inmate, ground=ground, reference=paper, **AT_THE_DOOR, by=world.officer(person))
    for alert in alerts.waiting_for(world.officer(person)).filter(inmate=inmate):
        alerts.acknowledge(alert, by=world.officer(person))
    left_on = clock.today()
    for months in (1, 3, 6, 12, 24):
        day = step(left_on, months) + timedelta(days=world.rng.randrange(0, 9))
        if day < world.today and world.rng.random() < 0.9:
            world.diary.on(day, see_again, world, person, months)


def see_again(world, person, months):
    """One contact after release."""
    rng = world.rng
    follow_up = world.inmate(person).follow_ups.get(months=months)
    contact = rng.choices(["met", "phone", "family", "not_found", "declined"], [50, 25, 14, 6, 5])[0]
    reached = contact in ("met", "phone", "family")

    def known(share):
        return ("yes" if rng.random() < share else "no") if reached else "not_known"

    aftercare.record_follow_up(
        follow_up,
        done_on=clock.today(),
        contact=contact,
        housing=known(0.95),
        work=known(0.4 + min(months, 12) / 40),
        training=known(0.3),
        support=rng.choice(texts.SUPPORT) if reached else "",
        by=world.officer(person),
    )
