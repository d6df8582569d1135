"""Forms of transfers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from facilities.models import Facility, System
from inmates.custody.forms.fields import ExceptionFields, people_by_number, unit_field
from inmates.custody.models import Transfer
from inmates.people.forms.fields import MomentField


class ProposeForm(forms.Form):
    """Destination and reason of a transfer. National orders are given by those who may."""

    destination = forms.ModelChoiceField(label=_("To"), queryset=Facility.objects.none())
    reason = forms.ChoiceField(label=_("Reason"), choices=Transfer.Reason.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args, origin=None, **options):
        super().__init__(*args, **options)
        prisons = Facility.objects.open_on(clock.today()).exclude(system=System.ORDINARY)
        self.fields["destination"].queryset = prisons.exclude(pk=origin.pk) if origin else prisons
        self.fields["note"].widget.attrs["dir"] = "auto"


class ConfirmedForm(ProposeForm):
    """Proposal to be confirmed once what speaks against it was shown."""

    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)


class ManyForm(ProposeForm):
    """One transfer each for a list of people, by registration number."""

    numbers = forms.CharField(
        label=_("Registration numbers"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr", "spellcheck": "false"}),
        help_text=_("One a line."),
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user
        self.order_fields(["numbers", "destination", "reason", "note"])

    def clean_numbers(self):
        """The people with these numbers, in the order given."""
        return people_by_number(self.cleaned_data["numbers"], self.user)


class AcceptForm(forms.Form):
    """The receiver's agreement, with the unit meant for the person."""

    def __init__(self, *args, transfer, reader, **options):
        super().__init__(*args, **options)
        field = unit_field(transfer.inmate, [transfer.destination], reader=reader, label=_("Unit on arrival"))
        field.required, field.empty_value, field.help_text = False, None, _("May be chosen on arrival.")
        self.fields["unit"] = field


class RefuseForm(forms.Form):
    """A coded reason, with a note."""

    refusal = forms.ChoiceField(label=_("Reason"), choices=Transfer.Refusal.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class DepartForm(forms.Form):
    """Moment of departure."""

    at = MomentField(label=_("Left at"))


class ArriveForm(ExceptionFields):
    """Moment of arrival, the new number and the place."""

    registration_number = forms.CharField(
        label=_("Registration number"), max_length=20, help_text=_("The new number in this prison's register.")
    )
    at = MomentField(label=_("Arrived at"))

    def __init__(self, *args, transfer, reader, **options):
        super().__init__(*args, **options)
        self.fields["unit"] = unit_field(transfer.inmate, [transfer.destination], reader=reader)
        if transfer.unit_id:
            self.initial.setdefault("unit", transfer.unit_id)
        self.order_fields(["registration_number", "unit", "exception_reason", "exception_until", "at"])

    def clean_registration_number(self):
        """Without spaces, letters in capitals."""
        return "".join(self.cleaned_data["registration_number"].split()).upper()
