"""Forms of classification. Everything typed comes back with its message; what an act refuses is put at its field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from facilities.models import Tier
from inmates.classification.models import Appeal, Finding, Notice

CONCERNS = {
    "ideology": _("Justifies or calls for violence. Prayer, dress and strictness of practice are no finding."),
    "group_role": _("Leading, organising, supporting; alleged until a conviction is final."),
    "finance": _("Raising, moving or giving money for terrorism."),
    "recruitment": _("Winning or indoctrinating others, outside or in custody."),
    "violence": _("Violence done or prepared; training, weapons, experience in a zone of conflict."),
    "conduct": _("Incidents, pressure on others, keeping the rules."),
    "reconciliation": _("Distance from violence, doubts, openness: in the programme or outside it."),
    "family": _("Ties that hold, visits, plans for after release."),
    "work": _("Work, training, skills."),
    "remorse": _("Acknowledging harm, victims, responsibility."),
    "engagement": _("Taking part in what is offered, of one's own accord."),
}
GROUPS = (
    (_("What speaks for danger"), ("ideology", "group_role", "finance", "recruitment", "violence", "conduct")),
    (_("What speaks for change"), ("reconciliation",)),
    (_("What protects"), ("family", "work", "remorse", "engagement")),
)


WRITING = {"class": "form-control", "dir": "auto"}


class DayInput(forms.DateInput):
    """The browser's own date field, which sends and takes YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, attrs=None, **kwargs):
        super().__init__(attrs={"class": "form-control"} | (attrs or {}), format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    """A day."""

    widget = DayInput


def text_field(label, rows=3, **more):
    """A field for sentences, in either direction of writing."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs=WRITING | {"rows": rows}), **more)


class AssessmentForm(forms.Form):
    """The structured judgement: a block a domain, then the proposal. A draft may be unfinished anywhere."""

    def __init__(self, *args, assessment=None, **kwargs):
        if assessment is not None:
            kwargs.setdefault("initial", self.of(assessment))
        super().__init__(*args, **kwargs)
        for domain, label in Finding.Domain.choices:
            self.fields[f"{domain}_rating"] = forms.ChoiceField(
                label=label,
                choices=Finding.Rating.choices,
                initial="not_known",
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"{domain}_established"] = forms.BooleanField(
                label=_("established"), required=False, help_text=Finding._meta.get_field("established").help_text
            )
            self.fields[f"{domain}_evidence"] = text_field(
                _("Evidence, in words"), rows=2, required=False, max_length=4000
            )
            self.fields[f"{domain}_source"] = forms.CharField(
                label=_("Source"), max_length=160, required=False, widget=forms.TextInput(attrs=WRITING)
            )
            self.fields[f"{domain}_observed_on"] = DayField(label=_("Date of the evidence"), required=False)
        self.fields["proposed_tier"] = forms.TypedChoiceField(
            label=_("Proposed tier"),
            choices=Tier.choices,
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["reasons"] = text_field(_("Reasons for the proposal"), rows=4, required=False, max_length=8000)
        self.fields["difference_reason"] = text_field(
            _("Why other than suggested"), rows=2, required=False, max_length=4000
        )

    @staticmethod
    def of(assessment):
        """The stored draft as initial values."""
        values = {
            "proposed_tier": assessment.proposed_tier,
            "reasons": assessment.reasons,
            "difference_reason": assessment.difference_reason,
        }
        for finding in assessment.findings.all():
            for part in ("rating", "established", "evidence", "source", "observed_on"):
                values[f"{finding.domain}_{part}"] = getattr(finding, part)
        return values

    def given(self):
        """What the act takes, from the fields that are sound; a broken day is left out and told at its field."""
        data = getattr(self, "cleaned_data", {})
        findings = {
            domain: {
                part: data.get(f"{domain}_{part}")
                for part in ("rating", "established", "evidence", "source", "observed_on")
            }
            for domain in Finding.Domain.values
        }
        return {
            "findings": findings,
            "proposed_tier": data.get("proposed_tier"),
            "reasons": data.get("reasons") or "",
            "difference_reason": data.get("difference_reason") or "",
        }

    def blocks(self, before=None):
        """`[(heading, [block])]` for the page; `before`: the previous assessment's findings by domain."""
        before = before or {}
        return [
            (heading, [self._block(domain, before.get(domain)) for domain in domains]) for heading, domains in GROUPS
        ]

    def _block(self, domain, previous):
        rating = self[f"{domain}_rating"].value() or "not_known"
        return {
            "domain": domain,
            "label": Finding.Domain(domain).label,
            "concern": CONCERNS[domain],
            "risk": domain in GROUPS[0][1],
            "fields": {
                part: self[f"{domain}_{part}"]
                for part in ("rating", "established", "evidence", "source", "observed_on")
            },
            "previous": previous,
            "changed": previous is not None and previous.rating != rating,
        }


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
    effective_on = DayField(label=_("Effective on"), required=False, help_text=_("Empty: today."))
    emergency = text_field(
        _("Written emergency"),
        rows=2,
        required=False,
        max_length=2000,
        help_text=_("Only where a stricter tier cannot wait for the notice: why."),
    )


class QuestionsForm(forms.Form):
    """Questions to the assessor."""

    questions = text_field(_("Questions to the assessor"), max_length=4000)


class AnswerForm(forms.Form):
    """The assessor's answer."""

    answer = text_field(_("Answer to the questions"), max_length=4000)


class ReasonForm(forms.Form):
    """Why something ends without result."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput(attrs=WRITING))


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


class AppealForm(forms.ModelForm):
    """The appeal in the person's words, with the signed paper where there is one."""

    made_on = DayField(label=_("Made on"), initial=clock.today)
    paper = forms.FileField(
        label=_("Signed paper (PDF, PNG or JPEG)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )

    class Meta:
        model = Appeal
        fields = ["made_on", "grounds", "signed", "witness", "late_reason"]
        widgets = {"grounds": forms.Textarea(attrs={"rows": 5, "dir": "auto"})}


class AnswerAppealForm(forms.Form):
    """The third person's answer."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[choice for choice in Appeal.Outcome.choices if choice[0] != "lapsed"],
        widget=forms.RadioSelect,
    )
    tier = forms.TypedChoiceField(
        label=_("New tier, if changed"),
        choices=[("", "—"), *Tier.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    reasons = text_field(_("Reasons of the answer"), rows=5, max_length=8000)


class PostponeForm(forms.Form):
    """Until when and why."""

    until = DayField(label=_("Put off until"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput(attrs=WRITING))


class TriggerForm(forms.Form):
    """New information that asks for an earlier review."""

    happened_on = DayField(label=_("Known since"), initial=clock.today)
