"""One review on one screen: the findings, what differs, what each tier would mean, and the decision."""

from functools import cache

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import trail
from core.action_pages import action_form, form_page
from core.forms import ReasonForm
from core.permissions import TO_ACT, requires
from core.workflow import next_states
from inmates.classification.actions import reviews
from inmates.classification.forms.assessments import GROUPS
from inmates.classification.forms.reviews import REASONS, AnswerForm, DecisionForm, QuestionsForm
from inmates.classification.hooks import in_favour
from inmates.classification.models import Finding, Review, TierDecision
from inmates.classification.previous_assessment import incidents_since, previous_assessment
from inmates.classification.suggestion import explain
from inmates.classification.tier_changes import direction, direction_words
from inmates.classification.tier_effects import effects, programme_by_tier
from inmates.people.need_to_know import may_read_health
from inmates.people.participation import may_know_participation
from inmates.separate.in_force import standing, still_stands

PAGE = "inmates/classification/reviews/review.html"


def _decided(decision):
    if decision.stricter and not decision.emergency:
        return _("Decided. A stricter tier, and a first one, takes effect when the notice is served.")
    return _("Decided.")


# Each form of the page: its fields, the act, and what is said afterwards.
ACTS = {
    "decide": (DecisionForm, reviews.decide, _decided),
    "return": (
        QuestionsForm,
        reviews.return_review,
        gettext_lazy("Returned to the assessor with your questions."),
    ),
    "answer": (AnswerForm, reviews.resubmit, gettext_lazy("Answered: the review waits for a decision again.")),
    "cancel": (ReasonForm, reviews.cancel_review, gettext_lazy("The review is cancelled.")),
}


@requires("inmates.view_classification", confirm=TO_ACT)
def review(request, uuid):
    """Everything needed to decide; officers and directors see it without beliefs and evidence."""
    review = get_object_or_404(
        Review.objects.visible_to(request.user).select_related(
            "inmate__facility", "inmate__unit", "assessment__assessor", "assessor", "decided_by", "returned_by"
        ),
        uuid=uuid,
    )
    name = request.POST.get("act", "") if request.method == "POST" else ""
    forms = {key: fields(request.POST if key == name else None) for key, (fields, _act, _message) in ACTS.items()}
    if name not in ACTS:
        trail.viewed("review", by=request.user, inmate=review.inmate, obj=review)
        return form_page(request, PAGE, _context(request.user, review, forms, name))
    _fields, act, message = ACTS[name]
    return action_form(
        request,
        forms[name],
        lambda form: act(review, **form.cleaned_data, by=request.user),
        back=reverse("inmates:review", args=[review.uuid]),
        success_message=message,
        template=PAGE,
        **_context(request.user, review, forms, name),
    )


def _context(user, review, forms, name):
    """What the page shows; what takes a query is a function, so that an act that succeeds asks nothing."""
    inmate, assessment, state = review.inmate, review.assessment, Review.State
    sensitive = user.can("inmates.view_sensitive")
    may = next_states(review, user)
    deciding = Review.TRANSITIONS[state.SUBMITTED, state.DECIDED]

    decision = _decision_on(review)
    # What was decided is shown as it was: tier before, effects, incidents known, decisions made earlier.
    before = decision.before if decision else inmate.tier
    history = TierDecision.objects.filter(inmate=inmate).select_related("decided_by").order_by("-decided_on", "-id")
    if decision:
        history = history.filter(pk__lt=decision.pk)

    ground = standing(inmate) if decision is None else None
    ground = ground if ground is not None and ground.kind == ground.Kind.IN else None

    @cache
    def previous():
        return previous_assessment(inmate, than=assessment)

    return {
        "review": review,
        "inmate": inmate,
        "assessment": assessment,
        "sensitive": sensitive,
        "grounds": explain(assessment.suggestion) if sensitive else [],
        "previous": lambda: previous(),
        "groups": lambda: _findings(assessment, previous()) if sensitive else [],
        "may_read_health": may_read_health(user),
        "incidents": lambda: incidents_since(inmate, previous(), until=review.decided_at),
        "in_favour": lambda: in_favour(inmate),
        "history": lambda: history[:5],
        "decision": decision,
        "before": before,
        "effects": lambda: review.effects_then if decision else effects(inmate),
        "ground": ground,
        "ground_stands": ground and still_stands(inmate, ground.ground),
        "programme": programme_by_tier() if may_know_participation(user) else None,
        "direction": direction_words(direction(before, assessment.proposed_tier)),
        "forms": forms,
        "acted": name,
        "reason_templates": REASONS,
        "may_decide": state.DECIDED in may and inmate.held,
        "why_not": deciding.refused_to(review, user) if deciding.open_to(review, user) else "",
        "may_answer": state.SUBMITTED in may,
        "may_cancel": state.CANCELLED in may,
    }


def _decision_on(review):
    """The decision of a decided review, with what the page shows of it; None before."""
    if review.state != Review.State.DECIDED:
        return None
    return TierDecision.objects.filter(review=review).select_related("notice", "decided_by").first()


def _findings(assessment, previous):
    """`[(heading, [(finding, previous finding, changed)])]`, domains never rated shown as not known."""
    by_domain = {finding.domain: finding for finding in assessment.findings.all()}
    before = previous.by_domain if previous else {}

    def row(domain):
        finding = by_domain.get(domain) or Finding(domain=domain)
        old = before.get(domain)
        return finding, old, old is not None and old.rating != finding.rating

    return [(heading, [row(domain) for domain in domains]) for heading, domains in GROUPS]
