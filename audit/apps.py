from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The trail of everything done and seen."""

    name = "audit"
    verbose_name = _("Trail")
