"""What forms of every room are made of: fields side by side, a part of a larger form, lines of text, one reason."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _


def columns(*fields):
    """Fields side by side, stacked when narrow."""
    width = {2: "col-sm-6", 3: "col-sm-4", 4: "col-sm-3"}[len(fields)]
    return Div(*(Div(field, css_class=width) for field in fields), css_class="row gx-3")


def inside(form, *layout):
    """Make a form a part of a larger one: no form tag of its own, this layout."""
    form.helper = FormHelper()
    form.helper.form_tag = False
    form.helper.disable_csrf = True
    form.helper.layout = Layout(*layout)


def text_area(rows=3):
    """The widget for some lines of text in any script."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class ReasonForm(forms.Form):
    """One reason, required unless said otherwise."""

    def __init__(self, *args, required=True, label=None, max_length=300, **options):
        super().__init__(*args, **options)
        self.fields["reason"] = forms.CharField(
            label=label or _("Reason"), required=required, max_length=max_length, widget=text_area()
        )
