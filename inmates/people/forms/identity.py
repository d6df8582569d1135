"""Forms of identity: who a person is, the returnee's dossier, the photograph."""

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audit import signed_context
from config import clock
from core.forms import columns
from inmates.people import countries
from inmates.people.forms.corrections import WhyForm
from inmates.people.forms.fields import BirthField, CinField, DayField, NameField
from inmates.people.models import Alias, Inmate, ReturneeDossier
from inmates.register_reading.dates import Birth
from inmates.register_reading.text import tidy

LANGUAGES = [
    ("darija", _("Moroccan Arabic")),
    ("arabic", _("Arabic")),
    ("tamazight", _("Tamazight")),
    ("french", _("French")),
    ("spanish", _("Spanish")),
    ("english", _("English")),
    ("dutch", _("Dutch")),
    ("german", _("German")),
    ("italian", _("Italian")),
    ("turkish", _("Turkish")),
    ("russian", _("Russian")),
    ("other", _("Other")),
]
KINDS = (Alias.Kind.KUNYA, Alias.Kind.NOM_DE_GUERRE, Alias.Kind.SPELLING)
ALIAS_LENGTH = 160
_YES_NO = {"": None, "yes": True, "no": False}


class IdentityForm(forms.ModelForm):
    """Who somebody is. Valid, it gives an unsaved `Inmate` (`build()`) and the `aliases` (pairs of text and kind).

    A CIN that stands on the register already is refused, and `same_cin` is the person who bears it.
    """

    family_name_latin = NameField(label=_("Family name (Latin)"), required=False)
    given_name_latin = NameField(label=_("Given name (Latin)"), required=False)
    family_name_ar = NameField(label=_("Family name (Arabic)"), required=False, arabic=True)
    given_name_ar = NameField(label=_("Given name (Arabic)"), required=False, arabic=True)
    birth = BirthField(required=False)
    cin = CinField(required=False)
    nationality = forms.ChoiceField(label=_("Nationality"), choices=countries.choices, initial=countries.HOME)
    second_nationality = forms.ChoiceField(
        label=_("Second nationality"), required=False, choices=lambda: [("", "—"), *countries.choices()]
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages understood"), required=False, choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    returnee = forms.ChoiceField(
        label=_("Returnee"),
        required=False,
        choices=[("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
        help_text=_("Came back from a zone of armed conflict"),
    )
    kunya = forms.CharField(label=_("Kunya"), required=False, help_text=_("One a line"))
    nom_de_guerre = forms.CharField(label=_("Nom de guerre"), required=False, help_text=_("One a line"))
    spelling = forms.CharField(label=_("Other spellings"), required=False, help_text=_("One a line"))

    class Meta:
        model = Inmate
        fields = [
            "family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar", "sex", "birthplace",
            "nationality", "second_nationality", "cin", "languages", "group_role", "organisation", "abc_class",
        ]  # fmt: skip

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.same_cin = None
        person = self.instance
        for kind in KINDS:
            self.fields[kind].widget = forms.Textarea(attrs={"rows": 2, "dir": "auto", "spellcheck": "false"})
        for name in ("sex", "group_role", "abc_class"):
            self.fields[name].choices = [("", "—"), *(one for one in self.fields[name].choices if one[0])]
        self.fields["organisation"].empty_label = "—"
        self.fields["birthplace"].widget.attrs["dir"] = "auto"
        self.fields["group_role"].help_text = _("Alleged until a conviction is final")
        # What an import or an older list of words has stored stays choosable.
        self._keep("languages", person.languages)
        self._keep("nationality", [person.nationality])
        self._keep("second_nationality", [person.second_nationality])
        if person.pk:
            self.initial.setdefault(
                "birth", Birth(person.birth_date, person.birth_precision) if person.birth_date else ""
            )
            self.initial.setdefault("returnee", {True: "yes", False: "no"}.get(person.is_returnee, ""))
            written = list(person.aliases.order_by("pk"))
            for kind in KINDS:
                self.initial.setdefault(kind, "\n".join(alias.text for alias in written if alias.kind == kind))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = self.layout()

    def _keep(self, name, stored):
        known = list(self.fields[name].choices)
        missing = [(code, code) for code in stored if code and code not in dict(known)]
        self.fields[name].choices = known + missing

    def layout(self):
        """Both scripts side by side, then birth and papers, then what is known of the group."""
        return Layout(
            Div(
                Fieldset(
                    str(_("Name")),
                    Div(
                        Div("family_name_latin", "given_name_latin", css_class="col-sm-6"),
                        Div("family_name_ar", "given_name_ar", css_class="col-sm-6"),
                        css_class="row gx-3",
                    ),
                    columns(*KINDS),
                ),
                Fieldset(
                    str(_("Birth and papers")),
                    columns("birth", "birthplace", "sex"),
                    columns("cin", "nationality", "second_nationality"),
                    InlineCheckboxes("languages"),
                ),
                css_id="identity-fields",
            ),
            Fieldset(
                str(_("Group")),
                columns("group_role", "organisation"),
                columns("returnee", "abc_class"),
            ),
        )

    def _lines(self, kind):
        lines = list(dict.fromkeys(filter(None, map(tidy, self.cleaned_data.get(kind, "").splitlines()))))
        if any(len(line) > ALIAS_LENGTH for line in lines):
            raise ValidationError(_("A name is longer than %(limit)s letters."), params={"limit": ALIAS_LENGTH})
        return lines

    def clean_kunya(self):
        return self._lines("kunya")

    def clean_nom_de_guerre(self):
        return self._lines("nom_de_guerre")

    def clean_spelling(self):
        return self._lines("spelling")

    def clean_cin(self):
        """The CIN of somebody else is refused; the page then shows who that is."""
        cin = self.cleaned_data["cin"]
        if cin:
            with signed_context.beyond("unique numbers"):
                holder = Inmate.objects.select_related("facility").with_cin(cin).exclude(pk=self.instance.pk).first()
                self.same_cin = holder.survivor() if holder is not None else None
            if holder is not None:
                raise ValidationError(_("Somebody on the register has this CIN: see who it is."), code="same_cin")
        return cin

    def clean(self):
        data = super().clean()
        names = ("family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar")
        if not any(data.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error("family_name_latin", _("A name is needed, in one script at least."))
        if data.get("second_nationality") and data["second_nationality"] == data.get("nationality"):
            self.add_error("second_nationality", _("The two nationalities are the same."))
        birth = data.get("birth")
        if "birth" in data:
            self.instance.birth_date = birth.date if birth else None
            self.instance.birth_precision = birth.precision if birth else Inmate.BirthPrecision.DAY
            if birth and birth.date > clock.today():
                self.add_error("birth", _("The birth lies in the future."))
        self.instance.is_returnee = _YES_NO[data.get("returnee", "")]
        return data

    @property
    def aliases(self):
        """The names typed as aliases: pairs of text and kind, each text once."""
        pairs = {}
        for kind in KINDS:
            for text in self.cleaned_data.get(kind, []):
                pairs.setdefault(text, kind)
        return list(pairs.items())

    def build(self):
        """The person as typed, not saved: for `actions.register`."""
        return self.save(commit=False)

    def changes(self):
        """{field of Inmate: value} for `actions.correct_identity`."""
        person = self.build()
        written = [*self._meta.fields, "birth_date", "birth_precision", "is_returnee"]
        return {field: getattr(person, field) for field in written}


class IdentityEditForm(IdentityForm):
    """The same for somebody on the register; `version` is the one the form was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("version", self.instance.version)

    def layout(self):
        if self.instance.status == Inmate.Status.NOT_ADMITTED:
            return Layout("version", super().layout())
        ask_why(self, _("Only where something recorded was wrong. What was empty is filled in without."))
        why = Fieldset(str(_("Where something recorded was wrong")), "why", "paper")
        return Layout("version", "confirmed", super().layout(), why)

    @property
    def said(self):
        """Why something was wrong and on what paper, as `actions.correct_identity` takes it."""
        return {name: self.cleaned_data.get(name, "") for name in ("why", "paper")}


def ask_why(form, help_text):
    """Add the fields that a correction needs; the act says where they are missing."""
    for name, asked in WhyForm().fields.items():
        asked.required = False
        form.fields[name] = asked
    form.fields["why"].help_text = help_text


class DossierForm(forms.ModelForm):
    """What is known of a time abroad; everything may stay empty."""

    left_on = DayField(label=_("Left on"), required=False)
    returned_on = DayField(label=_("Returned on"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ReturneeDossier
        fields = ["theatre", "left_on", "returned_on", "route", "how_returned", "family_left_behind"]
        widgets = {"family_left_behind": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.inmate_id:
            self.initial.setdefault("version", self.instance.inmate.version)
        for name in ("theatre", "route", "how_returned"):
            self.fields[name].widget.attrs["dir"] = "auto"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "version", "theatre", columns("left_on", "returned_on"), "route", "how_returned", "family_left_behind"
        )

    def clean(self):
        data = super().clean()
        left, back = data.get("left_on"), data.get("returned_on")
        if left and back and back < left:
            self.add_error("returned_on", _("The return lies before the departure."))
        return data


class PhotoForm(forms.Form):
    """A new photograph. It is re-encoded when stored, so that nothing but the picture stays."""

    photo = forms.ImageField(label=_("Photo"), help_text=_("JPEG or PNG, at most 8 MB."))

    def __init__(self, *args, replaces=False, **options):
        super().__init__(*args, **options)
        if replaces:
            ask_why(
                self, _("Why the photograph takes the place of another: it was not the person, or shows them no more.")
            )

    @property
    def said(self):
        """Why it takes the place of another and on what paper, as `actions.set_photo` takes it."""
        return {name: self.cleaned_data.get(name, "") for name in ("why", "paper")}
