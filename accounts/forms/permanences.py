"""Naming somebody who stands in."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import roles
from accounts.models import Permanence, Posting, User
from config import clock
from core.forms import text_area
from facilities.models import Facility


class PermanenceForm(forms.Form):
    """Who, for which role of which prison, until when, and why."""

    facility = forms.ModelChoiceField(label=_("Prison"), queryset=Facility.objects.none())
    role = forms.ChoiceField(
        label=_("Role stood in for"), choices=[(name, roles.LABELS[name]) for name in Permanence.ROLES]
    )
    user = forms.ModelChoiceField(label=pgettext_lazy("somebody who stands in", "Who"), queryset=User.objects.none())
    starts_at = forms.DateTimeField(label=_("From"), required=False, help_text=_("dd/mm/yyyy hh:mm; empty: now."))
    ends_at = forms.DateTimeField(label=_("Until"), help_text=_("dd/mm/yyyy hh:mm; 72 hours at most."))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area(2))

    def __init__(self, *args, by, **options):
        super().__init__(*args, **options)
        prisons = Facility.objects.visible_to(by).order_by("code")
        self.fields["facility"].queryset = prisons
        if len(prisons) == 1:
            self.fields["facility"].initial = prisons[0]
        colleagues = (
            User.objects.filter(is_active=True).exclude(pk=by.pk).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        )
        colleagues = colleagues.exclude(groups__in=Group.objects.exclude(name__in=Permanence.STAND_INS))
        posted = Posting.objects.current(clock.today()).filter(facility__in=prisons)
        colleagues = colleagues.filter(postings__in=posted)
        self.fields["user"].queryset = colleagues.distinct().order_by("last_name", "first_name")
        self.fields["user"].label_from_instance = lambda user: f"{user} ({user.username})"
        for name in ("starts_at", "ends_at"):
            self.fields[name].input_formats = ["%d/%m/%Y %H:%M"]
            self.fields[name].widget = forms.DateTimeInput(
                format="%d/%m/%Y %H:%M",
                attrs={"autocomplete": "off", "dir": "auto", "placeholder": _("dd/mm/yyyy hh:mm")},
            )
        morning = datetime.combine(clock.today() + timedelta(days=1), time(8), tzinfo=timezone.get_current_timezone())
        self.fields["ends_at"].initial = morning

    def clean_starts_at(self):
        """Empty means now."""
        return self.cleaned_data["starts_at"] or clock.now()
