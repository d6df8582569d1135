"""The roll count's pages: count, explain, sign, print."""

from django import forms as django_forms
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from core.action_pages import action_form
from core.permissions import requires, stays_open
from facilities.models import Facility
from inmates.people.participation import may_know_participation
from inmates.roll_counts import actions, forms
from inmates.roll_counts.models import RollCount


def _facility(request, code):
    return get_object_or_404(Facility.objects.visible_to(request.user), code=code)


def _count(request, code, uuid):
    counts = RollCount.objects.select_related("facility", "counted_by", "signed_by").prefetch_related("lines__unit")
    return get_object_or_404(counts.filter(facility=_facility(request, code)), uuid=uuid)


@requires("inmates.view_record")
def history(request, code):
    """Counts of a prison, the newest first."""
    facility = _facility(request, code)
    counts = facility.roll_counts.select_related("counted_by", "signed_by").prefetch_related("lines")[:60]
    return render(
        request,
        "inmates/roll_counts/roll_history.html",
        {
            "facility": facility,
            "counts": [(count, actions.difference(count), actions.differs(count)) for count in counts],
            "may_count": request.user.can("inmates.count_roll", at=facility),
        },
    )


@stays_open
@requires("inmates.count_roll")
def new(request, code):
    """New count."""
    facility = _facility(request, code)
    request.user.require("inmates.count_roll", at=facility)
    return action_form(
        request,
        form=forms.RollForm(request.POST or None, lines=actions.expected(facility)),
        act=lambda form: actions.record(
            facility, counted=form.counted(), explanation=form.cleaned_data["explanation"], by=request.user
        ),
        heading=_("Roll count: %(prison)s") % {"prison": facility},
        back=lambda count: reverse("facilities:roll_count", args=[facility.code, count.uuid]),
        cancel_url=reverse("facilities:roll", args=[facility.code]),
        success_message=_("Count recorded."),
    )


@requires("inmates.view_record")
def one(request, code, uuid):
    """One count, unit by unit; the sheet prints."""
    count = _count(request, code, uuid)
    trail.viewed("roll", by=request.user, facility=count.facility, obj=count)
    user, lines = request.user, list(count.lines.all())
    return render(
        request,
        "inmates/roll_counts/roll_count.html",
        {
            "count": count,
            "facility": count.facility,
            "lines": lines if may_know_participation(user) else (),
            "expected": sum(line.expected for line in lines),
            "counted": sum(line.counted for line in lines),
            "differs": actions.differs(count),
            "may_explain": user.can("inmates.count_roll", at=count.facility) and not count.signed_by_id,
            "may_sign": user.can("inmates.sign_roll", at=count.facility)
            and not count.signed_by_id
            and count.counted_by_id not in user.one_side,
        },
    )


@requires("inmates.count_roll")
def explain(request, code, uuid):
    """Explanation of a difference."""
    count = _count(request, code, uuid)
    return action_form(
        request,
        form=forms.ExplainForm(request.POST or None, initial={"explanation": count.explanation}),
        act=lambda form: actions.explain(count, explanation=form.cleaned_data["explanation"], by=request.user),
        heading=_("Explain the difference"),
        back=reverse("facilities:roll_count", args=[code, uuid]),
        success_message=_("Explanation recorded."),
    )


@requires("inmates.sign_roll")
def sign(request, code, uuid):
    """Signature by somebody who did not count."""
    count = _count(request, code, uuid)
    return action_form(
        request,
        form=django_forms.Form(request.POST if request.method == "POST" else None),
        act=lambda form: actions.sign(count, by=request.user),
        heading=_("Sign the roll count"),
        template="_confirm.html",
        question=_("Sign the count of %(prison)s?") % {"prison": count.facility},
        back=reverse("facilities:roll_count", args=[code, uuid]),
        success_message=_("Signed."),
        action_label=_("Sign"),
    )
