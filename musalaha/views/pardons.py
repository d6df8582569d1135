"""Pardons: recorded from the instrument by one person, verified by another, corrected only by a later one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from audit import trail
from core.action_pages import action_button, action_form
from core.forms import ReasonForm
from core.permissions import TO_ACT, requires
from documents import responses
from documents.scans import ScanForm
from inmates.custody.holds import holds
from inmates.people.need_to_know import may_read_cin
from inmates.people.visible import person_on_duty
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon
from inmates.sentences.wording import Step, describe
from musalaha.actions import pardon_follow_through
from musalaha.forms.pardons import PardonForm, WhichFineForm
from musalaha.models import PardonFile
from musalaha.pardon_effects import known_to_free, release_with, would_free

SEES = ("inmates.verify_pardon", "inmates.record_pardon", "musalaha.view_programme")
PER_PAGE = 50


def page_url(pardon):
    """Address of the page of a pardon."""
    return reverse("musalaha:pardon", args=[pardon.uuid])


@requires(*SEES)
def listing(request):
    """Pardons that await verification, those that would free somebody first; the others; open files by occasion."""
    user = request.user
    seen = Pardon.objects.visible_to(user).select_related(
        "inmate__facility", "instrument", "sentence__case", "recorded_by"
    )
    awaiting = list(seen.awaiting().order_by("recorded_at", "pk")[:200])
    freeing = known_to_free(awaiting)
    for pardon in awaiting:
        pardon.frees, pardon.mine = pardon.pk in freeing, pardon.recorded_by_id == user.pk
    awaiting.sort(key=lambda pardon: not pardon.frees)
    done = Paginator(seen.exclude(state=Pardon.State.RECORDED).order_by("-instrument__dated_on", "-pk"), PER_PAGE)
    page = done.get_page(request.GET.get("page"))
    trail.viewed("pardons", by=user, detail={"people": len(awaiting) + len(page.object_list)})
    occasions = []
    if user.can("musalaha.view_programme"):
        live = PardonFile.objects.visible_to(user).live()
        occasions = live.order_by("occasion").values("occasion").annotate(count=Count("pk"))
    return render(
        request,
        "musalaha/pardons/pardons.html",
        {
            "awaiting": awaiting,
            "page": page,
            "occasions": occasions,
            "may_verify": user.can("inmates.verify_pardon"),
            "may_read_cin": may_read_cin(user),
        },
    )


@requires("inmates.record_pardon")
def new(request, uuid):
    """Record what an instrument grants one person."""
    inmate = person_on_duty(request, uuid)
    file = None if inmate.closed else inmate.pardon_files.live().filter(pardon=None).first()
    initial = {"occasion": file.occasion, "requester": file.requester} if file else {}
    if file and file.sentence_id:
        initial["subject"] = f"sentence-{file.sentence_id}"
    form = PardonForm(request.POST or None, request.FILES or None, inmate=inmate, initial=initial)
    return action_form(
        request,
        form,
        lambda form: pardon_follow_through.record_pardon(form.build(), by=request.user, **form.instrument),
        success_message=_("Recorded. It has no effect before somebody else verifies it."),
        back=page_url,
        heading=_("Record a pardon: %(name)s") % {"name": inmate.name},
        action_label=_("Record the pardon"),
        cancel_url=inmate.get_absolute_url(),
        lead_text=_("As the instrument says it. The service records and never grants."),
        inmate=inmate,
        template="musalaha/pardons/pardon_form.html",
    )


def _pardon(request, uuid):
    visible = Pardon.objects.visible_to(request.user).select_related(
        "inmate__facility",
        "inmate__unit",
        "instrument",
        "sentence__case",
        "case",
        "of_fine__case",
        "recorded_by",
        "verified_by",
        "corrects__instrument",
        "superseded_by__instrument",
    )
    return get_object_or_404(visible, uuid=uuid)


def _fines_of(pardon):
    """The fine that a pardon names, or all of its case where it names none; nothing where the fine is kept."""
    if pardon.fine == Pardon.FineEffect.KEPT:
        return []
    return [pardon.of_fine] if pardon.of_fine else list(pardon.prosecution.fines.select_related("case"))


@requires(*SEES)
def detail(request, uuid):
    """One pardon: its instrument, its effect on the release date, and the second person's act."""
    pardon, user = _pardon(request, uuid), request.user
    inmate = pardon.inmate
    trail.viewed("pardon", by=user, inmate=inmate, obj=pardon)
    recorded = pardon.state == Pardon.State.RECORDED
    before = inmate.release_on, inmate.get_release_basis_display()
    would_be = release_with(pardon)[0] if recorded else None
    computation = None
    if pardon.state == Pardon.State.VERIFIED:
        computation = (
            inmate.release_computations.filter(cause="pardon", made_at__gte=pardon.verified_at).order_by("id").first()
        )
    return render(
        request,
        "musalaha/pardons/pardon.html",
        {
            "pardon": pardon,
            "inmate": inmate,
            "may_read_cin": may_read_cin(request.user),
            "fines": _fines_of(pardon),
            "recorded": recorded,
            "now": before,
            "would_be": would_be,
            "frees": recorded and would_free(pardon),
            "computation": computation,
            "steps": [(step.date, describe(step)) for step in map(Step.read, computation.steps)] if computation else [],
            "holds": holds(inmate) if inmate.held and pardon.state == Pardon.State.VERIFIED else None,
            "mine": pardon.recorded_by_id == user.pk,
            "may_verify": user.can("inmates.verify_pardon") and pardon.recorded_by_id != user.pk,
            "taken_back_as": "prosecution_pardon" if pardon.prison == Pardon.TermEffect.PROSECUTION else "pardon",
            "may_correct": pardon.state == Pardon.State.VERIFIED and user.can("inmates.record_pardon"),
            "may_name_fine": pardon.state == Pardon.State.VERIFIED
            and pardon.fine != Pardon.FineEffect.KEPT
            and pardon.of_fine_id is None
            and user.can("inmates.verify_pardon"),
            "may_release": user.can("inmates.release", at=inmate.facility),
            "may_read_scan": pardon.instrument.document_id and pardon.instrument.may_be_read_by(user),
            "may_attach": user.can("inmates.record_pardon") and pardon.instrument.scan_may_be_replaced,
        },
    )


