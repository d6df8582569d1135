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


def put_errors(form, error):
    """Bring an action's refusal to its field, or above the form where there is no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
