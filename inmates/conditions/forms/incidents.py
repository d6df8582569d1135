"""Forms of incidents and discipline."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config import clock
from core.forms import columns, inside, text_area
from facilities.models import Facility, Unit
from inmates.conditions.models import Incident, IncidentPerson
from inmates.custody.forms.fields import people_by_number
from inmates.people.forms.fields import DayField, MomentField

PEOPLE_ROWS = 4


class IncidentForm(forms.Form):
    """Incident: what happened, where, who took part, what was done."""

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
    account = forms.CharField(label=_("What happened"), widget=text_area(4))
    measures = forms.CharField(label=_("What was done"), widget=text_area(), required=False)

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
        sent = super().clean()
        people, seen = [], set()
        for n in range(1, PEOPLE_ROWS + 1):
            number = sent.get(f"number_{n}")
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
            people.append((person, sent.get(f"part_{n}") or IncidentPerson.Part.INVOLVED))
        self.people = people
        return sent

    def incident(self):
        """The unsaved incident."""
        fields = ("facility", "kind", "severity", "unit", "location", "account", "measures")
        sent = self.cleaned_data
        return Incident(happened_at=sent["happened_at"] or clock.now(), **{field: sent[field] for field in fields})


class DecideForm(forms.Form):
    """The disciplinary outcome, with reasons."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=IncidentPerson.Outcome.choices)
    outcome_reason = forms.CharField(label=_("Reasons"), max_length=300, widget=text_area())


class OnForm(forms.Form):
    """A day."""

    on = DayField(label=_("Day"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("on", clock.today())


class AnswerForm(forms.Form):
    """The answer to an appeal."""

    answer = forms.CharField(label=_("Answer, with reasons"), max_length=300, widget=text_area())
