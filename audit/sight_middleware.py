"""What a signed-in user was sent is in the trail, whatever page it was."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from audit import sight, signed_context, trail

SHOWS_NOBODY = {"admin:jsi18n"}


class SightMiddleware:
    """Every page that a signed-in user is sent is in the trail: as what it calls itself, or as a page at its address.

    The first event of a request names the people on the page besides the one it is about. A record that is not found
    because it is elsewhere is a refusal.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with sight.watching() as seen:
            response = self.get_response(request)
            if getattr(request, "user", None) is not None and request.user.is_authenticated:
                self._record(request, response, seen)
        return response

    def process_exception(self, request, exception):
        """What a refused page would have shown was not seen."""
        if (seen := sight.current()) is not None:
            seen.forget()

    def _record(self, request, response, seen):
        match = request.resolver_match
        page = match.view_name if match else ""
        if response.status_code == 404:
            with signed_context.beyond("elsewhere"):
                self._elsewhere(request, match)
            return
        is_page = response.status_code in (200, 409, 422) and page not in SHOWS_NOBODY
        if is_page and not seen.views:
            inmate = seen.subject
            trail.viewed("page", by=request.user, inmate=inmate, detail={"page": page, "path": request.path[:200]})
        for n, event in enumerate(seen.views):
            about = event.keywords["inmate"]
            others = sorted(seen.people - {about.pk if about is not None else None})
            if n == 0 and others and is_page:
                event.keywords["detail"]["named"] = others
            request.opened_a_record = getattr(request, "opened_a_record", False) or about is not None
            event()

    def _elsewhere(self, request, match):
        """Record a 404 on something that exists, by the uuid in its address."""
        uuid = match.kwargs.get("uuid") if match else None
        if uuid is None:
            return
        for model in apps.get_models():
            if not _has_uuid(model):
                continue
            found = model._base_manager.filter(uuid=uuid).first()
            if found is not None:
                detail = {"page": match.view_name, "method": request.method}
                inmate = found if model._meta.label == "inmates.Inmate" else getattr(found, "inmate", None)
                trail.refused("elsewhere", by=request.user, inmate=inmate, obj=found, detail=detail)
                return


def _has_uuid(model):
    try:
        return model._meta.get_field("uuid").unique and not hasattr(model, "pgh_tracked_model")
    except FieldDoesNotExist:
        return False
