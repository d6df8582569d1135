"""The assessor's form: saved by itself while it is written, handed in when it is finished."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from audit import trail
from core.action_pages import action_button, action_form, form_page
from core.permissions import requires
from core.workflow import StaleRecord, ensure
from inmates.classification.actions import assessments
from inmates.classification.forms.assessments import AssessmentForm
from inmates.classification.hooks import in_favour
from inmates.classification.models import Assessment, Finding, Review
from inmates.classification.previous_assessment import incidents_since, previous_assessment
from inmates.classification.suggestion import explain, suggest
from inmates.people.need_to_know import may_read_health
from inmates.people.visible import visible_person

PAGE = "inmates/classification/assessments/assess.html"


@requires("inmates.assess")
def assess(request, uuid):
    """The draft of one person's assessment. A GET writes nothing: the draft begins with the first thing written."""
    inmate = visible_person(request, uuid)
    ensure(inmate.held, _("This person is not in custody: nothing was changed."))
    open_review = Review.objects.live().filter(inmate=inmate).first()
    if open_review is not None:
        messages.info(request, _("A review of this person is open: it must be decided or cancelled first."))
        return redirect("inmates:review", open_review.uuid)
    draft = Assessment.objects.drafts().select_related("assessor").filter(inmate=inmate).first()
    if request.method == "POST":
        return _write(request, inmate, draft)
    if draft is not None and draft.assessor_id != request.user.pk:
        ensure(
            not draft.assessor.can("inmates.assess", at=inmate.facility),
            _("%(name)s has an assessment of this person in hand.") % {"name": draft.assessor},
        )
    trail.viewed("assessment", by=request.user, inmate=inmate, obj=draft)
    form = AssessmentForm(assessment=draft)
    return form_page(request, PAGE, {"form": form, **_context(request, inmate, draft, form)}, form)


def _write(request, inmate, draft):
    """Save, hand in or give up, according to the button; htmx saves without one."""
    seen = _seen(request)
    ensure(seen is None or draft is not None, _("This assessment is no longer open: it was handed in or given up."))
    act = "autosave" if request.htmx else request.POST.get("act", "save")
    if act == "discard" and draft is not None:
        return _discard(request, inmate, draft)
    form = AssessmentForm(request.POST)
    form.is_valid()  # a draft is kept as it stands, whatever is wrong with it
    draft = assessments.start_assessment(inmate, by=request.user)
    try:
        draft = assessments.save_assessment(
            draft, **form.given(), expected=seen, window=_window(request), by=request.user
        )
    except StaleRecord:
        return _conflict(request, inmate, draft, form)
    if act == "autosave":
        context = _state(draft) | {"form": form, "inmate": inmate}
        return render(request, "inmates/classification/reviews/_saved.html", context)
    if act == "submit":
        return action_form(
            request,
            form,
            lambda _form: assessments.submit_assessment(draft, by=request.user),
            back=lambda review: reverse("inmates:review", args=[review.uuid]),
            success_message=_("Handed in: the assessment now waits for a reviewer."),
            template=PAGE,
            **_context(request, inmate, draft, form),
        )
    if form.errors:
        return form_page(request, PAGE, {"form": form, **_context(request, inmate, draft, form)}, form)
    messages.success(request, _("Saved as a draft."))
    return redirect("inmates:assess", inmate.uuid)


def _seen(request):
    """When the draft was last saved, as far as the form's sender knew; None where the form names no moment."""
    try:
        return parse_datetime(request.POST.get("seen", ""))
    except ValueError:
        return None


def _window(request):
    """The browser window that a form was typed in."""
    return request.POST.get("window", "").replace("\x00", "")[:36]


def _flat(given):
    """Given values under the names of the form's fields."""
    values = {f"{domain}_{part}": v for domain, parts in given["findings"].items() for part, v in parts.items()}
    return values | {name: given[name] for name in ("proposed_tier", "reasons", "difference_reason", "rests_on")}


def _discard(request, inmate, draft):
    reason = request.POST.get("discard_reason", "").replace("\x00", "")
    page = reverse("inmates:assess", args=[inmate.uuid])
    return action_button(
        request,
        lambda: assessments.discard_assessment(draft, reason=reason, by=request.user),
        back=lambda discarded: inmate.get_absolute_url() if discarded else page,
        success_message=_("The draft was given up; it stays in the record."),
    )


def _conflict(request, inmate, draft, form):
    """Another window has saved something else: both versions, and nothing written."""
    stored, given = AssessmentForm.of(draft), _flat(form.given())
    names = [name for name in form.fields if stored.get(name) != given.get(name) and name in stored]

    def rows(values):
        return [{"label": _label(form, name), "value": values.get(name)} for name in names]

    context = {
        "message": _("This draft was saved in another window meanwhile."),
        "back_url": request.path,
        "yours": rows(given),
        "theirs": rows(stored),
        "theirs_at": draft.saved_at,
    }
    return render(request, "409.html", context, status=409)


def _label(form, name):
    domain = next((d for d in Finding.Domain.values if name.startswith(f"{d}_")), None)
    label = form.fields[name].label
    return f"{Finding.Domain(domain).label}: {label}" if domain and not name.endswith("_rating") else label


def _state(draft):
    """When it was saved, and what the findings suggest so far."""
    kept = draft.suggestion if draft is not None and draft.suggestion else suggest({}).as_json()
    return {
        "draft": draft,
        "seen": draft.saved_at.isoformat() if draft is not None else "",
        "suggested": draft.suggested_tier if draft is not None else None,
        "grounds": explain(kept),
    }


def _context(request, inmate, draft, form):
    previous = previous_assessment(inmate, than=draft)
    return _state(draft) | {
        "inmate": inmate,
        "previous": previous,
        "groups": form.blocks(previous.by_domain if previous else None),
        "incidents": incidents_since(inmate, previous),
        "may_read_health": may_read_health(request.user),
        "window": _window(request) or uuid4().hex,
        "in_favour": in_favour(inmate),
    }
