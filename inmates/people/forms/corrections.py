"""Forms of corrections: the fields of a record as they should be, why, and on what paper."""

from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import text_area
from core.workflow import say_more
from inmates.people import corrections
from inmates.people.forms.fields import DayField, MomentField


class WhyForm(forms.Form):
    """Why a record is wrong and what paper shows it; asked twice where it moves something."""

    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=text_area(2),
        help_text=_("What was wrong, and how it is known. The person may read this."),
    )
    paper = forms.CharField(
        label=_("On what paper"), max_length=120, help_text=_("Reference of the paper that shows it.")
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_why(self):
        why = self.cleaned_data["why"]
        if message := say_more(why):
            raise ValidationError(message)
        return why


def form_for(correctable, record, data=None):
    """The form that corrects one record. `form.values` gives the changed fields as they are stored."""
    built = forms.modelform_factory(
        correctable.model,
        form=_CorrectionForm,
        fields=correctable.fields,
        formfield_callback=_field,
    )
    return built(data, instance=record, correctable=correctable)


def _field(field, **options):
    asked = {"label": capfirst(field.verbose_name), "required": not (field.blank or field.null)}
    if isinstance(field, models.DateTimeField):
        return MomentField(**asked, help_text=_("Day and time, for example 17/05/2026 09:30."))
    if isinstance(field, models.DateField):
        return DayField(**asked)
    made = field.formfield(**options)
    if made is not None and isinstance(made, forms.CharField):
        made.widget.attrs["dir"] = "auto"
    return made


class _CorrectionForm(WhyForm, forms.ModelForm):
    """The record's fields first, then why and on what paper."""

    def __init__(self, *args, correctable, **options):
        super().__init__(*args, **options)
        self._before = {name: corrections.stored(self.instance, name) for name in self._meta.fields}
        # as the act does: in words, at the field
        self.instance.validate_constraints = partial(corrections.check_constraints, correctable, self.instance)
        for name, choose in correctable.choices.items():
            self.fields[name].queryset = choose(self.instance)
        self.order_fields([*self._meta.fields, "why", "paper", "confirmed"])

    @property
    def values(self):
        """`{field: value as stored}` of a valid form."""
        values = {}
        for name in self._meta.fields:
            field, value = self._meta.model._meta.get_field(name), self.cleaned_data[name]
            if name not in self.changed_data:  # a box may show less than is stored: minutes of a moment
                values[name] = self._before[name]
            elif field.many_to_many:
                values[name] = sorted(one.pk for one in value)
            else:
                value = field.get_default() if value is None and not field.null else value
                setattr(self.instance, name, value)
                values[name] = corrections.stored(self.instance, name)
        return values


class RefusalForm(forms.Form):
    """Why a correction is not confirmed."""

    reason = forms.CharField(label=_("Why not"), max_length=300, widget=text_area(2))


class DecisionForm(forms.Form):
    """The paper on which the officer in charge lets a correction take effect."""

    paper = forms.CharField(label=_("Paper of the decision"), max_length=120)
