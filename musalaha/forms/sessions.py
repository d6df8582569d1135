"""Forms of sessions: the weekly pattern, one session, attendance."""

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from musalaha.forms.fields import day_field
from musalaha.models import Aim, Attendance, Session, Strand
from musalaha.timetable import Slot

HOURS = ("09:30", "11:00", "14:00", "15:30")
WEEKDAYS = range(6)
NEXT = "next"
FRIDAY_AFTERNOON = ((4, "14:00"), (4, "15:30"))


def slot_name(weekday, hour):
    """Name of the field of an hour of the week."""
    return f"slot-{weekday}-{hour}"


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
        self.fields["only_for"].empty_label = pgettext_lazy("a session for all", "Everybody")
        self.fields["aim"].choices = Aim.choices
        self.fields["title"].required = True  # only the timetable's own sessions go by their number

    @property
    def session(self):
        """What the action takes."""
        data = dict(self.cleaned_data)
        day, at = data.pop("day"), data.pop("at")
        return data | {"starts_at": timezone.make_aware(datetime.combine(day, at))}


class TimetableForm(forms.Form):
    """The weekly pattern of a round: for each weekday and hour a strand, the next strand, or nothing."""

    minutes = forms.CharField(required=False, max_length=6, initial=90)
    room = forms.CharField(required=False, max_length=60)
    replace = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = [("", "—"), (NEXT, _("Next strand")), *Strand.choices]
        for weekday in WEEKDAYS:
            for hour in HOURS:
                usual = NEXT if weekday < 5 and (weekday, hour) not in FRIDAY_AFTERNOON else ""
                self.fields[slot_name(weekday, hour)] = forms.ChoiceField(
                    choices=self.choices, required=False, initial=usual
                )

    def clean_minutes(self):
        typed = self.cleaned_data["minutes"]
        return min(max(int(typed) if typed.isdecimal() else 90, 10), 600)

    @property
    def rows(self):
        """Hours of the day, each with its weekdays and what was chosen for them."""
        return [(hour, [(day, self[slot_name(day, hour)].value() or "") for day in WEEKDAYS]) for hour in HOURS]

    @property
    def slots(self):
        """The pattern as slots: of a sent form, or the usual week."""
        if self.is_bound:
            data = self.cleaned_data if self.is_valid() else {}
        else:
            data = {name: field.initial or "" for name, field in self.fields.items()}
        chosen = [(day, hour, data.get(slot_name(day, hour))) for day in WEEKDAYS for hour in HOURS]
        return tuple(
            Slot(day, time.fromisoformat(hour), data["minutes"], None if strand == NEXT else strand, room=data["room"])
            for day, hour, strand in chosen
            if strand
        )


class AttendanceForm(forms.Form):
    """Attendance of a whole session: for each participant a mark, a reason and a note."""

    def __init__(self, *args, people, marked, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        for enrolment in people:
            stored = marked.get(enrolment.pk) or Attendance(mark=Attendance.Mark.PRESENT)
            for name in ("mark", "reason", "engagement"):
                self.fields[f"{name}-{enrolment.pk}"] = forms.CharField(required=False, initial=getattr(stored, name))

    @property
    def marks(self):
        """The marks as the action takes them."""
        return {
            enrolment.pk: tuple(
                self.cleaned_data[f"{name}-{enrolment.pk}"] for name in ("mark", "reason", "engagement")
            )
            for enrolment in self.people
        }

    @property
    def rows(self):
        """Participants, each with the mark, the reason and the note to show."""
        return [
            (enrolment, *(self[f"{name}-{enrolment.pk}"].value() or "" for name in ("mark", "reason", "engagement")))
            for enrolment in self.people
        ]