@requires(*SEES)
def scan(request, uuid):
    """The scan of the instrument. It names everybody whom it pardons, so all of them must be in the reader's scope."""
    pardon = _pardon(request, uuid)
    instrument = pardon.instrument
    if instrument.document is None or not instrument.may_be_read_by(request.user):
        raise Http404
    trail.viewed("pardon_scan", by=request.user, inmate=pardon.inmate, obj=pardon)
    return responses.download(instrument.document)


@requires("inmates.record_pardon")
def attach_scan(request, uuid):
    """Attach the scan of the instrument, where it was not at hand."""
    pardon = _pardon(request, uuid)
    return action_form(
        request,
        ScanForm(request.POST or None, request.FILES or None),
        lambda form: sentences.attach_instrument_scan(pardon, by=request.user, **form.cleaned_data),
        success_message=_("Scan attached."),
        back=page_url,
        heading=_("Scan of instrument %(reference)s") % {"reference": pardon.instrument.reference},
        action_label=_("Attach"),
        cancel_url=page_url(pardon),
        lead_text=_("One scan serves everybody whom the instrument pardons."),
    )


@requires("inmates.verify_pardon", confirm=TO_ACT)
@require_POST
def verify(request, uuid):
    """Confirm the pardon against its instrument."""
    pardon = _pardon(request, uuid)

    def act():
        verified = pardon_follow_through.verify_pardon(pardon, read="read" in request.POST, by=request.user)
        return verified.inmate.held and not holds(verified.inmate)

    def in_words(frees):
        if frees:
            messages.warning(
                request, _("Verified. Nothing else holds this person: the prison has been told to release them today.")
            )
            return ""
        return _("Verified. The release date is computed again.")

    return action_button(request, act, success_message=in_words, back=page_url(pardon))


