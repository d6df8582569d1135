"""Forms of separation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from core.forms import text_area
from facilities.models import Unit
from inmates.conditions.models import SeparationBar
from inmates.people.forms.fields import DayField, MomentField


class SeparateForm(forms.Form):
    """An authorisation: from, to the last day, why, and the doctor's word."""

    starts_on = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), help_text=_("At most 15 days in a row, earlier ones counted in."))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area())
    health_checked = forms.BooleanField(
        label=_("A doctor found nothing against it (pregnancy, nursing, a disability it would worsen)"),
        required=False,
    )


class EmergencyForm(forms.Form):
    """A separation that cannot wait: into which unit, why, and from which minute."""

    unit = forms.ModelChoiceField(label=_("Separation unit"), queryset=Unit.objects.none())
    why = forms.CharField(
        label=_("Why it cannot wait"),
        max_length=300,
        widget=text_area(),
        help_text=_("The director authorises it, or it ends, by the end of the next day."),
    )
    at = MomentField(label=_("Separated at"))

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, **options)
        units = Unit.objects.in_use(clock.today()).filter(facility=inmate.facility, purpose=Unit.Purpose.SEPARATION)
        self.fields["unit"].queryset = units.filter(sex=inmate.sex) if inmate.sex else units


class AuthoriseEmergencyForm(forms.Form):
    """The last day of a separation that began as an emergency, and the doctor's word."""

    until = DayField(label=_("Last day"), help_text=_("At most 15 days in a row, earlier ones counted in."))
    health_checked = forms.BooleanField(
        label=_("A doctor found nothing against it (pregnancy, nursing, a disability it would worsen)"),
        required=False,
    )


class BarForm(forms.Form):
    """What forbids a separation of somebody, and who says so."""

    ground = forms.ChoiceField(label=_("What forbids it"), choices=SeparationBar.Ground.choices)
    source = forms.CharField(label=_("Doctor or paper"), max_length=160)
    starts_on = DayField(label=_("From"))


class ProlongForm(forms.Form):
    """A later last day."""

    until = DayField(label=_("New last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area())


class SeparationDayForm(forms.Form):
    """One day's facts, as they were."""

    day = DayField(label=_("Day"))
    health_visit_by = forms.CharField(label=_("Health visit by"), max_length=120, required=False)
    hours_out = forms.DecimalField(
        label=_("Hours out of cell"), min_value=0, max_value=24, max_digits=4, decimal_places=1
    )
    hours_contact = forms.DecimalField(
        label=_("Hours of meaningful contact"), min_value=0, max_value=24, max_digits=4, decimal_places=1
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
