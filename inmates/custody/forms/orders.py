"""Forms of detention orders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.scans import ScanField
from inmates.custody.models import DetentionOrder
from inmates.people.forms.fields import DayField
from inmates.sentences.forms.remand import endless_field
from inmates.sentences.models import Case


def names_no_last_day(form):
    """Whether somebody left the last day of a remand order empty: only then is it asked whether the paper names none."""
    return form.is_bound and form.data.get("kind") == DetentionOrder.Kind.REMAND and not form.data.get("expires_on")


class OrderForm(forms.Form):
    """One more order under which somebody is held."""

    kind = forms.ChoiceField(
        label=_("Kind of order"),
        choices=[choice for choice in DetentionOrder.Kind.choices if choice[0] != DetentionOrder.Kind.REGISTER],
    )
    authority = forms.CharField(label=_("Issued by"), max_length=120)
    reference = forms.CharField(label=_("Reference"), max_length=80)
    case = forms.ModelChoiceField(
        label=_("Case"),
        queryset=Case.objects.none(),
        required=False,
        help_text=_("An order of remand without one is taken to be of the only case under way."),
    )
    issued_on = DayField(label=_("Issued on"))
    expires_on = DayField(label=_("Expires on"), required=False, help_text=_("The last day it holds, if it has one."))
    endless = endless_field()
    scan = ScanField()

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, **options)
        self.fields["case"].queryset = inmate.cases.all()
        if not names_no_last_day(self):
            del self.fields["endless"]

    def order(self):
        """The unsaved order, without its scan."""
        apart = ("scan", "endless")
        return DetentionOrder(**{name: value for name, value in self.cleaned_data.items() if name not in apart})


class ExtendForm(forms.Form):
    """A new last day for an order, by a decision."""

    until = DayField(label=_("New last day"))
    reference = forms.CharField(label=_("Reference of the decision"), max_length=80)


class LiftForm(forms.Form):
    """Day from which an order holds nobody any longer, and the reason."""

    on = DayField(label=_("Lifted on"))
    reason = forms.CharField(label=_("Why lifted"), max_length=200)
