"""The Django admin site: reference data and users, never workflow records."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


def nowhere(request, **address):
    """An address that leads to nothing."""
    raise Http404


class RegisterAdminSite(AdminSite):
    """Sign-in goes through the project's own page, so that rate limits and the second factor hold here too."""

    site_header = _("Prison register: reference data")
    site_title = _("Prison register")
    index_title = _("Reference data and users")

    login = method_decorator(secure_admin_login)(AdminSite.login)

    def logout(self, request, extra_context=None):
        """Signing out is the project's own page, which the trail knows."""
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        """So is changing one's password."""
        return redirect("account_change_password")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Without "view on site", see `get_urls`."""
        super().register(model_or_iterable, admin_class, **options, view_on_site=False)

    def get_urls(self):
        """No "view on site": it would lead from a bare number to the address of any record."""
        return [path("r/<path:content_type_id>/<path:object_id>/", nowhere, name="view_on_site"), *super().get_urls()]
