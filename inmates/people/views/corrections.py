"""Corrections: what of a person may be corrected and was, one correction with its steps, and those that wait.

How one is made stands in `making_corrections.py`.
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from audit import signed_context, trail
from core.action_pages import action_button, action_form
from core.addresses import page_of
from core.panels import OfferedStep, offered_steps
from core.permissions import TO_ACT, requires
from documents import responses
from documents.models import StoredFile
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.forms import corrections as forms
from inmates.people.models import Correction, Inmate
from inmates.people.need_to_know import may_read
from inmates.people.participation import may_know_participation
from inmates.people.views.moved_days import CONSEQUENCES, moved_by, moved_sentences
from inmates.people.visible import visible_person

State = Correction.State
PLACES = ("placement", "inmate")  # of people and places, what tells where somebody was
TIERS = ("review", "assessment", "appeal", "tierdecision")  # what tells of somebody's classification
STEPS = {
    State.DECIDED: OfferedStep(
        gettext_lazy("Let it take effect on paper"),
        "inmates:correction_decide",
        when=lambda correction: correction.presses_today and not correction.lapsed,
    ),
    State.WITHDRAWN: OfferedStep(gettext_lazy("Withdraw"), "inmates:correction_withdraw", at_once=True),
    State.REFUSED: OfferedStep(gettext_lazy("Do not confirm"), "inmates:correction_refuse"),
    State.DONE: OfferedStep(gettext_lazy("Confirm"), "inmates:correction_confirm", primary=True, at_once=True),
}


@requires("inmates.view_record")
def tab(request, uuid):
    """The records of a person that may be corrected, and every correction made, with the old value."""
    inmate = visible_person(request, uuid)
    trail.viewed("corrections", by=request.user, inmate=inmate)
    made = inmate.corrections.exclude(subject__in=correctables.not_for(request.user))
    made = made.select_related("made_by", "confirmed_by", "decided_by")
    return render(
        request,
        "inmates/people/corrections/tab_corrections.html",
        {
            "inmate": inmate,
            "tab": "inmates:tab_corrections",
            "groups": [
                (
                    one,
                    [
                        (
                            record,
                            one.describe(record),
                            _address(one, record),
                            one.may_go and not (one.refuse and one.refuse(record)),
                        )
                        for record in records
                    ],
                )
                for one, records in correctables.all_of(inmate)
                if records and request.user.can(one.permission, at=inmate.facility)
            ],
            "made": [(one, _subject(one), _changes(one, request.user)) for one in made],
            "undo": _("Entered by mistake: take back"),
            "issued": [
                (correctables.paper_in_words(paper), one)
                for one in made
                if one.state in (State.DONE, State.DECIDED)
                for paper in one.issued_before
            ],
        },
    )


def _address(correctable, record):
    """Where a record is corrected; empty where it can only be taken back."""
    if correctable.page:
        return correctable.page(record)
    return reverse("inmates:correct", args=[correctable.key, record.pk]) if correctable.fields else ""


def waiting_in_words(inmate, reader):
    """`[(correction, words)]` of what waits for a second person: what is corrected, the dates it moves, who may confirm."""
    told = []
    for correction in inmate.corrections.waiting().exclude(subject__in=correctables.not_for(reader)):
        what = str(correctables.find(correction.subject).label)
        changes = [
            _("%(field)s: %(before)s → %(after)s") % {"field": field, "before": old or "—", "after": new or "—"}
            for field, old, new in _changes(correction, reader)
        ]
        detail = " · ".join(changes) or _entered(correction) or correction.get_kind_display()
        what = f"{what} ({detail})"
        lines = [_("A correction waits for a second person: %(what)s.") % {"what": what}]
        lines += moved_sentences(correction)
        lines.append(_("Any director or reviewer in the country may confirm it, save who entered it or decided on it."))
        told.append((correction, " ".join(lines)))
    return told


@requires("inmates.view_record")
def waiting(request):
    """Corrections that wait for a second person."""
    trail.viewed("correction_list", by=request.user)
    rows = Correction.objects.visible_to(request.user).exclude(subject__in=correctables.not_for(request.user))
    rows = rows.waiting().select_related("facility", "made_by")
    page = page_of(request, rows.order_by("made_at"))
    with signed_context.beyond("correction"):
        prefetch_related_objects(list(page), "inmate__facility")
    for correction in page:
        correction.what = correctables.find(correction.subject).label
        correction.moved = moved_by(correction)
    people = [correction.inmate_id for correction in page if correction.inmate_id]
    own = set(Inmate.objects.visible_to(request.user).filter(pk__in=people).values_list("pk", flat=True))
    return render(
        request,
        "inmates/people/corrections/corrections.html",
        {"page": page, "own": own},
    )


@requires("inmates.view_record")
def one(request, uuid):
    """One correction: what it was, what it is, why, on what paper, what it moved, who confirmed.

    Whoever may confirm it from another prison reads this page alone, and no other of that person.
    """
    correction = _one(request, uuid)
    person = correction.inmate
    with signed_context.beyond("correction"):
        corrections.refresh(correction, by=request.user)
    trail.viewed("correction", by=request.user, inmate=correction.inmate, facility=correction.facility, obj=correction)
    may_open = person is not None and Inmate.objects.visible_to(request.user).filter(pk=person.pk).exists()
    with signed_context.beyond("correction"):  # places and papers that it names
        entered = _entered(correction)
        history = _in_history(correction)
        changes = _changes(correction, request.user) + _others(correction, request.user)
        scans = _scans(correction, request.user)
    return render(
        request,
        "inmates/people/corrections/correction.html",
        {
            "correction": correction,
            "may_open": may_open,
            "what": correctables.find(correction.subject).label,
            "entered": entered,
            "history": history,
            "changes": changes,
            "scans": scans,
            "moves": [CONSEQUENCES[code] for code in correction.moves],
            "moved": moved_by(correction),
            "issued": [correctables.paper_in_words(paper) for paper in correction.issued_before],
            "offered": offered_steps(correction, request.user, STEPS, correction.uuid),
        },
    )


@require_GET
@requires("inmates.view_record")
def photo(request, uuid, which):
    """The photograph as it was before a correction, or as it is after it."""
    correction = _one(request, uuid)
    if correction.subject != "photo" or which not in ("before", "after"):
        raise Http404
    old, new = correction.changes["photo"]
    stored = get_object_or_404(StoredFile, pk=old if which == "before" else new)
    trail.viewed("correction_photo", by=request.user, inmate=correction.inmate, obj=correction)
    return responses.download(stored)


@require_GET
@requires("inmates.view_record")
def scan(request, uuid, pk):
    """A scanned paper of an act that was taken back: it stays readable beside the record, which has it no longer."""
    correction = _one(request, uuid)
    with signed_context.beyond("correction"):
        scans = {stored.pk: stored for stored in _scans(correction, request.user)}
    if pk not in scans:
        raise Http404
    trail.viewed("correction_scan", by=request.user, inmate=correction.inmate, obj=correction, detail={"file": pk})
    return responses.download(scans[pk])


@requires("inmates.confirm_correction", confirm=TO_ACT)
@require_POST
def confirm(request, uuid):
    """Confirm, as the second person."""
    correction = _one(request, uuid)

    def act():
        with signed_context.beyond("correction"):
            moved = corrections.refresh(corrections.lock_with_person(correction), by=request.user)
        if moved:
            raise ValidationError(
                _("The days that it moves are others than the page said: read them again, then confirm.")
            )
        return corrections.confirm(correction, by=request.user)

    return action_button(
        request,
        act,
        back=_page(correction),
        success_message=_("Confirmed: the correction is in effect."),
    )


@requires("inmates.view_record")
@require_POST
def withdraw(request, uuid):
    """Withdraw one's own, while it waits."""
    correction = _one(request, uuid)
    return action_button(
        request,
        lambda: corrections.withdraw(correction, by=request.user),
        back=_page(correction),
        success_message=_("Withdrawn. The record says what it said before."),
    )


