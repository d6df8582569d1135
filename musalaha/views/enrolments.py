"""One participant: attendance, notes, withdrawal, removal by two people, graduation."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit import signed_context, trail
from core.action_pages import action_button, action_form
from core.permissions import requires
from core.sayings import words
from documents import pdf, responses
from documents.scans import ScanForm
from inmates.people.models import Inmate
from musalaha import attendance, numbering, papers
from musalaha.actions import enrolments, sessions
from musalaha.forms.enrolments import AppealAnswerForm, GraduateForm, NoteForm, RemovalForm, WithdrawalForm
from musalaha.models import Certificate, Enrolment, ProgressNote, Strand
from musalaha.views.scope import enrolment_of


def page_url(enrolment):
    """Address of the page of an enrolment."""
    return reverse("musalaha:participant", args=[enrolment.pk])


@requires("musalaha.view_programme")
def detail(request, pk):
    """Attendance by strand, notes, and the acts that are possible now."""
    enrolment, user = enrolment_of(request, pk), request.user
    inmate, at = enrolment.inmate, enrolment.inmate.facility
    trail.viewed("enrolment", by=user, inmate=inmate, obj=enrolment)
    record = attendance.records([enrolment])[enrolment.pk]
    running = enrolment.ended_on is None
    outside = enrolment.outcome == Enrolment.Outcome.RELEASED and enrolment.finishes_outside
    has_final = enrolment.notes.filter(kind=ProgressNote.Kind.FINAL).exists()
    involved = (enrolment.removal_proposed_by_id, enrolment.removal_confirmed_by_id)
    answers = user.can("musalaha.confirm_removal", at=at) or user.can("musalaha.manage_rounds", at=at)
    removed = enrolment.outcome == Enrolment.Outcome.REMOVED
    proposed = running and bool(enrolment.removal_code)
    return render(
        request,
        "musalaha/enrolments/participant.html",
        {
            "enrolment": enrolment,
            "inmate": inmate,
            "cohort": enrolment.cohort,
            "strands": [(label, record.by_strand[code]) for code, label in Strand.choices],
            "record": record,
            "advice": attendance.conversation(enrolment, record) if running else "",
            "missing": attendance.missing(enrolment, record, has_final=has_final) if running else [],
            "notes": enrolment.notes.select_related("written_by"),
            "absences": enrolment.attendances.exclude(mark="present")
            .select_related("session")
            .order_by("-session__starts_at")[:20],
            "certificate": getattr(enrolment, "certificate", None),
            "may_note": running and user.can("musalaha.record_attendance", at=at),
            "may_withdraw": running and user.can("musalaha.withdraw", at=at),
            "may_attach": enrolment.outcome == Enrolment.Outcome.WITHDREW and user.can("musalaha.withdraw", at=at),
            "may_graduate": (running or outside)
            and enrolment.cohort.state == "running"
            and user.can("musalaha.graduate", at=at),
            "may_propose": running and not proposed and user.can("musalaha.propose_removal", at=at),
            "proposed": proposed,
            "may_confirm": proposed and user.can("musalaha.confirm_removal", at=at) and user.pk not in involved,
            "may_drop": proposed
            and (user.can("musalaha.confirm_removal", at=at) or user.pk == enrolment.removal_proposed_by_id),
            "may_appeal": removed and enrolment.removal_appealed_on is None and user.can("musalaha.withdraw", at=at),
            "may_answer": enrolment.removal_appealed_on is not None
            and enrolment.removal_appeal_answered_by_id is None
            and answers
            and user.pk not in involved,
        },
    )


@requires("musalaha.record_attendance")
def note(request, pk):
    """Write a note or a report."""
    enrolment = enrolment_of(request, pk)
    kind = request.GET.get("kind") if request.GET.get("kind") in ProgressNote.Kind.values else "note"
    return action_form(
        request,
        NoteForm(request.POST or None, initial={"kind": kind}),
        lambda form: sessions.add_note(enrolment, by=request.user, **form.cleaned_data),
        success_message=_("Written down."),
        back=page_url(enrolment),
        heading=_("Note on %(name)s") % {"name": enrolment.inmate.name},
        action_label=_("Write it down"),
        cancel_url=page_url(enrolment),
        lead_text=_("Attendance, work and what helps; religious practice alone is never a ground for anything."),
    )


@requires("musalaha.withdraw")
def withdraw(request, pk):
    """Record a withdrawal; a reason may be given and need not be."""
    enrolment = enrolment_of(request, pk)
    return action_form(
        request,
        WithdrawalForm(
            request.POST or None,
            request.FILES or None,
            required=False,
            label=_("Reason, if the person wishes to give one"),
        ),
        lambda form: enrolments.withdraw(enrolment, by=request.user, **form.cleaned_data),
        success_message=_("Withdrawn. The earlier unit is restored, or a task says by when."),
        back=page_url(enrolment),
        heading=_("Withdrawal of %(name)s") % {"name": enrolment.inmate.name},
        action_label=_("Record the withdrawal"),
        cancel_url=page_url(enrolment),
        consequences=[
            _("Back to %(unit)s; where that cannot be, a task with a date, and never a worse regime.")
            % {"unit": enrolment.earlier_unit},
            _("Tier, regime, pardon file and later applications stay as they are."),
        ],
        template="_confirm.html",
    )


@requires("musalaha.view_programme")
def withdrawal_scan(request, pk):
    """The scan of what somebody signed when they left."""
    enrolment = enrolment_of(request, pk)
    if enrolment.document is None:
        raise Http404
    trail.viewed("withdrawal_scan", by=request.user, inmate=enrolment.inmate, obj=enrolment)
    return responses.download(enrolment.document)


@requires("musalaha.withdraw")
def attach_withdrawal_scan(request, pk):
    """Attach that scan, where it was not at hand."""
    enrolment = enrolment_of(request, pk)
    return action_form(
        request,
        ScanForm(request.POST or None, request.FILES or None),
        lambda form: enrolments.attach_withdrawal_scan(enrolment, by=request.user, **form.cleaned_data),
        success_message=_("Scan attached."),
        back=page_url(enrolment),
        heading=_("Withdrawal of %(name)s") % {"name": enrolment.inmate.name},
        action_label=_("Attach"),
        cancel_url=page_url(enrolment),
    )


@requires("musalaha.graduate")
def graduate(request, pk):
    """Graduate one participant."""
    enrolment = enrolment_of(request, pk)
    missing = attendance.shortfalls(enrolment) if enrolment.outcome in ("", Enrolment.Outcome.RELEASED) else []
    return action_form(
        request,
        GraduateForm(request.POST or None),
        lambda form: enrolments.graduate(enrolment, exceptions=form.cleaned_data["exceptions"], by=request.user),
        success_message=lambda certificate: _("Graduated. Certificate %(number)s.") % {"number": certificate.number},
        back=page_url(enrolment),
        heading=_("Graduation of %(name)s") % {"name": enrolment.inmate.name},
        action_label=_("Graduate"),
        cancel_url=page_url(enrolment),
        question=_("Not met yet:") if missing else _("All requirements are met."),
        consequences=missing
        or [
            _("The tier review falls due within 14 days."),
            _("A pardon file may be opened. Nothing is granted by this."),
        ],
        template="_confirm.html",
    )


@requires("musalaha.propose_removal")
def propose_removal(request, pk):
    """Propose a removal."""
    enrolment = enrolment_of(request, pk)
    return action_form(
        request,
        RemovalForm(request.POST or None),
        lambda form: enrolments.propose_removal(
            enrolment, code=form.cleaned_data["code"], reason=form.cleaned_data["reason"], by=request.user
        ),
        success_message=_("Proposed. The director of the prison must sign."),
        back=page_url(enrolment),
        heading=_("Propose to remove %(name)s") % {"name": enrolment.inmate.name},
        action_label=_("Propose the removal"),
        danger=True,
        cancel_url=page_url(enrolment),
        lead_text=_("Another thing than a withdrawal: a coded ground, a second signature, and an appeal."),
    )


@requires("musalaha.confirm_removal")
@require_POST
def confirm_removal(request, pk):
    """Sign a proposed removal."""
    enrolment = enrolment_of(request, pk)
    return action_button(
        request,
        lambda: enrolments.confirm_removal(enrolment, by=request.user),
        success_message=_("Removed from the round. Tell the person that they may appeal."),
        back=page_url(enrolment),
    )


@requires("musalaha.confirm_removal", "musalaha.propose_removal")
@require_POST
def drop_removal(request, pk):
    """Drop a proposed removal."""
    enrolment = enrolment_of(request, pk)
    return action_button(
        request,
        lambda: enrolments.drop_removal(enrolment, by=request.user),
        success_message=_("The proposal is dropped; the participant stays."),
        back=page_url(enrolment),
    )


@requires("musalaha.withdraw")
@require_POST
def appeal_removal(request, pk):
    """Record the appeal against a removal."""
    enrolment = enrolment_of(request, pk)
    return action_button(
        request,
        lambda: enrolments.appeal_removal(enrolment, by=request.user),
        success_message=_("The appeal is recorded. Somebody who took no part in the removal must answer."),
        back=page_url(enrolment),
    )


@requires("musalaha.confirm_removal", "musalaha.manage_rounds")
def answer_appeal(request, pk):
    """Answer the appeal."""
    enrolment = enrolment_of(request, pk)
    return action_form(
        request,
        AppealAnswerForm(request.POST or None),
        lambda form: enrolments.answer_removal_appeal(enrolment, by=request.user, **form.cleaned_data),
        success_message=_("The answer is recorded."),
        back=page_url(enrolment),
        heading=_("Appeal of %(name)s against the removal") % {"name": enrolment.inmate.name},
        action_label=_("Answer"),
        cancel_url=page_url(enrolment),
        lead_text=f"{enrolment.get_removal_code_display()}: {words(enrolment.outcome_reason)}",
    )


@requires("musalaha.view_programme")
def certificate(request, pk):
    """The certificate, in Arabic unless French is asked for."""
    enrolment = enrolment_of(request, pk)
    issued = getattr(enrolment, "certificate", None)
    language = request.GET.get("language", "ar")
    if issued is None or language not in ("ar", "fr", "en"):
        raise Http404
    trail.viewed("certificate", by=request.user, inmate=enrolment.inmate, obj=issued)
    content = pdf.render(papers.certificate(issued, language))
    return responses.pdf(content, f"{issued.number}.pdf")


@requires("musalaha.view_programme")
def check_certificate(request):
    """Check whether a certificate of this number was issued."""
    number = numbering.tidy(request.GET.get("number", ""))
    certificate, well_formed = None, bool(number) and numbering.well_formed(number)
    if well_formed:
        certificate = (
            Certificate.objects.filter(number=number, enrolment__inmate__in=Inmate.objects.visible_to(request.user))
            .select_related("enrolment__inmate", "enrolment__cohort")
            .first()
        )
        with signed_context.beyond("papers"):
            issued = certificate is not None or Certificate.objects.filter(number=number).exists()
    else:
        issued = False
    if certificate is not None:
        trail.viewed("certificate", by=request.user, inmate=certificate.enrolment.inmate, obj=certificate)
    return render(
        request,
        "musalaha/enrolments/check_certificate.html",
        {"number": number, "certificate": certificate, "issued": issued, "well_formed": well_formed},
    )
