"""One person's classification: the tab of the profile, and what moves the next review."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from core.permissions import requires
from inmates.classification.actions import triggers
from inmates.classification.actions.triggers import POSTPONE_AT_MOST_DAYS
from inmates.classification.forms.reviews import PostponeForm, TriggerForm
from inmates.classification.models import Appeal, Assessment, Postponement, Review, ReviewTrigger, TierDecision
from inmates.classification.panels import offered_actions
from inmates.people.models import Inmate


def _person(user, uuid):
    return get_object_or_404(Inmate.objects.visible_to(user).select_related("facility", "unit"), uuid=uuid)


@requires("inmates.view_classification")
def tab_classification(request, uuid):
    """Tier decisions with their notices and appeals, what is open, and why the next review is due when it is."""
    inmate = _person(request.user, uuid)
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
        "triggers": ReviewTrigger.objects.filter(inmate=inmate, answered_by=None).order_by("due_on"),
        "postponements": Postponement.objects.filter(inmate=inmate).select_related("postponed_by").order_by("-id")[:5],
        "offered_actions": offered_actions(request.user, inmate),
        "tab": "inmates:tab_classification",
        "heading": _("Classification"),
    }
    return render(request, "inmates/classification/tab.html", context)


@requires("inmates.postpone_review")
def postpone(request, uuid):
    """Put a review off, by name and with a reason."""
    inmate = _person(request.user, uuid)
    form = PostponeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            triggers.postpone_review(inmate, **form.cleaned_data, by=request.user)
        except ValidationError as refused:
            for field, texts in refused.message_dict.items():
                form.add_error(field, texts)
        else:
            messages.success(request, _("The review is put off."))
            return redirect(inmate)
    context = {
        "inmate": inmate,
        "form": form,
        "heading": _("Put the review off"),
        "lead_text": _("At most %(days)s days in all, with your name and your reason in the record.")
        % {"days": POSTPONE_AT_MOST_DAYS},
        "action_label": _("Put off"),
        "cancel_url": inmate.get_absolute_url(),
    }
    return render(request, "inmates/classification/reviews/postpone.html", context, status=422 if form.errors else 200)


@requires("inmates.assess", "inmates.decide_review")
def new_information(request, uuid):
    """New information brings the review forward: within 14 days."""
    inmate = _person(request.user, uuid)
    form = TriggerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            triggers.trigger_review(inmate, cause=Assessment.Cause.INFORMATION, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            for field, texts in refused.message_dict.items():
                form.add_error(field, texts)
        else:
            messages.success(request, _("A review is due within 14 days."))
            return redirect(inmate)
    context = {
        "inmate": inmate,
        "form": form,
        "heading": _("New information"),
        "lead_text": _("It brings the next review forward; what it is goes into the assessment."),
        "action_label": _("Ask for a review"),
        "cancel_url": reverse("inmates:tab_classification", args=[inmate.uuid]),
    }
    return render(request, "inmates/classification/reviews/postpone.html", context, status=422 if form.errors else 200)
