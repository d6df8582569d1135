"""The form that uploads a register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from facilities.models import Facility


class UploadForm(forms.Form):
    """Which register, of which prison."""

    facility = forms.ModelChoiceField(Facility.objects.none(), label=_("Prison"), empty_label=None)
    file = forms.FileField(
        label=_("Register (.xlsx or .csv)"),
        help_text=_("Up to 2,000 rows and 8 MB. Nothing is written before you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["facility"].queryset = Facility.objects.visible_to(user).open_on(clock.today())
