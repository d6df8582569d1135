"""What the application's database user may do: rows, not tables; and the trail only forwards."""

from django.apps import apps
from django.db import connection

from config.database import APP_ROLE, app_login


def trail_tables():
    """Tables that are only ever added to: events, seals, and the row history of every model."""
    tables = []
    for model in apps.get_models(include_auto_created=True):
        history = hasattr(model, "pgh_tracked_model")
        if history or model._meta.label_lower in ("audit.event", "audit.seal", "pghistory.context"):
            tables.append(model._meta.db_table)
    return sorted(set(tables))


def apply():
    """Give the application's role its rights on every table that now exists. Run by the owner after each migration."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        # The row history's context is written by the owner's function, so that the application cannot rewrite it.
        cursor.execute("ALTER FUNCTION _pgh_attach_context() SECURITY DEFINER SET search_path = public, pg_catalog")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [APP_ROLE])
        if not cursor.fetchone():
            return
        role = quote(APP_ROLE)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in trail_tables():
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {quote(table)} FROM {role}")
        cursor.execute(f"REVOKE INSERT ON {quote('audit_seal')} FROM {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {quote('django_migrations')} FROM {role}")
        cursor.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname NOT IN (%s, current_user)", [app_login(), APP_ROLE]
        )
        if cursor.fetchone():
            cursor.execute(f"GRANT {role} TO {quote(app_login())}")
