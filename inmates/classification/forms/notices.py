"""The form of a notice served."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from inmates.classification.models import Notice
from inmates.people.forms.fields import DayField


class NoticeForm(forms.ModelForm):
    """How the person was told."""

    served_on = DayField(label=_("Served on"))

    class Meta:
        model = Notice
        fields = ["served_on", "how", "language", "interpreter", "refused_to_sign", "withheld", "withheld_reason"]
        widgets = {name: forms.Textarea(attrs={"rows": 2, "dir": "auto"}) for name in ("withheld", "withheld_reason")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["how"].required = True
        self.initial.setdefault("served_on", None)
        self.initial["served_on"] = self.initial["served_on"] or clock.today()
