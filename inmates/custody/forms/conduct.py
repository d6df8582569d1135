"""Forms of conduct: incidents, discipline, separation, keep-apart duties."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config import clock
from facilities.models import Facility, Unit
from inmates.custody.forms.admission import columns, inside
from inmates.custody.forms.fields import MomentField
from inmates.custody.forms.transfers import people_by_number
from inmates.custody.models import Incident, IncidentPerson, KeepApart
from inmates.people.fields import DayField

PEOPLE_ROWS = 4


def _area(rows=3):
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class IncidentForm(forms.Form):
    """What happened, where, who took part and what was done."""

    facility = forms.ModelChoiceField(label=_("Prison"), queryset=Facility.objects.none())
    happened_at = MomentField(label=_("Happened at"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Incident.Kind.choices)
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=Incident.Severity.choices,
        help_text=_("A serious incident brings the review of the tier forward for those who took part."),
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False)
    location = forms.CharField(label=_("Where"), max_length=120, required=False)
    account = forms.CharField(label=_("What happened"), widget=_area(4))
    measures = forms.CharField(label=_("What was done"), widget=_area(), required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user
        prisons = Facility.objects.visible_to(user).open_on(clock.today())
        self.fields["facility"].queryset = prisons
        self.fields["unit"].queryset = Unit.objects.in_use(clock.today()).filter(facility__in=prisons)
        first = list(prisons[:2])
        if len(first) == 1:
            self.fields["facility"].initial = first[0]
        for n in range(1, PEOPLE_ROWS + 1):
            self.fields[f"number_{n}"] = forms.CharField(
                label=_("Person %(n)s: registration number") % {"n": n}, max_length=20, required=n == 1
            )
            self.fields[f"part_{n}"] = forms.ChoiceField(
                label=_("Part"), choices=IncidentPerson.Part.choices, required=False, initial="involved"
            )

        rows = [columns(f"number_{n}", f"part_{n}") for n in range(1, PEOPLE_ROWS + 1)]
        inside(
            self,
            columns("facility", "happened_at"),
            columns("kind", "severity"),
            columns("unit", "location"),
            "account",
            "measures",
            *rows,
        )

    def clean(self):
        found = super().clean()
        people, seen = [], set()
        for n in range(1, PEOPLE_ROWS + 1):
            number = found.get(f"number_{n}")
            if not number:
                continue
            try:
                person = people_by_number(number, self.user)[0]
            except ValidationError as error:
                self.add_error(f"number_{n}", error)
                continue
            if person.pk in seen:
                self.add_error(f"number_{n}", _("This person is named twice."))
            seen.add(person.pk)
            people.append((person, found.get(f"part_{n}") or IncidentPerson.Part.INVOLVED))
        self.people = people
        return found

    def incident(self):
        """The unsaved incident."""
        fields = ("facility", "kind", "severity", "unit", "location", "account", "measures")
        found = self.cleaned_data
        return Incident(happened_at=found["happened_at"] or clock.now(), **{field: found[field] for field in fields})


class DecideForm(forms.Form):
    """The disciplinary outcome, with reasons."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=IncidentPerson.Outcome.choices)
    outcome_reason = forms.CharField(label=_("Reasons"), max_length=300, widget=_area())


class OnForm(forms.Form):
    """A day."""

    on = DayField(label=_("Day"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("on", clock.today())


class AnswerForm(forms.Form):
    """The answer to an appeal."""

    answer = forms.CharField(label=_("Answer, with reasons"), max_length=300, widget=_area())


class SeparateForm(forms.Form):
    """An authorisation: from, to the last day, why, and the doctor's word."""

    starts_on = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), help_text=_("At most 15 days in a row, earlier ones counted in."))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=_area())
    health_checked = forms.BooleanField(
        label=_("A doctor found nothing against it (pregnancy, nursing, a disability it would worsen)"),
        required=False,
    )


class ProlongForm(forms.Form):
    """A later last day."""

    until = DayField(label=_("New last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=_area())


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


class PairForm(forms.Form):
    """Whom this person must not meet, how far, and why."""

    other = forms.CharField(label=_("Registration number of the other person"), max_length=20)
    scope = forms.ChoiceField(label=_("Scope"), choices=KeepApart.Scope.choices, initial=KeepApart.Scope.UNIT)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=_area())

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_other(self):
        """The other person, in the user's scope."""
        return people_by_number(self.cleaned_data["other"], self.user)[0]


class GroupForm(forms.Form):
    """Several people of whom no two may meet, or one whom none of the others may meet."""

    name = forms.CharField(label=_("Name"), max_length=120)
    numbers = forms.CharField(
        label=_("Registration numbers"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "ltr"}),
        help_text=_("One a line."),
    )
    centre = forms.CharField(
        label=_("Kept from all others (registration number)"),
        max_length=20,
        required=False,
        help_text=_("A recruiter, say. Empty: no two of them may meet."),
    )
    scope = forms.ChoiceField(label=_("Scope"), choices=KeepApart.Scope.choices, initial=KeepApart.Scope.UNIT)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=_area())

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_numbers(self):
        """The people."""
        return people_by_number(self.cleaned_data["numbers"], self.user)

    def clean_centre(self):
        """The one in the middle, or None."""
        number = self.cleaned_data["centre"]
        return people_by_number(number, self.user)[0] if number else None
