"""Forms of a notice: served by an officer, part of its reasons withheld by a reviewer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from inmates.classification.forms.fields import text_field
from inmates.classification.models import Notice
from inmates.people.forms.fields import DayField


class NoticeForm(forms.ModelForm):
    """How the person was told."""

    served_on = DayField(label=_("Served on"))

    class Meta:
        model = Notice
        fields = ["served_on", "how", "language", "interpreter", "refused_to_sign"]
        help_texts = {"interpreter": _("By name, where the person does not understand the language of the notice.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["how"].required = True
        self.initial.setdefault("served_on", None)
        self.initial["served_on"] = self.initial["served_on"] or clock.today()


class WithholdForm(forms.Form):
    """A passage of the reasons that the person is not told, and why."""

    withheld = text_field(
        _("What is withheld"),
        rows=2,
        required=False,
        help_text=_("A passage of the reasons, word for word; the paper shows a gap in its place. Empty: nothing."),
    )
    reason = text_field(_("Why it is withheld"), rows=2, required=False)
