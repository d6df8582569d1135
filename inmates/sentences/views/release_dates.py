"""The page on which a person enters a release date that the rules do not give."""

from django.utils.translation import gettext as _

from core.permissions import requires
from inmates.people.visible import visible_person
from inmates.sentences import actions
from inmates.sentences.forms import release_dates as forms
from inmates.sentences.views.frame import person_form


@requires("inmates.settle_release_date")
def settle(request, uuid):
    """A release date entered by a person, where the rules give none."""
    inmate = visible_person(request, uuid)
    return person_form(
        request,
        inmate,
        forms.SettleForm(request.POST or None),
        lambda form: actions.settle_release_date(inmate, by=request.user, **form.cleaned_data),
        _("Settle the release date"),
        _("Release date settled."),
        lead_text=_("Only where the rules give no date. Ask the prosecutor, and keep the reference of the answer."),
    )
