"""Pages that ask and then act: one way to show a form, do the act, say it, and put a refusal back on its field."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from inmates.people.models import Inmate


def visible_person(request, uuid):
    """The person whose record this user may open, else 404 as for one who does not exist."""
    people = Inmate.objects.visible_to(request.user).select_related("facility", "unit")
    return get_object_or_404(people, uuid=uuid)


def put_on(error, *forms, names=None):
    """Put an action's ValidationError on the first of these forms that has the field; the rest above the last form.

    `names` gives the form's field for a field of the model that is called otherwise.
    """
    found = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for field, errors in found.items():
        field = (names or {}).get(field, field)
        form = next((form for form in forms if field in form.fields), None)
        if form is not None:
            form.add_error(field, errors)
        else:
            forms[-1].add_error(None, errors)


def form_page(request, form, act, *, heading, back, said, template="_form.html", names=None, **context):
    """Show `form`; sent and valid, do `act(form)`, say `said`, go `back` (an address, or a function of the result)."""
    if request.method == "POST" and form.is_valid():
        try:
            result = act(form)
        except ValidationError as error:
            put_on(error, form, names=names)
        else:
            messages.success(request, said)
            return redirect(back(result) if callable(back) else back)
    if not callable(back):
        context.setdefault("cancel_url", back)
    context |= {"form": form, "heading": heading}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
