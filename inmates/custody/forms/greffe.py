"""Forms of the greffe's day: outings, visits and calls, roll counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from inmates.custody.forms.fields import MomentField
from inmates.custody.models import Contact, Outing
from inmates.custody.outings import PLANNED_KINDS
from inmates.people.fields import DayField
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
    """When somebody left and is expected back."""

    at = MomentField(label=_("Left at"))
    due_back_at = MomentField(label=_("Due back at"), help_text=_("Day and time; empty when not known."))


class BackForm(forms.Form):
    """When somebody is back, and what came of it."""

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


class ContactForm(forms.Form):
    """A visit or call that took place."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Contact.Kind.choices)
    on = DayField(label=_("Day"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    person = forms.CharField(label=_("Who"), max_length=120, required=False)
    relation = forms.CharField(label=_("Relation"), max_length=60, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("on", clock.today())


class RollForm(forms.Form):
    """Heads counted, unit by unit."""

    explanation = forms.CharField(
        label=_("Explanation of a difference"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("May follow later; the count is not signed without it."),
    )

    def __init__(self, *args, lines, **options):
        super().__init__(*args, **options)
        self.units = {}
        for unit, placed, out in lines:
            name = f"unit_{unit.pk}"
            self.units[name] = unit.pk
            self.fields[name] = forms.IntegerField(
                label=unit.name,
                min_value=0,
                max_value=9999,
                help_text=_("Expected %(expected)s: %(placed)s placed, %(out)s out.")
                % {"expected": placed - out, "placed": placed, "out": out},
            )
        self.order_fields([*self.units, "explanation"])

    def counted(self):
        """{unit number: heads}."""
        return {pk: self.cleaned_data[name] for name, pk in self.units.items()}


class ExplainForm(forms.Form):
    """Why counted and expected differ."""

    explanation = forms.CharField(
        label=_("Explanation of the difference"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