@requires("inmates.confirm_correction", confirm=TO_ACT)
def refuse(request, uuid):
    """Do not confirm, and say why."""
    correction = _one(request, uuid)
    return action_form(
        request,
        forms.RefusalForm(request.POST or None),
        lambda form: corrections.refuse(correction, reason=form.cleaned_data["reason"], by=request.user),
        back=_page(correction),
        success_message=_("Not confirmed. The record says what it said before."),
        heading=_("Do not confirm the correction"),
        action_label=_("Do not confirm"),
        danger=True,
    )


@requires("inmates.decide_correction", confirm=TO_ACT)
def decide(request, uuid):
    """On a day that it moves, before or after: the officer in charge decides on paper."""
    correction = _one(request, uuid, own=True)
    return action_form(
        request,
        forms.DecisionForm(request.POST or None),
        lambda form: corrections.decide_on_paper(correction, paper=form.cleaned_data["paper"], by=request.user),
        back=_page(correction),
        success_message=_("In effect. A second person must confirm it within 24 hours."),
        heading=_("Let the correction take effect on paper"),
        lead_text=_("A day that it moves has come. A second person confirms within 24 hours."),
        action_label=_("Decide"),
    )


def _one(request, uuid, *, own=False):
    corrections_of = (
        Correction.objects.of_records_of(request.user) if own else Correction.objects.visible_to(request.user)
    )
    corrections_of = corrections_of.exclude(subject__in=correctables.not_for(request.user))
    whole = corrections_of.select_related("inmate__facility", "facility", "made_by", "decided_by", "confirmed_by")
    found = signed_context.across("correction", whole.filter(uuid=uuid))
    if not found:
        raise Http404
    return found[0]


