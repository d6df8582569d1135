"""The tab of the profile: one person's classification."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from audit import trail
from core.permissions import requires
from inmates.classification.models import Appeal, Assessment, Postponement, Review, ReviewTrigger, TierDecision
from inmates.classification.panels import offered_actions
from inmates.people.visible import visible_person


@requires("inmates.view_classification")
def tab_classification(request, uuid):
    """Tier decisions with their notices and appeals, what is open, and why the next review is due when it is."""
    inmate = visible_person(request, uuid)
    trail.viewed("classification", by=request.user, inmate=inmate)
    decisions = (
        TierDecision.objects.filter(inmate=inmate)
        .select_related("decided_by", "assessor", "notice", "appeal", "review")
        .order_by("-decided_on", "-id")
    )
    context = {
        "inmate": inmate,
        "decisions": decisions,
        "open_review": Review.objects.live().filter(inmate=inmate).select_related("assessment", "assessor").first(),
        "draft": Assessment.objects.drafts().filter(inmate=inmate).select_related("assessor").first(),
        "appeals": Appeal.objects.live().filter(inmate=inmate).select_related("decision"),
        "triggers": ReviewTrigger.objects.open().filter(inmate=inmate).order_by("due_on"),
        "postponements": Postponement.objects.filter(inmate=inmate).select_related("postponed_by").order_by("-id")[:5],
        "offered_actions": offered_actions(request.user, inmate),
        "tab": "inmates:tab_classification",
        "heading": _("Classification"),
    }
    return render(request, "inmates/classification/tab.html", context)
