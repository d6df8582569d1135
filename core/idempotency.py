"""One form, one record: the same form sent twice (a button pressed twice, a page reloaded) acts once.

Every page's forms carry a token of their own, so that the same address with the same fields, the same files and the same
token is the same sending. It is claimed in the database before the act, so that two sendings at the same moment are told
apart too; a sending that led to nothing (a form with errors, a refusal) gives its claim back.
"""

import hashlib
import json

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils.translation import gettext

from core.models import SentForm

MAY_REPEAT = {"inmates:search", "inmates:search_hits", "language"}


def _content(upload):
    """What a file holds, in short; it is read again from its beginning afterwards."""
    digest = hashlib.sha256()
    for part in upload.chunks():
        digest.update(part)
    upload.seek(0)
    return digest.hexdigest()


class IdempotencyMiddleware:
    """Claims each sending before its view; answers a second one with the address where the first led."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        claim = getattr(request, "sent_form", None)
        if claim is not None:
            if response.status_code in (302, 303) and not getattr(request, "refused", False):
                SentForm.objects.filter(pk=claim.pk).update(location=response["Location"][:500])
            else:
                claim.delete()
        return response

    def process_view(self, request, view, args, kwargs):
        """Go on with a first sending; send a second one after the first."""
        if not self._concerned(request):
            return None
        fields = [[name, values] for name, values in sorted(request.POST.lists())]
        files = [[name, [_content(one) for one in many]] for name, many in sorted(request.FILES.lists())]
        content = json.dumps([request.user.pk, request.path, fields, files])
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        try:
            with transaction.atomic():
                request.sent_form = SentForm.objects.create(digest=digest, user=request.user)
        except IntegrityError:
            first = SentForm.objects.filter(digest=digest).first()
            messages.info(request, gettext("This form was sent already: nothing was recorded twice."))
            return redirect(first.location if first is not None and first.location else "/")
        return None

    def _concerned(self, request):
        """Forms of our own pages, by signed-in users, that do not say themselves that they may be sent again."""
        return (
            request.method == "POST"
            and request.user.is_authenticated
            and "csrfmiddlewaretoken" in request.POST
            and not request.headers.get("HX-Request")
            and request.resolver_match.view_name not in MAY_REPEAT
            and not request.path.startswith("/accounts/")
        )
