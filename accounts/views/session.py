"""Signing out, the locked screen, and forms that were kept meanwhile."""

from allauth.account.forms import LoginForm
from allauth.account.internal.flows.logout import logout
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LogoutView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import presence, second_factor, sessions
from accounts.actions import kept_forms
from accounts.forms.session import WhoForm, key_options
from accounts.models import KeptForm
from audit import trail
from core.permissions import TO_ACT, requires


class SignOutView(LogoutView):
    """The browser is told to forget pages and stored values; the session itself ends with its cookie."""

    def post(self, *args, **kwargs):
        """Sign out."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class Confirming:
    """allauth's own way of asking once more who somebody is: the session goes on under a new key."""

    factor = second_factor.PASSWORD

    def form_valid(self, form):
        """Go on, also with what was asked for before."""
        presence.confirm(self.request.session)
        trail.record("session.confirmed", by=self.request.user, detail={"factor": self.factor})
        return super().form_valid(form)


class ConfirmByPassword(Confirming, ReauthenticateView):
    pass


class ConfirmByCode(Confirming, ReauthenticateByCodeView):
    factor = second_factor.APP.value


class ConfirmByKey(Confirming, ReauthenticateWebAuthnView):
    factor = second_factor.KEY.value


@require_POST
def lock(request):
    """Lock the screen now."""
    if not presence.of(request.session)["locked"]:
        presence.write(request.session, locked=True)
        trail.record("session.locked", by=request.user)
    return redirect("locked")


@require_POST
def present(request):
    """The page says that somebody types on it; the middleware has written it down."""
    return HttpResponse(status=204)


@sensitive_post_parameters()
def locked(request):
    """Unlock the screen and go on where one was; or a colleague signs in, which ends this session."""
    then = get_next_redirect_url(request) or "/"
    if not presence.is_locked(request.session) or presence.is_over(request.session):
        return redirect(then)
    taking_over = "login" in request.POST
    mine = WhoForm(request.POST if request.method == "POST" and not taking_over else None, user=request.user)
    theirs = LoginForm(request.POST if taking_over else None, request=request)
    if taking_over and theirs.is_valid():
        logout(request, show_message=False)
        return theirs.login(request, redirect_url="/")
    if mine.is_bound and mine.is_valid():
        presence.confirm(request.session)
        trail.record("session.unlocked", by=request.user, detail={"factor": mine.factor})
        if request.headers.get("X-Unlock"):
            return HttpResponse(status=204)
        return redirect(then)
    context = {"form": mine, "theirs": theirs, "then": then, "js_data": key_options(request.user)}
    frame = {"nav": [], "can_search": False, "tokenless": True}
    return render(request, "accounts/locked.html", context | frame, status=422 if request.method == "POST" else 200)


@requires(confirm=TO_ACT)
def own_sessions(request):
    """Where one is signed in, and the way to end one other session, or all sessions but this one."""
    this = sessions.digest(request.session.session_key)
    running = sessions.running(request.user)
    if request.method == "POST":
        others = [row.pk for row, _data in running if row.pk != this]
        if (one := request.POST.get("session")) is not None:
            others = [pk for pk in others if pk == one]
            request.user.sessions.filter(pk__in=others).delete()
        else:
            request.user.sessions.exclude(pk=this).delete()
            messages.success(request, _("All other sessions are ended."))
        trail.record("session.others_ended", by=request.user, detail={"sessions": len(others)})
        return redirect("own_sessions")
    trail.viewed("session_list", by=request.user)
    rows = [(presence.began(data), data.get(sessions.FROM, {}), row.pk, row.pk == this) for row, data in running]
    return render(request, "accounts/sessions.html", {"rows": rows})


def kept_form(request, uuid):
    """What was typed into a form that came too late: to send it now, or to throw it away."""
    kept = get_object_or_404(KeptForm.objects.of(request.user), uuid=uuid)
    if request.method == "POST":
        kept_forms.discard(kept, by=request.user)
        messages.success(request, _("Thrown away."))
        return redirect("today")
    trail.viewed("kept_form", by=request.user, obj=kept)
    fields, files = kept_forms.opened(kept)
    pairs = [(name, value) for name, values in fields for value in values]
    return render(
        request,
        "accounts/kept_form.html",
        {
            "kept": kept,
            "pairs": pairs,
            "files": files,
            "texts": [value for _name, value in pairs if " " in value.strip()],
        },
    )


def kept_forms_listed(request):
    """One's own kept forms: straight to the newest."""
    newest = KeptForm.objects.of(request.user).first()
    return redirect("today") if newest is None else redirect(reverse("account_kept_form", args=[newest.uuid]))
