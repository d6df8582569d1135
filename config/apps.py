"""The Django admin in this project's own dress, behind the project's own sign-in."""

from django.contrib.admin.apps import AdminConfig


class RegisterAdminConfig(AdminConfig):
    """The admin site with our sign-in (second factor included) in front of it."""

    default_site = "config.admin.RegisterAdminSite"
