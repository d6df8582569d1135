"""Legal status: changed from a day on."""

from django.utils.translation import gettext as _

from config import clock
from core.action_pages import action_form
from core.permissions import requires
from inmates.custody.actions import legal_status
from inmates.custody.forms import legal_status as forms
from inmates.people.visible import named, visible_person


@requires("inmates.manage_sentences")
def change(request, uuid):
    """Change of the legal status from a day on."""
    inmate = visible_person(request, uuid)
    return action_form(
        request,
        form=forms.LegalStatusForm(request.POST or None, initial={"status": inmate.legal_status, "on": clock.today()}),
        act=lambda form: legal_status.change_legal_status(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Legal status"), inmate),
        back=inmate.get_absolute_url(),
        success_message=_("Legal status recorded."),
    )
