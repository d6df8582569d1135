from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The trail of everything done and seen."""

    name = "audit"
    verbose_name = _("Trail")

    def ready(self):
        """Migrations with triggers are made cheap; a service whose heads nobody signs is told so by `check --deploy`."""
        from audit.operations import keep_rendered_models

        keep_rendered_models()
        checks.register(_heads_are_signed, checks.Tags.security, deploy=True)


def _heads_are_signed(app_configs, **options):
    if settings.AUDIT_SIGNING_KEY:
        return []
    return [checks.Warning("AUDIT_SIGNING_KEY is not set: the heads of the trail are not signed.", id="audit.W001")]
