"""The notice: its service on record, and the paper itself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from audit import trail
from core.permissions import requires
from documents import pdf, responses
from inmates.classification import papers
from inmates.classification.actions import notices
from inmates.classification.actions.appeals import why_not_appealable
from inmates.classification.forms.notices import NoticeForm
from inmates.classification.models import Notice, TierDecision
from inmates.classification.reading import find_decision

SERVICE = ("served_on", "how", "language", "interpreter", "refused_to_sign", "withheld", "withheld_reason")


def decision_or_404(user, uuid):
    """A decision in the user's scope with its notice, else 404: imported decisions have none."""
    try:
        decision = find_decision(user, uuid)
    except TierDecision.DoesNotExist as missing:
        raise Http404 from missing
    if not hasattr(decision, "notice"):
        raise Http404
    return decision


@requires("inmates.serve_notice", "inmates.view_classification")
def notice(request, uuid):
    """How, when and by whom the person was told; the form to record it until that is done."""
    decision = decision_or_404(request.user, uuid)
    told = decision.notice
    may_serve = request.user.can("inmates.serve_notice", at=decision.inmate.facility)
    if request.method == "POST":
        request.user.require("inmates.serve_notice", at=decision.inmate.facility)
        form = NoticeForm(request.POST, instance=Notice.objects.get(pk=told.pk))
        if form.is_valid():
            try:
                notices.serve_notice(told, **{name: form.cleaned_data[name] for name in SERVICE}, by=request.user)
            except ValidationError as refused:
                for field, texts in refused.message_dict.items():
                    form.add_error(field, texts)
            else:
                messages.success(request, _("The notice is on record as served."))
                return redirect("inmates:notice", decision.uuid)
        status = 422
    else:
        form, status = NoticeForm(instance=told), 200
        trail.viewed("notice", by=request.user, inmate=decision.inmate, obj=decision)
    obstacle = why_not_appealable(decision)
    may_record = request.user.can("inmates.record_appeal", at=decision.inmate.facility)
    context = {
        "may_appeal": may_record and not obstacle,
        "why_not_appeal": obstacle if may_record and told.served_on else "",
        "decision": decision,
        "inmate": decision.inmate,
        "notice": told,
        "form": form if may_serve and told.served_on is None else None,
        "heading": _("Notice of the decision"),
    }
    return render(request, "inmates/classification/notices/notice.html", context, status=status)


@requires("inmates.serve_notice", "inmates.view_classification")
def notice_pdf(request, uuid):
    """The paper for the person, in the notice's language or in the one asked for."""
    decision = decision_or_404(request.user, uuid)
    language = request.GET.get("language")
    if language not in ("ar", "fr", "en"):
        language = decision.notice.language
    trail.viewed("notice_paper", by=request.user, inmate=decision.inmate, obj=decision, detail={"language": language})
    return responses.pdf(pdf.render(papers.notice(decision, language)), f"notice-{decision.pk}.pdf")
