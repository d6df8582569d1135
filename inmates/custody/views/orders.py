"""Acts on detention orders: add, extend, lift."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.action_pages import action_form
from core.permissions import requires
from documents import responses
from documents.scans import ScanForm
from inmates.custody.actions import orders
from inmates.custody.forms import orders as forms
from inmates.custody.holds import holds
from inmates.custody.models import DetentionOrder
from inmates.people.visible import named, person_on_duty, tab_or_profile, visible_person


@requires("inmates.manage_sentences")
def add_order(request, uuid):
    """New detention order."""
    inmate = person_on_duty(request, uuid)
    return action_form(
        request,
        form=forms.OrderForm(request.POST or None, request.FILES or None, inmate=inmate),
        act=lambda form: orders.add_order(inmate, order=form.order(), scan=form.cleaned_data["scan"], by=request.user),
        heading=named(_("Add a detention order"), inmate),
        back=_custody_tab(inmate),
        success_message=_("Order recorded."),
    )


@requires("inmates.view_record")
def order_scan(request, uuid, pk):
    """The scan of an order: for all who may read the record."""
    inmate = visible_person(request, uuid)
    order = get_object_or_404(DetentionOrder.objects.select_related("document"), pk=pk, inmate=inmate)
    if order.document is None:
        raise Http404
    trail.viewed("order_scan", by=request.user, inmate=inmate, obj=order)
    return responses.download(order.document)


@requires("inmates.manage_sentences")
def attach_order_scan(request, uuid, pk):
    """Attach the scan of an order recorded without it."""
    inmate = person_on_duty(request, uuid)
    order = get_object_or_404(DetentionOrder, pk=pk, inmate=inmate)
    return action_form(
        request,
        form=ScanForm(request.POST or None, request.FILES or None),
        act=lambda form: orders.attach_scan(order, by=request.user, **form.cleaned_data),
        heading=named(_("Scan of order %(reference)s") % {"reference": order.reference}, inmate),
        back=_custody_tab(inmate),
        success_message=_("Scan attached."),
        action_label=_("Attach"),
    )


@requires("inmates.manage_sentences")
def extend_order(request, uuid, pk):
    """Extension of an order."""
    inmate = person_on_duty(request, uuid)
    order = get_object_or_404(DetentionOrder, pk=pk, inmate=inmate)
    return action_form(
        request,
        form=forms.ExtendForm(request.POST or None),
        act=lambda form: orders.extend_order(order, by=request.user, **form.cleaned_data),
        heading=named(_("Extend order %(reference)s") % {"reference": order.reference}, inmate),
        back=_custody_tab(inmate),
        success_message=_("Order extended."),
    )


@requires("inmates.manage_sentences")
def lift_order(request, uuid, pk):
    """Lifting of an order."""
    inmate = person_on_duty(request, uuid)
    order = get_object_or_404(DetentionOrder, pk=pk, inmate=inmate)

    def act(form):
        lifted = orders.lift_order(order, by=request.user, **form.cleaned_data)
        if inmate.held and not holds(inmate):
            messages.warning(request, _("Nothing recorded holds this person any longer: release today."))
        return lifted

    return action_form(
        request,
        form=forms.LiftForm(request.POST or None, initial={"on": clock.today()}),
        act=act,
        heading=named(_("Lift order %(reference)s") % {"reference": order.reference}, inmate),
        back=_custody_tab(inmate),
        success_message=_("Order lifted."),
    )


def _custody_tab(inmate):
    return tab_or_profile(inmate, "inmates:tab_custody")
