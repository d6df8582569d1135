"""One's own second factor: allauth's pages, with who may have which, and a line in the trail for each that comes or goes."""

from urllib.parse import urlencode

from allauth.account.views import PasswordChangeView
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import credentials, second_factor
from audit import trail


class Index(IndexView):
    """What one has, and what one may set up; where somebody is led who has none and needs one."""

    def get_context_data(self, **kwargs):
        """What may be set up, and whether there is any way round it."""
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "app_allowed": second_factor.app_allowed(user),
            "missing": second_factor.missing(user),
            "by_night_code": "night_until" in self.request.session,
        }


class InFull:
    """For who has signed in once more in full, within the last minutes."""

    typed = False

    def dispatch(self, request, *args, **kwargs):
        """Lead through the steps that are missing, and back."""
        if request.user.is_authenticated and (step := second_factor.step_missing(request, typed=self.typed)):
            return redirect(f"{reverse(step)}?{urlencode({'next': request.path})}")
        return super().dispatch(request, *args, **kwargs)


class ChangePassword(InFull, PasswordChangeView):
    typed = True


class Changing(InFull):
    """What is valid is done."""

    def form_valid(self, form):
        """Vouch for it."""
        with credentials.vouched(credentials.OWN_FACTOR, self.request.user):
            return super().form_valid(form)


class Adding(Changing):
    """Not in a session that a night code opened: it would outlast the shift."""

    kind = None

    def dispatch(self, request, *args, **kwargs):
        """Refuse what this session or this role may not set up."""
        if "night_until" in request.session:
            raise PermissionDenied(_("A second factor is not set up in a session that the sealed code opened."))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        """Set it up."""
        response = super().form_valid(form)
        trail.record("second_factor.added", by=self.request.user, detail={"kind": self.kind})
        return response


class AddKey(Adding, AddWebAuthnView):
    kind = Authenticator.Type.WEBAUTHN.value


class ActivateApp(Adding, ActivateTOTPView):
    kind = Authenticator.Type.TOTP.value

    def dispatch(self, request, *args, **kwargs):
        """For roles that may."""
        if not second_factor.app_allowed(request.user):
            raise PermissionDenied(_("Your role signs in with a security key."))
        return super().dispatch(request, *args, **kwargs)


class RenameKey(Changing, EditWebAuthnView):
    pass


class RemoveKey(Changing, RemoveWebAuthnView):
    def form_valid(self, form):
        """Remove it, unless nothing would be left where something is demanded."""
        if not second_factor.may_remove(self.object):
            messages.error(self.request, _("Your last second factor stays. Add another one first."))
            return redirect("mfa_list_webauthn")
        trail.record("second_factor.removed", by=self.request.user, detail={"kind": self.object.type})
        return super().form_valid(form)


class DeactivateApp(Changing, DeactivateTOTPView):
    def form_valid(self, form):
        """Switch it off."""
        trail.record("second_factor.removed", by=self.request.user, detail={"kind": self.authenticator.type})
        return super().form_valid(form)
