"""What everybody may do for themselves: choose a language; and the page for a form that came from nowhere."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.actions import choose_language


@login_not_required
@require_POST
def language(request):
    """Change the language of the pages, for good when signed in, and go back to where one was."""
    code = request.POST.get("language", "")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = redirect(target)
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            choose_language(language=code, by=request.user)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 86400,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def csrf_failure(request, reason=""):
    """A form without its token: usually a page left open over night."""
    return render(request, "403_csrf.html", status=403)


def not_found(request, exception=None):
    """404, to the letter the same for a record elsewhere and for one that does not exist: no form, no token, no path."""
    return render(request, "404.html", {"tokenless": True}, status=404)
