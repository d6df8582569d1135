from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FacilitiesConfig(AppConfig):
    """Where people are held and how each tier is treated."""

    name = "facilities"
    verbose_name = _("Prisons")
