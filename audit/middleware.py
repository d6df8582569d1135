"""Refusals leave a trace: a 403 that an action or a view raised is written to the trail after its rollback."""

from django.core.exceptions import PermissionDenied

from audit import trail


class RefusalMiddleware:
    """Record PermissionDenied for signed-in users; the answer itself stays Django's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Write `refused.<view name>`; returns None so that the ordinary 403 page follows."""
        if isinstance(exception, PermissionDenied) and request.user.is_authenticated:
            match = request.resolver_match
            name = match.view_name if match else ""
            trail.refused(name or "unknown", by=request.user, detail={"method": request.method})
        return None
