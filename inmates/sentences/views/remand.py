"""The page of remand in a prosecution under way."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.permissions import requires
from inmates.people.visible import visible_person
from inmates.sentences import actions
from inmates.sentences.forms import remand as forms
from inmates.sentences.models import Case
from inmates.sentences.views.frame import person_form


@requires("inmates.manage_sentences")
def remand(request, uuid, pk):
    """Remand ordered in a prosecution under way, or ended."""
    inmate = visible_person(request, uuid)
    case = get_object_or_404(Case, pk=pk, inmate=inmate)
    return person_form(
        request,
        inmate,
        forms.RemandForm(request.POST or None, initial={"on_remand": "no" if case.on_remand else "yes"}),
        lambda form: actions.set_remand(case, by=request.user, **form.cleaned_data),
        _("Remand in case %(number)s") % {"number": case},
        _("Recorded. The legal status has followed."),
        lead_text=_("As the judge ordered. An order in force must support the remand: add it under Detention orders."),
    )
