from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MusalahaConfig(AppConfig):
    """The reconciliation programme, from the inmate's own request to life after release."""

    name = "musalaha"
    verbose_name = _("Musalaha programme")

    def ready(self):
        """The programme tells custody what a move would break and what follows a release."""
        from core import panels as shared
        from musalaha import corrections, hooks, panels

        import_module("musalaha.sayings")  # what is stored is read from here on
        hooks.register()
        corrections.register()
        shared.register(panels, position=4)
