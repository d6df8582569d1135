"""Admission: one form for a new person, a shorter one for somebody who comes back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import signed_context, trail
from config import clock
from core.action_pages import action_form
from core.permissions import requires
from facilities.models import Facility
from inmates.custody.actions.admissions import take_in
from inmates.custody.forms.admissions import AdmissionForm
from inmates.custody.models import Admission
from inmates.duplicates.actions import pairs
from inmates.people.models import Inmate

FIELDS = {"birth_date": "birth", "uuid": "token", "number": "registration_number"}
"""Fields of the form for fields of the models that are called otherwise."""


@requires("inmates.admit")
def new(request):
    """Admit somebody who is not on the register yet."""
    form = _form(request)
    if (recorded := _recorded(form)) is not None:
        return redirect(recorded.inmate)
    if form.is_bound and form.is_valid():
        form.likely = pairs.likely(form.identity.build(), by=request.user)

    def act(form):
        identity = form.identity
        admission = take_in(identity.build(), form.arrival(by=request.user), aliases=identity.aliases, by=request.user)
        pairs.say_someone_else(admission.inmate, form.someone_else, by=request.user)
        pairs.find(admission.inmate, by=request.user)
        return admission

    return _page(request, form, act)


@requires("inmates.admit")
def readmit(request, uuid):
    """A new stay for somebody already on the register and not held. Another prison's former inmate may come in here:
    the page shows the identity card alone, and the look is recorded.
    """
    known = Inmate.objects.filter(merged_into=None).select_related("facility")
    free = Q(status__in=[Inmate.Status.RELEASED, Inmate.Status.NOT_ADMITTED])
    mine = Q(pk__in=Inmate.objects.in_scope_of(request.user).values("pk"))
    with signed_context.beyond("admission"):
        inmate = get_object_or_404(known.filter(free | mine), uuid=uuid)
    trail.viewed("identity_card", by=request.user, inmate=inmate)
    return _readmitted(request, inmate)


@signed_context.beyond("admission")
def _readmitted(request, inmate):
    """The form, which tells the days of earlier custody, wherever it was, and not the place."""
    form = _form(request, inmate)
    if (recorded := _recorded(form)) is not None:
        return redirect(recorded.inmate)
    if inmate.status not in (Inmate.Status.RELEASED, Inmate.Status.NOT_ADMITTED):
        messages.error(request, _("This person is in custody already: use a transfer."))
        return redirect(inmate)
    return _page(
        request, form, lambda form: take_in(inmate, form.arrival(by=request.user), by=request.user), inmate=inmate
    )


def _form(request, known=None):
    facilities = Facility.objects.visible_to(request.user).open_on(clock.today())
    if not facilities:
        raise PermissionDenied("inmates.admit")
    return AdmissionForm(request.POST or None, known=known, facilities=facilities, reader=request.user)


def _recorded(form):
    """The stay that this very form, sent before, has made; None for a form that made none."""
    token = form.token if form.is_bound else None
    with signed_context.beyond("admission"):
        return Admission.objects.filter(uuid=token).select_related("inmate").first() if token else None


def _page(request, form, act, **context):
    """The admission page. A form that was sent twice at the same moment leads to the one stay it made."""

    def act_once(form):
        try:
            with transaction.atomic():
                return act(form)
        except IntegrityError:
            recorded = _recorded(form)
            if recorded is None:
                raise
            return recorded

    return action_form(
        request,
        form,
        act_once,
        template="inmates/custody/admissions/admission.html",
        names=FIELDS,
        back=lambda admission: admission.inmate.get_absolute_url(),
        cancel_url=reverse("today"),
        heading=_("New admission"),
        success_message=_("Admitted."),
        **context,
    )
