"""Each page in its reader's language, and each act at its moment."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from audit import signed_context
from core.refusals import WRONG_MOMENT, record_wrong_moment, wrong_moment_text
from core.views import not_found


class LanguageMiddleware:
    """The signed-in user's own language; before sign-in the one chosen on the page, else the browser's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = getattr(request, "user", None)
        signed_in = user is not None and user.is_authenticated
        language = user.language if signed_in else translation.get_language_from_request(request)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        response.headers.setdefault("Content-Language", language)
        return response


class LargestRequestMiddleware:
    """What is far larger than any form of ours is refused unread, before it fills the disk; also from who is not signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isdecimal() or int(said[:20]) > settings.LARGEST_REQUEST:
            return HttpResponse(status=413)
        return self.get_response(request)


METHODS = ("GET", "HEAD", "POST")


class PlainAddressMiddleware:
    """No record has a zero byte in its name: an address with one is a 404, before any query; and no page has other methods.

    And no page about people stays behind in the browser's or a proxy's store, to be turned back to after signing out, or is
    put by another site into a page of its own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            response = HttpResponseNotAllowed(METHODS)
        elif "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            response = not_found(request)
        else:
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class TransactionMiddleware:
    """One transaction a request: the act, the claim of its form and whatever else it writes stand or fall together.

    The view has a savepoint of its own (`ATOMIC_REQUESTS`), so that a refusal is written after the act was rolled back
    and in the same transaction as the claim's end. What is streamed comes after it and opens its own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class ActingMiddleware:
    """The request's transaction acts for whoever is signed in, signed for the database (`audit/signed_context.py`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            signed_context.as_user(request.user)
        return self.get_response(request)


class WorkflowMiddleware:
    """Acts that came at the wrong moment: a message on the page they came from, and nothing changed, never a 500.

    A form with something typed is shown again instead, by `core.action_pages`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Answer what came at the wrong moment; leave everything else to Django."""
        if not isinstance(exception, WRONG_MOMENT):
            return None
        text = wrong_moment_text(exception)
        record_wrong_moment(request)
        if request.headers.get("HX-Request"):
            return render(request, "409.html", {"message": text}, status=409)
        messages.error(request, text)
        return redirect(self._back(request))

    def _back(self, request):
        """The page the form stood on, as far as it is one of ours; else the first page."""
        origin = request.headers.get("Referer", "")
        if url_has_allowed_host_and_scheme(
            origin, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            path = origin.split(request.get_host(), 1)[-1] or "/"
            if request.method == "POST" or path != request.get_full_path():
                return path
        return "/"
