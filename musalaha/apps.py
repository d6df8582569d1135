from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MusalahaConfig(AppConfig):
    """The reconciliation programme, from the inmate's own request to life after release."""

    name = "musalaha"
    verbose_name = _("Musalaha programme")

    def ready(self):
        """The programme and aftercare tell custody what a move would break and what follows a release."""
        from core import panels as shared
        from musalaha import hooks, panels
        from musalaha.aftercare import corrections
        from musalaha.aftercare import hooks as aftercare_hooks
        from musalaha.aftercare import panels as aftercare_panels

        import_module("musalaha.sayings")  # what is stored is read from here on
        hooks.register()
        aftercare_hooks.register()
        corrections.register()
        for room in (panels, aftercare_panels):
            shared.register(room, position=4)
