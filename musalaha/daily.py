"""Daily duties of the programme; safe to run twice, and each hour."""

from config import clock
from inmates.sentences.models import Pardon
from musalaha.actions.pardon_follow_through import escalate
from musalaha.aftercare import daily as aftercare
from musalaha.models import Cohort


def run(by=None):
    """Run the duties, and return how many there were of each."""
    return {
        **aftercare.run(by=by),
        "pardons_escalated": escalate_pardons(),
        "rounds_past_their_end": Cohort.objects.overdue(clock.today()).count(),
    }


def escalate_pardons():
    """Alert those who can verify to pardons that would free somebody today, and again each hour."""
    awaiting = Pardon.objects.awaiting().select_related("instrument", "inmate", "sentence__case")
    return sum(escalate(pardon) for pardon in awaiting)
