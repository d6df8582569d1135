"""Each person's latest review, through the acts of the pages: assessed, decided by another, told, some appealed."""

from datetime import timedelta

from config import clock
from demo import places, texts
from demo.people import FINAL
from inmates.classification.actions import appeals, assessments, notices, reviews
from inmates.custody.actions import placements
from inmates.people.actions import tasks
from inmates.people.models import Inmate, Task
from inmates.people.telling import spoken_by

CHANGED = 0.08  # share of reviews that change the tier
APPEALS, ANSWERED = 6, 1
UNSETTLED = 4  # moves after a new tier that nobody has made yet


def days(count):
    """A number of days."""
    return timedelta(days=count)


class Reviews:
    """Enters reviews in the diary and remembers what became of them."""

    def __init__(self, world):
        self.world, self.rng, self.diary, self.today = world, world.rng, world.diary, world.today
        self.decisions = {}
        self.appeals = 0

    def enter(self):
        """Enter the latest review of everybody who is in no finished round; theirs follow from their rounds."""
        lived = [p for p in self.world.people if p.decided_on and p.tier and not p.on_paper]
        plain = [p for p in lived if p.wanted.kind and not p.wanted.part]
        appealing = self._appealing(plain)
        changing = {id(p) for p in plain if not p.wanted.review and self.rng.random() < CHANGED}
        for person in self.world.people:
            if person.wanted.part == "arrival" and (self.today - person.admitted_on).days > 6:
                self.diary.on(self.today - days(1), self.assess, person, self.rng.choice([2, 3]))
            if person.decided_on is None or person.on_paper:
                continue
            tier = person.tier or person.wanted.tier
            if id(person) in appealing:
                tier -= 1
            elif id(person) in changing:
                tier = self.rng.choice([other for other in (1, 2, 3) if abs(other - tier) == 1])
            self.review(person, person.decided_on, tier, appealed=id(person) in appealing)
            self._next(person, tier)

    def _appealing(self, plain):
        """People given a stricter tier who appeal: some lately, and one long enough ago to have been answered."""
        milder = [p for p in plain if p.tier > 1 and not p.wanted.review]
        lately = [p for p in milder if 5 <= (self.today - p.decided_on).days <= 11]
        lately.sort(key=lambda p: p.wanted.facility != places.OFFICERS_PRISON)  # some of them where the officer is
        before = [p for p in milder if 35 <= (self.today - p.decided_on).days <= 70]
        return {id(p) for p in lately[:APPEALS] + before[:ANSWERED]}

    def _next(self, person, tier):
        """What has begun since: handed in, returned with questions, or still a draft."""
        recently = self.today - days(self.rng.randrange(1, 6))
        match person.wanted.review:
            case "waiting":
                self.diary.on(recently, self.assess, person, tier)
            case "returned":
                self.diary.on(recently, self.returned, person, tier)
            case "draft":
                self.diary.on(recently, self.draft, person)

    def review(self, person, day, tier, *, cause=None, reasons="", appealed=False):
        """One whole review that is decided on `day`."""
        assessed = day - days(2)
        if assessed < person.admitted_on + days(1):
            assessed = day
        self.diary.on(assessed, self.assess, person, tier, cause=cause)
        self.diary.on(day, self.decide, person, tier, reasons=reasons, appealed=appealed)

    def assess(self, person, tier, *, cause=None, submit=True):
        """The assessor of the prison writes an assessment and hands it in."""
        by = self.world.assessor(person)
        assessment = assessments.start_assessment(self.world.named(person), cause=cause, by=by)
        final = person.wanted.status == FINAL
        given = texts.findings(tier, final=final, observed_on=clock.today() - days(self.rng.randrange(1, 5)))
        if not submit:
            given = dict(list(given.items())[:4])
            return assessments.save_assessment(assessment, findings=given, by=by)
        assessment = assessments.save_assessment(
            assessment,
            findings=given,
            proposed_tier=tier,
            reasons=texts.first_reasons(self.rng, tier, final=final)
            if person.tier is None
            else texts.periodic_reasons(self.rng, tier, None, final=final),
            difference_reason=texts.DIFFERENCE,
            by=by,
        )
        person.review = assessments.submit_assessment(assessment, by=by)
        return person.review

    def draft(self, person):
        """An assessment begun and not handed in."""
        self.assess(person, person.wanted.tier, submit=False)

    def returned(self, person, tier):
        """A review sent back with questions."""
        review = self.assess(person, tier)
        questions = "Sur quels faits de ce trimestre repose l'évaluation de la conduite ? Merci de citer les dates."
        reviews.return_review(review, questions=questions, by=self.world.staff.reviewing(person.serial))

    def decide(self, person, tier, *, reasons="", appealed=False):
        """A reviewer decides; the officer tells the person the day after."""
        by = self.world.staff.reviewing(person.serial)
        before = Inmate.objects.values_list("tier", flat=True).get(pk=person.pk)
        final = person.wanted.status == FINAL
        reasons = reasons or (
            texts.first_reasons(self.rng, tier, final=final)
            if before is None
            else texts.periodic_reasons(self.rng, tier, before, final=final)
        )
        decision = reviews.decide(person.review, tier=tier, reasons=reasons, ground_stands=True, by=by)
        told_on = clock.today() + days(self.rng.randrange(1, 3))
        if before is None:  # a first tier holds from the notice on: it is told at once
            self.tell(person, decision, appealed)
        elif told_on < self.today:  # the latest ones still have to be told
            self.diary.on(told_on, self.tell, person, decision, appealed)

    def tell(self, person, decision, appealed):
        """The notice is served; a change of tier is followed by a move, and some decisions by an appeal."""
        how = "read" if self.rng.random() < 0.15 else "read_and_handed"
        notice = decision.notice
        by = self.world.officer(person)
        interpreter = "" if notice.language in spoken_by(person) else "Brahim Oussaid"
        notices.serve_notice(
            notice, served_on=clock.today(), how=how, language=notice.language, interpreter=interpreter, by=by
        )
        if decision.before != decision.tier:
            self._move(person, decision)
        if appealed:
            day = max(clock.today() + days(2), self.today - days(self.rng.randrange(1, 9)))
            if day <= min(self.today, clock.today() + days(15)):
                self.diary.on(day, self.appeal, person, decision)
            else:
                self.diary.on(clock.today() + days(9), self.answered_appeal, person, decision)

    def _move(self, person, decision):
        inmate = self.world.inmate(person)
        unit = self.world.units[person.wanted.facility, places.home(inmate.legal_status, decision.tier, inmate.sex)]
        if decision.before is not None and decision.tier in inmate.unit.tiers:
            return
        if inmate.unit_id == unit.pk or (self.today - clock.today()).days < UNSETTLED * 4:
            return
        by = self.world.officer(person)
        placements.place(inmate, unit=unit, reason="Suite à la décision de classement", by=by)
        for task in inmate.tasks.open().filter(kind=Task.Kind.PLACEMENT):
            tasks.settle_task(task, note="Placé au quartier de son niveau.", by=by)

    def appeal(self, person, decision):
        """The person appeals; the answer is still open."""
        grounds = texts.APPEAL_GROUNDS[self.appeals % len(texts.APPEAL_GROUNDS)]
        self.appeals += 1
        return appeals.record_appeal(
            decision, made_on=clock.today(), grounds=grounds, signed=True, by=self.world.officer(person)
        )

    def answered_appeal(self, person, decision):
        """An appeal that a third person answered: the decision stands."""
        appeal = self.appeal(person, decision)
        third = self.world.staff.reviewing(person.serial + 1)
        self.diary.on(
            clock.today() + days(8),
            appeals.decide_appeal,
            appeal,
            outcome="upheld",
            reasons="Les faits sont établis par deux rapports et par les objets saisis ; le requérant a été entendu.",
            by=third,
        )
