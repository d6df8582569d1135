"""Pardon files: one case each, and the list of an occasion with its outcomes."""

import io

import tablib
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from audit import trail
from core.action_pages import action_form
from core.forms import ReasonForm
from core.panels import OfferedStep, offered_steps
from core.permissions import TO_OPEN, requires
from documents import pdf, responses
from inmates.people.visible import visible_person
from musalaha import papers
from musalaha.actions import pardon_files, pardon_follow_through
from musalaha.forms.pardon_files import PardonFileForm
from musalaha.forms.pardons import OccasionForm
from musalaha.models import Enrolment, PardonFile

State = PardonFile.State
STEPS = {
    State.CLOSED: OfferedStep(gettext_lazy("Close the file"), "musalaha:pardon_file_close"),
    State.REFUSED: OfferedStep(
        gettext_lazy("No pardon was granted"), "musalaha:pardon_file_close", query="?why=refused"
    ),
    State.SENT: OfferedStep(gettext_lazy("Send the file"), "musalaha:pardon_file_send", primary=True),
}


def page_url(file):
    """Address of the page of a file."""
    return reverse("musalaha:pardon_file", args=[file.uuid])


def _file(request, uuid):
    files = PardonFile.objects.visible_to(request.user).select_related(
        "inmate__facility", "inmate__unit", "sentence__case", "enrolment__cohort", "pardon__instrument", "opened_by"
    )
    return get_object_or_404(files, uuid=uuid)


@requires("musalaha.manage_pardon_files")
def new(request, uuid):
    """Open a case file, for people in the programme or not."""
    inmate = visible_person(request, uuid)
    finished = inmate.enrolments.filter(outcome=Enrolment.Outcome.GRADUATED).order_by("-ended_on").first()
    form = PardonFileForm(request.POST or None, inmate=inmate, initial={"requester": "prison_service"})
    return action_form(
        request,
        form,
        lambda form: pardon_files.open_pardon_file(inmate, enrolment=finished, by=request.user, **form.cleaned_data),
        success_message=_("The file is open."),
        back=page_url,
        heading=_("Open a pardon file: %(name)s") % {"name": inmate.name},
        action_label=_("Open the file"),
        cancel_url=inmate.get_absolute_url(),
        lead_text=_("For one sentence. The file grants nothing."),
    )


@requires("musalaha.view_programme")
def detail(request, uuid):
    """One file with its supporting record: sentence, finished rounds, conduct since."""
    file = _file(request, uuid)
    inmate = file.inmate
    trail.viewed("pardon_file", by=request.user, inmate=inmate, obj=file)
    finished = inmate.enrolments.filter(outcome=Enrolment.Outcome.GRADUATED).select_related("cohort", "certificate")
    return render(
        request,
        "musalaha/pardon_files/pardon_file.html",
        {
            "file": file,
            "inmate": inmate,
            "finished": finished,
            "earlier": inmate.pardons.select_related("instrument").order_by("-instrument__dated_on"),
            "offered": offered_steps(file, request.user, STEPS, file.uuid),
            "may_record": request.user.can("inmates.record_pardon") and file.state in PardonFile.LIVE,
        },
    )


@requires("musalaha.manage_pardon_files")
def send(request, uuid):
    """Send the file, with the opinion as it is to read."""
    file = _file(request, uuid)
    form = ReasonForm(
        request.POST or None, required=False, label=_("Opinion"), max_length=None, initial={"reason": file.opinion}
    )
    return action_form(
        request,
        form,
        lambda form: pardon_files.send_pardon_file(file, opinion=form.cleaned_data["reason"], by=request.user),
        success_message=_("The file is sent."),
        back=page_url(file),
        heading=_("Send the file"),
        action_label=_("Send"),
        cancel_url=page_url(file),
    )


