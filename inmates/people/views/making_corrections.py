"""Correcting a record or annulling it: what would follow is read before anybody confirms."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.action_pages import action_form, add_errors, form_page
from core.permissions import requires
from core.workflow import InvalidTransition
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.forms import corrections as forms
from inmates.people.views.moved_days import as_line, moved_lines, release_line, release_words
from inmates.people.visible import closed_among


@requires("inmates.view_record")
def correct(request, key, pk):
    """Put a record right. What it moves is shown before it is confirmed."""
    correctable, record = _record(request, key, pk)
    if not correctable.fields:
        raise Http404
    form = forms.form_for(correctable, record, request.POST or None)
    return _make(
        request,
        correctable,
        record,
        form,
        heading=_("Correct: %(what)s"),
        foresee=lambda: corrections.foresee(correctable, record, form.values, by=request.user),
        act=lambda form: corrections.correct(
            correctable,
            record,
            form.values,
            why=form.cleaned_data["why"],
            paper=form.cleaned_data["paper"],
            by=request.user,
        ),
    )


@requires("inmates.view_record")
def annul(request, key, pk):
    """Say that a record is another person's, or an act was a mistake. It stays readable among the corrections."""
    correctable, record = _record(request, key, pk)
    if not correctable.may_go:
        raise Http404
    if correctable.refuse and (reason := correctable.refuse(record)):
        raise InvalidTransition(reason)
    return _make(
        request,
        correctable,
        record,
        forms.WhyForm(request.POST or None),
        heading=_("Entered by mistake: %(what)s")
        if correctable.is_act
        else _("Annul, as another person's or entered twice: %(what)s"),
        foresee=lambda: corrections.foresee(correctable, record, {}, annul=True, by=request.user),
        act=lambda form: corrections.annul(
            correctable, record, why=form.cleaned_data["why"], paper=form.cleaned_data["paper"], by=request.user
        ),
        danger=True,
    )


def _make(request, correctable, record, form, *, heading, foresee, act, danger=False):
    """Ask, show what follows, and act when that was read."""
    person = correctable.person_of(record)
    back = reverse("inmates:tab_corrections", args=[person.uuid]) if person else reverse("inmates:corrections")
    heading %= {"what": correctable.label}
    context = {
        "heading": f"{heading} · {person.name}" if person else heading,
        "lead_text": correctable.describe(record),
        "cancel_url": back,
        "action_label": _label(correctable, danger),
        "danger": danger,
    }
    if request.method == "POST" and form.is_valid():
        seen = _foreseen_or_none(foresee, form)
        if seen is not None and (lines := to_read(seen, form, always=danger)):
            return form_page(request, "_confirm.html", {"form": form, **context, **lines}, form)
    return action_form(
        request,
        form,
        act,
        back=lambda correction: reverse("inmates:correction", args=[correction.uuid]),
        success_message=lambda correction: (
            _("Kept. A second person must confirm it.") if correction.moves else _("Corrected.")
        ),
        **context,
    )


def _label(correctable, danger):
    if danger:
        return pgettext("an act entered by mistake", "Take back") if correctable.is_act else pgettext("verb", "Annul")
    return pgettext("verb", "Correct")


def to_read(seen, form, *, always=False):
    """The question and consequences that somebody reads before they confirm; nothing once these very ones were read."""
    papers = [f"{paper['paper']} {paper['number']}" for paper in seen.papers]
    follows = sorted({one.kind for one in [*seen.calls, *seen.settles]})
    read = " ".join([str(seen.after), seen.basis_after, *seen.moves, str(seen.days), *follows, *papers])
    if not (seen.moves or seen.papers or follows or always) or form.cleaned_data["confirmed"] == read:
        return {}
    form.data = form.data.copy()
    form.data["confirmed"] = read
    return {"question": _("Read this before you confirm:"), "consequences": _consequences(seen)}


def _foreseen_or_none(foresee, form):
    """What would follow; None, with the refusal on the form, where the record would not hold."""
    try:
        return foresee()
    except ValidationError as error:
        add_errors(error, form)
        return None


def _consequences(seen):
    """What a correction would do, in words."""
    lines = list(seen.lines)
    if "release_date" in seen.moves:
        dates = ((seen.before, seen.basis_before), (seen.after, seen.basis_after))
        lines.append(release_line(*(release_words(*date) for date in dates)))
    if "holds" in seen.moves:
        lines.append(_("It changes what holds the person today."))
    lines += [as_line(*line) for line in moved_lines(seen.days)]
    if "order_end" in seen.moves and not any(seen.days["order_end"]):
        lines.append(_("It changes until when an order holds."))
    if "custody_before" in seen.moves:
        lines.append(_("It changes which days in custody are on record for a sentence: they are looked at again."))
    if "minority" in seen.moves:
        lines.append(_("It changes whether the person counts as a minor, and what protects minors."))
    if "tier_ground" in seen.moves:
        lines.append(_("A decision on the tier rests on it."))
    if "stay" in seen.moves:
        lines.append(_("It changes whether the person is in custody."))
    if "finality" in seen.moves:
        lines.append(_("It changes whether a judgment is final: what rests on a final conviction is looked at again."))
    for words, found in ((_("It calls for: %(what)s."), seen.calls), (_("It settles: %(what)s."), seen.settles)):
        lines += [words % {"what": what} for what in sorted({str(one) for one in found})]
    if seen.moves:
        lines.append(_("It takes effect when a second person has confirmed it."))
    for paper in seen.papers:
        lines.append(
            _("Issued before, and stays as it was issued: %(paper)s.") % {"paper": correctables.paper_in_words(paper)}
        )
    return lines or [_("The record stays readable and counts for nothing from now on.")]


def _record(request, key, pk):
    """The kind and the record that an address names, within the user's scope and rights; else 404."""
    correctable = correctables.find(key)
    if correctable is None or correctable.page is not None:
        raise Http404
    record = get_object_or_404(correctable.visible_to(request.user), pk=pk)
    if closed_among(request.user, correctable.told_about(record)):  # of an incident: somebody in it
        raise Http404
    request.user.require(correctable.permission, at=correctable.prison_of(record))
    return correctable, record
