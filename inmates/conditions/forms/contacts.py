"""The form of a visit or call."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from inmates.conditions.models import Contact
from inmates.people.forms.fields import DayField


class ContactForm(forms.Form):
    """A visit or call that took place."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Contact.Kind.choices)
    despite_order = forms.BooleanField(label=_("It took place all the same, against the judge's order"), required=False)
    on = DayField(label=_("Day"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    person = forms.CharField(label=_("Who"), max_length=120, required=False)
    relation = forms.CharField(label=_("Relation"), max_length=60, required=False)

    def __init__(self, *args, forbidden=False, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("on", clock.today())
        if not (forbidden and self.is_bound):  # asked only of whoever has been told once
            del self.fields["despite_order"]