@requires("musalaha.manage_pardon_files")
def close(request, uuid):
    """Refused, or closed for another reason."""
    file = _file(request, uuid)
    refused = request.GET.get("why") == "refused"
    return action_form(
        request,
        ReasonForm(request.POST or None, required=not refused, label=_("Answer, as it was given") if refused else None),
        lambda form: pardon_files.close_pardon_file(
            file, refused=refused, note=form.cleaned_data["reason"], by=request.user
        ),
        success_message=_("The file is closed. Another may be opened."),
        back=page_url(file),
        heading=_("No pardon was granted") if refused else _("Close the file"),
        action_label=_("Record the answer") if refused else _("Close the file"),
        cancel_url=page_url(file),
        names={"note": "reason"},
        template="_confirm.html",
    )


def _of_occasion(request):
    """The files of the occasion asked for, by name."""
    name = request.GET.get("occasion", "")
    if not name:
        return "", PardonFile.objects.none()
    files = (
        PardonFile.objects.visible_to(request.user)
        .filter(occasion=name)
        .select_related("inmate__facility", "sentence__case", "enrolment__cohort", "pardon__instrument")
        .order_by("inmate__sort_key", "pk")
    )
    if not files.exists():
        raise Http404
    return name, files


@requires("musalaha.view_programme")
def occasion(request):
    """List of an occasion: its files, and for the coordinator their outcomes, entered together from one instrument."""
    name, files = _of_occasion(request)
    if not name:
        return redirect("musalaha:pardons")
    user, files = request.user, list(files)
    if request.method == "POST":
        user.require("inmates.record_pardon")
    open_files = [file for file in files if file.state in PardonFile.LIVE and file.pardon_id is None]
    records = user.can("inmates.record_pardon") and bool(open_files)
    form = OccasionForm(
        request.POST or None,
        request.FILES or None,
        files=open_files if records else [],
        initial={"occasion": name},
    )
    trail.viewed("pardon_list", by=user, detail={"people": len(files)})
    return action_form(
        request,
        form,
        lambda form: pardon_follow_through.record_outcomes(form.granted, form.refused, by=user, **form.instrument),
        success_message=lambda _nothing: _recorded_in_words(len(form.granted) + len(form.refused)),
        back=request.get_full_path(),
        template="musalaha/pardon_files/occasion.html",
        occasion=name,
        files=[(file, form.lines.get(file)) for file in files],
        records=records,
        may_export=user.can("inmates.export_list"),
    )


def _recorded_in_words(count):
    recorded = ngettext("%(n)s line recorded.", "%(n)s lines recorded.", count) % {"n": count}
    return recorded + " " + _("Pardons have no effect before somebody else verifies them.")


@requires("musalaha.view_programme")
def occasion_pdf(request):
    """The list, printed in the language of the reader."""
    name, files = _of_occasion(request)
    if not name:
        return redirect("musalaha:pardons")
    files = list(files)
    language = request.GET.get("language") or get_language()
    if language not in ("ar", "fr", "en"):
        raise Http404
    trail.viewed("pardon_list", by=request.user, detail={"people": len(files), "paper": True})
    content = pdf.render(papers.pardon_list(name, files, language, by=request.user))
    return responses.pdf(content, "pardon-files.pdf")


@requires("inmates.export_list", confirm=TO_OPEN)
def occasion_xlsx(request):
    """The list as a sheet."""
    name, files = _of_occasion(request)
    if not name:
        return redirect("musalaha:pardons")
    sheet = tablib.Dataset(
        headers=[
            _("Name"),
            _("Name in the other script"),
            _("Number"),
            _("Prison"),
            _("Sentence"),
            pgettext("over a day", "Release"),
            _("Round"),
            _("Requested by"),
            _("State"),
        ]
    )
    for file in files:
        sheet.append(
            [
                _plain(file.inmate.name),
                _plain(file.inmate.other_name),
                _plain(file.inmate.registration_number),
                _plain(file.inmate.facility),
                _plain(file.sentence or ""),
                file.inmate.release_on.isoformat() if file.inmate.release_on else "",
                file.enrolment.cohort.number if file.enrolment else "",
                file.get_requester_display(),
                file.get_state_display(),
            ]
        )
    trail.record("pardon_list.exported", by=request.user, detail={"people": len(sheet)})
    content = io.BytesIO(sheet.export("xlsx"))
    response = HttpResponse(
        content.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = 'attachment; filename="pardon-files.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _plain(value):
    """Text that a spreadsheet does not take for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
