"""What is answered when there is no page: an address that leads nowhere, a form without its token."""

from django.shortcuts import render

from audit import trail


def csrf_failure(request, reason=""):
    """A form without its token: usually a page left open over night."""
    if request.user.is_authenticated:
        trail.refused("token", by=request.user, detail={"path": request.path[:200]})
    return render(request, "403_csrf.html", status=403)


def not_found(request, exception=None):
    """404, to the letter the same for a record elsewhere and for one that does not exist: no form, no token, no path."""
    return render(request, "404.html", {"tokenless": True}, status=404)
