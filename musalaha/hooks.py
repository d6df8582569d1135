"""Checks and reactions that the programme gives to the rooms below.

Objections to moves that break a running round, what ends with a release, and evidence for assessors.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from config import clock
from core.templatetags.display import day_text
from inmates.classification import hooks as classification
from inmates.custody import hooks as custody
from inmates.custody.hooks import Objection
from inmates.people import hooks as people
from inmates.sentences import hooks as sentences
from musalaha import sayings
from musalaha.actions.applications import close_on_release
from musalaha.actions.enrolments import end
from musalaha.actions.pardon_follow_through import follow_taking_back, held_again
from musalaha.models import Application, Cohort, Enrolment, PardonFile


def register():
    """Put this room's checks and reactions into the lists of the rooms below; called once, when the app is ready."""
    custody.move_checks.append(participation_objections)
    custody.after_release.append(follow_release)
    custody.release_undone.append(release_undone)
    custody.admission_hangs.append(since)
    sentences.pardon_undone[:] = [pardon_undone]
    custody.after_held_again.append(held_again)
    people.after_correction.insert(0, follow_taking_back)  # it says why, before that somebody is held again
    classification.evidence_in_favour.append(graduations)


def participation_objections(inmate, unit):
    """Objections to a move that takes a participant out of a running round, or brings others into its unit."""
    running = Enrolment.objects.filter(inmate=inmate, ended_on=None).select_related("cohort__unit").first()
    if running is not None:
        if running.cohort.unit_id != unit.pk:
            said = sayings.ROUND_ELSEWHERE(number=running.cohort.number, unit=running.cohort.unit)
            return [Objection("round", said)]
        return []
    lived_in = Cohort.objects.filter(unit=unit, state=Cohort.State.RUNNING).values_list("number", flat=True)
    return [Objection("round", sayings.ROUND_HERE(number=number)) for number in lived_in]


def follow_release(inmate, admission, *, by):
    """End what the release ends: parts in rounds, and applications that wait."""
    day = timezone.localdate(admission.released_at)
    for enrolment in inmate.enrolments.filter(ended_on=None).select_related("application"):
        enrolment.finishes_outside = enrolment.application.finish_outside
        end(enrolment, outcome=Enrolment.Outcome.RELEASED, day=max(day, enrolment.started_on), by=by)
    for application in inmate.applications.live().exclude(state=Application.State.ENROLLED):
        close_on_release(application, day=day, by=by)


def release_undone(admission):
    """After a release entered by mistake: no contact is due, and the part in a round that still runs goes on."""
    inmate, day = admission.inmate, timezone.localdate(admission.released_at)
    steps = [(contact, {"annulled_at": clock.now()}) for contact in admission.follow_ups.all()]
    ended = inmate.enrolments.filter(outcome=Enrolment.Outcome.RELEASED, ended_on__gte=day)
    for enrolment in ended.filter(cohort__state=Cohort.State.RUNNING).select_related("application").order_by("-id")[:1]:
        steps.append((enrolment, {"ended_on": None, "outcome": "", "outcome_reason": "", "finishes_outside": False}))
        steps.append((enrolment.application, {"state": Application.State.ENROLLED, "closed_on": None}))
    closed = inmate.applications.filter(state=Application.State.CLOSED, closed_on=day, enrolment=None)
    for application in closed:
        was = application.events.exclude(state=Application.State.CLOSED).order_by("-pgh_id").first()
        steps.append((application, {"state": was.state, "closed_on": None}))
    return steps


def since(admission):
    """What of the programme began in a stay."""
    inmate, since = admission.inmate, admission.since
    return [
        inmate.applications.filter(since("asked_on", day=True)),
        inmate.enrolments.filter(since("started_on", day=True)),
    ]


def pardon_undone(pardon):
    """The file that a pardon granted waits for its answer again."""
    granted = PardonFile.objects.filter(pardon=pardon, state=PardonFile.State.GRANTED)
    again = {True: PardonFile.State.SENT, False: PardonFile.State.PREPARING}
    return [(file, {"state": again[file.sent_on is not None], "closed_on": None}) for file in granted]


def graduations(inmate):
    """Finished rounds, as evidence for assessors in the person's favour; nothing else of the programme reaches them."""
    graduated = inmate.enrolments.filter(outcome=Enrolment.Outcome.GRADUATED).select_related("cohort")
    return [
        _("Finished Musalaha round %(number)s on %(day)s.")
        % {"number": enrolment.cohort.number, "day": day_text(enrolment.ended_on)}
        for enrolment in graduated.order_by("ended_on")
    ]
