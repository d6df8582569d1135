"""Who reads a restricted record: one person's page, the forms that ask, the answers, and what waits in the prisons in scope."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from audit import trail
from config import clock
from core.action_pages import action_button, action_form
from core.permissions import TO_ACT, requires
from core.workflow import next_states
from inmates.people.actions import restrictions
from inmates.people.forms.restrictions import FORMS
from inmates.people.models import RestrictionStep
from inmates.people.visible import named, person_on_duty
from inmates.people.worklists import reviews_of_restrictions

Kind, State = RestrictionStep.Kind, RestrictionStep.State
LEADS = {
    Kind.RESTRICT: gettext_lazy(
        "Once another has approved it, the record is read by the people named for it and by inspectors. Everybody else sees what "
        "holding, counting, health and a release need. Why is stored nowhere: do not write it anywhere else."
    ),
    Kind.NAME: gettext_lazy("Another approves it, and never the reader. One person can take it away at once."),
    Kind.RENEW: gettext_lazy("Another approves it. Until then the restriction goes on as it is."),
    Kind.LIFT: gettext_lazy("Once another has approved it, whoever has the person in scope reads the record again."),
}
ANSWERS = {
    "approve": (restrictions.approve, gettext_lazy("Approved: it holds from now on.")),
    "refuse": (restrictions.refuse, gettext_lazy("Not approved.")),
    "withdraw": (restrictions.withdraw, gettext_lazy("Withdrawn.")),
    "end": (restrictions.take_away, gettext_lazy("The access is taken away.")),
}


def _person(request, uuid):
    inmate = person_on_duty(request, uuid)
    request.user.require("inmates.restrict_record", at=inmate.facility)
    return inmate


def _page(inmate):
    return reverse("inmates:restriction", args=[inmate.uuid])


def _offered(step, user):
    """`(may answer, may withdraw)` of a step that waits."""
    return State.APPROVED in next_states(step, user), step.asked_by_id == user.pk


@require_GET
@requires("inmates.restrict_record")
def one(request, uuid):
    """Whether this person's record is restricted, who reads it, and what waits for a second person."""
    inmate, user = _person(request, uuid), request.user
    trail.viewed("restriction", by=user, inmate=inmate)
    restriction, review_on, asked, readers = restrictions.state_of(inmate)
    for step in asked:
        step.inmate = inmate
    context = {
        "inmate": inmate,
        "restriction": restriction,
        "review_on": review_on,
        "asked": [(step, *_offered(step, user)) for step in asked],
        "readers": readers,
        "may_name": restriction is not None or any(step.kind == Kind.RESTRICT for step in asked),
        "may_restrict": restriction is None and all(step.kind != Kind.RESTRICT for step in asked),
    }
    return render(request, "inmates/people/restrictions/restriction.html", context)


@requires("inmates.restrict_record")
def ask(request, uuid, kind):
    """Ask for one of the steps."""
    inmate = _person(request, uuid)
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST if request.method == "POST" else None, inmate=inmate)
    return action_form(
        request,
        form,
        lambda form: restrictions.ask(inmate, kind=kind, by=request.user, **form.cleaned_data),
        back=_page(inmate),
        success_message=_("Asked for. Another person approves it."),
        heading=named(Kind(kind).label, inmate),
        lead_text=LEADS[kind],
        action_label=_("Ask for it"),
    )


@require_POST
@requires("inmates.restrict_record", confirm=TO_ACT)
def answer(request, uuid, how):
    """Approve, not approve, withdraw, or take an access away."""
    act, message = ANSWERS.get(how, (None, None))
    if act is None:
        raise Http404
    steps = RestrictionStep.objects.in_scope_of(request.user).select_related("inmate__facility")
    step = get_object_or_404(steps, uuid=uuid)
    return action_button(request, lambda: act(step, by=request.user), back=_page(step.inmate), success_message=message)


@require_GET
@requires("inmates.restrict_record")
def listing(request):
    """What waits for a second person, restrictions to be renewed or lifted, and all that are in force."""
    user = request.user
    trail.viewed("restriction_list", by=user)
    steps = RestrictionStep.objects.in_scope_of(user).select_related("inmate__facility", "user", "asked_by")
    context = {
        "waiting": [(step, *_offered(step, user)) for step in steps.waiting().order_by("id")[:200]],
        "restrictions": reviews_of_restrictions(user)[:500],
        "today": clock.today(),
    }
    return render(request, "inmates/people/restrictions/restrictions.html", context)
