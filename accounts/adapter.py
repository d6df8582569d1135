"""Sign-in rules: accounts are made by the system administrator, never by signing up; every sign-in and failure is recorded."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context

from accounts import presence
from audit import trail


class StaffOnlyAdapter(DefaultAccountAdapter):
    """No sign-up; sign-ins, failures and sign-outs stand in the trail."""

    def is_open_for_signup(self, request):
        """Nobody signs up."""
        return False

    def post_login(self, request, user, **kwargs):
        """Record the sign-in; from here on the session is counted."""
        presence.begin(request.session)
        trail.record("session.opened", by=user)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request, **credentials):
        """Record what was tried, from where, and whose account it is, if there is such an account."""
        from accounts.models import User

        tried = str(credentials.get("username", ""))[:150]
        user = User.objects.filter(username=tried).first()
        detail = {"tried": tried, "address": self.get_client_ip(request)}
        trail.refused("session.opened", by=user, detail=detail)
        super().authentication_failed(request, **credentials)

    def is_safe_url(self, url):
        """Whether an address to go on to is one of ours. One that cannot be read is not."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def set_password(self, user, password):
        """Write the password and nothing else: of a user the application may write no more."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whether to ask again who it is before a second factor changes: not soon after signing in."""
        return not presence.is_confirmed(context.request)

    def logout(self, request):
        """Record the sign-out."""
        if request.user.is_authenticated:
            trail.record("session.closed", by=request.user)
        super().logout(request)
