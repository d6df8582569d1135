"""Fields that the forms of the programme share."""

from django import forms

from inmates.people.forms.fields import DayField


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
