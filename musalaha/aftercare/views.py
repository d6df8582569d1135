"""Follow-up after release: contacts, and new convictions."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.action_pages import action_form
from core.permissions import requires
from inmates.people.models import Inmate
from inmates.people.visible import visible_person
from musalaha.aftercare import actions
from musalaha.aftercare.forms import FollowUpForm, ReconvictionForm, RecordCheckForm
from musalaha.aftercare.models import FollowUp

PER_PAGE = 50


@requires("musalaha.view_programme")
def listing(request):
    """Contacts after release: due and overdue ones first, or those lost, done or to come."""
    which = request.GET.get("which", "due")
    today = clock.today()
    follow_ups = FollowUp.objects.filter(inmate__in=Inmate.objects.visible_to(request.user))
    kinds = {
        "due": follow_ups.due(today),
        "lost": follow_ups.filter(done_on=None, lost=True),
        "coming": follow_ups.filter(done_on=None, due_on__gt=today),
        "done": follow_ups.exclude(done_on=None),
    }
    if which not in kinds:
        which = "due"
    chosen = kinds[which].select_related("inmate__facility", "admission")
    chosen = chosen.order_by("-done_on", "pk") if which == "done" else chosen.order_by("due_on", "pk")
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    trail.viewed("follow_ups", by=request.user, detail={"people": len(page.object_list), "which": which})
    return render(
        request,
        "musalaha/aftercare/follow_ups.html",
        {
            "page": page,
            "which": which,
            "kinds": [
                ("due", _("Due")),
                ("lost", _("Lost to follow-up")),
                ("coming", _("To come")),
                ("done", _("Done")),
            ],
            "may_record": request.user.can("musalaha.record_follow_up"),
        },
    )


@requires("musalaha.record_follow_up")
def follow_up(request, pk):
    """Record one contact."""
    people = Inmate.objects.visible_to(request.user)
    follow_ups = FollowUp.objects.filter(inmate__in=people).select_related("inmate__facility", "admission")
    contact = get_object_or_404(follow_ups, pk=pk)
    trail.viewed("follow_up", by=request.user, inmate=contact.inmate, obj=contact)
    form = FollowUpForm(request.POST or None, initial={"done_on": clock.today()})
    return action_form(
        request,
        form,
        lambda form: actions.record_follow_up(contact, by=request.user, **form.cleaned_data),
        success_message=_("Recorded."),
        back=reverse("musalaha:tab_programme", args=[contact.inmate.uuid]),
        heading=_("Contact %(months)s months after release: %(name)s")
        % {"months": contact.months, "name": contact.inmate.name},
        action_label=_("Record the contact"),
        cancel_url=reverse("musalaha:follow_ups"),
    )


@requires("musalaha.record_follow_up")
def reconviction(request, uuid):
    """Record a final conviction for an act after the last release."""
    inmate = visible_person(request, uuid)
    stay = _last_release(inmate)
    return action_form(
        request,
        ReconvictionForm(request.POST or None),
        lambda form: actions.record_reconviction(stay, by=request.user, **form.cleaned_data),
        success_message=_("Recorded."),
        back=reverse("musalaha:tab_programme", args=[inmate.uuid]),
        heading=_("New conviction: %(name)s") % {"name": inmate.name},
        action_label=_("Record the conviction"),
        cancel_url=reverse("musalaha:tab_programme", args=[inmate.uuid]),
        lead_text=_(
            "Only a final conviction for an act after release counts. Allegations, arrests and open cases never do."
        ),
    )


@requires("musalaha.record_follow_up")
def record_check(request, uuid):
    """Record that the criminal record was read after the last release."""
    inmate = visible_person(request, uuid)
    stay = _last_release(inmate)
    return action_form(
        request,
        RecordCheckForm(request.POST or None, initial={"checked_on": clock.today()}),
        lambda form: actions.record_check(stay, by=request.user, **form.cleaned_data),
        success_message=_("Recorded."),
        back=reverse("musalaha:tab_programme", args=[inmate.uuid]),
        heading=_("Criminal record read: %(name)s") % {"name": inmate.name},
        action_label=_("Record the check"),
        cancel_url=reverse("musalaha:tab_programme", args=[inmate.uuid]),
        lead_text=_("Each conviction it shows for an act after release is recorded by itself, as a new conviction."),
    )


def _last_release(inmate):
    """The stay that ended last; 404 where none did."""
    stay = inmate.admissions.filter(released_at__isnull=False).order_by("-released_at").first()
    if stay is None:
        raise Http404
    return stay
