"""Forms of a step: proposed, decided, told, appealed against, answered; and of the transfer out."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config import clock
from inmates.custody.models import SeparateGround
from inmates.people.forms.fields import DayField, MomentField
from inmates.people.telling import How
from inmates.separate.in_force import by_the_offences
from inmates.separate.models import SeparateAppeal, SeparateStep


def text_field(label, rows=3, **more):
    """A field for sentences, in either direction of writing."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **more)


def _line(label, **more):
    return forms.CharField(label=label, widget=forms.TextInput(attrs={"dir": "auto"}), **more)


class ProposeForm(forms.Form):
    """Why somebody belongs in the separate system: as the offences say, unless it is said otherwise."""

    ground = forms.ChoiceField(
        label=pgettext_lazy("of the separate system", "Ground"),
        choices=SeparateGround.choices,
        widget=forms.RadioSelect,
    )
    reasons = text_field(
        _("Reasons"),
        rows=5,
        required=False,
        help_text=_(
            "Of radicalisation the report: what was seen, by whom and when. Religious practice alone is no ground."
        ),
    )

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("ground", by_the_offences(inmate))


class ExitForm(forms.Form):
    """Why somebody leaves the separate system, and for where."""

    ground = forms.ChoiceField(label=_("Cause"), choices=SeparateStep.Cause.choices, widget=forms.RadioSelect)
    destination = _line(
        _("Ordinary prison"), max_length=120, help_text=_("By name: ordinary prisons keep their own registers.")
    )
    reasons = text_field(_("Reasons"), rows=5)


class DecideForm(forms.Form):
    """The decision: from when, and why."""

    effective_on = DayField(label=_("Effective on"), required=False, help_text=_("Empty: today."))
    answer = text_field(
        _("Reasons of the decision"),
        rows=4,
        required=False,
        help_text=_("Needed for radicalisation and for an exit. They are told to the person."),
    )


class RefuseForm(forms.Form):
    """Why a proposal is not followed."""

    answer = text_field(_("Reasons of the decision"))


class ServeForm(forms.Form):
    """How the person was told."""

    served_on = DayField(label=_("Served on"), initial=clock.today)
    how = forms.ChoiceField(label=_("How"), choices=How.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    interpreter = _line(
        _("Interpreter"),
        max_length=120,
        required=False,
        help_text=_("By name, where the person does not understand the language of the notice."),
    )
    refused_to_sign = forms.BooleanField(label=_("Refused to sign"), required=False)


class AppealForm(forms.Form):
    """The appeal in the person's words."""

    made_on = DayField(label=_("Made on"), initial=clock.today)
    grounds = text_field(_("Grounds, in the inmate's words"), rows=4)
    signed = forms.BooleanField(label=_("Signed by the inmate"), required=False, initial=True)
    witness = _line(_("Witness"), max_length=120, required=False)
    late_reason = _line(_("Why a late appeal is admitted"), max_length=300, required=False)


class AnswerForm(forms.Form):
    """The third person's answer."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("to an appeal", "Answer"), choices=SeparateAppeal.Outcome.choices, widget=forms.RadioSelect
    )
    reasons = text_field(_("Reasons of the answer"), rows=4)


class LeaveForm(forms.Form):
    """The door: when, on which paper, and what was checked."""

    at = MomentField(label=_("Left at"))
    reference = _line(_("Transfer order"), max_length=120, required=False)
    identity_check = _line(_("How identity was checked"), max_length=200, required=False)
    property_return = _line(_("Property sent along or returned"), max_length=200, required=False)
