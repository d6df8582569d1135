"""The form of a session."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from musalaha.forms.fields import day_field
from musalaha.models import Aim, Session


class SessionForm(forms.ModelForm):
    """One session beside the timetable: for all, a catch-up, or one-to-one."""

    day = day_field(_("Day"))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    field_order = ("title", "strand", "aim", "day", "at", "minutes")

    class Meta:
        model = Session
        fields = (
            "title",
            "strand",
            "aim",
            "minutes",
            "facilitator",
            "organisation",
            "room",
            "only_for",
            "catch_up",
        )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        people = cohort.enrolments.filter(ended_on=None).select_related("inmate").order_by("inmate__sort_key")
        self.fields["only_for"].queryset = people
        self.fields["only_for"].label_from_instance = lambda enrolment: enrolment.inmate.name
        self.fields["only_for"].empty_label = _("Everybody")
        self.fields["aim"].choices = Aim.choices

    @property
    def session(self):
        """What the action takes."""
        data = dict(self.cleaned_data)
        day, at = data.pop("day"), data.pop("at")
        return data | {"starts_at": timezone.make_aware(datetime.combine(day, at))}
