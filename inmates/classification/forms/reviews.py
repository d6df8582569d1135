"""Forms of a review: decide, ask, answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.models import Tier
from inmates.classification.forms.fields import day_field, text_field

REASONS = (
    _("The findings named by the assessor are established by judgment and by conduct in custody."),
    _("Signs of reconciliation have lasted for months and are confirmed by more than one source."),
    _("What is not known was weighed as not known; it is to be clarified before the next review."),
    _("I differ from the proposal because "),
)


class DecisionForm(forms.Form):
    """The decider's own choice and words: nothing is chosen or written beforehand."""

    tier = forms.TypedChoiceField(label=_("Tier"), choices=Tier.choices, coerce=int, widget=forms.RadioSelect)
    reasons = text_field(
        _("Reasons"), rows=5, max_length=8000, help_text=_("They are told to the person, unless part is withheld.")
    )
    ground_stands = forms.TypedChoiceField(
        label=_("The ground for the separate system"),
        choices=[("yes", _("still stands")), ("no", _("no longer stands: an exit is to be proposed"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    effective_on = day_field(_("Effective on"), required=False, help_text=_("Empty: today."))
    emergency = text_field(
        _("Written emergency"),
        rows=2,
        required=False,
        max_length=2000,
        help_text=_("Only where a stricter tier, or a first one, cannot wait for the notice: why."),
    )


class QuestionsForm(forms.Form):
    """Questions to the assessor."""

    questions = text_field(_("Questions to the assessor"), max_length=4000)


class AnswerForm(forms.Form):
    """The assessor's answer."""

    answer = text_field(_("Answer to the questions"), max_length=4000)
