"""The person's appeal: recorded by staff, answered by a third person."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from core.action_pages import action_button, action_form
from core.permissions import TO_ACT, requires
from core.workflow import ensure
from documents import responses
from documents.actions import store
from inmates.classification.actions import appeals
from inmates.classification.actions.appeals import last_day, why_not_appealable
from inmates.classification.forms.appeals import AnswerAppealForm, AppealForm
from inmates.classification.models import Appeal
from inmates.classification.views.notices import decision_or_404


def _url(appeal):
    return reverse("inmates:appeal", args=[appeal.uuid])


@requires("inmates.record_appeal")
def appeal_new(request, uuid):
    """Record an appeal against one decision."""
    decision = decision_or_404(request.user, uuid)
    obstacle = why_not_appealable(decision)
    ensure(not obstacle, obstacle)

    def act(form):
        data = dict(form.cleaned_data)
        document = _stored(data.pop("paper"), request.user)
        return appeals.record_appeal(decision, **data, document=document, by=request.user)

    return action_form(
        request,
        AppealForm(request.POST or None, request.FILES or None),
        act,
        back=_url,
        success_message=_("The appeal is recorded. An answer is due within 15 days."),
        template="inmates/classification/appeals/appeal_new.html",
        decision=decision,
        inmate=decision.inmate,
        last_day=last_day(decision),
        heading=_("Record an appeal"),
        action_label=_("Record the appeal"),
        cancel_url=reverse("inmates:notice", args=[decision.uuid]),
    )


def _stored(paper, user):
    """The signed paper, kept; a refusal of it belongs to its field."""
    if paper is None:
        return None
    try:
        return store(paper, by=user)
    except ValidationError as refusal:
        raise ValidationError({"paper": refusal.messages}) from refusal


def _appeal_or_404(user, uuid):
    return get_object_or_404(
        Appeal.objects.visible_to(user).select_related(
            "inmate__facility",
            "inmate__unit",
            "decision__notice",
            "decision__review",
            "assessor",
            "decider",
            "decided_by",
            "recorded_by",
            "new_decision__notice",
            "document",
        ),
        uuid=uuid,
    )


@requires("inmates.view_classification", confirm=TO_ACT)
def appeal(request, uuid):
    """One appeal: what the person says, what was decided, and the answer."""
    user, appeal = request.user, _appeal_or_404(request.user, uuid)
    inmate, sent = appeal.inmate, request.method == "POST"
    if sent:
        user.require("inmates.decide_appeal", at=inmate.facility)
    else:
        trail.viewed("appeal", by=user, inmate=inmate, obj=appeal)
    if sent and request.POST.get("act") == "suspend":
        return action_button(
            request,
            lambda: appeals.suspend(appeal, by=user),
            back=_url(appeal),
            success_message=_("The decision is suspended until the answer."),
        )
    decides = user.can("inmates.decide_appeal", at=inmate.facility)
    involved = user.pk in (appeal.assessor_id, appeal.decider_id)
    live = appeal.outcome == ""
    may_answer = decides and not involved and live and inmate.held
    return action_form(
        request,
        AnswerAppealForm(request.POST if sent else None),
        lambda form: appeals.decide_appeal(appeal, **form.cleaned_data, by=user),
        back=_url(appeal),
        success_message=_("The appeal is answered."),
        template="inmates/classification/appeals/appeal.html",
        appeal=appeal,
        decision=appeal.decision,
        inmate=inmate,
        may_answer=may_answer,
        may_suspend=may_answer and appeal.decision.suspended_on is None,
        why_not=_("You took part in the decision: a third person answers.") if decides and involved and live else "",
        heading=_("Appeal"),
    )


@requires("inmates.view_classification")
def appeal_paper(request, uuid):
    """The signed paper of an appeal."""
    appeal = _appeal_or_404(request.user, uuid)
    ensure(appeal.document is not None, _("No signed paper was kept with this appeal."))
    trail.viewed("appeal_paper", by=request.user, inmate=appeal.inmate, obj=appeal)
    return responses.download(appeal.document)
