"""The one frame of every page that asks and then acts: show a form, check it, act, say so, go on; or show it again.

A form with errors, or one that its act refused, is answered 422 with everything that was typed and the refusal at its
field; so is one that came at the wrong moment. Where nothing was typed, `core.middleware` answers the wrong moment.
"""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render

from core.refusals import record_wrong_moment, wrong_moment_text
from core.workflow import InvalidTransition


def action_form(
    request,
    form,
    act,
    *,
    back,
    success_message,
    template="_form.html",
    names=None,
    **context,
):
    """A page with one form. Sent and valid: `act(form)`, then say `success_message` and go `back`.

    `back` (an address) and `success_message` may be functions of what `act` returned; `back` may also return a ready
    response. `names` gives the form's field for a field of the model that is called otherwise. `context` is for the
    template; a value that is a function is called, without arguments, only when the page is shown.
    """
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                result = act(form)
        except ValidationError as error:
            add_errors(error, form, names=names)
        except (InvalidTransition, IntegrityError) as error:
            if not form.visible_fields():
                raise
            record_wrong_moment(request)
            messages.error(request, wrong_moment_text(error))
            status = 422
        else:
            return _done(request, result, back, success_message)
    if not callable(back):
        context.setdefault("cancel_url", back)
    return form_page(request, template, {"form": form, **context}, form, status=status)


def action_button(request, act, *, back, success_message):
    """A button: `act()`, then say `success_message`; or say each reason why not. Goes `back` either way."""
    try:
        with transaction.atomic():
            result = act()
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return redirect(back(None) if callable(back) else back)
    return _done(request, result, back, success_message)


def form_page(request, template, context, *forms, status=None):
    """Show a page with forms: with `status`, or 422 where one of them was sent with errors, else 200."""
    context = {name: value() if _later(value) else value for name, value in context.items()}
    refused = any(form.is_bound and not form.is_valid() for form in forms)
    return render(request, template, context, status=status or (422 if refused else 200))


def add_errors(error, *forms, names=None):
    """Put an action's ValidationError on the first of these forms that has the field; the rest above the last form.

    `names` gives the form's field for a field of the model that is called otherwise.
    """
    refusals = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for field, errors in refusals.items():
        field = (names or {}).get(field, field)
        form = next((form for form in forms if field in form.fields), None)
        if form is not None:
            form.add_error(field, errors)
        else:
            forms[-1].add_error(None, errors)


def _done(request, result, back, success_message):
    message = success_message(result) if callable(success_message) else success_message
    if message:
        messages.success(request, message)
    target = back(result) if callable(back) else back
    return redirect(target) if isinstance(target, str) or not hasattr(target, "status_code") else target


def _later(value):
    """Whether a value of the context is to be called when the page is shown: a plain function, no class or form."""
    return type(value).__name__ in ("function", "method")
