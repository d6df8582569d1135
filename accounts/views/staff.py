"""Accounts as two administrators see them: the list, one account, and what may be asked for."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import closed, failures, roles
from accounts.actions import changes
from accounts.forms.changes import (
    AccessForm,
    FindForm,
    IdentifiedForm,
    NewAccountForm,
    PostingEndForm,
    PostingForm,
    WhyForm,
)
from accounts.models import AccountChange, Posting, User
from audit import trail
from config import clock
from core.action_pages import action_form
from core.addresses import page_of
from core.panels import OfferedAction
from core.permissions import TO_ACT, requires


@requires("accounts.view_user")
def staff(request):
    """Every account, and what waits for a second administrator."""
    form = FindForm(request.GET or None)
    page = page_of(request, form.matching_users())
    trail.viewed("account_list", by=request.user, detail={"ids": [user.pk for user in page]})
    today = clock.today()
    return render(
        request,
        "accounts/staff.html",
        {
            "form": form,
            "page": page,
            "rows": [
                (
                    user,
                    [roles.LABELS.get(group.name, group.name) for group in user.groups.all()],
                    [one for one in user.postings.all() if one.in_force(today)],
                )
                for user in page
            ],
            "query": _kept(request),
            "waiting": AccountChange.objects.waiting().select_related("subject", "asked_by"),
            "may_ask": request.user.can("accounts.ask_change"),
        },
    )


def _kept(request):
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""


@requires("accounts.view_user", "audit.view_trail")
def failed_sign_ins(request):
    """Who was tried from where in the last 24 hours, the most first."""
    trail.viewed("failed_sign_ins", by=request.user)
    return render(request, "accounts/failed_sign_ins.html", {"rows": failures.by_name_and_place()})


@requires("accounts.name_permanence", "audit.view_trail")
def closed_accounts(request):
    """Accounts closed in 30 days whose holders watched over others, decided or ran a prison: who closed them, and why."""
    trail.viewed("closed_accounts", by=request.user)
    return render(request, "accounts/closed_accounts.html", {"rows": closed.told_to(request.user, days=closed.SHOWN)})


@requires("accounts.view_user")
def user(request, pk):
    """One account: person, roles, postings, and every change of it."""
    account = get_object_or_404(User, pk=pk)
    trail.viewed("account", by=request.user, obj=account)
    return render(
        request,
        "accounts/user.html",
        {
            "account": account,
            "roles": [roles.LABELS.get(name, name) for name in sorted(account.role_names)],
            "postings": account.postings.select_related("facility"),
            "today": clock.today(),
            "permanences": account.permanences.select_related("facility", "named_by")[:20],
            "changes": account.account_changes.select_related("asked_by", "decided_by"),
            "offered": _offered(request.user, account),
            "may_ask": request.user.can("accounts.ask_change") and account.pk != request.user.pk,
        },
    )


def _offered(by, account):
    """What `by` may ask for about this account."""
    if not by.can("accounts.ask_change") or by.pk == account.pk:
        return []
    if not account.is_active:
        return [OfferedAction(_("Enable again"), reverse("staff_enable", args=[account.pk]))]
    return [
        OfferedAction(_("Change person, roles or scope"), reverse("staff_access", args=[account.pk])),
        OfferedAction(_("Post to a prison"), reverse("staff_posting", args=[account.pk])),
        OfferedAction(_("New second factor"), reverse("staff_factor", args=[account.pk])),
        OfferedAction(_("Reset password and second factor"), reverse("staff_reset", args=[account.pk])),
        OfferedAction(_("Close account"), reverse("staff_close", args=[account.pk])),
    ]


ASKED = "accounts/ask.html"


def _asked(_change):
    return _("Asked for. It takes effect when another administrator approves.")


def _to(change):
    return reverse("staff_change", args=[change.uuid])


@requires("accounts.ask_change", confirm=TO_ACT)
def new(request):
    """Ask for a new account."""
    form = NewAccountForm(request.POST or None, initial={"language": "fr"})
    return action_form(
        request,
        form,
        lambda form: changes.ask_new(
            access=form.access, posting=form.posting, reason=form.cleaned_data["reason"], by=request.user
        ),
        back=_to,
        success_message=_asked,
        template=ASKED,
        heading=_("New account"),
        action_label=_("Ask for it"),
        cancel_url=reverse("staff"),
    )


@requires("accounts.ask_change", confirm=TO_ACT)
def access(request, pk):
    """Ask for other roles, another scope, a name put right."""
    account = get_object_or_404(User, pk=pk)
    return _ask(
        request,
        account,
        AccessForm(request.POST or None, user=account),
        lambda form: changes.ask_access(
            account, access=form.access, reason=form.cleaned_data["reason"], by=request.user
        ),
        _("Change person, roles or scope"),
    )


@requires("accounts.ask_change", confirm=TO_ACT)
def posting(request, pk):
    """Ask for a posting."""
    account = get_object_or_404(User, pk=pk)
    return _ask(
        request,
        account,
        PostingForm(request.POST or None),
        lambda form: changes.ask_posting(account, **form.cleaned_data, by=request.user),
        _("Post to a prison"),
    )


@requires("accounts.ask_change", confirm=TO_ACT)
def posting_end(request, pk):
    """Ask for the end of a posting."""
    held = get_object_or_404(Posting.objects.select_related("user", "facility"), pk=pk)
    return _ask(
        request,
        held.user,
        PostingEndForm(request.POST or None),
        lambda form: changes.ask_posting_end(held, **form.cleaned_data, by=request.user),
        _("End the posting"),
        lead_text=str(held.facility),
    )


@requires("accounts.ask_change", confirm=TO_ACT)
def reset(request, pk):
    """Ask for a new password and second factor."""
    account = get_object_or_404(User, pk=pk)
    return _ask(
        request,
        account,
        IdentifiedForm(request.POST or None),
        lambda form: changes.ask_reset(account, **form.cleaned_data, by=request.user),
        _("Reset password and second factor"),
        lead_text=_("On approval the old password and second factor open nothing more, and every session ends."),
    )


@requires("accounts.ask_change", confirm=TO_ACT)
def factor(request, pk):
    """Ask for a new second factor; the password stays."""
    account = get_object_or_404(User, pk=pk)
    return _ask(
        request,
        account,
        IdentifiedForm(request.POST or None),
        lambda form: changes.ask_factor(account, **form.cleaned_data, by=request.user),
        _("New second factor"),
        lead_text=_(
            "For a key that is lost or broken. On approval every session ends; at the next sign-in, with the password, "
            "a new second factor is set up."
        ),
    )


@requires("accounts.ask_change", confirm=TO_ACT)
def enable(request, pk):
    """Ask to open a closed account again."""
    account = get_object_or_404(User, pk=pk)
    return _ask(
        request,
        account,
        IdentifiedForm(request.POST or None),
        lambda form: changes.ask_enable(account, **form.cleaned_data, by=request.user),
        _("Enable again"),
        lead_text=_(
            "The account starts anew, with a new password and second factor. Look at its roles and postings first."
        ),
    )


@requires("accounts.ask_change", confirm=TO_ACT)
def close(request, pk):
    """Close an account, at once; the last of those who watch over the others waits for another administrator."""
    account = get_object_or_404(User, pk=pk)
    return action_form(
        request,
        WhyForm(request.POST or None),
        lambda form: changes.disable(account, reason=form.cleaned_data["reason"], by=request.user),
        back=lambda change: _to(change) if change else reverse("staff_user", args=[account.pk]),
        success_message=lambda change: _asked(change) if change else _("The account is closed."),
        template=ASKED,
        heading=_("Close account"),
        account=account,
        lead_text=_(
            "This takes one administrator and works at once: every session of the account ends. Opening it again takes two."
        ),
        action_label=_("Close account"),
        cancel_url=reverse("staff_user", args=[account.pk]),
        danger=True,
    )


def _ask(request, account, form, act, heading, **context):
    return action_form(
        request,
        form,
        act,
        back=_to,
        success_message=_asked,
        template=ASKED,
        heading=heading,
        account=account,
        action_label=_("Ask for it"),
        cancel_url=reverse("staff_user", args=[account.pk]),
        **context,
    )
