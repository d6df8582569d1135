"""The Django admin site: reference data and users, never workflow records."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class RegisterAdminSite(AdminSite):
    """Sign-in goes through the project's own page, so that rate limits and the second factor hold here too."""

    site_header = _("Prison register: reference data")
    site_title = _("Prison register")
    index_title = _("Reference data and users")

    login = secure_admin_login(AdminSite.login)
