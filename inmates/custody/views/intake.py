"""Admission: one form for a new person, a shorter one for somebody who comes back."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.action_pages import add_errors
from core.permissions import requires
from facilities.models import Facility
from inmates.custody.actions.intake import Arrival, take_in
from inmates.custody.forms.intake import StayForm
from inmates.custody.models import Admission
from inmates.people.actions import duplicates
from inmates.people.forms.identity import IdentityForm
from inmates.people.models import Inmate, LegalStatus
from inmates.sentences.forms import CaseForm, SentenceForm

CONVICTED = (LegalStatus.CONVICTED_APPEAL, LegalStatus.CONVICTED_FINAL)


@requires("inmates.admit")
def new(request):
    """Admit somebody who is not on the register yet."""
    data = request.POST or None
    identity = IdentityForm(data)
    valid = identity.is_valid()
    parts = _parts(request, _draft(request))
    if data is None:
        return _page(request, identity, parts)
    already = _already(parts[0])
    if already is not None:
        return already
    valid = _complete(*parts) and valid
    if not valid:
        return _page(request, identity, parts, same=identity.same_cin)
    inmate = identity.build()
    said = request.POST.getlist("someone_else")
    matches = duplicates.likely(inmate, by=request.user)
    if any(str(match.inmate.uuid) not in said for match in matches):
        return _page(request, identity, parts, matches=matches, said=said)
    return _take_in(request, inmate, parts, identity=identity, said=said)


@requires("inmates.admit")
def readmit(request, uuid):
    """A new stay for somebody already on the register and not held. Another prison's former inmate may come in here:
    the page shows the identity card alone, and the look is recorded.
    """
    known = Inmate.objects.filter(merged_into=None).select_related("facility")
    free = Q(status__in=[Inmate.Status.RELEASED, Inmate.Status.NOT_ADMITTED])
    mine = Q(pk__in=Inmate.objects.visible_to(request.user).values("pk"))
    inmate = get_object_or_404(known.filter(free | mine), uuid=uuid)
    trail.viewed("identity_card", by=request.user, inmate=inmate)
    draft = _draft(request, inmate)
    parts = _parts(request, draft)
    if request.method == "POST":
        already = _already(parts[0])
        if already is not None:
            return already
        if _complete(*parts):
            return _take_in(request, inmate, parts)
    elif inmate.status not in (Inmate.Status.RELEASED, Inmate.Status.NOT_ADMITTED):
        messages.error(request, _("This person is in custody already: use a transfer."))
        return redirect(inmate)
    return _page(request, None, parts, inmate=inmate)


def _draft(request, inmate=None):
    """The person as far as the form says, for what stands against each unit; never saved."""
    draft = Inmate(sex=inmate.sex if inmate else request.POST.get("sex", ""))
    draft.pk = inmate.pk if inmate else None
    draft.legal_status = request.POST.get("legal_status", "")
    return draft


def _parts(request, draft):
    """Stay, case and sentence forms, filled with what was sent."""
    user, data = request.user, request.POST or None
    facilities = Facility.objects.visible_to(user).open_on(clock.today())
    if not facilities:
        raise PermissionDenied("inmates.admit")
    stay = StayForm(
        data, inmate=draft, facilities=facilities, reader=user, initial={"token": uuid4(), "issued_on": clock.today()}
    )
    return stay, CaseForm(data), SentenceForm(data)


def _complete(stay, case, sentence):
    """Whether the parts are valid, each and together: the convicted have a sentence, a sentence has a case."""
    valid = all([stay.is_valid(), case.is_valid(), sentence.is_valid()])
    status = stay.cleaned_data.get("legal_status")
    kind = sentence.cleaned_data.get("sentence_kind")
    if status in CONVICTED and not kind and "sentence_kind" not in sentence.errors:
        sentence.add_error("sentence_kind", _("A convicted person has a sentence: enter it."))
    if status == LegalStatus.REMAND and kind:
        sentence.add_error("sentence_kind", _("The legal status says remand: nobody is sentenced yet."))
    if status == LegalStatus.CONVICTED_FINAL and kind and not sentence.cleaned_data.get("final_on"):
        sentence.add_error("final_on", _("The legal status says final: enter the day."))
    if status == LegalStatus.CONVICTED_APPEAL and sentence.cleaned_data.get("final_on"):
        sentence.add_error("final_on", _("The legal status says under appeal: leave it empty."))
    if (kind or status == LegalStatus.REMAND) and not case.filled and "court" not in case.errors:
        case.add_error("court", _("Enter the court, the case number or the offences."))
    return valid and not (stay.errors or case.errors or sentence.errors)


def _already(stay):
    """When this very form was sent before and is recorded: a message and the person's page, else None."""
    stay.is_valid()
    token = stay.cleaned_data.get("token")
    admission = Admission.objects.filter(uuid=token).select_related("inmate").first() if token else None
    return None if admission is None else redirect(admission.inmate)


def _take_in(request, inmate, parts, *, identity=None, said=()):
    """Record it all, and who was said to be someone else (`said`). A refusal goes back to its field, a second sending
    of one form to the record it made.
    """
    stay, case, sentence = parts
    found = stay.cleaned_data
    arrival = Arrival(
        token=found["token"],
        unit=found["unit"],
        order=stay.order(),
        legal_status=found["legal_status"],
        registration_number=found["registration_number"],
        admitted_at=found["admitted_at"],
        exception_reason=found["exception_reason"],
        exception_until=found["exception_until"],
        case=case.values() if case.filled else None,
        sentence=sentence.sentence(by=request.user) if sentence.filled else None,
        remand=sentence.remand(),
    )
    forms = [form for form in (sentence, case, identity, stay) if form is not None]
    try:
        with transaction.atomic():
            admission = take_in(inmate, arrival, aliases=identity.aliases if identity else (), by=request.user)
            if identity is not None:
                duplicates.say_someone_else(admission.inmate, said, by=request.user)
                duplicates.find(admission.inmate, by=request.user)
    except ValidationError as error:
        names = {"birth_date": "birth", "uuid": "token", "number": "registration_number"}
        if "number" in getattr(error, "error_dict", {}):
            forms = [stay]
        add_errors(error, *forms, names=names)
    except IntegrityError:
        again = _already(stay)
        if again is not None:
            return again
        raise
    else:
        messages.success(request, _("Admitted."))
        return redirect(admission.inmate)
    return _page(request, identity, parts, inmate=inmate if identity is None else None)


def _page(request, identity, parts, **context):
    stay, case, sentence = parts
    bound = stay.is_bound
    context |= {
        "identity": identity,
        "stay": stay,
        "case": case,
        "sentence": sentence,
        "heading": _("New admission"),
        "cancel_url": reverse("today"),
    }
    return render(request, "inmates/custody/intake/admission.html", context, status=422 if bound else 200)
