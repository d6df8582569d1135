"""Pages on cases and on what courts said in them."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.permissions import requires
from inmates.people.visible import visible_person
from inmates.sentences import actions
from inmates.sentences.forms import judgments as forms
from inmates.sentences.forms.closing import CloseCaseForm
from inmates.sentences.forms.earlier_custody import EarlierCustodyPageForm
from inmates.sentences.models import Case, Sentence
from inmates.sentences.views.frame import person_form


@requires("inmates.manage_sentences")
def add_case(request, uuid):
    """A prosecution."""
    inmate = visible_person(request, uuid)

    def act(form):
        return actions.open_case(inmate, on_remand=form.cleaned_data["on_remand"], by=request.user, **form.values())

    form = forms.NewCaseForm(request.POST or None)
    return person_form(request, inmate, form, act, _("Add a case"), _("Case recorded."))


@requires("inmates.manage_sentences")
def add_sentence(request, uuid):
    """A sentence in one of the person's cases."""
    inmate = visible_person(request, uuid)
    form = forms.NewSentenceForm(request.POST or None, request.FILES or None, inmate=inmate)

    def act(form):
        sentence = form.sentence(by=request.user)
        sentence.inmate = inmate
        data = form.cleaned_data
        return actions.pronounce(
            sentence, remand=form.remand(), offences=data["offences"], scan=data["scan"], by=request.user
        )

    return person_form(
        request, inmate, form, act, _("Add a sentence"), _("Sentence recorded, release date computed again.")
    )


@requires("inmates.manage_sentences")
def close_case(request, uuid, pk):
    """Acquittal, or a prosecution dropped, on a court's decision."""
    inmate = visible_person(request, uuid)
    case = get_object_or_404(Case, pk=pk, inmate=inmate)
    return person_form(
        request,
        inmate,
        CloseCaseForm(request.POST or None, request.FILES or None, case=case),
        lambda form: actions.close_case(case, by=request.user, **form.cleaned_data),
        _("Close case %(number)s") % {"number": case},
        _("Case closed."),
    )


@requires("inmates.manage_sentences")
def final(request, uuid, pk):
    """A judgment that became final."""
    inmate = visible_person(request, uuid)
    sentence = get_object_or_404(Sentence, pk=pk, inmate=inmate)
    only = _("Only on a court's certificate or ruling: a judgment is never final because days have gone by.")
    return person_form(
        request,
        inmate,
        forms.FinalForm(request.POST or None, request.FILES or None),
        lambda form: actions.make_final(sentence, by=request.user, **form.cleaned_data),
        _("Judgment final"),
        _("Recorded. The legal status has followed."),
        lead_text=f"{sentence.which}. {only}",
    )


@requires("inmates.manage_sentences")
def earlier_custody(request, uuid, pk):
    """Which days in custody before a sentence count as remand, also those that were forgotten when it was entered."""
    inmate = visible_person(request, uuid)
    sentence = get_object_or_404(Sentence.objects.select_related("inmate"), pk=pk, inmate=inmate)

    def act(form):
        data = form.cleaned_data
        if form.decides:
            actions.count_earlier_custody(
                sentence,
                remand=form.counted(),
                reason=data.get("earlier_custody", ""),
                elsewhere=data.get("held_elsewhere", ""),
                by=request.user,
            )
        return actions.add_forgotten_remand(sentence, by=request.user, **form.forgotten()) if form.adds else None

    def told(correction):
        if correction is not None and correction.moves:
            return _("Recorded. The forgotten days count once a second person has confirmed them.")
        return _("Recorded, release date computed again.")

    form = EarlierCustodyPageForm(request.POST or None, sentence=sentence)
    return person_form(
        request, inmate, form, act, _("Earlier custody"), told, names={"day_after_last": "last_day"},
        lead_text=sentence.which,
    )  # fmt: skip


@requires("inmates.manage_sentences")
def revoke_suspension(request, uuid, pk):
    """The suspended part of a term, revoked by a court."""
    inmate = visible_person(request, uuid)
    sentence = get_object_or_404(Sentence, pk=pk, inmate=inmate)
    return person_form(
        request,
        inmate,
        forms.RevocationForm(request.POST or None),
        lambda form: actions.revoke_suspension(sentence, by=request.user, **form.cleaned_data),
        _("Suspension revoked"),
        _("Recorded. A person must settle the release date today."),
        lead_text=sentence.which,
    )


@requires("inmates.manage_sentences")
def relate(request, uuid, pk):
    """How a sentence stands to the others."""
    inmate = visible_person(request, uuid)
    sentence = get_object_or_404(Sentence, pk=pk, inmate=inmate)
    initial = {name: getattr(sentence, name) for name in ("relation", "relation_decision", "acts_on")}
    initial |= {name: getattr(sentence, name) or None for name in forms.TOTAL}

    def act(form):
        data = form.cleaned_data
        return actions.relate(
            sentence,
            decision=data["relation_decision"],
            acts_on=data["acts_on"],
            by=request.user,
            **form.related(),
        )

    form = forms.RelationForm(request.POST or None, initial=initial)
    return person_form(
        request, inmate, form, act, _("Relation to other sentences"), _("Recorded, release date computed again."),
        lead_text=sentence.which,
    )  # fmt: skip


@requires("inmates.manage_sentences")
def answer_relation(request, uuid):
    """The prosecutor's written answer on how the sentences stand to each other."""
    inmate = visible_person(request, uuid)
    return person_form(
        request,
        inmate,
        forms.RelationAnswerForm(request.POST or None),
        lambda form: actions.answer_relation(
            inmate,
            reference=form.cleaned_data["reference"],
            on=form.cleaned_data["on"],
            by=request.user,
            **form.related(),
        ),
        _("The prosecutor's answer"),
        _("Recorded, release date computed again."),
        lead_text=_("It counts for every sentence of which nothing was recorded."),
    )
