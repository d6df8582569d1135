from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InmatesConfig(AppConfig):
    """The people held: who they are, their sentences, their custody, their tier."""

    name = "inmates"
    verbose_name = _("Inmates")

    def ready(self):
        """Classification tells custody what follows a release."""
        from inmates.classification import hooks

        hooks.register()
