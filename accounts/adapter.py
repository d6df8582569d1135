"""Sign-in rules: accounts are made by the system administrator, never by signing up; every sign-in and failure is recorded."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts import credentials, presence, second_factor, sessions
from accounts.limits import Tries, remember_desk
from audit import signed_context, trail


def too_fast(seconds):
    """What somebody reads who has to wait."""
    return _("Too many tries. Seconds to wait before the next one: %(seconds)s") % {"seconds": seconds}


class StaffOnlyAdapter(DefaultAccountAdapter):
    """No sign-up; sign-ins, failures and sign-outs stand in the trail."""

    def is_open_for_signup(self, request):
        """Nobody signs up."""
        return False

    def post_login(self, request, user, **kwargs):
        """Record the sign-in; from here on the session is counted."""
        presence.begin(request.session)
        address, browser = self.get_client_ip(request), request.META.get("HTTP_USER_AGENT", "")[:200]
        request.session[sessions.FROM] = {"address": address, "browser": browser}
        detail = {"factor": second_factor.used(request, user), "address": address}
        signed_context.as_user(user)  # whoever was signed in before: what follows in this request is theirs
        trail.record("session.opened", by=user, detail=detail)
        response = super().post_login(request, user, **kwargs)
        remember_desk(request, response)
        return response

    def pre_authenticate(self, request, **credentials):
        """Limits are ours, see `authenticate`."""
        self._login_failed_rl_usage = None

    def authenticate(self, request, **credentials):
        """The user of a name and a password, or None. Who failed often waits some seconds before the next try counts."""
        tries = Tries(request, credentials.get("username", ""))
        if seconds := tries.wait():
            self._record_failure(request, credentials, waits=seconds)
            raise ValidationError(too_fast(seconds), code="too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if user is None:
            tries.failed()
        else:
            tries.succeeded()
        return user

    def authentication_failed(self, request, **credentials):
        """Record it."""
        self._record_failure(request, credentials)
        super().authentication_failed(request, **credentials)

    def _record_failure(self, request, credentials, **more):
        """What was tried, from where, and whose account it is, if there is such an account."""
        from accounts.models import User

        tried = str(credentials.get("username", ""))[:150]
        user = User.objects.filter(username=tried).first()
        detail = {"tried": tried, "address": self.get_client_ip(request)}
        with signed_context.in_the_name_of(user):
            trail.refused("session.opened", by=user, detail=detail | more)

    def is_safe_url(self, url):
        """Whether an address to go on to is one of ours. One that cannot be read is not."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def set_password(self, user, password):
        """Write the password that somebody chose for themselves; the form has asked for the old one."""
        credentials.write_password(user, password, deed=credentials.OWN_PASSWORD)
        trail.record("account.password_changed", by=user)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whether to ask again who it is before a second factor changes: not soon after signing in."""
        return not presence.is_confirmed(context.request)

    def logout(self, request):
        """Record the sign-out."""
        if request.user.is_authenticated:
            trail.record("session.closed", by=request.user)
        super().logout(request)
