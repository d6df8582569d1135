"""What the programme's pages share: finding a record within the reader's scope, and an action's refusal brought back
to its form.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from inmates.people.models import Inmate
from musalaha.forms import put_errors
from musalaha.models import Application, Cohort, Enrolment


def person(request, uuid):
    """Somebody whose record the reader may open, else 404."""
    people = Inmate.objects.visible_to(request.user).select_related("facility", "unit")
    return get_object_or_404(people, uuid=uuid)


def application_of(request, uuid):
    """An application within the reader's scope."""
    found = Application.objects.visible_to(request.user).select_related(
        "inmate__facility", "inmate__unit", "cohort", "recorded_by", "decided_by", "exception_by", "document"
    )
    return get_object_or_404(found, uuid=uuid)


def enrolment_of(request, pk):
    """Somebody's part in a round, within the reader's scope."""
    found = Enrolment.objects.visible_to(request.user).select_related(
        "inmate__facility",
        "inmate__unit",
        "cohort__facility",
        "cohort__unit",
        "earlier_unit__facility",
        "application",
        "removal_proposed_by",
        "removal_confirmed_by",
        "removal_appeal_answered_by",
    )
    return get_object_or_404(found, pk=pk)


def cohort_of(number):
    """A round by its number. Rounds are known to all who see the programme; the people in them by scope."""
    return get_object_or_404(Cohort.objects.select_related("facility", "unit"), number=number)


def attempt(form, act):
    """Do it; where the action refuses the data, put the refusal on the form and return None."""
    try:
        return act()
    except ValidationError as error:
        put_errors(form, error)
        return None


def asked(request, form, act, *, done, to, **page):
    """A page with one form: shown, or sent and done. `done` is what is said then, `to` where one goes."""
    if request.method == "POST" and form.is_valid():
        result = attempt(form, lambda: act(form.cleaned_data))
        if result is not None:
            messages.success(request, done(result) if callable(done) else done)
            return redirect(to(result) if callable(to) else to)
    template = page.pop("template", "_form.html")
    status = 422 if request.method == "POST" and request.htmx else 200
    return render(request, template, {"form": form, **page}, status=status)


def pressed(request, act, *, done, to):
    """A button: done, or each reason why not said on the page it came from."""
    try:
        result = act()
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, done(result) if callable(done) else done)
    return redirect(to)
