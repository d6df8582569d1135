"""One step on one page, with whatever its reader may do with it now; proposing one; the notice as a paper."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import trail
from core.action_pages import action_button, action_form, form_page
from core.permissions import TO_ACT, requires
from core.workflow import next_states
from documents import pdf, responses
from inmates.people.corrections import issued_before
from inmates.people.visible import named, visible_person
from inmates.separate import papers
from inmates.separate.actions import appeals, steps
from inmates.separate.forms import steps as forms
from inmates.separate.in_force import still_stands
from inmates.separate.models import SeparateStep
from inmates.separate.wording import cause_words, may_know_cause

PAGE = "inmates/separate/step.html"
State = SeparateStep.State

# Each form of the page: its fields, the act on the step, and what is said afterwards.
ACTS = {
    "decide": (forms.DecideForm, steps.decide, gettext_lazy("Decided: the person is to be told.")),
    "refuse": (forms.RefuseForm, steps.refuse, gettext_lazy("Not followed.")),
    "serve": (forms.ServeForm, steps.serve, gettext_lazy("The notice is on record as served.")),
    "appeal": (
        forms.AppealForm,
        appeals.record,
        gettext_lazy("The appeal is recorded. An answer is due within 15 days."),
    ),
    "answer": (
        forms.AnswerForm,
        lambda step, **given: appeals.answer(step.appeal, **given),
        gettext_lazy("The appeal is answered."),
    ),
}


def _step_or_404(user, uuid):
    found = SeparateStep.objects.visible_to(user).select_related(
        "inmate__facility",
        "inmate__unit",
        "admission",
        "proposed_by",
        "decided_by",
        "served_by",
        "appeal__recorded_by",
        "appeal__decided_by",
    )
    return get_object_or_404(found, uuid=uuid)


@requires("inmates.view_record", confirm=TO_ACT)
def step(request, uuid):
    """What was proposed and decided and why, the notice, the appeal; and the forms of what may be done now."""
    user, step = request.user, _step_or_404(request.user, uuid)
    page = reverse("inmates:separate_step", args=[step.uuid])
    name = request.POST.get("act", "") if request.method == "POST" else ""
    if name == "withdraw":
        return action_button(request, lambda: steps.withdraw(step, by=user), back=page, success_message=_("Withdrawn."))
    initial = {"serve": {"language": step.language}}
    shown = {
        key: fields(request.POST if key == name else None, initial=initial.get(key), auto_id=f"{key}_%s")
        for key, (fields, _act, _message) in ACTS.items()
    }
    if name not in ACTS:
        trail.viewed("separate_step", by=user, inmate=step.inmate, obj=step)
        return form_page(request, PAGE, _context(user, step, shown, name))
    _fields, act, message = ACTS[name]
    return action_form(
        request,
        shown[name],
        lambda form: act(step, **form.cleaned_data, by=user),
        back=page,
        success_message=message,
        template=PAGE,
        **_context(user, step, shown, name),
    )


def _context(user, step, shown, name):
    inmate, may, appeal = step.inmate, next_states(step, user), getattr(step, "appeal", None)
    runs = inmate.held and step.admission.released_at is None
    told = step.state == State.DECIDED and step.origin == SeparateStep.Origin.PROPOSAL
    records = user.can("inmates.record_appeal", at=inmate.facility)
    obstacle = appeals.why_not_appealable(step) if told and records else ""
    involved = user.pk in (step.proposed_by_id, step.decided_by_id)
    open_appeal = appeal is not None and appeal.outcome == "" and runs
    answers = open_appeal and user.can(appeals.ANSWERED_BY[step.kind], at=inmate.facility)
    deciding = SeparateStep.TRANSITIONS[State.PROPOSED, State.DECIDED]
    waits = step.state == State.PROPOSED and runs
    return {
        "step": step,
        "inmate": inmate,
        "appeal": appeal,
        "forms": shown,
        "acted": name,
        "cause": cause_words(user, step),
        "may_know_cause": may_know_cause(user, step),
        "stands": still_stands(inmate, step.ground) if step.kind == SeparateStep.Kind.IN and runs else None,
        "may_decide": waits and State.DECIDED in may,
        "may_withdraw": waits and step.proposed_by_id == user.pk and State.WITHDRAWN in may,
        "why_not": deciding.refused_to(step, user) if waits and deciding.open_to(step, user) else "",
        "told": told,
        "may_serve": told and runs and step.served_on is None and user.can("inmates.serve_notice", at=inmate.facility),
        "may_print": told and _may_print(user, step),
        "may_appeal": told and records and not obstacle,
        "why_not_appeal": obstacle if step.served_on and appeal is None else "",
        "last_day": appeals.last_day(step),
        "may_answer": answers and not involved,
        "why_not_answer": _("You took part in the decision: a third person answers.") if answers and involved else "",
        "outdated": issued_before(inmate).get(("separate_paper", papers.notice_number(step))) if told else None,
        "heading": step.get_kind_display(),
    }


def _may_print(user, step):
    return user.can("inmates.serve_notice", at=step.inmate.facility) or user.can(
        "inmates.decide_separate", at=step.inmate.facility
    )


@requires("inmates.serve_notice", "inmates.decide_separate")
def notice_pdf(request, uuid):
    """The paper for the person, in the notice's language or in the one asked for."""
    step = _step_or_404(request.user, uuid)
    if step.state != State.DECIDED or step.origin == SeparateStep.Origin.IMPORT:
        raise Http404
    language = request.GET.get("language")
    if language not in ("ar", "fr", "en"):
        language = step.language
    notice = papers.notice(step, language)
    detail = {"language": language, "number": notice.reference}
    trail.viewed("separate_paper", by=request.user, inmate=step.inmate, obj=step, detail=detail)
    return responses.pdf(pdf.render(notice), f"notice-s-{step.pk}.pdf")


def _propose(request, inmate, form, heading, lead_text):
    return action_form(
        request,
        form,
        lambda form: steps.propose(inmate, **form.cleaned_data, by=request.user),
        back=lambda made: reverse("inmates:separate_step", args=[made.uuid]),
        cancel_url=reverse("inmates:tab_separate", args=[inmate.uuid]),
        success_message=_("Proposed: the director decides."),
        heading=named(heading, inmate),
        lead_text=lead_text,
        action_label=_("Propose"),
    )


@requires("inmates.propose_separate")
def propose(request, uuid):
    """Propose the ground on which somebody belongs in the separate system."""
    inmate = visible_person(request, uuid)
    form = forms.ProposeForm(request.POST or None, inmate=inmate)
    return _propose(request, inmate, form, _("Ground for the separate system"), _("Chosen: what the offences say."))


@requires("inmates.propose_separate")
def propose_exit(request, uuid):
    """Propose that somebody leaves the separate system."""
    inmate = visible_person(request, uuid)
    lead_text = _("For an ordinary prison, by name. Whoever is released needs no exit.")
    return _propose(
        request, inmate, forms.ExitForm(request.POST or None), _("Exit from the separate system"), lead_text
    )
