"""What stands between signing in and the pages."""

from django.conf import settings
from django.shortcuts import redirect

from accounts import second_factor

# Where somebody without the second factor that is demanded may go: to set one up, to say who they are, and out.
ENROLMENT = frozenset(
    {
        "mfa_index",
        "mfa_add_webauthn",
        "mfa_activate_totp",
        "account_reauthenticate",
        "account_logout",
        "language",
    }
)


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
