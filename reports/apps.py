from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def after_migrate(sender, plan=None, **kwargs):
    """Roles need every app's permissions, grants every app's tables: so this runs once, after the last app."""
    from accounts import grants as accounts
    from accounts import roles
    from audit import grants, signed_context
    from inmates import grants as inmates
    from musalaha import grants as musalaha
    from reports import walls

    roles.sync()
    if plan is not None:
        grants.apply(
            read_only=accounts.READ_ONLY,
            forward_only=accounts.FORWARD_ONLY,
            kept=[
                *grants.tables_of("inmates", "musalaha", but=inmates.DELETABLE + musalaha.DELETABLE),
                "core_run",  # that a backup or the daily run failed
            ],
            columns=accounts.COLUMNS,
        )
        signed_context.install_key()
        walls.build()


class ReportsConfig(AppConfig):
    """What the service tells: overview, statistics, the trail's pages."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        """The one signal of the project: sent for apps with models only, so it hangs on the last one that has any."""
        from core import panels as shared
        from reports import panels

        shared.register(panels, position=7)
        post_migrate.connect(after_migrate, sender=apps.get_app_config("musalaha"))
