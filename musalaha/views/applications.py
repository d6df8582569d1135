"""Applications: recorded for the inmate, listed in order of request, accepted, put on the waiting list or declined."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from audit import trail
from core.action_pages import action_button, action_form
from core.forms import ReasonForm
from core.panels import OfferedStep, offered_steps
from core.permissions import requires
from core.workflow import next_states
from documents import pdf, responses
from documents.scans import ScanForm
from inmates.people.visible import visible_person
from musalaha import eligibility, papers
from musalaha.actions import applications, cohorts
from musalaha.forms.applications import AcceptForm, ApplicationForm, FacilityFilter
from musalaha.models import Application, Cohort
from musalaha.views.scope import application_of

State = Application.State
STEPS = {
    State.TAKEN_BACK: OfferedStep(gettext_lazy("Take back"), "musalaha:take_back"),
    State.DECLINED: OfferedStep(gettext_lazy("Decline"), "musalaha:decline"),
    State.WAITING: OfferedStep(pgettext_lazy("button", "Waiting list"), "musalaha:wait"),
}
PER_PAGE = 50


def page_url(application):
    """Address of the page of an application."""
    return reverse("musalaha:application", args=[application.uuid])


@requires("musalaha.record_application")
def apply(request, uuid):
    """Record an application, with the answer on eligibility beside the form before anything is sent."""
    inmate = visible_person(request, uuid)
    live = inmate.applications.live().first()
    if live is not None and request.method == "GET":
        messages.info(request, _("An application of this person stands already."))
        return redirect(page_url(live))
    form = ApplicationForm(request.POST or None, request.FILES or None)

    def act(form):
        data = dict(form.cleaned_data)
        return applications.record_application(inmate, by=request.user, upload=data.pop("document"), **data)

    return action_form(
        request,
        form,
        act,
        success_message=_("The application is recorded. Print the receipt for the inmate."),
        back=page_url,
        template="musalaha/applications/apply.html",
        inmate=inmate,
        heading=_("Record an application"),
        action_label=_("Record the application"),
        cancel_url=inmate.get_absolute_url(),
        rules=lambda: eligibility.check(inmate),
    )


@requires("musalaha.view_programme")
def listing(request):
    """Applications in order of request; the open ones unless another state is chosen."""
    user = request.user
    applications_seen = Application.objects.visible_to(user).select_related(
        "inmate__facility", "inmate__unit", "cohort"
    )
    form = FacilityFilter(request.GET or None, user=user, states=State.choices)
    state, prison = "", None
    if form.is_bound and form.is_valid():
        state, prison = form.cleaned_data["state"], form.cleaned_data["prison"]
    if state in State.values:
        applications_seen = applications_seen.filter(state=state)
    elif state != "all":
        applications_seen = applications_seen.live().exclude(state=State.ENROLLED)
    if prison is not None:
        applications_seen = applications_seen.filter(inmate__facility=prison)
    page = Paginator(applications_seen.order_by("asked_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    for application in page:
        application.rules = eligibility.read(application.eligibility)
        application.hindrances = eligibility.against(application.rules)
    trail.viewed("applications", by=user, detail={"state": state, "people": len(page.object_list)})
    chosen = request.GET.copy()
    chosen.pop("page", None)
    return render(
        request,
        "musalaha/applications/applications.html",
        {
            "page": page,
            "form": form,
            "query": f"{chosen.urlencode()}&" if chosen else "",
            "may_select": user.can("musalaha.select"),
        },
    )


@requires("musalaha.view_programme")
def detail(request, uuid):
    """One application: the statement, each rule with its answer, and the acts that are possible now."""
    application = application_of(request, uuid)
    user, inmate = request.user, application.inmate
    trail.viewed("application", by=user, inmate=inmate, obj=application)
    if application.state in Application.LIVE and application.state != State.ENROLLED:
        rules = eligibility.check(inmate, application.cohort, application=application)
    else:
        rules = eligibility.read(application.eligibility)
    following = next_states(application, user)
    accept = AcceptForm() if State.ACCEPTED in following else None
    return render(
        request,
        "musalaha/applications/application.html",
        {
            "application": application,
            "inmate": inmate,
            "rules": rules,
            "fits": eligibility.eligible(rules),
            "accept_form": accept,
            "may_attach": user.can("musalaha.record_application", at=inmate.facility),
            "has_open_cohort": accept is not None and accept.fields["cohort"].queryset.exists(),
            "offered": offered_steps(application, user, STEPS, application.uuid),
            "may_ask_exception": user.can("musalaha.select", at=inmate.facility)
            and application.state in Application.UNANSWERED
            and inmate.tier == 1
            and application.exception_by_id is None
            and application.exception_asked_on is None,
            "may_join": State.ENROLLED in following and application.cohort.state == Cohort.State.RUNNING,
        },
    )


@requires("musalaha.select")
@require_POST
def accept(request, uuid):
    """Give a place in the chosen round."""
    application = application_of(request, uuid)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a round that is open."))
        return redirect(page_url(application))
    cohort = form.cleaned_data["cohort"]
    back = request.POST.get("back") == "selection"
    return action_button(
        request,
        lambda: applications.accept(application, cohort=cohort, by=request.user),
        success_message=_("Accepted into %(round)s.") % {"round": cohort},
        back=reverse("musalaha:selection", args=[cohort.number]) if back else page_url(application),
    )


@requires("musalaha.manage_rounds")
@require_POST
def join(request, uuid):
    """Let somebody with a place join a round that is running."""
    application = application_of(request, uuid)
    if application.cohort_id is None:
        raise Http404
    return action_button(
        request,
        lambda: cohorts.join(application, by=request.user),
        success_message=_("Takes part from today; earlier sessions do not concern them."),
        back=page_url(application),
    )


@requires("musalaha.select")
def wait(request, uuid):
    """Put on the waiting list."""
    application = application_of(request, uuid)
    return action_form(
        request,
        ReasonForm(request.POST or None, required=False, label=_("Reason, if there is one to tell")),
        lambda form: applications.put_on_waiting_list(application, reason=form.cleaned_data["reason"], by=request.user),
        success_message=_("On the waiting list, in order of request."),
        back=page_url(application),
        heading=_("Put on the waiting list"),
        action_label=_("Put on the waiting list"),
        cancel_url=page_url(application),
        question=_("Not now is not never: the application keeps its place in order of request."),
        template="_confirm.html",
    )


@requires("musalaha.select")
def decline(request, uuid):
    """Decline an application, with the reason that the inmate is given."""
    application = application_of(request, uuid)
    return action_form(
        request,
        ReasonForm(request.POST or None, label=_("Reason, which the inmate is told")),
        lambda form: applications.decline(application, reason=form.cleaned_data["reason"], by=request.user),
        success_message=_("Declined. The inmate may ask again at any time."),
        back=page_url(application),
        heading=_("Decline the application"),
        action_label=_("Decline"),
        cancel_url=page_url(application),
        consequences=[
            _("It changes neither the tier nor the regime and is shown nowhere as a fault."),
            _("The waiting list may be the better answer: it needs no reason and loses no place."),
        ],
        template="_confirm.html",
    )


@requires("musalaha.record_application")
def take_back(request, uuid):
    """Take an application back, for the inmate."""
    application = application_of(request, uuid)
    return action_form(
        request,
        ReasonForm(request.POST or None, required=False, label=_("Nothing needs to be said here")),
        lambda form: applications.take_back(application, by=request.user),
        success_message=_("The application is taken back. It counts for nothing, and a new one may be made."),
        back=page_url(application),
        heading=_("Take the application back"),
        action_label=_("Take back"),
        cancel_url=page_url(application),
        question=_("The inmate no longer asks to take part. No reason is needed."),
        template="_confirm.html",
    )


@requires("musalaha.select")
def ask_exception(request, uuid):
    """Ask the programme's appeals officer for a written exception."""
    application = application_of(request, uuid)
    return action_form(
        request,
        ReasonForm(request.POST or None, label=_("Why an exception is asked for")),
        lambda form: applications.ask_exception(application, why=form.cleaned_data["reason"], by=request.user),
        names={"why": "reason"},
        success_message=_("The appeals officer is asked."),
        back=page_url(application),
        heading=_("Ask for a written exception"),
        action_label=_("Ask for an exception"),
        cancel_url=page_url(application),
        lead_text=_("The programme's appeals officer answers. Nothing of it reaches assessors and reviewers."),
    )


