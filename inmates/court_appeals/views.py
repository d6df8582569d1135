"""Pages of appeals and cassations: the register, a declaration and its receipt, its sending, the court's answer."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import trail
from config import clock
from core.addresses import page_of
from core.permissions import requires
from documents import pdf, responses
from inmates.court_appeals import actions, forms, papers
from inmates.court_appeals.worklists import judgments_open_to_appeal, register_of_appeals
from inmates.people.visible import visible_person
from inmates.sentences.models import Case, CourtAppeal
from inmates.sentences.views.frame import person_form

SHOWN = {
    "open": gettext_lazy("Awaiting the court"),
    "to_send": gettext_lazy("Still to be sent"),
    "answered": gettext_lazy("Answered"),
}


@requires("inmates.view_record")
def register(request):
    """The registry's register of appeal and cassation declarations."""
    show = request.GET.get("show", "open")
    show = show if show in SHOWN else "open"
    trail.viewed("court_appeals", by=request.user, detail={"show": show})
    page = page_of(request, register_of_appeals(request.user, show))
    context = {"page": page, "shown": SHOWN, "show": show, "query": f"show={show}&"}
    context["hours"] = settings.POLICY["appeal_sending_hours"]
    return render(request, "inmates/court_appeals/register.html", context)


@requires("inmates.view_record")
def deadlines(request):
    """Judgments whose time to appeal runs, or has run out without being recorded as final."""
    trail.viewed("appeal_list", by=request.user)
    rows = judgments_open_to_appeal(request.user)
    return render(request, "inmates/court_appeals/deadlines.html", {"rows": rows, "today": clock.today()})


@requires("inmates.manage_sentences")
def declare(request, uuid, pk):
    """An appeal or a cassation declared in a case."""
    inmate = visible_person(request, uuid)
    case = get_object_or_404(Case, pk=pk, inmate=inmate)
    return person_form(
        request,
        inmate,
        forms.DeclareForm(request.POST or None, case=case),
        lambda form: actions.declare_appeal(case, by=request.user, **form.cleaned_data),
        _("Appeal in case %(number)s") % {"number": case},
        _("Appeal recorded. Print the receipt for the person and send the declaration to the court."),
    )


@requires("inmates.manage_sentences")
def receipt(request, uuid, pk):
    """The person has the receipt in hand."""
    inmate, appeal = _appeal(request, uuid, pk)
    return person_form(
        request,
        inmate,
        forms.ReceiptForm(request.POST or None),
        lambda form: actions.give_receipt(appeal, by=request.user, **form.cleaned_data),
        _("Receipt of the declaration"),
        _("Receipt recorded."),
    )


@requires("inmates.view_record")
def receipt_paper(request, uuid, pk):
    """The receipt of a declaration, as PDF."""
    inmate, appeal = _appeal(request, uuid, pk, by_person_at__isnull=False)
    letter = papers.receipt(appeal, request.LANGUAGE_CODE, request.user)
    trail.viewed(
        "court_appeal_receipt", by=request.user, inmate=inmate, obj=appeal, detail={"number": letter.reference}
    )
    return responses.pdf(pdf.render(letter), f"receipt-{appeal.pk}.pdf")


@requires("inmates.manage_sentences")
def send(request, uuid, pk):
    """The declaration has gone to the court."""
    inmate, appeal = _appeal(request, uuid, pk)
    return person_form(
        request,
        inmate,
        forms.SendForm(request.POST or None),
        lambda form: actions.send_appeal(appeal, by=request.user, **form.cleaned_data),
        _("Declaration sent to the court"),
        _("Sending recorded."),
    )


@requires("inmates.manage_sentences")
def outcome(request, uuid, pk):
    """The court's answer; the release date, the legal status and what holds the person follow."""
    inmate, appeal = _appeal(request, uuid, pk)
    return person_form(
        request,
        inmate,
        forms.OutcomeForm(request.POST or None, request.FILES or None, appeal=appeal),
        lambda form: actions.decide_appeal(appeal, by=request.user, **form.answer(by=request.user)),
        _("The court's answer: %(appeal)s") % {"appeal": appeal},
        _("Recorded. Release date and legal status have followed: see what holds the person now."),
        lead_text=_standing_text(appeal),
    )


def _standing_text(appeal):
    judgment = appeal.standing_judgment
    if judgment is None:
        return _("Appealed: an acquittal.")
    text = _("Appealed: %(term)s. A new term keeps the start and the remand of this sentence.")
    return text % {"term": judgment.which}


def _appeal(request, uuid, pk, **conditions):
    inmate = visible_person(request, uuid)
    appeals = CourtAppeal.objects.filter(case__inmate=inmate, case__annulled_at=None, **conditions)
    return inmate, get_object_or_404(appeals.select_related("case__inmate", "judgment", "facility"), pk=pk)
