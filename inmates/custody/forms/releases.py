"""The form of a release."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.scans import ScanField
from inmates.custody.holds import Hold
from inmates.custody.models import Admission
from inmates.custody.release_grounds import ENDS_CASE
from inmates.people.forms.fields import MomentField
from inmates.sentences.finality import judgments_not_final
from inmates.sentences.forms.closing import label_sentence_read
from inmates.sentences.models import Case

# To an ordinary prison somebody goes by a decided exit, from a page of its own.
GROUNDS = [choice for choice in Admission.Ground.choices if choice[0] != Admission.Ground.ORDINARY]


class ReleaseForm(forms.Form):
    """Ground of a release, as the record proposes it, with its paper; and what is checked before the door."""

    ground = forms.ChoiceField(label=_("Ground of release"), choices=[("", "—"), *GROUNDS])
    before_term = forms.BooleanField(
        label=_("By a written order the term is over: release before the day that we computed"),
        required=False,
        help_text=_("The reference of the order is needed below. The national office is told."),
    )
    sentence_read = forms.BooleanField(required=False)
    release_reference = forms.CharField(
        label=_("Decision or paper"),
        max_length=120,
        required=False,
        help_text=_("Needed for every ground that rests on a decision, and before the end of the term."),
    )
    scan = ScanField()
    case = forms.ModelChoiceField(
        label=_("Case"),
        queryset=Case.objects.none(),
        required=False,
        empty_label="—",
        help_text=_("For a ground that concerns one prosecution, where there are several."),
    )
    identity_check = forms.CharField(
        label=_("How identity was checked"),
        max_length=200,
        help_text=_("One line, for example: national card and photo compared."),
    )
    property_return = forms.CharField(
        label=_("Property returned"),
        max_length=200,
        help_text=_("One line, for example: effects and 320 dirhams, against signature."),
    )
    at = MomentField(label=_("Left at"))

    def __init__(self, *args, inmate, proposal=None, holding=(), doubted=False, **options):
        super().__init__(*args, **options)
        eligible = Q(state__in=[Case.State.OPEN, Case.State.CONVICTED])
        if proposal is not None:
            self.initial |= {"ground": proposal.ground, "release_reference": proposal.reference}
            self.fields["ground"].help_text = proposal.text
            if proposal.case is not None:
                self.initial["case"] = proposal.case
                eligible |= Q(pk=proposal.case.pk)
        self.fields["case"].queryset = inmate.cases.filter(eligible)
        # Asked only of whoever has been told once that it still runs, and where nothing else holds.
        ground = self.data.get("ground") if self.is_bound else ""
        served = ground == Admission.Ground.TERM_SERVED and all(hold.until for hold in holding)
        civil = ground == Admission.Ground.CIVIL_ENDED and all(hold.kind == Hold.CIVIL for hold in holding)
        if civil:
            self.fields["before_term"].label = _("By a written order or a receipt civil imprisonment is over already")
        doubted = doubted and not civil and bool(ground)
        if doubted:
            self.fields["before_term"].label = _("What the order was for has fallen or ended: it holds no longer")
        if not (holding and (served or civil or doubted)):
            del self.fields["before_term"]
        ends_case = ground in ENDS_CASE
        label_sentence_read(self, judgments_not_final().filter(inmate=inmate) if ends_case else [])
