"""After release: contacts due, what came of them, and new convictions from their source."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.gate import needs
from audit import trail
from config import clock
from inmates.people.models import Inmate
from musalaha import actions
from musalaha.forms import FollowUpForm, ReconvictionForm
from musalaha.models import FollowUp
from musalaha.views.shared import asked, person

PER_PAGE = 50


@needs("musalaha.view_programme")
def listing(request):
    """Contacts after release: due and overdue ones first, or those lost, done or to come."""
    which = request.GET.get("which", "due")
    today = clock.today()
    found = FollowUp.objects.filter(inmate__in=Inmate.objects.visible_to(request.user))
    kinds = {
        "due": found.filter(done_on=None, due_on__lte=today, lost=False),
        "lost": found.filter(done_on=None, lost=True),
        "coming": found.filter(done_on=None, due_on__gt=today),
        "done": found.exclude(done_on=None),
    }
    if which not in kinds:
        which = "due"
    chosen = kinds[which].select_related("inmate__facility", "admission")
    chosen = chosen.order_by("-done_on", "pk") if which == "done" else chosen.order_by("due_on", "pk")
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    trail.viewed("follow_ups", by=request.user, detail={"people": len(page.object_list), "which": which})
    return render(
        request,
        "musalaha/follow_ups.html",
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


@needs("musalaha.record_follow_up")
def follow_up(request, pk):
    """Record one contact."""
    people = Inmate.objects.visible_to(request.user)
    found = FollowUp.objects.filter(inmate__in=people).select_related("inmate__facility", "admission")
    contact = get_object_or_404(found, pk=pk)
    trail.viewed("follow_up", by=request.user, inmate=contact.inmate, obj=contact)
    form = FollowUpForm(request.POST or None, initial={"done_on": clock.today()})
    return asked(
        request,
        form,
        lambda data: actions.record_follow_up(contact, by=request.user, **data),
        done=_("Recorded."),
        to=reverse("musalaha:tab_programme", args=[contact.inmate.uuid]),
        heading=_("Contact %(months)s months after release: %(name)s")
        % {"months": contact.months, "name": contact.inmate.name},
        action_label=_("Record the contact"),
        cancel_url=reverse("musalaha:follow_ups"),
    )


@needs("musalaha.record_follow_up")
def reconviction(request, uuid):
    """Record a final conviction for an act after the last release."""
    inmate = person(request, uuid)
    stay = inmate.admissions.filter(released_at__isnull=False).order_by("-released_at").first()
    if stay is None:
        raise Http404
    return asked(
        request,
        ReconvictionForm(request.POST or None),
        lambda data: actions.record_reconviction(stay, by=request.user, **data),
        done=_("Recorded."),
        to=reverse("musalaha:tab_programme", args=[inmate.uuid]),
        heading=_("New conviction: %(name)s") % {"name": inmate.name},
        action_label=_("Record the conviction"),
        cancel_url=reverse("musalaha:tab_programme", args=[inmate.uuid]),
        lead_text=_(
            "Only a final conviction for an act after release counts. Allegations, arrests and open cases never do."
        ),
    )
