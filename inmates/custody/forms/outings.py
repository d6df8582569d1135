"""Forms of temporary absence: to court or hospital and back, escape and return."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import columns, inside
from inmates.custody.actions.outings import PLANNED_KINDS
from inmates.custody.forms.placements import MoveForm
from inmates.custody.models import Outing
from inmates.people.forms.fields import DayField, MomentField
from inmates.people.models import LegalStatus
from inmates.sentences.models import Case


class OutingForm(forms.Form):
    """To court or hospital on a day."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, kind.label) for kind in PLANNED_KINDS])
    planned_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Where"), max_length=120)
    case = forms.ModelChoiceField(label=_("Case"), queryset=Case.objects.none(), required=False)

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, **options)
        self.fields["case"].queryset = inmate.cases.all()
        self.fields["place"].widget.attrs["dir"] = "auto"


class LeaveForm(forms.Form):
    """Moment of leaving, and the one of the expected return."""

    at = MomentField(label=_("Left at"))
    due_back_at = MomentField(label=_("Due back at"), help_text=_("Day and time; empty when not known."))


class BackForm(forms.Form):
    """Moment of the return, and the outcome."""

    at = MomentField(label=_("Back at"))
    outcome = forms.CharField(label=_("Outcome"), max_length=200, required=False)
    legal_status = forms.ChoiceField(
        label=_("Legal status from today"),
        required=False,
        choices=[("", _("Unchanged")), *LegalStatus.choices],
        help_text=_("Where the hearing changed it. A sentence is entered on the custody tab."),
    )

    def __init__(self, *args, outing, **options):
        super().__init__(*args, **options)
        if outing.kind != Outing.Kind.COURT:
            del self.fields["legal_status"]


class ReturnForm(MoveForm):
    """Unit in which somebody absent is held again."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["reason"]
        inside(self, "unit", "at", columns("exception_reason", "exception_until"))
        self.fields["at"].label = _("Returned at")


class EscapeForm(forms.Form):
    """Account of an escape or a failure to come back, with its moment."""

    at = MomentField(label=_("Missed at"))
    account = forms.CharField(label=_("What happened"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
