"""A person's stay: moves, release and its paper, legal status, orders, escape and return, tasks."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gate import needs
from audit import trail
from config import clock
from documents import pdf, responses
from inmates.acting import form_page, visible_person
from inmates.custody import actions, orders, outings
from inmates.custody.forms import stay as forms
from inmates.custody.holds import holds
from inmates.custody.models import Admission, DetentionOrder, Task
from inmates.people.models import Inmate


def named(title, inmate):
    """A page's heading with the person it is about."""
    return f"{title}: {inmate.name}"


@needs("inmates.place")
def move(request, uuid):
    """To another unit of the same prison."""
    inmate = visible_person(request, uuid)
    if not inmate.held:
        messages.error(request, _("This person is not in custody."))
        return redirect(inmate)
    return form_page(
        request,
        form=forms.MoveForm(request.POST or None, inmate=inmate, reader=request.user),
        act=lambda form: actions.place(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Move"), inmate),
        lead_text=_("Now in unit %(unit)s.") % {"unit": inmate.unit},
        back=inmate.get_absolute_url(),
        said=_("Moved."),
        action_label=_("Move"),
    )


@needs("inmates.release")
def release(request, uuid):
    """Out of custody, on a ground; the page says what still holds the person."""
    inmate = visible_person(request, uuid)
    if not inmate.admissions.open().exists():
        messages.error(request, _("This person is not in custody: nothing was changed."))
        return redirect(inmate)

    def act(form):
        found = form.cleaned_data
        reference, case = found["release_reference"], found["case"]
        return actions.release(
            inmate, ground=found["ground"], reference=reference, case=case, at=found["at"], by=request.user
        )

    holding = [hold.text for hold in holds(inmate)]
    return form_page(
        request,
        form=forms.ReleaseForm(request.POST or None, inmate=inmate),
        act=act,
        heading=named(_("Release"), inmate),
        template="_confirm.html",
        question=_("What still holds this person:") if holding else _("Nothing that is recorded holds this person."),
        consequences=holding,
        back=inmate.get_absolute_url(),
        said=_("Released. The order to release can be printed from the custody tab."),
        action_label=_("Release"),
    )


@needs("inmates.view_record")
def release_paper(request, uuid, admission):
    """The order to release (*levée d'écrou*) as PDF, of a stay that ended."""
    inmate = visible_person(request, uuid)
    stay = get_object_or_404(
        Admission.objects.select_related("facility", "order", "released_by").exclude(released_at=None),
        inmate=inmate,
        uuid=admission,
    )
    trail.viewed("release_paper", by=request.user, inmate=inmate, obj=stay)
    language = request.LANGUAGE_CODE
    with pdf.language(language):
        numbers = [number.number for number in stay.registration_numbers.order_by("id")]
        last = stay.placements.select_related("facility").order_by("-during").first()
        blocks = [
            pdf.facts(
                [
                    (_("Name"), inmate.name_latin or inmate.name_ar),
                    (_("Name in Arabic"), inmate.name_ar),
                    (_("Registration number"), pdf.code(numbers[-1] if numbers else "")),
                    (_("National ID card (CIN)"), pdf.code(inmate.cin or "")),
                    (_("Detention order"), pdf.code(stay.order.reference)),
                    (_("Admitted on"), pdf.day(stay.admitted_at)),
                    (_("Released on"), f"{pdf.day(stay.released_at)}, {timezone.localtime(stay.released_at):%H:%M}"),
                    (_("Ground of release"), stay.get_ground_display()),
                    (_("Decision or paper"), stay.release_reference),
                ]
            ),
            pdf.text(_("The person named above is no longer held in this establishment from the moment stated.")),
            pdf.signatures([_("Records officer"), _("Director"), _("Received by the person released")]),
        ]
        prison = last.facility if last else stay.facility
        title = _("Order to release")
        content = pdf.render(
            "letter", {"title": title, "reference": prison.name, "date": clock.today(), "blocks": blocks}, language
        )
    return responses.pdf(content, f"release-{stay.uuid}.pdf")


@needs("inmates.manage_sentences")
def legal_status(request, uuid):
    """On what ground the person is held from a day on."""
    inmate = visible_person(request, uuid)
    return form_page(
        request,
        form=forms.LegalStatusForm(request.POST or None, initial={"status": inmate.legal_status, "on": clock.today()}),
        act=lambda form: actions.change_legal_status(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Legal status"), inmate),
        back=inmate.get_absolute_url(),
        said=_("Legal status recorded."),
    )


@needs("inmates.manage_sentences")
def add_order(request, uuid):
    """One more detention order."""
    inmate = visible_person(request, uuid)
    return form_page(
        request,
        form=forms.OrderForm(request.POST or None, inmate=inmate),
        act=lambda form: orders.add_order(inmate, order=form.order(), by=request.user),
        heading=named(_("Add a detention order"), inmate),
        back=_custody_tab(inmate),
        said=_("Order recorded."),
    )


@needs("inmates.manage_sentences")
def extend_order(request, uuid, pk):
    """A later last day for an order."""
    inmate = visible_person(request, uuid)
    order = get_object_or_404(DetentionOrder, pk=pk, inmate=inmate)
    return form_page(
        request,
        form=forms.ExtendForm(request.POST or None),
        act=lambda form: orders.extend_order(order, by=request.user, **form.cleaned_data),
        heading=named(_("Extend order %(reference)s") % {"reference": order.reference}, inmate),
        back=_custody_tab(inmate),
        said=_("Order extended."),
    )


@needs("inmates.manage_sentences")
def lift_order(request, uuid, pk):
    """An order that holds nobody any longer."""
    inmate = visible_person(request, uuid)
    order = get_object_or_404(DetentionOrder, pk=pk, inmate=inmate)

    def act(form):
        lifted = orders.lift_order(order, by=request.user, **form.cleaned_data)
        if inmate.held and not holds(inmate):
            messages.warning(request, _("Nothing recorded holds this person any longer: release today."))
        return lifted

    return form_page(
        request,
        form=forms.LiftForm(request.POST or None, initial={"on": clock.today()}),
        act=act,
        heading=named(_("Lift order %(reference)s") % {"reference": order.reference}, inmate),
        back=_custody_tab(inmate),
        said=_("Order lifted."),
    )


@needs("inmates.record_outing")
def escape(request, uuid):
    """Escaped, or not come back."""
    inmate = visible_person(request, uuid)
    return form_page(
        request,
        form=forms.EscapeForm(request.POST or None),
        act=lambda form: outings.record_escape(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Escaped or not come back"), inmate),
        back=inmate.get_absolute_url(),
        said=_("Recorded as absent."),
        danger=True,
    )


@needs("inmates.record_outing")
def come_back(request, uuid):
    """Held again after an escape or absence."""
    inmate = visible_person(request, uuid)
    if inmate.status != Inmate.Status.ABSENT:
        messages.error(request, _("This person is not absent."))
        return redirect(inmate)
    return form_page(
        request,
        form=forms.ReturnForm(request.POST or None, inmate=inmate, reader=request.user),
        act=lambda form: outings.record_return(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Record the return"), inmate),
        back=inmate.get_absolute_url(),
        said=_("Return recorded."),
    )


@needs("inmates.settle_task")
def settle_task(request, pk):
    """Close a task with what was done."""
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("inmate"), pk=pk)
    return form_page(
        request,
        form=forms.NoteForm(request.POST or None),
        act=lambda form: actions.settle_task(task, note=form.cleaned_data["note"], by=request.user),
        heading=named(task.get_kind_display(), task.inmate),
        lead_text=task.detail,
        back=_tasks(),
        said=_("Task closed."),
    )


def _custody_tab(inmate):
    return reverse("inmates:tab_custody", args=[inmate.uuid])


def _tasks():
    return reverse("inmates:tasks")
