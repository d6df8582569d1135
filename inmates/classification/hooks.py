"""What classification does when custody acts, and the one thing it asks of the programme above it.

`evidence_in_favour`: called `tell(inmate)`, each returns an iterable of texts that speak for the person (rounds of the
programme completed). Nothing else of the programme reaches assessors and reviewers: no application, refusal or
withdrawal.
"""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

evidence_in_favour = []


def register():
    """Put this room's reactions into custody's lists; called once, when the app is ready."""
    from inmates.classification.actions import triggers
    from inmates.conditions.hooks import after_correction, after_discipline, after_incident
    from inmates.custody import hooks
    from inmates.people import corrections

    for listing, reaction in (
        (hooks.on_import, plan_first_assessment),
        (hooks.after_admission, triggers.expect_first_assessment),
        (hooks.after_release, triggers.end_at_release),
        (hooks.release_undone, triggers.release_undone),
        (hooks.after_release_undone, triggers.stands_again),
        (hooks.after_admission_undone, triggers.stands_again),
        (after_incident, triggers.review_after_incident),
        (corrections.moved_by, ground_of_a_tier),
        (after_correction, triggers.review_after_correction),
        (after_discipline, triggers.close_when_not_established),
    ):
        if reaction not in listing:
            listing.append(reaction)
    corrections.papers["notice_paper"] = _("Notice of a classification decision")


def plan_first_assessment(inmate):
    """Somebody who comes in with an imported register: the first assessment counts from the day of admission."""
    inmate.next_review_on = inmate.admitted_on + timedelta(days=settings.POLICY["first_assessment_days"])


def ground_of_a_tier(record):
    """`["tier_ground"]` where a decision on somebody's tier answered to this incident, or to this part in one."""
    from inmates.classification.models import ReviewTrigger
    from inmates.conditions.models import Incident, IncidentPerson

    answered = ReviewTrigger.objects.exclude(answered_by=None)
    if isinstance(record, Incident):
        answered = answered.filter(incident=record)
    elif isinstance(record, IncidentPerson):
        answered = answered.filter(incident=record.incident_id, inmate=record.inmate_id)
    else:
        return []
    return ["tier_ground"] if answered.exists() else []


def in_favour(inmate):
    """Everything the rooms above can say in the person's favour."""
    return [text for tell in evidence_in_favour for text in tell(inmate)]
