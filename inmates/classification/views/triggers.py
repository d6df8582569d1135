"""What moves a person's next review: new information brings it forward, a postponement puts it off."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.action_pages import action_form
from core.permissions import requires
from inmates.classification.actions import triggers
from inmates.classification.actions.triggers import POSTPONE_AT_MOST_DAYS
from inmates.classification.forms.triggers import PostponeForm, TriggerForm
from inmates.people.visible import visible_person


@requires("inmates.postpone_review")
def postpone(request, uuid):
    """Put a review off, by name and with a reason."""
    inmate = visible_person(request, uuid)
    return action_form(
        request,
        PostponeForm(request.POST or None),
        lambda form: triggers.postpone_review(inmate, **form.cleaned_data, by=request.user),
        back=inmate.get_absolute_url(),
        success_message=_("The review is put off."),
        template="inmates/classification/reviews/postpone.html",
        inmate=inmate,
        heading=_("Put the review off"),
        lead_text=_("At most %(days)s days in all, with your name and your reason in the record.")
        % {"days": POSTPONE_AT_MOST_DAYS},
        action_label=_("Put off"),
    )


@requires("inmates.assess", "inmates.decide_review")
def new_information(request, uuid):
    """New information brings the review forward: within 14 days."""
    inmate = visible_person(request, uuid)
    return action_form(
        request,
        TriggerForm(request.POST or None),
        lambda form: triggers.ask_for_review(inmate, **form.cleaned_data, by=request.user),
        back=inmate.get_absolute_url(),
        success_message=_("A review is due within 14 days."),
        template="inmates/classification/reviews/postpone.html",
        inmate=inmate,
        heading=_("New information"),
        lead_text=_("It brings the next review forward; what it is goes into the assessment."),
        action_label=_("Ask for a review"),
        cancel_url=reverse("inmates:tab_classification", args=[inmate.uuid]),
    )
