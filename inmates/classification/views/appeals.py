"""The person's appeal: recorded by staff, answered by a third person."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from core.permissions import requires
from core.workflow import ensure
from documents import responses
from documents.actions import store
from inmates.classification.actions import appeals
from inmates.classification.actions.appeals import last_day, why_not_appealable
from inmates.classification.forms.appeals import AnswerAppealForm, AppealForm
from inmates.classification.models import Appeal
from inmates.classification.views.notices import decision_or_404


@requires("inmates.record_appeal")
def appeal_new(request, uuid):
    """Record an appeal against one decision."""
    decision = decision_or_404(request.user, uuid)
    obstacle = why_not_appealable(decision)
    ensure(not obstacle, obstacle)
    form = AppealForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        paper = data.pop("paper")
        try:
            with transaction.atomic():
                document = _stored(paper, request.user)
                recorded = appeals.record_appeal(decision, **data, document=document, by=request.user)
        except ValidationError as refused:
            for field, texts in refused.message_dict.items():
                form.add_error(field, texts)
        else:
            messages.success(request, _("The appeal is recorded. An answer is due within 15 days."))
            return redirect("inmates:appeal", recorded.uuid)
    context = {
        "decision": decision,
        "inmate": decision.inmate,
        "form": form,
        "last_day": last_day(decision),
        "heading": _("Record an appeal"),
        "action_label": _("Record the appeal"),
        "cancel_url": reverse("inmates:notice", args=[decision.uuid]),
    }
    return render(
        request, "inmates/classification/appeals/appeal_new.html", context, status=422 if form.errors else 200
    )


def _stored(paper, user):
    """The signed paper, kept; what is wrong with it is told at its field."""
    if paper is None:
        return None
    try:
        return store(paper, by=user)
    except ValidationError as refused:
        raise ValidationError({"paper": refused.messages}) from refused


def _find(user, uuid):
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


@requires("inmates.view_classification")
def appeal(request, uuid):
    """One appeal: what the person says, what was decided, and the answer."""
    found = _find(request.user, uuid)
    user, inmate = request.user, found.inmate
    form, status = AnswerAppealForm(), 200
    if request.method == "POST":
        user.require("inmates.decide_appeal", at=inmate.facility)
        if request.POST.get("act") == "suspend":
            appeals.suspend(found, by=user)
            messages.success(request, _("The decision is suspended until the answer."))
            return redirect("inmates:appeal", found.uuid)
        form, status = AnswerAppealForm(request.POST), 422
        if form.is_valid():
            try:
                appeals.decide_appeal(found, **form.cleaned_data, by=user)
            except ValidationError as refused:
                for field, texts in refused.message_dict.items():
                    form.add_error(field, texts)
            else:
                messages.success(request, _("The appeal is answered."))
                return redirect("inmates:appeal", found.uuid)
    else:
        trail.viewed("appeal", by=user, inmate=inmate, obj=found)
    decides = user.can("inmates.decide_appeal", at=inmate.facility)
    involved = user.pk in (found.assessor_id, found.decider_id)
    live = found.outcome == ""
    context = {
        "appeal": found,
        "decision": found.decision,
        "inmate": inmate,
        "form": form,
        "may_answer": decides and not involved and live and inmate.held,
        "may_suspend": decides and not involved and live and inmate.held and found.decision.suspended_on is None,
        "why_not": _("You took part in the decision: a third person answers.") if decides and involved and live else "",
        "heading": _("Appeal"),
    }
    return render(request, "inmates/classification/appeals/appeal.html", context, status=status)


@requires("inmates.view_classification")
def appeal_paper(request, uuid):
    """The signed paper of an appeal."""
    found = _find(request.user, uuid)
    ensure(found.document is not None, _("No signed paper was kept with this appeal."))
    trail.viewed("appeal_paper", by=request.user, inmate=found.inmate, obj=found)
    return responses.download(found.document)
