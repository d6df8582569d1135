"""Placement: a move to another unit of the same prison."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.action_pages import action_form
from core.permissions import requires
from inmates.custody.actions import placements
from inmates.custody.forms import placements as forms
from inmates.people.visible import named, person_on_duty


@requires("inmates.place")
def move(request, uuid):
    """Move to another unit of the same prison."""
    inmate = person_on_duty(request, uuid)
    if not inmate.held:
        messages.error(request, _("This person is not in custody."))
        return redirect(inmate)
    return action_form(
        request,
        form=forms.MoveForm(request.POST or None, inmate=inmate, reader=request.user),
        act=lambda form: placements.place(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Move"), inmate),
        lead_text=_("Now in unit %(unit)s.") % {"unit": inmate.unit},
        back=inmate.get_absolute_url(),
        success_message=_("Moved."),
        action_label=_("Move"),
    )
