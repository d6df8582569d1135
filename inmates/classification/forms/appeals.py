"""Forms of an appeal and of its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from facilities.models import Tier
from inmates.classification.forms.fields import text_field
from inmates.classification.models import Appeal
from inmates.people.forms.fields import DayField


class AppealForm(forms.ModelForm):
    """The appeal in the person's words, with the signed paper where there is one."""

    made_on = DayField(label=_("Made on"), initial=clock.today)
    paper = forms.FileField(
        label=_("Signed paper (PDF, PNG or JPEG)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )

    class Meta:
        model = Appeal
        fields = ["made_on", "grounds", "signed", "witness", "late_reason"]
        widgets = {"grounds": forms.Textarea(attrs={"rows": 5, "dir": "auto"})}


class AnswerAppealForm(forms.Form):
    """The third person's answer."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[choice for choice in Appeal.Outcome.choices if choice[0] != "lapsed"],
        widget=forms.RadioSelect,
    )
    tier = forms.TypedChoiceField(
        label=_("New tier, if changed"),
        choices=[("", "—"), *Tier.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    reasons = text_field(_("Reasons of the answer"), rows=5, max_length=8000)
