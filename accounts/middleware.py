"""What stands between signing in and the pages: whether somebody is still there, and with which second factor."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import presence, second_factor, unusual_reading
from accounts.actions import kept_forms
from accounts.forms.session import WhoForm, key_options
from accounts.models import KeptForm
from audit import trail
from core.permissions import TO_ACT, TO_OPEN

# Open on a locked screen too: unlocking it, choosing the language, signing out.
LOCK = frozenset({"locked", "lock", "language", "account_logout"})
# Where somebody without the second factor that is demanded may go: to set one up, to say who they are, and out.
ENROLMENT = LOCK | {"mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "account_reauthenticate"}
# Never kept: passwords and codes; what was only being looked for.
NOT_KEPT = ("account_", "mfa_", "own_sessions", "admin:password", "enrol", "present")
LOOKS = frozenset({"inmates:search", "inmates:search_hits", "inmates:likely"})


class PresenceMiddleware:
    """Locks the screen of somebody who is away, and ends a session that has lasted long enough.

    15 minutes without a request lock it (60 on an open roll count). 13 hours after the sign-in no page opens any more; a
    form is still acted on when its person did something else in the 15 minutes before, so never later than 13:15. What
    comes later than that, or on a locked screen, is kept for its writer and not done.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Let a request through, or answer it with the lock page or the sign-in page."""
        if not request.user.is_authenticated or request.resolver_match.view_name in LOCK:
            return None
        session = request.session
        if presence.is_over(session):
            if request.method != "POST" or presence.is_locked(session):
                return self._over(request)
        elif presence.is_locked(session):
            return self._locked(request)
        else:
            asked_by_page = request.headers.get("HX-Request") or request.resolver_match.view_name == "present"
            presence.touch(session, None if asked_by_page else view)
        self._sent_again(request)
        return None

    def _locked(self, request):
        if not presence.of(request.session)["locked"]:
            presence.write(request.session, locked=True)
            trail.record("session.locked", by=request.user)
        return self._answer(request, reverse("locked"), self._kept(request))

    def _over(self, request):
        then = self._kept(request)
        trail.record("session.ended", by=request.user)
        logout(request)
        messages.info(request, _("Your session has lasted as long as any may. Sign in again to go on."))
        return self._answer(request, reverse("account_login"), then)

    def _answer(self, request, page, then):
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return redirect(f"{page}?{urlencode({'next': then})}")

    def _kept(self, request):
        """Where to go on afterwards: to the page asked for, or to what was typed."""
        name = request.resolver_match.view_name
        if request.method == "GET":
            return request.get_full_path()
        if not name.startswith(NOT_KEPT) and name not in LOOKS:
            fields, files = kept_forms.typed(request.POST), sorted(request.FILES)
            kept = kept_forms.keep(path=request.get_full_path(), fields=fields, files=files, by=request.user)
            if kept is not None:
                return reverse("account_kept_form", args=[kept.uuid])
        origin = request.headers.get("Referer", "")
        return origin if get_adapter().is_safe_url(origin) else "/"

    def _sent_again(self, request):
        """A kept form that is sent once more is kept no longer."""
        if request.method == "POST" and (number := request.POST.get("kept_form")):
            request.POST = request.POST.copy()
            del request.POST["kept_form"]
            for kept in KeptForm.objects.of(request.user).filter(path=request.get_full_path()):
                if str(kept.uuid) == number:
                    kept_forms.discard(kept, by=request.user)


class SecondFactorMiddleware:
    """Where a second factor is demanded, nobody gets further than the page that sets it up until they have one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Lead to the page that sets it up; whether there is one is asked of the database once a session."""
        if not request.user.is_authenticated or request.session.get("second_factor"):
            return None
        if not second_factor.missing(request.user):
            if settings.SECOND_FACTOR_REQUIRED:
                request.session["second_factor"] = True
            return None
        if request.resolver_match.view_name in ENROLMENT:
            return None
        return redirect("mfa_index")


class ConfirmMiddleware:
    """Before acts and exports of weight, the person says again who they are, unless they did in the last ten minutes.

    Which pages, `requires(..., confirm=)` says. Asked in place: what was typed goes along and is acted on at once.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Ask, or go on."""
        when = getattr(view, "confirm", None)
        if when is None or not request.user.is_authenticated:
            return None
        answer = self._taken_out(request)
        looks = request.method in ("GET", "HEAD")
        may = not view.requires or any(request.user.can(name) for name in view.requires)
        if (when == TO_ACT and looks) or not may:
            return None
        form = WhoForm(answer, user=request.user)
        if not presence.is_confirmed(request):
            if not (answer and form.is_valid()):
                return self._ask(request, form)
            presence.confirm(request.session)
            trail.record("session.confirmed", by=request.user, detail={"factor": form.factor})
        return redirect(request.get_full_path()) if answer and when == TO_OPEN else None

    def _taken_out(self, request):
        """The answer to the question, out of the form that it came with; None where there is none."""
        if request.method != "POST" or "who_password" not in request.POST:
            return None
        answer, request.POST = request.POST, request.POST.copy()
        for name in ("who_password", "who_credential"):
            request.POST.pop(name, None)
        return answer

    def _ask(self, request, form):
        fields, files = kept_forms.typed(request.POST), sorted(request.FILES)
        context = {
            "form": form,
            "js_data": key_options(request.user),
            "pairs": [(name, value) for name, values in fields for value in values],
            "files": files,
        }
        return render(request, "accounts/confirm.html", context, status=403)


class ReadingMiddleware:
    """Looks at each page about a person after it was recorded, see `accounts.unusual_reading.look`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "opened_a_record", False):
            unusual_reading.look(request)
        return response
