"""The page that records a visit or call."""

from django.utils.translation import gettext as _

from config import clock
from core.action_pages import action_form
from core.permissions import requires
from inmates.conditions.actions import contacts as contact_actions
from inmates.conditions.forms import contacts as forms
from inmates.people.visible import person_on_duty, tab_or_profile


@requires("inmates.record_contact")
def contact(request, uuid):
    """A visit or call that took place."""
    inmate = person_on_duty(request, uuid)
    orders = inmate.no_communications.order_by("-until")
    running = " ".join(order.text for order in orders.in_force_on(clock.today()))
    return action_form(
        request,
        form=forms.ContactForm(request.POST or None, forbidden=orders.exists()),
        act=lambda form: contact_actions.record(inmate, by=request.user, **form.cleaned_data),
        heading=_("Visit or call: %(name)s") % {"name": inmate.name},
        lead_text=_("No communication, by a judge's order. %(orders)s") % {"orders": running} if running else "",
        back=tab_or_profile(inmate, "inmates:tab_conduct"),
        success_message=_("Recorded."),
    )
