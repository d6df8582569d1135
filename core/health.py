"""Two addresses for machines: `/healthz` (this process answers) and `/readyz` (its database is there, with all tables).

They are answered to this machine and to the addresses in `HEALTH_PROBES`, never through a proxy; anybody else is told
what an address that leads nowhere is told.
"""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse

from audit import grants, signed_context

AT_HOME = {"127.0.0.1", "::1"}
RETRY_AFTER = "15"  # seconds


class HealthMiddleware:
    """Answers both before anything else looks at the request: no session, no redirect, no trail."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.migrated = False

    def __call__(self, request):
        if request.path not in ("/healthz", "/readyz") or not _asked_by_a_machine(request):
            return self.get_response(request)
        if request.path == "/readyz" and (missing := self._missing()):
            return HttpResponse(
                missing + "\n", status=503, content_type="text/plain", headers={"Retry-After": RETRY_AFTER}
            )
        return HttpResponse("ok\n", content_type="text/plain")

    def _missing(self):
        """What the service lacks to answer pages; nothing when it is ready."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            if not self.migrated:
                executor = MigrationExecutor(connection)
                if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                    return "migrations are not applied"
                if not signed_context.key_is_known():
                    return "the database does not know the key of this service: run migrate"
                if not grants.triggers_are_guarded():
                    return "the application could silence the row history: run migrate"
                self.migrated = True
        except DatabaseError:
            connection.close()
            return "no database"
        return ""


def _asked_by_a_machine(request):
    if "X-Forwarded-For" in request.headers:
        return False
    return request.META.get("REMOTE_ADDR") in AT_HOME | set(settings.HEALTH_PROBES)
