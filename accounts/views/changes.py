"""One change to an account: what it was and is to be, the answer of the second administrator, and the letter."""

from datetime import date

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from accounts import papers, roles
from accounts.actions import changes, enrolment
from accounts.forms.changes import RefusalForm
from accounts.models import AccountChange, NightCode
from audit import trail
from core.action_pages import action_button, action_form
from core.panels import OfferedStep, offered_steps
from core.permissions import TO_ACT, requires
from core.templatetags.display import day_text
from documents import pdf, responses
from facilities.models import Facility

State = AccountChange.State
STEPS = {
    State.REFUSED: OfferedStep(pgettext_lazy("verb", "Refuse"), "staff_change_refuse"),
    State.WITHDRAWN: OfferedStep(gettext_lazy("Take back"), "staff_change_withdraw", at_once=True),
    State.APPROVED: OfferedStep(pgettext_lazy("verb", "Approve"), "staff_change_approve", primary=True, at_once=True),
}
LABELS = {
    "username": gettext_lazy("User name"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "language": gettext_lazy("Language"),
    "qualification": gettext_lazy("Qualification"),
    "roles": gettext_lazy("Roles"),
    "national": gettext_lazy("National scope"),
    "posting": gettext_lazy("Posting"),
    "facility": gettext_lazy("Prison"),
    "is_active": gettext_lazy("Account open"),
    "identified": gettext_lazy("How the person was identified"),
}


def _change(uuid):
    return get_object_or_404(AccountChange.objects.select_related("subject", "asked_by", "decided_by"), uuid=uuid)


@requires("accounts.view_user")
def change(request, uuid):
    """What is asked for, field by field, and what may be done about it now."""
    one = _change(uuid)
    trail.viewed("account_change", by=request.user, obj=one)
    enrolling = AccountChange.objects.enrolling().filter(pk=one.pk).exists()
    to_enrol = one.kind in AccountChange.ENROLLING and (one.state == State.ASKED or enrolling)
    to_seal = NightCode.objects.filter(change=one).first()
    return render(
        request,
        "accounts/change.html",
        {
            "change": one,
            "lines": _lines(one),
            "offered": offered_steps(one, request.user, STEPS, one.uuid),
            "enrolling": enrolling,
            "spoken": enrolment.spoken_code(one) if to_enrol and one.asked_by_id == request.user.pk else "",
            "may_print": enrolling and one.decided_by_id == request.user.pk,
            "to_seal": to_seal
            if to_seal and to_seal.printed_at is None and one.decided_by_id == request.user.pk
            else None,
            "spent": one.tries >= AccountChange.MOST_TRIES,
            "enrols": one.kind in AccountChange.ENROLLING,
            "ends_at": one.decided_at and one.decided_at + settings.ENROLMENT_LASTS,
        },
    )


def _lines(one):
    """`(label, what it was, what it is to be, whether it differs)`, in words."""
    names = [name for name in LABELS if name in one.after or name in one.before]
    pairs = [(name, one.before.get(name), one.after.get(name)) for name in names]
    return [(LABELS[name], _words(name, old), _words(name, new), old != new) for name, old, new in pairs]


def _words(name, value):
    """A stored value in the reader's language."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "roles":
        return " · ".join(str(roles.LABELS.get(one, one)) for one in value)
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    if name == "identified":
        return str(dict(AccountChange.Identified.choices).get(value, value))
    if name == "facility":
        return str(Facility.objects.filter(pk=value).first())
    if name == "posting":
        prison = Facility.objects.filter(pk=value["facility"]).first()
        days = [day_text(date.fromisoformat(value[key])) if value[key] else "…" for key in ("starts_on", "ends_on")]
        return f"{prison} · {days[0]} – {days[1]}"
    return str(value)


@require_POST
@requires("accounts.approve_change", confirm=TO_ACT)
def approve(request, uuid):
    """Approve; the change is made."""
    one = _change(uuid)
    return action_button(
        request,
        lambda: changes.approve(one, by=request.user),
        back=reverse("staff_change", args=[one.uuid]),
        success_message=_("Approved, and done."),
    )


@requires("accounts.approve_change", confirm=TO_ACT)
def refuse(request, uuid):
    """Refuse, with the reason."""
    one = _change(uuid)
    return action_form(
        request,
        RefusalForm(request.POST or None),
        lambda form: changes.refuse(one, reason=form.cleaned_data["reason"], by=request.user),
        back=reverse("staff_change", args=[one.uuid]),
        success_message=_("Refused. The other administrator sees why."),
        template="accounts/ask.html",
        heading=_("Refuse the change"),
        lead_text=str(one),
        action_label=_("Refuse the change"),
        danger=True,
    )


@require_POST
@requires("accounts.ask_change")
def withdraw(request, uuid):
    """Take back what one asked for."""
    one = _change(uuid)
    return action_button(
        request,
        lambda: changes.withdraw(one, by=request.user),
        back=reverse("staff_change", args=[one.uuid]),
        success_message=_("Taken back."),
    )


@requires("accounts.approve_change")
def letter(request, uuid):
    """The letter with the first code, for whoever approved; each printing is in the trail."""
    one = _change(uuid)
    if one.decided_by_id != request.user.pk or not AccountChange.objects.enrolling().filter(pk=one.pk).exists():
        raise Http404
    trail.record("account.letter_printed", by=request.user, obj=one, detail={"username": one.username})
    paper = papers.enrolment_letter(one, address=request.build_absolute_uri(reverse("enrol")))
    return responses.pdf(pdf.render(paper), f"enrolment-{one.pk}.pdf")
