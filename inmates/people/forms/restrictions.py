"""The forms of a restriction: a day, and a reader. Why is asked nowhere."""

from datetime import timedelta

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Posting
from accounts.roles import ALONE
from config import clock
from inmates.people.forms.fields import DayField
from inmates.people.models import RestrictionStep

HALF_A_YEAR = timedelta(days=182)


class RestrictForm(forms.Form):
    """On which day the restriction is looked at again."""

    until = DayField(
        label=_("Looked at again on"), help_text=_("A year away at most. On that day it is renewed or lifted.")
    )

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("until", clock.today() + HALF_A_YEAR)


class ReaderForm(forms.Form):
    """Who reads the record, and until when."""

    user = forms.ModelChoiceField(
        label=pgettext_lazy("of a record", "Reader"), queryset=get_user_model()._default_manager.none()
    )
    until = DayField(label=_("Last day"), help_text=_("A year away at most."))

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, **options)
        posted = Posting.objects.current(clock.today()).filter(facility=inmate.facility_id)
        colleagues = get_user_model()._default_manager.filter(is_active=True).exclude(groups__name__in=ALONE)
        colleagues = colleagues.filter(groups__permissions__codename="view_record")
        colleagues = colleagues.filter(Q(national=True) | Q(pk__in=posted.values("user")))
        self.fields["user"].queryset = colleagues.distinct().order_by("last_name", "first_name", "pk")
        self.fields["user"].label_from_instance = lambda user: f"{user} ({user.username})"
        self.initial.setdefault("until", clock.today() + HALF_A_YEAR)


class LiftForm(forms.Form):
    """Nothing but the question."""

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, **options)


FORMS = {
    RestrictionStep.Kind.RESTRICT: RestrictForm,
    RestrictionStep.Kind.NAME: ReaderForm,
    RestrictionStep.Kind.RENEW: RestrictForm,
    RestrictionStep.Kind.LIFT: LiftForm,
}
