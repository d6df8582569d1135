"""Night codes: which prison has one in its safe, who used one; asking for one, printing it once, acknowledging a use."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import papers
from accounts.actions import changes, night_codes
from accounts.forms.changes import NightCodeForm
from accounts.models import NightCode
from audit import trail
from core.action_pages import action_button, action_form
from core.addresses import page_of
from core.permissions import TO_ACT, requires
from documents import pdf, responses


@requires("accounts.view_nightcode")
def listed(request):
    """Codes of the prisons in scope, newest first."""
    trail.viewed("night_code_list", by=request.user)
    found = NightCode.objects.visible_to(request.user).select_related("facility", "used_by", "seen_by")
    page = page_of(request, found)
    in_safes = set(NightCode.objects.in_safes().values_list("pk", flat=True))
    return render(
        request,
        "accounts/night_codes.html",
        {
            "page": page,
            "rows": [(one, *_state(one, in_safes), _may_acknowledge(request.user, one)) for one in page],
            "may_ask": request.user.can("accounts.ask_change"),
        },
    )


def _state(one, in_safes):
    """A word and its tone."""
    if one.used_at:
        return (_("used"), "late") if one.seen_at is None else (_("used, acknowledged"), "")
    if one.pk in in_safes:
        return _("in the safe"), "ok"
    return (_("to be printed"), "soon") if one.printed_at is None else (_("replaced"), "")


def _may_acknowledge(user, one):
    return (
        one.used_at is not None
        and one.seen_at is None
        and one.used_by_id != user.pk
        and user.can("accounts.acknowledge_nightcode", at=one.facility_id)
    )


@requires("accounts.ask_change", confirm=TO_ACT)
def new(request):
    """Ask for a code for a prison."""
    return action_form(
        request,
        NightCodeForm(request.POST or None),
        lambda form: changes.ask_night_code(**form.cleaned_data, by=request.user),
        back=lambda change: reverse("staff_change", args=[change.uuid]),
        success_message=_("Asked for. It takes effect when another administrator approves."),
        template="accounts/ask.html",
        heading=_("Night code for a prison"),
        lead_text=_(
            "Whoever serves there and lost the key signs in with it, for one shift. The one that lies in the safe is replaced."
        ),
        action_label=_("Ask for it"),
        cancel_url=reverse("night_codes"),
    )


@require_POST
@requires("accounts.approve_change", confirm=TO_ACT)
def paper(request, uuid):
    """The paper for the safe, once, for whoever approved."""
    one = get_object_or_404(NightCode.objects.select_related("facility", "change"), uuid=uuid)
    if one.change.decided_by_id != request.user.pk:
        raise Http404
    night_codes.print_once(one, by=request.user)
    trail.viewed("night_code", by=request.user, facility=one.facility, obj=one)
    sheet = papers.night_code_paper(one, language="ar" if request.user.language == "ar" else "fr")
    return responses.pdf(pdf.render(sheet), f"night-code-{one.pk}.pdf")


@require_POST
@requires("accounts.acknowledge_nightcode", confirm=TO_ACT)
def acknowledge(request, uuid):
    """Say that the national office knows of a use."""
    one = get_object_or_404(NightCode.objects.visible_to(request.user), uuid=uuid)
    return action_button(
        request,
        lambda: night_codes.acknowledge(one, by=request.user),
        back=reverse("night_codes"),
        success_message=_("Acknowledged."),
    )