def _page(correction):
    return reverse("inmates:correction", args=[correction.uuid])


def _entered(correction):
    """What a record says that came or went as a whole, in words; empty of one that was changed."""
    whole = (Correction.Kind.ENTRY, Correction.Kind.ANNULMENT)
    if correction.kind not in whole and "annulled_at" not in correction.changes:
        return ""
    correctable = correctables.find(correction.subject)
    return correctable.describe(correctable.model._base_manager.get(pk=correction.record))


def _in_history(correction):
    """Whether it took effect on paper in a record whose place a later act has taken since."""
    correctable = correctables.find(correction.subject)
    if correctable.history is None or correction.decided_at is None:
        return False
    return correctable.history(correctable.model._base_manager.get(pk=correction.record))


def _subject(correction):
    """What kind of record a correction is about, and which one where it came or went as a whole."""
    label = capfirst(str(correctables.find(correction.subject).label))
    return " · ".join(filter(None, (label, _entered(correction))))


def _changes(correction, reader):
    """`[(field, what it was, what it is)]` in the reader's language, without places where the reader may not know them."""
    correctable = correctables.find(correction.subject)
    return [
        line
        for name, (old, new) in correction.changes.items()
        if name not in correctable.of_place or may_know_participation(reader)
        if may_read(reader, correctable.model, name)
        if (line := _line(correctable, name, old, new))
    ]


def _line(correctable, name, old, new):
    """A field, what it was and what it is; nothing of one that has no name for readers: who wrote it, a kept file."""
    label = correctable.model._meta.get_field(name).verbose_name
    if name == "annulled_at":
        label = _("annulled at")
    elif isinstance(label, str):  # named by nobody, only derived from the column
        return None
    return label, correctables.in_words(correctable, name, old), correctables.in_words(correctable, name, new)


def _scans(correction, reader):
    """Stored papers that taking an act back took off their records, as far as the reader may know of these records."""
    if correction.kind == Correction.Kind.ENTRY:
        model = correctables.find(correction.subject).model
        record = model._base_manager.get(pk=correction.record)
        kept = (getattr(record, field.name) for field in model._meta.fields if field.related_model is StoredFile)
        return [scan for scan in kept if scan]
    if correction.kind != Correction.Kind.TAKEN_BACK:
        return []
    steps = [(correctables.find(correction.subject).model, correction.changes), *_steps(correction, reader)]
    papers = [
        old
        for model, changes in steps
        for name, (old, _new) in changes.items()
        if old and model._meta.get_field(name).related_model is StoredFile
    ]
    return list(StoredFile.objects.filter(pk__in=papers).order_by("pk"))


def _steps(correction, reader):
    """`(model, changes)` of the other records that taking an act back changed and that the reader may know of."""
    for step in correction.others:
        model = apps.get_model(step["model"])
        of_places = model._meta.app_label != "inmates" or model._meta.model_name in PLACES
        if of_places and not may_know_participation(reader):
            continue
        if model._meta.model_name in TIERS and not reader.can("inmates.view_classification"):
            continue
        yield model, step["changes"]


def _others(correction, reader):
    """What taking an act back changed in other records, in the same form; by kind only where the reader knows no more."""
    lines = []
    for model, changes in _steps(correction, reader):
        like = correctables.Correctable("", model, tuple(changes), "")
        for name, (old, new) in changes.items():
            if may_read(reader, model, name) and (line := _line(like, name, old, new)):
                label, *values = line
                lines.append((f"{model._meta.verbose_name} · {label}", *values))
    return list(dict.fromkeys(lines))
