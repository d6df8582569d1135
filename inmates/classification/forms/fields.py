"""Fields that the forms of classification share."""

from django import forms

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