@requires("musalaha.grant_exception")
def exceptions(request):
    """Requests that the programme's appeals officer answers, for people in tier 1."""
    awaiting = _awaiting_exception(request.user).order_by("exception_asked_on", "pk")
    trail.viewed("exceptions", by=request.user, detail={"people": len(awaiting)})
    return render(request, "musalaha/applications/exceptions.html", {"applications": awaiting})


def _awaiting_exception(user):
    return Application.objects.visible_to(user).awaiting_exception().select_related("inmate__facility", "inmate__unit")


@requires("musalaha.grant_exception")
def exception(request, uuid):
    """Grant or refuse one exception, with reasons."""
    application = get_object_or_404(_awaiting_exception(request.user), uuid=uuid)
    trail.viewed("exception", by=request.user, inmate=application.inmate, obj=application)
    act = applications.refuse_exception if request.POST.get("answer") == "refuse" else applications.grant_exception
    return action_form(
        request,
        ReasonForm(request.POST or None, label=_("Reasons")),
        lambda form: act(application, reason=form.cleaned_data["reason"], by=request.user),
        success_message=_("Your answer is recorded."),
        back=reverse("musalaha:exceptions"),
        heading=_("Exception for somebody in tier 1"),
        application=application,
        cancel_url=reverse("musalaha:exceptions"),
        template="musalaha/applications/exception.html",
    )