@requires("inmates.verify_pardon", confirm=TO_ACT)
@require_POST
def verify_many(request):
    """Confirm the chosen lines of one instrument, each by itself; those that cannot be are named."""
    uuids = [uuid for uuid in map(_uuid, request.POST.getlist("pardon")) if uuid]
    chosen = Pardon.objects.visible_to(request.user).filter(uuid__in=uuids).select_related("inmate").order_by("pk")

    def act():
        verified, refusals = pardon_follow_through.verify_each(chosen, read="read" in request.POST, by=request.user)
        for refusal in refusals:
            messages.error(request, refusal)
        return len(verified)

    return action_button(
        request,
        act,
        success_message=lambda n: ngettext("%(n)s pardon verified.", "%(n)s pardons verified.", n) % {"n": n},
        back=reverse("musalaha:pardons"),
    )


def _uuid(value):
    """A sent value as a uuid, or None."""
    try:
        return UUID(value)
    except ValueError:
        return None


@requires("inmates.verify_pardon")
def reject(request, uuid):
    """Reject a pardon that its instrument does not confirm."""
    pardon = _pardon(request, uuid)
    return action_form(
        request,
        ReasonForm(request.POST or None, label=_("What the instrument says instead")),
        lambda form: sentences.reject_pardon(pardon, reason=form.cleaned_data["reason"], by=request.user),
        success_message=_("Not confirmed: nothing changes for this person."),
        back=page_url(pardon),
        heading=_("The instrument does not confirm this"),
        action_label=_("Do not confirm"),
        danger=True,
        cancel_url=page_url(pardon),
        template="_confirm.html",
    )


@requires("inmates.verify_pardon")
def fine(request, uuid):
    """Which fine a verified pardon touches, where several are recorded."""
    pardon = _pardon(request, uuid)
    return action_form(
        request,
        WhichFineForm(request.POST or None, fines=pardon.prosecution.fines.select_related("case")),
        lambda form: sentences.name_fine(pardon, fine=form.cleaned_data["of_fine"], by=request.user),
        success_message=_("Recorded: the fine falls as the pardon says."),
        back=page_url(pardon),
        heading=_("Which fine the pardon touches"),
        action_label=_("Apply the pardon"),
        cancel_url=page_url(pardon),
        lead_text=_("As the instrument says it. It is put once."),
    )


@requires("inmates.record_pardon")
def correct(request, uuid):
    """Record the right reading in place of a verified pardon."""
    wrong = _pardon(request, uuid)
    initial = {
        "reference": wrong.instrument.reference,
        "dated_on": wrong.instrument.dated_on,
        "occasion": wrong.instrument.occasion,
        "subject": f"sentence-{wrong.sentence_id}" if wrong.sentence_id else f"case-{wrong.case_id}",
    } | {
        name: getattr(wrong, name)
        for name in (
            "requester",
            "prison",
            "years",
            "months",
            "days",
            "counted_from",
            "fine",
            "fine_reduced_to",
            "of_fine",
            "condition",
        )
    }
    form = PardonForm(request.POST or None, request.FILES or None, inmate=wrong.inmate, initial=initial)
    return action_form(
        request,
        form,
        lambda form: pardon_follow_through.correct_pardon(wrong, form.build(), by=request.user, **form.instrument),
        success_message=_("Recorded. Once verified by somebody else, it supersedes the wrong one."),
        back=page_url,
        template="musalaha/pardons/pardon_form.html",
        inmate=wrong.inmate,
        heading=_("Correct a verified pardon: %(name)s") % {"name": wrong.inmate.name},
        action_label=_("Record the correction"),
        cancel_url=page_url(wrong),
        lead_text=_("The wrong one stays on the record, superseded."),
    )
