"""The form of a move."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import columns, inside
from inmates.custody.forms.fields import ExceptionFields, unit_field
from inmates.people.forms.fields import MomentField


class MoveForm(ExceptionFields):
    """Unit of the same prison to move to, and the reason."""

    reason = forms.CharField(label=_("Reason for the move"), max_length=200, required=False)
    at = MomentField(label=_("Moved at"))

    field_order = ["unit", "reason", "exception_reason", "exception_until", "at"]

    def __init__(self, *args, inmate, reader, **options):
        super().__init__(*args, **options)
        self.fields["unit"] = unit_field(inmate, [inmate.facility], reader=reader, but=inmate.unit_id)
        self.order_fields(self.field_order)
        inside(self, "unit", columns("reason", "at"), columns("exception_reason", "exception_until"))
