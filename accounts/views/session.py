"""Signing out: what the browser kept of the pages goes too."""

from allauth.account.views import LogoutView


class SignOutView(LogoutView):
    """The browser is told to forget pages and stored values; the session itself ends with its cookie."""

    def post(self, *args, **kwargs):
        """Sign out."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response
