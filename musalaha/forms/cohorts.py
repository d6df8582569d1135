"""Forms of rounds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from core.forms import ReasonForm
from facilities.models import Sex, Unit
from musalaha.actions.cohorts import DEFAULT_HOURS
from musalaha.forms.fields import day_field, text_field
from musalaha.models import Strand


class CohortForm(forms.Form):
    """The plan of a round."""

    number = forms.IntegerField(label=_("Round number"), min_value=1, max_value=9999)
    unit = forms.ModelChoiceField(
        label=_("Programme unit"), queryset=Unit.objects.none(), help_text=_("Apart from the regular population.")
    )
    sex = forms.ChoiceField(label=_("For"), choices=Sex.choices)
    starts_on = day_field(_("Planned start"))
    ends_on = day_field(_("Planned end"), required=False, help_text=_("Two months after the start, if left empty."))
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=500)
    partners = text_field(_("Partner organisations"), required=False, help_text=_("One a line."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.in_use(clock.today()).filter(purpose=Unit.Purpose.PROGRAMME).select_related("facility")
        self.fields["unit"].queryset = units.order_by("facility__name_fr", "name")
        self.fields["unit"].label_from_instance = lambda unit: (
            f"{unit.facility} · {unit.name} ({unit.working_capacity})"
        )
        for strand, label in Strand.choices:
            self.fields[f"hours_{strand}"] = forms.IntegerField(
                label=_("Hours: %(strand)s") % {"strand": label},
                min_value=0,
                max_value=1000,
                initial=DEFAULT_HOURS[strand],
            )

    def clean_partners(self):
        return [line.strip()[:120] for line in self.cleaned_data["partners"].splitlines() if line.strip()]

    @property
    def hours(self):
        """The budget of hours, `{strand: hours}`."""
        return {strand: self.cleaned_data[f"hours_{strand}"] for strand in Strand.values}


class ExtendForm(ReasonForm):
    """Another end."""

    ends_on = day_field(_("New end"))


class CompleteForm(forms.Form):
    """The end of a round."""

    close_rest = forms.BooleanField(label=_("Close those still taking part as 'not completed'"), required=False)
