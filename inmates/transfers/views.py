"""Transfers: the list, one transfer with its steps and its paper, and each step."""

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from audit import trail
from core.action_pages import action_form, form_page
from core.addresses import page_of
from core.panels import OfferedStep, offered_steps
from core.permissions import requires
from core.templatetags.display import colon, to
from documents import pdf, responses
from inmates.custody.models import Transfer
from inmates.people.corrections import issued_before
from inmates.people.participation import may_know_participation
from inmates.people.visible import closed_among, named, person_on_duty
from inmates.transfers import actions as transfers
from inmates.transfers import forms, papers
from inmates.transfers.worklists import transfers_in_scope

PROPOSERS = ("inmates.propose_transfer", "inmates.order_transfer")
State = Transfer.State
STEPS = {
    State.APPROVED: OfferedStep(gettext_lazy("Approve"), "inmates:transfer_approve", primary=True),
    State.ACCEPTED: OfferedStep(
        lambda transfer: _("Acknowledge") if transfer.national else _("Accept"), "inmates:transfer_accept", primary=True
    ),
    State.DEPARTED: OfferedStep(gettext_lazy("Record the departure"), "inmates:transfer_depart", primary=True),
    State.ARRIVED: OfferedStep(gettext_lazy("Record the arrival"), "inmates:transfer_arrive", primary=True),
    State.REFUSED: OfferedStep(gettext_lazy("Refuse"), "inmates:transfer_refuse"),
    State.CANCELLED: OfferedStep(gettext_lazy("Cancel the transfer"), "inmates:transfer_cancel"),
}


def _one(request, uuid):
    return get_object_or_404(transfers_in_scope(request.user), uuid=uuid)


@requires("inmates.view_record")
def listing(request):
    """Transfers from and to the user's prisons: those under way, or all."""
    readable = transfers_in_scope(request.user)
    ended = request.GET.get("show") == "all"
    listed = readable.order_by("-id") if ended else readable.live().order_by("proposed_at")
    trail.viewed("transfer_list", by=request.user)
    return render(
        request,
        "inmates/transfers/transfers.html",
        {
            "page": page_of(request, listed),
            "ended": ended,
            "may_propose": request.user.can("inmates.propose_transfer"),
            "may_know_why": may_know_participation(request.user),
        },
    )


@requires("inmates.view_record")
def one(request, uuid):
    """A transfer: its steps, what speaks against it, the file as it stood at departure.

    Those who classify read from where to where and how far it is, and nothing that says why.
    """
    transfer, may_know_why = _one(request, uuid), may_know_participation(request.user)
    trail.viewed("transfer", by=request.user, inmate=transfer.inmate, facility=transfer.origin, obj=transfer)
    closed_among(request.user, [transfer.inmate])
    order = list(Transfer.STEPS)
    reached = order.index(transfer.state) if transfer.state in order else -1
    steps = [
        (state.label, getattr(transfer, field), "now" if n == reached else "done" if getattr(transfer, field) else "")
        for n, (state, field) in enumerate(Transfer.STEPS.items())
    ]
    live = transfer.state in Transfer.BEFORE_DEPARTURE
    return render(
        request,
        "inmates/transfers/transfer.html",
        {
            "transfer": transfer,
            "steps": steps,
            "stopped": transfer.state in (State.REFUSED, State.CANCELLED),
            "objections": transfers.objections(transfer.inmate, transfer.destination, reader=request.user)
            if live and may_know_why
            else [],
            "may_know_why": may_know_why,
            "outdated": issued_before(transfer.inmate).get(("transfer_paper", papers.transfer_number(transfer))),
            "offered": offered_steps(transfer, request.user, STEPS, transfer.uuid),
            "file": None if transfer.inmate.closed else transfer.file_at_departure,
            "may_open_person": request.user.sees_nation or transfer.inmate.facility_id in request.user.facility_ids,
        },
    )


@requires("inmates.view_record")
def paper(request, uuid):
    """The transfer order as PDF, which says why; the sender keeps it."""
    transfer = _one(request, uuid)
    if not may_know_participation(request.user):
        raise PermissionDenied("reason of a transfer")
    order = papers.transfer_order(transfer, request.LANGUAGE_CODE, request.user)
    of = {"inmate": transfer.inmate, "facility": transfer.origin, "obj": transfer}
    trail.viewed("transfer_paper", by=request.user, detail={"number": order.reference}, **of)
    return responses.pdf(pdf.render(order), f"transfer-{transfer.uuid}.pdf")


