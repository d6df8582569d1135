"""Forms of the programme: what was asked, what is decided, what took place. Rules live in the actions."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config import clock
from facilities.models import Facility, Sex, Unit
from inmates.people.fields import DayField
from musalaha.models import Aim, Application, Cohort, Enrolment, FollowUp, PardonFile, ProgressNote, Session, Strand


def day_field(label, *, required=True, initial=None, help_text=""):
    """A day in one box, as people here write it."""
    return DayField(label=label, required=required, initial=initial, help_text=help_text)


def text_field(label, *, required=True, rows=3, help_text="", max_length=None):
    """Some lines of text in any script."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def put_errors(form, error):
    """Bring an action's refusal to its field, or above the form where there is no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


class ApplicationForm(forms.Form):
    """What the inmate asked for, as they said it."""

    asked_on = day_field(
        _("Asked on"), initial=clock.today, help_text=_("The day the inmate asked, not today's by itself.")
    )
    statement = text_field(_("Statement, in the inmate's words"), rows=5)
    dictated = forms.BooleanField(label=_("Written down as dictated"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Application.Channel.choices, initial="staff")
    consent_language = forms.ChoiceField(
        label=_("Language of the consent form"), choices=[("ar", "العربية"), ("fr", "Français"), ("en", "English")]
    )
    signed = forms.BooleanField(label=_("The inmate signed the consent form"), required=False)
    witness = forms.CharField(
        label=_("Witness"), required=False, max_length=120, help_text=_("When the inmate cannot or does not sign.")
    )
    document = forms.FileField(label=_("Scan of the signed form"), required=False, help_text=_("PDF, PNG or JPEG."))
    finish_outside = forms.BooleanField(
        label=_("Wishes to finish outside, should the sentence end in mid-round"), required=False
    )


class ReasonForm(forms.Form):
    """One reason, required unless said otherwise."""

    reason = text_field(_("Reason"), max_length=300)

    def __init__(self, *args, required=True, label=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required
        if label:
            self.fields["reason"].label = label


class AcceptForm(forms.Form):
    """Into which round."""

    cohort = forms.ModelChoiceField(label=_("Round"), queryset=Cohort.objects.none(), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.filter(state__in=["open", "running"]).order_by("number")


class CohortForm(forms.Form):
    """The plan of a round."""

    number = forms.IntegerField(label=_("Round number"), min_value=1, max_value=9999)
    unit = forms.ModelChoiceField(
        label=_("Programme unit"), queryset=Unit.objects.none(), help_text=_("Apart from the regular population.")
    )
    sex = forms.ChoiceField(label=_("For"), choices=Sex.choices)
    starts_on = day_field(_("Planned start"))
    ends_on = day_field(_("Planned end"), required=False, help_text=_("Two months after the start, if left empty."))
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=500)
    partners = text_field(_("Partner organisations"), required=False, help_text=_("One a line."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.in_use(clock.today()).filter(purpose=Unit.Purpose.PROGRAMME).select_related("facility")
        self.fields["unit"].queryset = units.order_by("facility__name_fr", "name")
        self.fields["unit"].label_from_instance = lambda unit: (
            f"{unit.facility} · {unit.name} ({unit.working_capacity})"
        )
        for strand, label in Strand.choices:
            self.fields[f"hours_{strand}"] = forms.IntegerField(
                label=_("Hours: %(strand)s") % {"strand": label}, min_value=0, max_value=1000, initial=DEFAULT[strand]
            )

    def clean_partners(self):
        return [line.strip()[:120] for line in self.cleaned_data["partners"].splitlines() if line.strip()]

    @property
    def hours(self):
        """The budget of hours, `{strand: hours}`."""
        return {strand: self.cleaned_data[f"hours_{strand}"] for strand in Strand.values}


DEFAULT = {"religion": 60, "rights": 40, "psychology": 40, "vocation": 60}


class ExtendForm(ReasonForm):
    """Another end."""

    ends_on = day_field(_("New end"))


class CompleteForm(forms.Form):
    """The end of a round."""

    close_rest = forms.BooleanField(label=_("Close those still taking part as 'not completed'"), required=False)


class SessionForm(forms.ModelForm):
    """One session beside the timetable: for all, a catch-up, or one-to-one."""

    day = day_field(_("Day"))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    field_order = ("title", "strand", "aim", "day", "at", "minutes")

    class Meta:
        model = Session
        fields = (
            "title",
            "strand",
            "aim",
            "minutes",
            "facilitator",
            "organisation",
            "room",
            "only_for",
            "catch_up",
        )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        people = cohort.enrolments.filter(ended_on=None).select_related("inmate").order_by("inmate__sort_key")
        self.fields["only_for"].queryset = people
        self.fields["only_for"].label_from_instance = lambda enrolment: enrolment.inmate.name
        self.fields["only_for"].empty_label = _("Everybody")
        self.fields["aim"].choices = Aim.choices

    @property
    def session(self):
        """What the action takes."""
        data = dict(self.cleaned_data)
        day, at = data.pop("day"), data.pop("at")
        return data | {"starts_at": timezone.make_aware(datetime.combine(day, at))}


class NoteForm(forms.Form):
    """A note or a report."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ProgressNote.Kind.choices)
    strand = forms.ChoiceField(
        label=_("Strand"), choices=[("", _("The whole programme")), *Strand.choices], required=False
    )
    text = text_field(_("Text"), rows=6, help_text=_("The participant may read it."))


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


class PardonFileForm(forms.Form):
    """The beginning of a case file."""

    sentence = forms.ModelChoiceField(label=_("Sentence"), queryset=None, empty_label=None)
    requester = forms.ChoiceField(label=_("Requested by"), choices=PardonFile._meta.get_field("requester").choices)
    occasion = forms.CharField(
        label=_("Occasion"),
        max_length=120,
        help_text=_("A feast, with its year: the list of the occasion is made of it."),
    )
    opinion = text_field(_("Opinion"), required=False)

    def __init__(self, *args, inmate, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sentence"].queryset = inmate.sentences.standing().select_related("case")
        self.fields["sentence"].label_from_instance = _sentence_label


def _sentence_label(sentence):
    return f"{sentence.term_in_words} · {sentence.case}"


class FollowUpForm(forms.ModelForm):
    """What came of a contact."""

    done_on = day_field(_("Done on"))

    class Meta:
        model = FollowUp
        fields = ("done_on", "contact", "housing", "work", "training", "support", "lost", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].required = True


class ReconvictionForm(forms.Form):
    """A final conviction for an act after release."""

    act_on = day_field(_("Date of the act"))
    final_on = day_field(_("Conviction final on"))
    terrorism = forms.TypedChoiceField(
        label=_("Kind of offence"),
        choices=[("", "—"), ("yes", _("Terrorism")), ("no", _("Another offence"))],
        coerce=lambda value: value == "yes",
    )
    source = forms.CharField(label=_("Source: court and number of the judgment"), max_length=200)


class FacilityFilter(forms.Form):
    """A row of small fields above a list."""

    state = forms.ChoiceField(label=_("State"), required=False)
    prison = forms.ModelChoiceField(
        label=_("Prison"), queryset=Facility.objects.none(), required=False, to_field_name="code", empty_label=_("All")
    )

    def __init__(self, *args, user, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("Not closed")), *states, ("all", _("All"))]
        self.fields["prison"].queryset = Facility.objects.visible_to(user)
