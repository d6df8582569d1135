"""Release: the page that asks, the order to release, and the scan of the paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from audit import trail
from core.action_pages import action_form
from core.permissions import TO_ACT, requires
from core.workflow import InvalidTransition
from documents import pdf, responses
from documents.scans import ScanForm
from inmates.custody import papers
from inmates.custody.actions import releases
from inmates.custody.forms import releases as forms
from inmates.custody.holds import doubtful_orders, holds, settled_early
from inmates.custody.models import Admission, DetentionOrder
from inmates.custody.release_grounds import proposed
from inmates.people.views.corrections import waiting_in_words
from inmates.people.visible import named, person_on_duty, tab_or_profile, visible_person


@requires("inmates.release", confirm=TO_ACT)
def release(request, uuid):
    """Release on a ground; the page shows what still holds the person."""
    inmate = person_on_duty(request, uuid)
    if not inmate.admissions.open().exists():
        messages.error(request, _("This person is not in custody: nothing was changed."))
        return redirect(inmate)

    proposal, holding = proposed(inmate), holds(inmate)
    asked_twice = [*holding, *filter(None, [settled_early(inmate)])]
    doubted = any(order.kind != DetentionOrder.Kind.CIVIL for order in doubtful_orders(inmate))

    def act(form):
        data = dict(form.cleaned_data)
        reference = data.pop("release_reference")
        try:
            return releases.release(inmate, reference=reference, by=request.user, **data)
        except InvalidTransition as refusal:  # nothing that was typed is lost: said at the ground
            raise ValidationError({"ground": [str(refusal), *_ways_out(form, asked_twice)]}) from refusal

    def released(stay):
        if stay.release_file["against"]:
            messages.warning(
                request, _("The record said that something still held: the national office has been told.")
            )
        return _("Released. The order to release can be printed from the custody tab.")

    return action_form(
        request,
        form=forms.ReleaseForm(
            request.POST or None,
            request.FILES or None,
            inmate=inmate,
            proposal=proposal,
            holding=asked_twice,
            doubted=doubted,
        ),
        act=act,
        heading=named(_("Release"), inmate),
        template="_confirm.html",
        question=_("What still holds this person:") if holding else _("Nothing that is recorded holds this person."),
        consequences=[hold.text for hold in asked_twice],
        lead_text=" ".join(words for _correction, words in waiting_in_words(inmate, request.user)),
        back=inmate.get_absolute_url(),
        success_message=released,
        action_label=_("Release"),
    )


def _ways_out(form, holding):
    """What opens the door all the same, for whoever was refused because something still holds."""
    if not holding:
        return
    if "before_term" in form.fields:
        yield _("If a written order says that it is over, confirm it below, with its reference, and send again.")
    yield _("A judge's written order to release always opens the door: choose that ground.")


def _ended_stay(inmate, uuid):
    """A stay of this person that has ended; 404 otherwise."""
    stays = Admission.objects.select_related("inmate", "facility", "order", "released_by", "release_document")
    return get_object_or_404(stays.exclude(released_at=None), inmate=inmate, uuid=uuid)


@requires("inmates.view_record")
def release_paper(request, uuid, admission):
    """The order to release (*levée d'écrou*) as PDF, of a stay that ended."""
    inmate = person_on_duty(request, uuid)
    stay = _ended_stay(inmate, admission)
    order = papers.release_order(stay, request.LANGUAGE_CODE, request.user)
    trail.viewed("release_paper", by=request.user, inmate=inmate, obj=stay, detail={"number": order.reference})
    return responses.pdf(pdf.render(order), f"release-{stay.uuid}.pdf")


@requires("inmates.view_record")
def release_scan(request, uuid, admission):
    """The scan of the paper on which somebody was released: for all who may read the record."""
    inmate = visible_person(request, uuid)
    stay = _ended_stay(inmate, admission)
    if stay.release_document is None:
        raise Http404
    trail.viewed("release_scan", by=request.user, inmate=inmate, obj=stay)
    return responses.download(stay.release_document)


@requires("inmates.release")
def attach_release_scan(request, uuid, admission):
    """Attach the scan of the paper, where it was not at hand at the release."""
    inmate = person_on_duty(request, uuid)
    stay = _ended_stay(inmate, admission)
    return action_form(
        request,
        form=ScanForm(request.POST or None, request.FILES or None),
        act=lambda form: releases.attach_release_scan(stay, by=request.user, **form.cleaned_data),
        heading=named(_("Scan of the release paper"), inmate),
        lead_text=stay.release_reference,
        back=tab_or_profile(inmate, "inmates:tab_custody"),
        success_message=_("Scan attached."),
        action_label=_("Attach"),
    )
