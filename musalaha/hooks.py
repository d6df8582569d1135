"""Checks and reactions that the programme gives to the rooms below.

Objections to moves that break a running round, what ends with a release, and evidence for assessors.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from inmates.classification import hooks as classification
from inmates.custody import hooks as custody
from inmates.custody.hooks import Objection
from musalaha import sayings
from musalaha.actions.applications import close_on_release
from musalaha.actions.enrolments import end
from musalaha.models import Application, Cohort, Enrolment


def register():
    """Put this room's checks and reactions into the lists of the rooms below; called once, when the app is ready."""
    custody.move_checks.append(participation_objections)
    custody.after_release.append(follow_release)
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


def graduations(inmate):
    """Finished rounds, as evidence for assessors in the person's favour; nothing else of the programme reaches them."""
    graduated = inmate.enrolments.filter(outcome=Enrolment.Outcome.GRADUATED).select_related("cohort")
    return [
        _("Finished Musalaha round %(number)s on %(day)s.")
        % {"number": enrolment.cohort.number, "day": f"{enrolment.ended_on:%Y-%m-%d}"}
        for enrolment in graduated.order_by("ended_on")
    ]
