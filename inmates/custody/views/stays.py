"""Acts of a stay: move, release and its order, legal status."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.action_pages import action_form
from core.permissions import requires
from documents import pdf, responses
from inmates.custody import papers
from inmates.custody.actions import stays as stay_actions
from inmates.custody.forms import stays as forms
from inmates.custody.holds import holds
from inmates.custody.models import Admission
from inmates.people.visible import named, visible_person


@requires("inmates.place")
def move(request, uuid):
    """Move to another unit of the same prison."""
    inmate = visible_person(request, uuid)
    if not inmate.held:
        messages.error(request, _("This person is not in custody."))
        return redirect(inmate)
    return action_form(
        request,
        form=forms.MoveForm(request.POST or None, inmate=inmate, reader=request.user),
        act=lambda form: stay_actions.place(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Move"), inmate),
        lead_text=_("Now in unit %(unit)s.") % {"unit": inmate.unit},
        back=inmate.get_absolute_url(),
        success_message=_("Moved."),
        action_label=_("Move"),
    )


@requires("inmates.release")
def release(request, uuid):
    """Release on a ground; the page shows what still holds the person."""
    inmate = visible_person(request, uuid)
    if not inmate.admissions.open().exists():
        messages.error(request, _("This person is not in custody: nothing was changed."))
        return redirect(inmate)

    def act(form):
        reference = form.cleaned_data.pop("release_reference")
        return stay_actions.release(inmate, reference=reference, by=request.user, **form.cleaned_data)

    holding = [hold.text for hold in holds(inmate)]
    return action_form(
        request,
        form=forms.ReleaseForm(request.POST or None, inmate=inmate),
        act=act,
        heading=named(_("Release"), inmate),
        template="_confirm.html",
        question=_("What still holds this person:") if holding else _("Nothing that is recorded holds this person."),
        consequences=holding,
        back=inmate.get_absolute_url(),
        success_message=_("Released. The order to release can be printed from the custody tab."),
        action_label=_("Release"),
    )


@requires("inmates.view_record")
def release_paper(request, uuid, admission):
    """The order to release (*levée d'écrou*) as PDF, of a stay that ended."""
    inmate = visible_person(request, uuid)
    stay = get_object_or_404(
        Admission.objects.select_related("inmate", "facility", "order", "released_by").exclude(released_at=None),
        inmate=inmate,
        uuid=admission,
    )
    trail.viewed("release_paper", by=request.user, inmate=inmate, obj=stay)
    content = pdf.render(papers.release_order(stay, request.LANGUAGE_CODE))
    return responses.pdf(content, f"release-{stay.uuid}.pdf")


@requires("inmates.manage_sentences")
def legal_status(request, uuid):
    """Change of the legal status from a day on."""
    inmate = visible_person(request, uuid)
    return action_form(
        request,
        form=forms.LegalStatusForm(request.POST or None, initial={"status": inmate.legal_status, "on": clock.today()}),
        act=lambda form: stay_actions.change_legal_status(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Legal status"), inmate),
        back=inmate.get_absolute_url(),
        success_message=_("Legal status recorded."),
    )
