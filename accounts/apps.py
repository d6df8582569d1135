from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who works here, in which role, in which prison."""

    name = "accounts"
    verbose_name = _("Users")

    def ready(self):
        """The administration's place in the menu."""
        from accounts import panels
        from core import panels as shared

        shared.register(panels, position=8)
