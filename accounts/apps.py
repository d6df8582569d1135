from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who works here, in which role, in which prison."""

    name = "accounts"
    verbose_name = _("Users")

    def ready(self):
        """The administration's place in the menu."""
        from accounts import panels, roles
        from core import panels as shared

        shared.register(panels, position=8)
        if unknown := set(settings.SECOND_FACTOR_KEYS_ONLY) - roles.LABELS.keys():
            raise ImproperlyConfigured(f"SECOND_FACTOR_KEYS_ONLY names no role: {', '.join(sorted(unknown))}")
