"""Fields that the forms of classification share."""

from django import forms

from inmates.people.forms.fields import DayField

WRITING = {"class": "form-control", "dir": "auto"}


def day_field(label, **more):
    """A day, for a page that prints its fields itself."""
    return DayField(label=label, widget=forms.TextInput(attrs={"class": "form-control"}), **more)


def text_field(label, rows=3, **more):
    """A field for sentences, in either direction of writing."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs=WRITING | {"rows": rows}), **more)
