"""Forms of days in custody before a sentence: stays on record, and days that were forgotten when it was entered."""

from datetime import timedelta

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import columns, inside, text_area
from inmates.people.forms.fields import DayField
from inmates.sentences import hooks
from inmates.sentences.known_custody import not_on_record


def held_elsewhere_field(*, required=True):
    """Where somebody was held who is counted from before any custody on record."""
    return forms.CharField(
        label=_("Where the person was held before, and on what paper"),
        max_length=300,
        required=required,
        widget=text_area(2),
    )


class EarlierCustodyForm(forms.Form):
    """Earlier stays of the register, ticked as remand; leaving one out needs a reason.

    `named` is False for a reader who may not open the record: then without prison and order.
    """

    def __init__(self, *args, inmate, before=None, named=True, **options):
        self.inmate, self.before = inmate, before
        self.stretches = hooks.uncounted(inmate, before=before)
        super().__init__(*args, **options)
        for n, stretch in enumerate(self.stretches):
            words = stretch.text if named else stretch.days
            self.fields[f"stay_{n}"] = forms.BooleanField(label=words, required=False, initial=True)
        if self.stretches:
            self.fields["earlier_custody"] = forms.CharField(
                label=_("Why a stay is left out"), max_length=300, required=False, widget=text_area(2)
            )

    @property
    def stays(self):
        """Names of the fields of earlier stays."""
        names = [f"stay_{n}" for n in range(len(self.stretches))]
        return [*names, "earlier_custody"] if names else []

    def clean(self):
        data = super().clean()
        self.ask_why(data.get("starts_on"))
        return data

    def ask_why(self, start, remand=()):
        """Refuse to leave out a stay before the start without a reason; returns what of the stay that goes on is left out.

        `remand`: the pairs that were typed.
        """
        left = hooks.uncounted(self.inmate, before=start or self.before, counted=[*remand, *self.counted()])
        offered = [stretch for stretch in left if self.before or not stretch.running]
        if offered and not self.cleaned_data.get("earlier_custody"):
            self.add_error("earlier_custody", _("Say why a stay is left out."))
        return [stretch for stretch in left if stretch not in offered]

    def counted(self):
        """Pairs `[first day, day after last)` of the stays that are ticked."""
        ticked = [stretch for n, stretch in enumerate(self.stretches) if self.cleaned_data.get(f"stay_{n}")]
        return [(stretch.first_day, stretch.day_after_last) for stretch in ticked]


class EarlierCustodyPageForm(EarlierCustodyForm):
    """The same for a sentence on record; and days that were forgotten when it was entered, which a second person confirms."""

    FORGOTTEN = ("first_day", "last_day", "why", "paper")

    first_day = DayField(label=_("Forgotten days: first day"), required=False)
    last_day = DayField(label=_("Last day"), required=False)
    why = forms.CharField(label=_("Why they were left out"), max_length=300, required=False, widget=text_area(2))
    paper = forms.CharField(
        label=_("Paper that shows them"),
        max_length=120,
        required=False,
        help_text=_(
            "For example the record of police custody. A second person confirms days that move the release date."
        ),
    )

    def __init__(self, *args, sentence, **options):
        start = sentence.starts_on
        super().__init__(*args, inmate=sentence.inmate, before=start, **options)
        self.start = start
        asked = list(self.stays)
        if not sentence.held_elsewhere and not_on_record(sentence):
            self.fields["held_elsewhere"] = held_elsewhere_field()
            asked.append("held_elsewhere")
        self.decides = bool(asked)
        stays = [Fieldset(str(_("Days in custody on record")), *asked)] if asked else []
        forgotten = (columns("first_day", "last_day"), "why", "paper")
        inside(self, *stays, Fieldset(str(_("Days that were forgotten at the entry")), *forgotten))

    @property
    def adds(self):
        """Whether forgotten days were entered."""
        return any(self.cleaned_data.get(name) for name in self.FORGOTTEN)

    def clean(self):
        data = super().clean()
        if not self.decides or self.adds:
            for name in self.FORGOTTEN:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        if data.get("first_day") and data.get("last_day"):
            if data["last_day"] < data["first_day"]:
                self.add_error("last_day", _("The last day lies before the first."))
            elif data["last_day"] >= self.start:
                message = _(
                    "From the day it is counted from the sentence itself runs: remand ends with the day before."
                )
                self.add_error("last_day", message)
        return data

    def forgotten(self):
        """Arguments of `add_forgotten_remand`."""
        data = self.cleaned_data
        after = data["last_day"] + timedelta(days=1)
        return {"first_day": data["first_day"], "day_after_last": after, "why": data["why"], "paper": data["paper"]}


class StaysAtAdmissionForm(EarlierCustodyForm):
    """The same inside the admission form: asked only where a sentence is entered there (`ask_why`)."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        inside(self, Fieldset(str(_("Earlier stays, counted as remand")), *self.stays))
        if self.stretches:
            self.fields["earlier_custody"].help_text = _(
                "Without a sentence here they are offered again with the sentence."
            )

    def clean(self):
        return forms.Form.clean(self)
