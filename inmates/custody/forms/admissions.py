"""The admission form: who it is, the order, the ground, the place and the number, the case, the sentence, earlier stays."""

from uuid import uuid4

from crispy_forms.layout import Fieldset
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config import clock
from core.forms import columns, inside
from core.workflow import say_more
from inmates.custody.actions.admissions import Arrival
from inmates.custody.forms.fields import ExceptionFields, unit_field
from inmates.custody.forms.orders import names_no_last_day
from inmates.custody.holds import CONVICTED
from inmates.custody.models import DetentionOrder, SeparateGround
from inmates.people.forms.fields import DayField, MomentField
from inmates.people.forms.identity import IdentityForm
from inmates.people.models import Inmate, LegalStatus
from inmates.sentences.forms.earlier_custody import StaysAtAdmissionForm
from inmates.sentences.forms.judgments import CaseForm, SentenceForm
from inmates.sentences.forms.remand import endless_field
from inmates.sentences.models import Case
from inmates.sentences.release_dates import over_on
from inmates.sentences.stretches import without
from inmates.sentences.terms_not_final import sentences_that_run

ORDER_KINDS = [choice for choice in DetentionOrder.Kind.choices if choice[0] != DetentionOrder.Kind.REGISTER]


class StayForm(ExceptionFields):
    """The order somebody is held under, on what ground, where, and under which number."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of order"), choices=ORDER_KINDS)
    authority = forms.CharField(label=_("Issued by"), max_length=120)
    reference = forms.CharField(label=_("Reference"), max_length=80)
    issued_on = DayField(label=_("Issued on"))
    expires_on = DayField(label=_("Expires on"), required=False, help_text=_("The last day it holds, if it has one."))
    endless = endless_field()
    legal_status = forms.ChoiceField(label=_("Legal status"), choices=LegalStatus.choices)
    registration_number = forms.CharField(
        label=_("Registration number"), max_length=20, help_text=_("Digits, capital letters, - and /")
    )
    admitted_at = MomentField(label=_("Admitted at"))
    separate_ground = forms.ChoiceField(
        label=_("Ground for the separate system"),
        choices=[("", _("As the offences say")), *SeparateGround.choices],
        required=False,
        help_text=_("It is proposed with the admission; the director decides."),
    )
    came_from = forms.CharField(
        label=_("Came from the ordinary prison"), max_length=120, required=False, help_text=_("By name, if from one.")
    )
    separate_report = forms.CharField(
        label=_("Report of radicalisation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for somebody radicalised in ordinary custody: what was seen, by whom and when."),
    )

    field_order = ["token"]

    def __init__(self, *args, inmate, facilities, reader, **options):
        super().__init__(*args, **options)
        self.fields["unit"] = unit_field(inmate, facilities, reader=reader)
        endless = ["endless"] if names_no_last_day(self) else []
        if not endless:
            del self.fields["endless"]
        for name in ("authority", "reference", "exception_reason", "came_from", "separate_report"):
            self.fields[name].widget.attrs["dir"] = "auto"
        inside(
            self,
            "token",
            Fieldset(
                str(_("Detention order")),
                columns("kind", "authority", "reference"),
                columns("issued_on", "expires_on", "legal_status"),
                *endless,
            ),
            Fieldset(
                str(_("Place")),
                columns("registration_number", "admitted_at"),
                "unit",
                columns("exception_reason", "exception_until"),
            ),
            Fieldset(str(_("Separate system")), columns("separate_ground", "came_from"), "separate_report"),
        )

    def clean_registration_number(self):
        """Without spaces, letters in capitals."""
        return "".join(self.cleaned_data["registration_number"].split()).upper()

    def clean(self):
        """Somebody radicalised in ordinary custody is in the separate system on a reasoned report alone."""
        data = super().clean()
        report = data.get("separate_report", "")
        if data.get("separate_ground") == SeparateGround.RADICALISED and (message := say_more(report)):
            self.add_error("separate_report", message)
        return data

    def order(self):
        """The unsaved detention order."""
        fields = ("kind", "authority", "reference", "issued_on", "expires_on")
        return DetentionOrder(**{field: self.cleaned_data[field] for field in fields})


class SentenceAtAdmissionForm(SentenceForm):
    """The sentence somebody is admitted with; that it is final rests on its own paper, as it does later."""

    final_on = DayField(label=_("Final on"), required=False, help_text=_("Empty while under appeal."))
    final_reference = forms.CharField(
        label=_("Certificate or ruling"),
        max_length=120,
        required=False,
        help_text=_("Certificate that nobody appealed, or the ruling that ended the appeals: its reference."),
    )

    def layout(self):
        """The paper that says it is final after the term."""
        self.fields["final_reference"].widget.attrs["dir"] = "auto"
        term, *rest = super().layout()
        final = Fieldset(str(_("Where the judgment is final")), columns("final_on", "final_reference"))
        return [term, final, *rest]

    def clean(self):
        data = super().clean()
        on, pronounced_on = data.get("final_on"), data.get("pronounced_on")
        if on and on > clock.today():
            self.add_error("final_on", _("This day lies in the future."))
        elif on and pronounced_on and on < pronounced_on:
            self.add_error("final_on", _("Final before it was pronounced."))
        if on and not data.get("final_reference"):
            self.add_error("final_reference", _("Enter the reference of the certificate or ruling."))
        if data.get("final_reference") and not on and "final_on" not in self.errors:
            self.add_error("final_on", _("Enter the day from which it is final."))
        return data

    def final(self):
        """`(day, reference)` of the paper that says it is final, or None."""
        data = self.cleaned_data
        return (data["final_on"], data["final_reference"]) if data.get("final_on") else None


class CaseOnRecordForm(forms.Form):
    """The case on record in which somebody comes back: under way, or with a sentence that runs.

    `running`: keys of the cases of the sentences that run. Nothing is offered to a reader who may not open the record.
    """

    NONE = "none"

    known_case = forms.ChoiceField(
        label=_("Case on record"),
        required=False,
        help_text=_("Where the order is of one of these, choose it: no second case is opened."),
    )

    def __init__(self, data, *, inmate, named):
        self.running = {one.case_id for one in sentences_that_run(inmate, clock.today())}
        offered = {str(case.pk): case for case in inmate.cases.order_by("pk") if self._may_be_of(case)}
        self.offered = offered if named else {}
        super().__init__(data)
        if not self.offered:
            del self.fields["known_case"]
            return
        words = [(key, f"{case.court} {case} · {case.get_state_display()}".strip()) for key, case in offered.items()]
        rest = (self.NONE, _("None of these, or the order does not say"))
        self.fields["known_case"].choices = [("", "—"), *words, rest]
        inside(self, "known_case")

    @property
    def unanswered(self):
        """Whether several sentences run, their cases are offered, and none was chosen."""
        return len(self.running) > 1 and "known_case" in self.fields and not self.cleaned_data.get("known_case")

    def _may_be_of(self, case):
        return case.state == Case.State.OPEN or case.pk in self.running

    @property
    def chosen(self):
        """The case that was chosen, or None."""
        return self.offered.get(self.cleaned_data.get("known_case"))


class AdmissionForm:
    """One form of several parts: the identity (of somebody new), the stay, the case and the sentence.

    Whoever comes back to serve on a sentence that stands needs no other.

    It answers what a page asks of a form: `is_bound`, `is_valid()`, `fields`, `visible_fields()`, `add_error()`. `likely`
    holds people whom somebody new resembles; the form is not valid before each is marked as someone else.
    """

    def __init__(self, data, *, known=None, facilities, reader):
        draft = Inmate(sex=known.sex if known else (data or {}).get("sex", ""))
        draft.pk = known.pk if known else None
        draft.legal_status = (data or {}).get("legal_status", "")
        initial = {"token": uuid4(), "issued_on": clock.today()}
        if known:  # who comes back from where they were transferred to
            last = known.admissions.exclude(released_at=None).order_by("-released_at").first()
            initial["came_from"] = last.left_for if last else ""
        self.known = known
        self.identity = None if known else IdentityForm(data)
        self.stay = StayForm(data, inmate=draft, facilities=facilities, reader=reader, initial=initial)
        self.case, self.sentence = CaseForm(data), SentenceAtAdmissionForm(data)
        self.earlier = self.on_record = None
        if known:
            named = Inmate.objects.visible_to(reader).filter(pk=known.pk).exists()
            self.earlier = StaysAtAdmissionForm(data, inmate=known, named=named)
            self.on_record = CaseOnRecordForm(data, inmate=known, named=named)
        every = (self.sentence, self.earlier, self.on_record, self.case, self.identity, self.stay)
        self.parts = [part for part in every if part is not None]
        self.is_bound = data is not None
        self.someone_else = data.getlist("someone_else") if data else []
        self.likely = []

    @property
    def fields(self):
        """The fields of all parts by name."""
        return {name: field for part in self.parts for name, field in part.fields.items()}

    def visible_fields(self):
        """The fields that somebody fills in."""
        return [field for part in self.parts for field in part.visible_fields()]

    @property
    def token(self):
        """The token of this form, the same in every sending of it; None where it is none."""
        self.stay.is_valid()
        return self.stay.cleaned_data.get("token")

    def is_valid(self):
        """Whether the parts are valid, each and together, and every likely person marked as someone else."""
        if not self.is_bound:
            return False
        errors = [part.errors for part in self.parts]
        self._check_together()
        return not any(errors) and not self.unanswered

    @property
    def unanswered(self):
        """Likely people not yet marked as someone else."""
        return [match for match in self.likely if str(match.inmate.uuid) not in self.someone_else]

    def add_error(self, field, error):
        """Put an error on the part that has the field; above the stay where it is of no field."""
        part = next((part for part in self.parts if field in part.fields), self.stay)
        part.add_error(field, error)

    def arrival(self, *, by):
        """Arguments of `take_in` from a valid form."""
        stay, case, order = self.stay.cleaned_data, self.case, self.stay.order()
        sentence = self.sentence.sentence(by=by) if self.sentence.filled else None
        earlier = []
        if sentence is not None and self.earlier is not None:
            earlier = self.earlier.counted()
        return Arrival(
            token=stay["token"],
            unit=stay["unit"],
            order=order,
            legal_status=stay["legal_status"],
            registration_number=stay["registration_number"],
            admitted_at=stay["admitted_at"],
            exception_reason=stay["exception_reason"],
            exception_until=stay["exception_until"],
            case=case.values() if case.filled else None,
            known=self.case_on_record,
            sentence=sentence,
            remand=[*self.sentence.remand(), *earlier],
            final=self.sentence.final() if sentence is not None else None,
            came_from=stay["came_from"],
            separate_ground=stay["separate_ground"],
            separate_report=stay["separate_report"],
        )

    @property
    def case_on_record(self):
        """The case of this person that was chosen, or whose court and number were typed; None where it is none."""
        if self.on_record is None:
            return None
        return self.on_record.chosen or Case.of_number(self.known, **self._typed_case())

    def _typed_case(self):
        return {name: self.case.cleaned_data.get(name) or "" for name in ("court", "number")}

    def _check_case_on_record(self, status, kind):
        """Remand and a new judgment are of a case under way, who comes back to serve on of one whose sentence runs."""
        if self.on_record is None:
            return
        known, chosen, serves_on = self.case_on_record, self.on_record.chosen, status in CONVICTED and not kind
        if known is None:
            if serves_on and not self.case.filled and self.on_record.unanswered:
                self.on_record.add_error("known_case", _("Several sentences run: say of which case the order is."))
            return
        under_way = known.state == Case.State.OPEN
        fits = (
            known.pk in self.on_record.running
            if serves_on
            else under_way or status not in (*CONVICTED, LegalStatus.REMAND)
        )
        if chosen and self.case.filled and Case.of_number(self.known, **self._typed_case()) != chosen:
            self.case.add_error("court", _("Choose the case on record, or enter a new one: not both."))
        elif chosen and not fits:
            message = _(
                "The legal status does not fit this case: remand needs one under way, to serve on one whose sentence runs."
            )
            self.on_record.add_error("known_case", message)
        elif not fits:
            message = _("This case is on record and has ended: leave its number empty, and put it right afterwards.")
            self.case.add_error("court", message)

    def _standing(self, status):
        """Whether a sentence of an earlier stay stands already that this legal status may rest on, and is not over."""
        if self.known is None or self._over():
            return False
        standing = self.known.sentences.standing()
        return (standing.filter(final_on__isnull=False) if status == LegalStatus.CONVICTED_FINAL else standing).exists()

    def _check_start(self, start):
        """Earlier stays, and days of this one before the start, count or have a reason; a start before any custody too."""
        remand = self.sentence.typed_remand()
        admitted_at = self.stay.cleaned_data.get("admitted_at") or clock.now()  # empty means now
        if self.earlier is not None:
            self.earlier.ask_why(start, remand)
        if "admitted_at" in self.stay.errors or admitted_at > clock.now():
            return
        admitted_on = timezone.localdate(admitted_at)
        left = without(admitted_on, start, remand)
        if left and not (self.earlier and self.earlier.stretches):
            self.sentence.ask_about_running(left[0][0], start)
        elif left and not self.sentence.cleaned_data.get("earlier_custody"):
            self.earlier.add_error("earlier_custody", _("Say why a stay is left out."))
        self.sentence.ask_where(self.known or Inmate(), admitted_on=admitted_on)

    def _standing_but_over(self):
        return self.known is not None and self._over() and self.known.sentences.standing().exists()

    def _over(self):
        """Whether the term of the sentences that stand has ended: served, or remitted."""
        return over_on(self.known, clock.today())

    def _check_together(self):
        """The convicted have a sentence, a sentence has a case."""
        sentence, case = self.sentence, self.case
        status = self.stay.cleaned_data.get("legal_status")
        kind = sentence.cleaned_data.get("sentence_kind")
        final_on = sentence.cleaned_data.get("final_on")
        if status in CONVICTED and not kind and not self._standing(status) and "sentence_kind" not in sentence.errors:
            message = _("A convicted person has a sentence: enter it.")
            if self._standing_but_over():
                message = _("The term of the sentence on record has ended: enter the new sentence, or choose remand.")
            sentence.add_error("sentence_kind", message)
        if status == LegalStatus.REMAND and kind:
            sentence.add_error("sentence_kind", _("The legal status says remand: nobody is sentenced yet."))
        if status == LegalStatus.CONVICTED_FINAL and kind and not final_on and "final_on" not in sentence.errors:
            sentence.add_error("final_on", _("The legal status says final: enter the day."))
        if status == LegalStatus.CONVICTED_APPEAL and final_on:
            sentence.add_error("final_on", _("The legal status says under appeal: leave it empty."))
        if kind and "starts_on" not in sentence.errors:
            self._check_start(sentence.cleaned_data["starts_on"])
        self._check_case_on_record(status, kind)
        named = case.filled or self.case_on_record is not None
        if (kind or status == LegalStatus.REMAND) and not named and "court" not in case.errors:
            case.add_error("court", _("Enter the court, the case number or the offences."))
