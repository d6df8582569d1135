"""Forms of pardon files."""

from django import forms
from django.utils.translation import gettext_lazy as _

from musalaha.forms.fields import text_field
from musalaha.models import PardonFile


class PardonFileForm(forms.Form):
    """The beginning of a case file."""

    sentence = forms.ModelChoiceField(label=_("Sentence"), queryset=None, empty_label=None)
    requester = forms.ChoiceField(label=_("Requested by"), choices=PardonFile._meta.get_field("requester").choices)
    occasion = forms.CharField(
        label=_("Occasion"),
        max_length=120,
        help_text=_("A feast, with its year: the list of the occasion is made of it."),
    )
    opinion = text_field(_("Opinion"), required=False)

    def __init__(self, *args, inmate, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sentence"].queryset = inmate.sentences.standing().select_related("case")
        self.fields["sentence"].label_from_instance = sentence_label


def sentence_label(sentence):
    """A sentence as a choice: its term and its case."""
    return f"{sentence.term_in_words} · {sentence.case}"
