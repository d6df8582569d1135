"""Forms of a stay: move, release, legal status."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import columns, inside
from inmates.custody.forms.fields import ExceptionFields, unit_field
from inmates.custody.models import Admission
from inmates.people.forms.fields import DayField, MomentField
from inmates.people.models import LegalStatus
from inmates.sentences.models import Case


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


class ReleaseForm(forms.Form):
    """Ground of a release."""

    ground = forms.ChoiceField(label=_("Ground of release"), choices=Admission.Ground.choices)
    release_reference = forms.CharField(
        label=_("Decision or paper"),
        max_length=120,
        required=False,
        help_text=_("Needed for acquittal, provisional or conditional release and transfer abroad."),
    )
    case = forms.ModelChoiceField(
        label=_("Case"),
        queryset=Case.objects.none(),
        required=False,
        help_text=_("For acquittal and provisional release, where there are several."),
    )
    at = MomentField(label=_("Left at"))

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, **options)
        self.fields["case"].queryset = inmate.cases.filter(state__in=[Case.State.OPEN, Case.State.CONVICTED])


class LegalStatusForm(forms.Form):
    """Legal status from a day on."""

    status = forms.ChoiceField(label=_("Legal status"), choices=LegalStatus.choices)
    on = DayField(label=_("From"))
