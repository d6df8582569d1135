"""Keep-apart duties: a pair, a group, and the end of a duty."""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import signed_context
from core.action_pages import action_form
from core.forms import ReasonForm
from core.permissions import requires
from inmates.custody.actions import keep_apart
from inmates.custody.forms import keep_apart as forms
from inmates.custody.models import KeepApart
from inmates.people.models import Inmate
from inmates.people.visible import closed_among, person_on_duty, tab_or_profile


@requires("inmates.manage_keep_apart")
def new(request, uuid):
    """New pair of people who must not meet."""
    inmate = person_on_duty(request, uuid)

    def act(form):
        other = form.cleaned_data.pop("other")
        return keep_apart.open_pair(inmate, other, by=request.user, **form.cleaned_data)

    return action_form(
        request,
        form=forms.PairForm(request.POST or None, user=request.user),
        act=act,
        heading=_("Non-association: %(name)s") % {"name": inmate.name},
        back=tab_or_profile(inmate, "inmates:tab_conduct"),
        success_message=_("Recorded. Moves, transfers and sessions will say it."),
    )


@requires("inmates.manage_keep_apart")
def new_group(request):
    """New group of people who must not meet."""

    def act(form):
        people = form.cleaned_data.pop("numbers")
        return keep_apart.open_group(people, by=request.user, **form.cleaned_data)

    return action_form(
        request,
        form=forms.GroupForm(request.POST or None, user=request.user),
        act=act,
        heading=_("Non-association within a group"),
        back=reverse("facilities:list"),
        success_message=_("Group recorded, with its pairs."),
    )


@requires("inmates.manage_keep_apart")
def close(request, pk):
    """End of a duty, with a reason."""
    people = Inmate.objects.in_scope_of(request.user)
    duties = KeepApart.objects.filter(Q(first__in=people) | Q(second__in=people)).select_related("first", "second")
    duty = next(iter(signed_context.across("keep apart", duties.filter(pk=pk))), None)
    if duty is None:
        raise Http404
    mine = duty.first if people.filter(pk=duty.first_id).exists() else duty.second
    closed_among(request.user, [mine])
    return action_form(
        request,
        form=ReasonForm(request.POST or None),
        act=lambda form: keep_apart.close(duty, reason=form.cleaned_data["reason"], by=request.user),
        heading=_("End a non-association: %(name)s") % {"name": mine.name},
        lead_text=duty.reason,
        back=tab_or_profile(mine, "inmates:tab_conduct"),
        success_message=_("Closed."),
    )
