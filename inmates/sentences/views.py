"""Pages on cases, sentences and the release date."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.action_pages import action_form
from core.permissions import requires
from inmates.people.visible import visible_person
from inmates.sentences import actions, forms
from inmates.sentences.models import Case, Sentence


def _back(inmate):
    return reverse("inmates:tab_custody", args=[inmate.uuid])


def _page(request, inmate, form, act, title, success_message, **context):
    return action_form(
        request,
        form=form,
        act=act,
        heading=f"{title}: {inmate.name}",
        back=_back(inmate),
        success_message=success_message,
        **context,
    )


@requires("inmates.manage_sentences")
def add_case(request, uuid):
    """A prosecution."""
    inmate = visible_person(request, uuid)

    def act(form):
        return actions.open_case(inmate, on_remand=form.cleaned_data["on_remand"], by=request.user, **form.values())

    form = forms.NewCaseForm(request.POST or None)
    return _page(request, inmate, form, act, _("Add a case"), _("Case recorded."))


@requires("inmates.manage_sentences")
def add_sentence(request, uuid):
    """A sentence in one of the person's cases."""
    inmate = visible_person(request, uuid)
    form = forms.NewSentenceForm(request.POST or None, inmate=inmate)

    def act(form):
        sentence = form.sentence(by=request.user)
        sentence.case, sentence.inmate = form.cleaned_data["case"], inmate
        return actions.pronounce(sentence, remand=form.remand(), by=request.user)

    return _page(request, inmate, form, act, _("Add a sentence"), _("Sentence recorded, release date computed again."))


@requires("inmates.manage_sentences")
def close_case(request, uuid, pk):
    """Acquittal, or a prosecution dropped."""
    inmate = visible_person(request, uuid)
    case = get_object_or_404(Case, pk=pk, inmate=inmate)
    return _page(
        request,
        inmate,
        forms.CloseCaseForm(request.POST or None),
        lambda form: actions.close_case(case, by=request.user, **form.cleaned_data),
        _("Close case %(number)s") % {"number": case},
        _("Case closed."),
    )


@requires("inmates.manage_sentences")
def appeal(request, uuid, pk):
    """An appeal declared against a judgment."""
    inmate = visible_person(request, uuid)
    sentence = get_object_or_404(Sentence, pk=pk, inmate=inmate)
    return _page(
        request,
        inmate,
        forms.DayForm(request.POST or None, label=_("Appealed on")),
        lambda form: actions.declare_appeal(sentence, by=request.user, **form.cleaned_data),
        _("Appeal declared"),
        _("Appeal recorded."),
    )


@requires("inmates.manage_sentences")
def final(request, uuid, pk):
    """A judgment that became final."""
    inmate = visible_person(request, uuid)
    sentence = get_object_or_404(Sentence, pk=pk, inmate=inmate)
    return _page(
        request,
        inmate,
        forms.DayForm(request.POST or None, label=_("Final on")),
        lambda form: actions.make_final(sentence, by=request.user, **form.cleaned_data),
        _("Judgment final"),
        _("Recorded. If the legal status changes with it, record that too."),
    )


@requires("inmates.manage_sentences")
def relate(request, uuid, pk):
    """How a sentence stands to the others."""
    inmate = visible_person(request, uuid)
    sentence = get_object_or_404(Sentence, pk=pk, inmate=inmate)
    initial = {"relation": sentence.relation, "relation_decision": sentence.relation_decision}

    def act(form):
        data = form.cleaned_data
        return actions.relate(sentence, relation=data["relation"], decision=data["relation_decision"], by=request.user)

    form = forms.RelationForm(request.POST or None, initial=initial)
    return _page(
        request, inmate, form, act, _("Relation to other sentences"), _("Recorded, release date computed again.")
    )


@requires("inmates.settle_release_date")
def settle(request, uuid):
    """A release date entered by a person, where the rules give none."""
    inmate = visible_person(request, uuid)
    return _page(
        request,
        inmate,
        forms.SettleForm(request.POST or None),
        lambda form: actions.settle_release_date(inmate, by=request.user, **form.cleaned_data),
        _("Settle the release date"),
        _("Release date settled."),
        lead_text=_("Only where the rules give no date. Ask the prosecutor, and keep the reference of the answer."),
    )