@requires(*PROPOSERS)
def propose(request, uuid):
    """Propose, or order, a move to another prison. What speaks against it is shown before it is confirmed."""
    inmate = person_on_duty(request, uuid)
    if not inmate.held:
        messages.error(request, _("This person is not in custody."))
        return redirect(inmate)
    national = not request.user.can("inmates.propose_transfer", at=inmate.facility)
    form = forms.ConfirmedForm(request.POST or None, origin=inmate.facility)
    heading = _("Order a transfer: %(name)s") if national else _("Propose a transfer: %(name)s")
    context = {
        "form": form,
        "heading": heading % {"name": inmate.name},
        "cancel_url": inmate.get_absolute_url(),
        "action_label": pgettext("button", "Order") if national else _("Propose"),
    }
    if request.method == "POST" and form.is_valid():
        destination, confirmed = form.cleaned_data["destination"], form.cleaned_data["confirmed"]
        against = transfers.objections(inmate, destination, reader=request.user)
        if against and confirmed != str(destination.pk):
            form.data = form.data.copy()
            form.data["confirmed"] = str(destination.pk)
            context |= {"question": _("Read this before you confirm:"), "consequences": against}
            return form_page(request, "_confirm.html", context, form)
    return action_form(
        request,
        act=lambda form: transfers.propose(
            inmate,
            destination=form.cleaned_data["destination"],
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            national=national,
            by=request.user,
        ),
        back=lambda transfer: reverse("inmates:transfer", args=[transfer.uuid]),
        success_message=_("Transfer ordered.") if national else _("Transfer proposed."),
        **context,
    )


@requires("inmates.propose_transfer")
def many(request):
    """Propose the same transfer for a list of people."""
    form = forms.ManyForm(request.POST or None, user=request.user)

    def act(form):
        people = form.cleaned_data.pop("numbers")
        made = transfers.propose_many(people, by=request.user, **form.cleaned_data)
        for transfer in made:
            for text in transfers.objections(transfer.inmate, transfer.destination, reader=request.user):
                messages.warning(request, f"{transfer.inmate.registration_number}{colon()}{text}")
        messages.success(
            request, ngettext("%(n)s transfer proposed.", "%(n)s transfers proposed.", len(made)) % {"n": len(made)}
        )
        return made

    return action_form(
        request,
        form=form,
        act=act,
        heading=_("Transfer several people"),
        back=lambda made: reverse("inmates:transfers"),
        cancel_url=reverse("inmates:transfers"),
        success_message=_("They wait for the director's approval."),
        action_label=_("Propose"),
    )


def _step(request, uuid, form, act, title, success_message, **context):
    transfer = _one(request, uuid)
    made = form(transfer)
    return action_form(
        request,
        form=made,
        act=lambda form: act(transfer, by=request.user, **form.cleaned_data),
        heading=named(title, transfer.inmate),
        lead_text=f"{transfer.origin} {to()} {transfer.destination}",
        back=reverse("inmates:transfer", args=[transfer.uuid]),
        success_message=success_message,
        **context,
    )


def _empty(request):
    return django_forms.Form(request.POST if request.method == "POST" else None)


@requires("inmates.approve_transfer")
def approve(request, uuid):
    """Approval by the sender's director."""
    transfer = _one(request, uuid)
    against = transfers.objections(transfer.inmate, transfer.destination, reader=request.user)
    return _step(
        request,
        uuid,
        lambda transfer: _empty(request),
        transfers.approve,
        _("Approve the transfer"),
        _("Approved."),
        template="_confirm.html",
        question=_("Read this before you confirm:") if against else "",
        consequences=against,
        action_label=_("Approve"),
    )


@requires("inmates.accept_transfer")
def accept(request, uuid):
    """Acceptance by the receiver, or acknowledgement of a national order."""
    return _step(
        request,
        uuid,
        lambda transfer: forms.AcceptForm(
            request.POST if request.method == "POST" else None, transfer=transfer, reader=request.user
        ),
        transfers.accept,
        _("Accept the transfer"),
        _("Accepted."),
        action_label=_("Accept"),
    )


@requires("inmates.approve_transfer", "inmates.accept_transfer")
def refuse(request, uuid):
    """Refusal with a coded reason."""
    return _step(
        request,
        uuid,
        lambda transfer: forms.RefuseForm(request.POST or None),
        transfers.refuse,
        _("Refuse the transfer"),
        _("Refused."),
        action_label=_("Refuse"),
        danger=True,
    )


@requires("inmates.propose_transfer", "inmates.approve_transfer", "inmates.order_transfer")
def cancel(request, uuid):
    """Cancellation before the departure."""
    return _step(
        request,
        uuid,
        lambda transfer: forms.RefuseForm(request.POST or None),
        transfers.cancel,
        _("Cancel the transfer"),
        _("Cancelled."),
        action_label=_("Cancel the transfer"),
        danger=True,
    )


@requires("inmates.propose_transfer")
def depart(request, uuid):
    """Departure."""
    return _step(
        request,
        uuid,
        lambda transfer: forms.DepartForm(request.POST if request.method == "POST" else None),
        transfers.depart,
        _("Record the departure"),
        _("Departed. The file as it stands now is kept."),
    )


@requires("inmates.accept_transfer")
def arrive(request, uuid):
    """Arrival, with a number and a place."""
    return _step(
        request,
        uuid,
        lambda transfer: forms.ArriveForm(request.POST or None, transfer=transfer, reader=request.user),
        transfers.arrive,
        _("Record the arrival"),
        _("Arrived. Responsibility has passed."),
    )
