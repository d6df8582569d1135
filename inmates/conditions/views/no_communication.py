"""Pages of a judge's order of no communication: record, lift, and its scan."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.action_pages import action_form
from core.permissions import requires
from documents import responses
from inmates.conditions.actions import no_communication as acts
from inmates.conditions.forms import no_communication as forms
from inmates.conditions.models import NoCommunication
from inmates.people.visible import named, visible_person


@requires("inmates.manage_sentences")
def new(request, uuid):
    """Record an order."""
    inmate = visible_person(request, uuid)

    def act(form):
        data = dict(form.cleaned_data)
        scan = data.pop("scan")
        return acts.record(inmate, order=NoCommunication(**data), scan=scan, by=request.user)

    return action_form(
        request,
        form=forms.NoCommunicationForm(request.POST or None, request.FILES or None),
        act=act,
        heading=named(_("Order of no communication"), inmate),
        back=_tab(inmate),
        success_message=_("Recorded."),
    )


@requires("inmates.manage_sentences")
def lift(request, uuid, pk):
    """Lifting of an order, by a decision."""
    inmate = visible_person(request, uuid)
    order = get_object_or_404(NoCommunication, pk=pk, inmate=inmate)
    return action_form(
        request,
        form=forms.LiftNoCommunicationForm(request.POST or None, initial={"on": clock.today()}),
        act=lambda form: acts.lift(order, by=request.user, **form.cleaned_data),
        heading=named(_("Lift an order of no communication"), inmate),
        lead_text=order.text,
        back=_tab(inmate),
        success_message=_("Recorded."),
    )


@requires("inmates.view_record")
def scan(request, uuid, pk):
    """The scan of an order: for all who may read the record."""
    inmate = visible_person(request, uuid)
    order = get_object_or_404(NoCommunication.objects.select_related("document"), pk=pk, inmate=inmate)
    if order.document is None:
        raise Http404
    trail.viewed("no_communication_scan", by=request.user, inmate=inmate, obj=order)
    return responses.download(order.document)


def _tab(inmate):
    return reverse("inmates:tab_conduct", args=[inmate.uuid])
