"""Pages of fines."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.permissions import requires
from core.templatetags.display import number
from inmates.fines import actions, forms
from inmates.people.visible import visible_person
from inmates.sentences.models import Case, Fine
from inmates.sentences.views.frame import person_form


@requires("inmates.manage_sentences")
def record(request, uuid, pk):
    """A fine in a case."""
    inmate = visible_person(request, uuid)
    case = get_object_or_404(Case, pk=pk, inmate=inmate)
    return person_form(
        request,
        inmate,
        forms.FineForm(request.POST or None, initial={"imposed_on": case.closed_on}),
        lambda form: actions.record_fine(case, by=request.user, **form.cleaned_data),
        _("Fine in case %(number)s") % {"number": case},
        _("Fine recorded."),
    )


@requires("inmates.manage_sentences")
def pay(request, uuid, pk):
    """A payment of a fine."""
    inmate = visible_person(request, uuid)
    fine = get_object_or_404(Fine.objects.select_related("case__inmate"), pk=pk, case__inmate=inmate)
    return person_form(
        request,
        inmate,
        forms.PaymentForm(request.POST or None, initial={"amount": fine.remaining}),
        lambda form: actions.pay_fine(fine, by=request.user, **form.cleaned_data),
        _("Payment of a fine"),
        _("Payment recorded."),
        lead_text=_("Fine of %(amount)s dirhams, %(left)s left")
        % {"amount": number(fine.amount), "left": number(fine.remaining)},
    )
