"""Forms about somebody already in custody: move, release, legal status, orders, escape and return, tasks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inmates.custody.forms.admission import columns, inside
from inmates.custody.forms.fields import ExceptionFields, MomentField, unit_field
from inmates.custody.models import Admission, DetentionOrder
from inmates.people.fields import DayField
from inmates.people.models import LegalStatus
from inmates.sentences.models import Case


class MoveForm(ExceptionFields):
    """To which unit of the same prison, and why."""

    reason = forms.CharField(label=_("Reason for the move"), max_length=200, required=False)
    at = MomentField(label=_("Moved at"))

    field_order = ["unit", "reason", "exception_reason", "exception_until", "at"]

    def __init__(self, *args, inmate, reader, **options):
        super().__init__(*args, **options)
        self.fields["unit"] = unit_field(inmate, [inmate.facility], reader=reader, but=inmate.unit_id)
        self.order_fields(self.field_order)
        inside(self, "unit", columns("reason", "at"), columns("exception_reason", "exception_until"))


class ReturnForm(MoveForm):
    """Where somebody absent is held again."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["reason"]
        inside(self, "unit", "at", columns("exception_reason", "exception_until"))
        self.fields["at"].label = _("Returned at")


class ReleaseForm(forms.Form):
    """On which ground somebody leaves."""

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
    """On what ground somebody is held, from a day on."""

    status = forms.ChoiceField(label=_("Legal status"), choices=LegalStatus.choices)
    on = DayField(label=_("From"))


class OrderForm(forms.Form):
    """One more order under which somebody is held."""

    kind = forms.ChoiceField(
        label=_("Kind of order"),
        choices=[choice for choice in DetentionOrder.Kind.choices if choice[0] != DetentionOrder.Kind.REGISTER],
    )
    authority = forms.CharField(label=_("Issued by"), max_length=120)
    reference = forms.CharField(label=_("Reference"), max_length=80)
    case = forms.ModelChoiceField(label=_("Case"), queryset=Case.objects.none(), required=False)
    issued_on = DayField(label=_("Issued on"))
    expires_on = DayField(label=_("Expires on"), required=False, help_text=_("The last day it holds, if it has one."))

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, **options)
        self.fields["case"].queryset = inmate.cases.all()

    def order(self):
        """The unsaved order."""
        return DetentionOrder(**self.cleaned_data)


class ExtendForm(forms.Form):
    """A new last day for an order, by a decision."""

    until = DayField(label=_("New last day"))
    reference = forms.CharField(label=_("Reference of the decision"), max_length=80)


class LiftForm(forms.Form):
    """From when an order holds nobody any longer, and why."""

    on = DayField(label=_("Lifted on"))
    reason = forms.CharField(label=_("Why lifted"), max_length=200)


class EscapeForm(forms.Form):
    """When and how somebody escaped or did not come back."""

    at = MomentField(label=_("Missed at"))
    account = forms.CharField(label=_("What happened"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(forms.Form):
    """What was done about a task."""

    note = forms.CharField(label=_("What was done"), max_length=300)


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))
