"""Forms of applications."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from documents.scans import ScanField
from facilities.models import Facility
from musalaha.forms.fields import day_field, text_field
from musalaha.models import Application, Cohort


class ApplicationForm(forms.Form):
    """What the inmate asked for, as they said it."""

    asked_on = day_field(
        _("Asked on"), initial=clock.today, help_text=_("The day the inmate asked, not today's by itself.")
    )
    statement = text_field(_("Statement, in the inmate's words"), rows=5)
    dictated = forms.BooleanField(label=_("Written down as dictated"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Application.Channel.choices, initial="staff")
    consent_language = forms.ChoiceField(
        label=_("Language of the consent form"), choices=[("ar", "العربية"), ("fr", "Français"), ("en", "English")]
    )
    signed = forms.BooleanField(label=_("The inmate signed the consent form"), required=False)
    witness = forms.CharField(
        label=_("Witness"), required=False, max_length=120, help_text=_("When the inmate cannot or does not sign.")
    )
    document = ScanField(label=_("Scan of the signed form"))
    letter = ScanField(
        label=_("Scan of the request"), help_text=_("A letter from the inmate, or what came through the council.")
    )
    finish_outside = forms.BooleanField(
        label=_("Wishes to finish outside, should the sentence end in mid-round"), required=False
    )


class AcceptForm(forms.Form):
    """Into which round."""

    cohort = forms.ModelChoiceField(label=_("Round"), queryset=Cohort.objects.none(), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.filter(state__in=Cohort.TAKES_APPLICANTS).order_by("number")


class FacilityFilter(forms.Form):
    """A row of small fields above a list."""

    state = forms.ChoiceField(label=_("State"), required=False)
    prison = forms.ModelChoiceField(
        label=_("Prison"), queryset=Facility.objects.none(), required=False, to_field_name="code", empty_label=_("All")
    )

    def __init__(self, *args, user, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("Not closed")), *states, ("all", _("All"))]
        self.fields["prison"].queryset = Facility.objects.visible_to(user)
