"""The page of a reduction decided on paper."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.permissions import requires
from inmates.people.visible import visible_person
from inmates.sentences import actions
from inmates.sentences.forms import reductions as forms
from inmates.sentences.models import Sentence
from inmates.sentences.reductions import reach_is_open
from inmates.sentences.views.frame import person_form


@requires("inmates.manage_sentences")
def reduce(request, uuid, pk):
    """A reduction of a term that the committee or a court has decided."""
    inmate = visible_person(request, uuid)
    sentence = get_object_or_404(Sentence.objects.select_related("case"), pk=pk, inmate=inmate)
    return person_form(
        request,
        inmate,
        forms.ReductionForm(request.POST or None, request.FILES or None, reach_is_open=reach_is_open(sentence)),
        lambda form: actions.reduce_term(sentence, by=request.user, **form.cleaned_data),
        _("Reduction of the term"),
        lambda adjustment: (
            _("Kept. A second person must confirm it.")
            if adjustment.annulled_at
            else _("Recorded, release date computed again.")
        ),
        lead_text=_("%(term)s. Only a decision on paper shortens it; a pardon is recorded from its instrument.")
        % {"term": sentence.term_in_words},
    )
