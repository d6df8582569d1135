"""What is answered when there is no page: an address that leads nowhere, a form without its token, a fault, no database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from audit import trail
from core.health import RETRY_AFTER


def csrf_failure(request, reason=""):
    """A form without its token: usually a page left open over night."""
    if request.user.is_authenticated:
        trail.refused("token", by=request.user, detail={"path": request.path[:200]})
    return render(request, "403_csrf.html", status=403)


def not_found(request, exception=None):
    """404, to the letter the same for a record elsewhere and for one that does not exist: no form, no token, no path."""
    return render(request, "404.html", {"tokenless": True}, status=404)


def server_error(request):
    """500; or 503 with the time to wait where the database is away or took too long: nothing of the step was saved."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(render_to_string("500.html"), status=500)
