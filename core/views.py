"""What is answered when there is no page: an address that leads nowhere, a form without its token."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form without its token: usually a page left open over night."""
    return render(request, "403_csrf.html", status=403)


def not_found(request, exception=None):
    """404, to the letter the same for a record elsewhere and for one that does not exist: no form, no token, no path."""
    return render(request, "404.html", {"tokenless": True}, status=404)
