"""The part of the admission form that custody asks: the order, the ground, the place and the number."""

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import columns, inside
from inmates.custody.forms.fields import ExceptionFields, MomentField, unit_field
from inmates.custody.models import DetentionOrder
from inmates.people.forms.fields import DayField
from inmates.people.models import LegalStatus

ORDER_KINDS = [choice for choice in DetentionOrder.Kind.choices if choice[0] != DetentionOrder.Kind.REGISTER]


class StayForm(ExceptionFields):
    """The order somebody is held under, on what ground, where, and under which number."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of order"), choices=ORDER_KINDS)
    authority = forms.CharField(label=_("Issued by"), max_length=120)
    reference = forms.CharField(label=_("Reference"), max_length=80)
    issued_on = DayField(label=_("Issued on"))
    expires_on = DayField(label=_("Expires on"), required=False, help_text=_("The last day it holds, if it has one."))
    legal_status = forms.ChoiceField(label=_("Legal status"), choices=LegalStatus.choices)
    registration_number = forms.CharField(
        label=_("Registration number"), max_length=20, help_text=_("Digits, capital letters, - and /")
    )
    admitted_at = MomentField(label=_("Admitted at"))

    field_order = ["token"]

    def __init__(self, *args, inmate, facilities, reader, **options):
        super().__init__(*args, **options)
        self.fields["unit"] = unit_field(inmate, facilities, reader=reader)
        for name in ("authority", "reference", "exception_reason"):
            self.fields[name].widget.attrs["dir"] = "auto"
        inside(
            self,
            "token",
            Fieldset(
                str(_("Detention order")),
                columns("kind", "authority", "reference"),
                columns("issued_on", "expires_on", "legal_status"),
            ),
            Fieldset(
                str(_("Place")),
                columns("registration_number", "admitted_at"),
                "unit",
                columns("exception_reason", "exception_until"),
            ),
        )

    def clean_registration_number(self):
        """Without spaces, letters in capitals."""
        return "".join(self.cleaned_data["registration_number"].split()).upper()

    def order(self):
        """The unsaved detention order."""
        fields = ("kind", "authority", "reference", "issued_on", "expires_on")
        return DetentionOrder(**{field: self.cleaned_data[field] for field in fields})
