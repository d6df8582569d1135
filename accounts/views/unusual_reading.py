"""The answer to the question why somebody opens so many records."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import unusual_reading


@require_POST
def explain(request):
    """Keep the reason; the page that the question stood on stays as it is, with what was typed there."""
    reason = request.POST.get("reason", "")
    if reason not in unusual_reading.REASONS:
        raise Http404
    unusual_reading.explain(request, reason)
    if request.headers.get("HX-Request"):
        return HttpResponse("")
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
