"""The notice: its service on record, and the paper itself."""

from copy import copy

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from core.action_pages import action_form
from core.permissions import requires
from documents import pdf, responses
from inmates.classification import papers
from inmates.classification.actions import notices
from inmates.classification.actions.appeals import why_not_appealable
from inmates.classification.forms.notices import NoticeForm, WithholdForm
from inmates.classification.models import TierDecision
from inmates.people.corrections import issued_before
from inmates.people.visible import named

SERVICE = ("served_on", "how", "language", "interpreter", "refused_to_sign")


def decision_or_404(user, uuid):
    """A decision in the user's scope with its notice, else 404: imported decisions have none."""
    decisions = TierDecision.objects.visible_to(user).select_related(
        "inmate__facility", "inmate__unit", "admission", "notice", "decided_by", "assessor"
    )
    decision = get_object_or_404(decisions, uuid=uuid)
    if not hasattr(decision, "notice"):
        raise Http404
    return decision


@requires("inmates.serve_notice", "inmates.view_classification")
def notice(request, uuid):
    """How, when and by whom the person was told; the form to record it until that is done."""
    user, decision = request.user, decision_or_404(request.user, uuid)
    inmate, notice = decision.inmate, decision.notice
    may_serve = user.can("inmates.serve_notice", at=inmate.facility)
    if request.method == "POST":
        user.require("inmates.serve_notice", at=inmate.facility)
    else:
        trail.viewed("notice", by=user, inmate=inmate, obj=decision)
    # The form writes what is typed into its own copy; the page goes on showing the notice as stored.
    form = NoticeForm(request.POST if request.method == "POST" else None, instance=copy(notice))
    obstacle = why_not_appealable(decision)
    may_record = user.can("inmates.record_appeal", at=inmate.facility)
    return action_form(
        request,
        form,
        lambda form: notices.serve_notice(notice, **{name: form.cleaned_data[name] for name in SERVICE}, by=user),
        back=reverse("inmates:notice", args=[decision.uuid]),
        success_message=_("The notice is on record as served."),
        template="inmates/classification/notices/notice.html",
        decision=decision,
        inmate=inmate,
        notice=notice,
        may_serve=may_serve and notice.served_on is None,
        may_withhold=user.can("inmates.decide_review", at=inmate.facility) and notice.served_on is None,
        may_appeal=may_record and not obstacle,
        why_not_appeal=obstacle if may_record and notice.served_on else "",
        outdated=issued_before(inmate).get(("notice_paper", papers.notice_number(decision))),
        heading=_("Notice of the decision"),
    )


@requires("inmates.decide_review")
def withhold(request, uuid):
    """Hold part of the reasons back before the notice is served: a reviewer's act alone."""
    decision = decision_or_404(request.user, uuid)
    notice, page = decision.notice, reverse("inmates:notice", args=[decision.uuid])
    initial = {"withheld": notice.withheld, "reason": notice.withheld_reason}
    return action_form(
        request,
        WithholdForm(request.POST if request.method == "POST" else None, initial=initial),
        lambda form: notices.withhold(notice, **form.cleaned_data, by=request.user),
        back=page,
        success_message=_("What the notice withholds is on record."),
        heading=named(_("Withhold part of the reasons"), decision.inmate),
        lead_text=decision.reasons,
        action_label=_("Withhold"),
        cancel_url=page,
    )


@requires("inmates.serve_notice", "inmates.view_classification")
def notice_pdf(request, uuid):
    """The paper for the person, in the notice's language or in the one asked for."""
    decision = decision_or_404(request.user, uuid)
    language = request.GET.get("language")
    if language not in ("ar", "fr", "en"):
        language = decision.notice.language
    notice = papers.notice(decision, language)
    detail = {"language": language, "number": notice.reference}
    trail.viewed("notice_paper", by=request.user, inmate=decision.inmate, obj=decision, detail=detail)
    return responses.pdf(pdf.render(notice), f"notice-{decision.pk}.pdf")
