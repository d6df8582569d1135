"""One review on one screen: the findings, what differs, what each tier would mean, and the decision."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from audit import trail
from core.forms import ReasonForm
from core.permissions import requires
from inmates.classification.actions import reviews
from inmates.classification.forms.assessments import GROUPS
from inmates.classification.forms.reviews import REASONS, AnswerForm, DecisionForm, QuestionsForm
from inmates.classification.hooks import in_favour
from inmates.classification.models import Finding, Review, TierDecision
from inmates.classification.reading import direction, direction_words, effects, incidents_since, previous_assessment
from inmates.classification.suggestion import explain

FORMS = {"decide": DecisionForm, "return": QuestionsForm, "answer": AnswerForm, "cancel": ReasonForm}


@requires("inmates.view_classification")
def review(request, uuid):
    """Everything needed to decide; officers and directors see it without beliefs and evidence."""
    found = get_object_or_404(
        Review.objects.visible_to(request.user).select_related(
            "inmate__facility", "inmate__unit", "assessment__assessor", "assessor", "decided_by", "returned_by"
        ),
        uuid=uuid,
    )
    forms = {name: form() for name, form in FORMS.items()}
    act = request.POST.get("act", "") if request.method == "POST" else ""
    status = 200
    if act in FORMS:
        form = forms[act] = FORMS[act](request.POST)
        if form.is_valid():
            try:
                return _act(request, found, act, form.cleaned_data)
            except ValidationError as refused:
                for field, texts in refused.message_dict.items():
                    form.add_error(field if field in form.fields else None, texts)
        status = 422
    else:
        trail.viewed("review", by=request.user, inmate=found.inmate, obj=found)
    return render(
        request, "inmates/classification/reviews/review.html", _context(request, found, forms, act), status=status
    )


def _act(request, found, act, data):
    """Carry the act out and say so."""
    user = request.user
    if act == "decide":
        decision = reviews.decide(
            found,
            tier=data["tier"],
            reasons=data["reasons"],
            effective_on=data["effective_on"],
            emergency=data["emergency"],
            by=user,
        )
        waits = decision.stricter and not decision.emergency
        messages.success(
            request,
            _("Decided. The stricter tier takes effect when the notice is served.") if waits else _("Decided."),
        )
    elif act == "return":
        reviews.return_review(found, questions=data["questions"], by=user)
        messages.success(request, _("Returned to the assessor with your questions."))
    elif act == "answer":
        reviews.resubmit(found, answer=data["answer"], by=user)
        messages.success(request, _("Answered: the review waits for a decision again."))
    else:
        reviews.cancel_review(found, reason=data["reason"], by=user)
        messages.success(request, _("The review is cancelled."))
    return redirect("inmates:review", found.uuid)


def _context(request, found, forms, act):
    inmate, assessment, user = found.inmate, found.assessment, request.user
    previous = previous_assessment(inmate, than=assessment)
    sensitive = user.can("inmates.view_sensitive")
    reviewer = user.can("inmates.decide_review", at=inmate.facility)
    own = found.assessor_id == user.pk
    live = found.state in Review.LIVE
    meant = effects(inmate)
    towards = direction(inmate.tier, assessment.proposed_tier)
    return {
        "review": found,
        "inmate": inmate,
        "assessment": assessment,
        "previous": previous,
        "sensitive": sensitive,
        "groups": _findings(assessment, previous) if sensitive else [],
        "grounds": explain(assessment.suggestion) if sensitive else [],
        "incidents": incidents_since(inmate, previous),
        "in_favour": in_favour(inmate),
        "history": TierDecision.objects.filter(inmate=inmate).select_related("decided_by")[:5],
        "decision": TierDecision.objects.filter(review=found).select_related("notice", "decided_by").first(),
        "effects": meant,
        "proposed_effect": next(effect for effect in meant if effect.tier == assessment.proposed_tier),
        "direction": direction_words(towards),
        "forms": forms,
        "acted": act,
        "reason_templates": REASONS,
        "may_decide": reviewer and not own and found.state == "submitted" and inmate.held,
        "why_not": _("You assessed this person yourself: another reviewer decides.") if reviewer and own else "",
        "may_answer": own and found.state == "returned" and user.can("inmates.assess", at=inmate.facility),
        "may_cancel": live and (reviewer or (own and user.can("inmates.assess", at=inmate.facility))),
    }


def _findings(assessment, previous):
    """`[(heading, [(finding, previous finding, changed)])]`, domains never rated shown as not known."""
    by_domain = {finding.domain: finding for finding in assessment.findings.all()}
    before = previous.by_domain if previous else {}

    def row(domain):
        finding = by_domain.get(domain) or Finding(domain=domain)
        old = before.get(domain)
        return finding, old, old is not None and old.rating != finding.rating

    return [(heading, [row(domain) for domain in domains]) for heading, domains in GROUPS]
