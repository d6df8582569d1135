"""Forms of follow-up, reconviction and checks of the criminal record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inmates.people.forms.fields import DayField
from musalaha.aftercare.models import FollowUp


class FollowUpForm(forms.ModelForm):
    """What came of a contact."""

    done_on = DayField(label=_("Done on"))

    class Meta:
        model = FollowUp
        fields = ("done_on", "contact", "housing", "work", "training", "support", "lost", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].required = True


class ReconvictionForm(forms.Form):
    """A final conviction for an act after release."""

    act_on = DayField(label=_("Date of the act"))
    final_on = DayField(label=_("Conviction final on"))
    terrorism = forms.TypedChoiceField(
        label=_("Kind of offence"),
        choices=[("", "—"), ("yes", _("Terrorism")), ("no", _("Another offence"))],
        coerce=lambda value: value == "yes",
    )
    source = forms.CharField(label=_("Source: court and number of the judgment"), max_length=200)


class RecordCheckForm(forms.Form):
    """That the criminal record was read, and which extract."""

    checked_on = DayField(label=_("Read on"))
    reference = forms.CharField(label=_("Reference of the extract"), max_length=120)
