"""Forms about a participant."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ReasonForm
from documents.scans import ScanField
from musalaha.forms.fields import text_field
from musalaha.models import Enrolment, ProgressNote, Strand


class NoteForm(forms.Form):
    """A note or a report."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ProgressNote.Kind.choices)
    strand = forms.ChoiceField(
        label=_("Strand"), choices=[("", _("The whole programme")), *Strand.choices], required=False
    )
    text = text_field(_("Text"), rows=6, help_text=_("The participant may read it."))


class WithdrawalForm(ReasonForm):
    """A reason, if the person wishes to give one, and what they signed."""

    scan = ScanField(label=_("Scan of the signed withdrawal (PDF, PNG or JPEG)"))
    field_order = ["reason", "scan"]


class RemovalForm(forms.Form):
    """A proposal to remove somebody: a coded ground and what happened."""

    code = forms.ChoiceField(label=_("Ground"), choices=Enrolment.Removal.choices)
    reason = text_field(_("What happened"), max_length=300)


class AppealAnswerForm(forms.Form):
    """The answer to an appeal against a removal."""

    set_aside = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("", "—"), ("yes", _("The removal is set aside")), ("no", _("The removal stands"))],
        coerce=lambda value: value == "yes",
    )
    answer = text_field(_("Reasons"), max_length=300)


class GraduateForm(forms.Form):
    """Graduation; the exception is asked for where a requirement is not met."""

    exceptions = text_field(_("Requirement waived, and why"), required=False, max_length=300)