@requires("musalaha.view_programme")
def receipt(request, uuid):
    """The receipt that the inmate keeps."""
    application = application_of(request, uuid)
    trail.viewed("receipt", by=request.user, inmate=application.inmate, obj=application)
    content = pdf.render(papers.receipt(application, application.consent_language))
    return responses.pdf(content, f"receipt-{application.pk}.pdf")


@requires("musalaha.record_application")
def consent(request, uuid):
    """The consent form, to be read out and signed, in the language asked for. Only a prison can hand it out."""
    inmate = visible_person(request, uuid)
    language = request.GET.get("language", "ar")
    if language not in ("ar", "fr", "en") or inmate.facility is None:
        raise Http404
    trail.viewed("consent_form", by=request.user, inmate=inmate)
    content = pdf.render(papers.consent(inmate, language))
    return responses.pdf(content, f"consent-{language}.pdf")


@requires("musalaha.view_programme")
def scan(request, uuid, paper):
    """The scan of the signed form, or of the request itself."""
    application = application_of(request, uuid)
    stored = getattr(application, applications.PAPERS[paper])
    if stored is None:
        raise Http404
    trail.viewed(
        "consent_scan" if paper == "consent" else "request_scan",
        by=request.user,
        inmate=application.inmate,
        obj=application,
    )
    return responses.download(stored)


@requires("musalaha.record_application")
def attach_scan(request, uuid, paper):
    """Attach one of these scans, where it was not at hand."""
    application = application_of(request, uuid)
    return action_form(
        request,
        ScanForm(request.POST or None, request.FILES or None),
        lambda form: applications.attach_scan(application, paper=paper, by=request.user, **form.cleaned_data),
        success_message=_("Scan attached."),
        back=page_url(application),
        heading=_("Scan of the signed form") if paper == "consent" else _("Scan of the request"),
        action_label=_("Attach"),
        cancel_url=page_url(application),
    )
