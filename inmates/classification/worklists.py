"""Worklists of classification: what waits for a decision, an answer, a notice, an appeal, and which reviews fall due."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from config import clock
from inmates.classification.models import Appeal, Assessment, Notice, Review
from inmates.people.models import Inmate

SOON_DAYS = 14


def worklists(user):
    """Every list this user may open: name -> (label, rows, key to order by, path to the person)."""
    today, people = clock.today(), Inmate.objects.visible_to(user)
    soon = people.review_due(today, today + timedelta(days=SOON_DAYS))
    return {
        "waiting": (_("Awaiting decision"), _reviews(user, Review.State.SUBMITTED), "submitted_at", "inmate__"),
        "returned": (_("Returned"), _reviews(user, Review.State.RETURNED), "submitted_at", "inmate__"),
        "overdue": (_("Overdue"), _with_assessor(people.review_overdue(today)), "next_review_on", ""),
        "due": (_("Due soon"), _with_assessor(soon), "next_review_on", ""),
        "notices": (
            _("Notices to serve"),
            unserved(user).select_related("decision__inmate__facility", "decision__inmate__unit"),
            "due_on",
            "decision__inmate__",
        ),
        "appeals": (
            _("Open appeals"),
            Appeal.objects.visible_to(user)
            .live()
            .select_related("inmate__facility", "inmate__unit", "decision", "decider", "assessor"),
            "due_on",
            "inmate__",
        ),
    }


def _reviews(user, state):
    return (
        Review.objects.visible_to(user)
        .filter(state=state)
        .select_related("inmate__facility", "inmate__unit", "assessment", "assessor")
    )


def _with_assessor(people):
    """People with who assessed them last."""
    last = Assessment.objects.submitted().filter(inmate=OuterRef("pk")).values("assessor_id")[:1]
    return people.select_related("facility", "unit").annotate(last_assessor=Subquery(last))


def unserved(user):
    """Notices not yet served, of people in custody in the user's scope."""
    people = Inmate.objects.visible_to(user).in_custody()
    return Notice.objects.to_serve().filter(decision__inmate__in=people)


def assessors(user):
    """Who has handed in assessments of people in this scope."""
    known = Assessment.objects.visible_to(user).exclude(submitted_at=None).values("assessor_id")
    return User.objects.filter(pk__in=known).order_by("last_name", "username")[:200]


def closed_and_waiting(user):
    """How many people with a restricted record closed to this user have a review that waits or falls due soon."""
    people = Inmate.objects.on_duty(user).in_custody().filter(closed=True)
    soon = Q(next_review_on__lte=clock.today() + timedelta(days=SOON_DAYS))
    return people.filter(soon | Exists(Review.objects.live().filter(inmate=OuterRef("pk")))).count()
