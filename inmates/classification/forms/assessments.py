"""The assessor's form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from facilities.models import Tier
from inmates.classification.forms.fields import WRITING, day_field, text_field
from inmates.classification.models import Finding

CONCERNS = {
    "ideology": _("Justifies or calls for violence. Prayer, dress and strictness of practice are no finding."),
    "group_role": _("Leading, organising, supporting; alleged until a conviction is final."),
    "finance": _("Raising, moving or giving money for terrorism."),
    "recruitment": _("Winning or indoctrinating others, outside or in custody."),
    "violence": _("Violence done or prepared; training, weapons, experience in a zone of conflict."),
    "conduct": _("Incidents, pressure on others, keeping the rules."),
    "reconciliation": _("Distance from violence, doubts, openness, wherever they show."),
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
            self.fields[f"{domain}_observed_on"] = day_field(_("Date of the evidence"), required=False)
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
        self.fields["rests_on"] = text_field(
            _("On what it rests, where nothing is known"),
            rows=2,
            required=False,
            max_length=4000,
            help_text=_("Needed to propose tier 1 or 3 when every domain is rated as not known."),
        )

    @staticmethod
    def of(assessment):
        """The stored draft as initial values."""
        values = {
            "proposed_tier": assessment.proposed_tier,
            "reasons": assessment.reasons,
            "difference_reason": assessment.difference_reason,
            "rests_on": assessment.rests_on,
        }
        for finding in assessment.findings.all():
            for part in ("rating", "established", "evidence", "source", "observed_on"):
                values[f"{finding.domain}_{part}"] = getattr(finding, part)
        return values

    def given(self):
        """What the act takes, from the fields that are sound; a broken day is left out, and its field says so."""
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
            "rests_on": data.get("rests_on") or "",
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
