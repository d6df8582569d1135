"""A person's identity: the tab, correcting it, the photograph, the dossier of a returnee, and who changed what."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit import signed_context, trail
from audit.models import Event
from core.action_pages import action_form, form_page
from core.permissions import requires
from core.templatetags.display import listed
from core.workflow import StaleRecord
from documents import responses
from inmates.people import countries
from inmates.people.actions import identity
from inmates.people.forms.fields import birth_text
from inmates.people.forms.identity import LANGUAGES, DossierForm, IdentityEditForm, PhotoForm
from inmates.people.history import field_history
from inmates.people.models import Inmate, ReturneeDossier
from inmates.people.need_to_know import may_read_cin
from inmates.people.views.making_corrections import to_read
from inmates.people.visible import person_on_duty, visible_person
from inmates.register_reading.dates import Birth

STALE = 409
CHANGES = ("inmate.corrected", "dossier.written", "correction.made", "correction.confirmed", "correction.decided")


def visible(request, uuid):
    """The person if this user may open the record, with what the pages of identity show, else 404."""
    return visible_person(request, uuid, "organisation", "photo")


def editable(request, uuid):
    """The same, for those who may change it where the person is."""
    inmate = visible(request, uuid)
    request.user.require("inmates.edit_identity", at=inmate.facility)
    return inmate


def _sent(request):
    """What a form was sent with, be it nothing; None for a form that is only opened."""
    return request.POST if request.method == "POST" else None


@require_GET
@requires("inmates.view_record")
def tab(request, uuid):
    """Who the person is, in full."""
    inmate = visible(request, uuid)
    trail.viewed("tab_identity", by=request.user, inmate=inmate)
    known = dict(LANGUAGES)
    context = {
        "inmate": inmate,
        "tab": "inmates:tab_identity",
        "may_read_cin": may_read_cin(request.user),
        "aliases": inmate.aliases.order_by("kind", "pk"),
        "dossier": ReturneeDossier.objects.filter(inmate=inmate).first(),
        "nationalities": [countries.name(code) for code in (inmate.nationality, inmate.second_nationality) if code],
        "languages": [known.get(code, code) for code in inmate.languages],
        "merged": inmate.merged_from.all(),
        "may_edit": request.user.can("inmates.edit_identity", at=inmate.facility),
        "may_report": request.user.can("inmates.propose_merge", at=inmate.facility),
    }
    return render(request, "inmates/people/identity/tab_identity.html", context)


@require_GET
@requires("inmates.view_record")
def photo(request, uuid):
    """The photograph, to those who have to do with the person."""
    inmate = person_on_duty(request, uuid, "photo")
    if inmate.photo is None:
        raise Http404
    return responses.download(inmate.photo)


@require_GET
@requires("inmates.admit", "inmates.edit_identity", "inmates.propose_merge", "inmates.approve_merge")
def card_photo(request, uuid):
    """The photograph of an identity card, from any prison: nothing but the card is shown, and the look is recorded."""
    with signed_context.beyond("intake matching"):
        inmate = get_object_or_404(Inmate.objects.filter(merged_into=None).select_related("photo"), uuid=uuid)
    if inmate.photo is None:
        raise Http404
    trail.viewed("identity_card", by=request.user, inmate=inmate)
    return responses.download(inmate.photo)


@require_GET
@requires("inmates.view_record")
def history(request, uuid):
    """Who changed what, from what, when."""
    inmate = visible(request, uuid)
    trail.viewed("history", by=request.user, inmate=inmate)
    context = {"inmate": inmate, "tab": "inmates:tab_identity", "changes": field_history(inmate, request.user)}
    return render(request, "inmates/people/identity/history.html", context)


@requires("inmates.edit_identity")
def edit(request, uuid):
    """Correct who somebody is. A stale form shows both versions and loses nothing."""
    inmate = editable(request, uuid)
    form = IdentityEditForm(_sent(request), instance=Inmate.objects.get(pk=inmate.pk))
    form.is_valid()
    version = form.cleaned_data.get("version") if form.is_bound else None
    if version is not None and version != inmate.version:
        return _stale(request, inmate, form, _identity_rows(form), "inmates:edit")
    same = form.same_cin
    if same is not None:
        trail.viewed("identity_card", by=request.user, inmate=same)

    def act(form):
        return identity.correct_identity(
            inmate, changes=form.changes(), aliases=form.aliases, version=version, by=request.user, **form.said
        )

    context = {
        "inmate": inmate,
        "heading": _("Correct identity"),
        "cancel_url": _tab(inmate),
        "same": same,
        "same_visible": same is not None and Inmate.objects.visible_to(request.user).filter(pk=same.pk).exists(),
    }
    template = "inmates/people/identity/edit.html"
    try:
        if lines := _to_read(form, inmate, request.user):
            return form_page(request, template, {"form": form, **context, **lines}, form)
        return action_form(
            request, form, act, back=_tab(inmate), success_message=_said_of_it, template=template, **context
        )
    except StaleRecord:
        return _stale(request, inmate, form, _identity_rows(form), "inmates:edit")


def _to_read(form, inmate, user):
    """What of a correction has to be read first: what it moves, and which papers were issued before it."""
    if not form.is_bound or not form.is_valid() or not form.said["why"] or not form.said["paper"]:
        return {}  # the act refuses it first, at the field
    try:
        seen = identity.foresee_correction(inmate, form.changes(), by=user)
    except ValidationError:
        return {}
    return to_read(seen, form) if seen is not None else {}


def _said_of_it(inmate):
    if inmate.corrections.waiting().filter(subject="identity").exists():
        return _("Kept. A second person must confirm it.")
    return _("Identity corrected.")


@requires("inmates.edit_identity")
def dossier(request, uuid):
    """What is known of a time abroad."""
    inmate = editable(request, uuid)
    stored = ReturneeDossier.objects.filter(inmate=inmate).first() or ReturneeDossier(inmate=inmate)
    stored.inmate = inmate
    form = DossierForm(_sent(request), instance=stored)

    def act(form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        return identity.write_dossier(inmate, fields=fields, version=form.cleaned_data["version"], by=request.user)

    try:
        return action_form(
            request,
            form,
            act,
            back=_tab(inmate),
            success_message=_("Dossier written."),
            template="inmates/people/identity/dossier.html",
            inmate=inmate,
            heading=_("Returnee dossier"),
        )
    except StaleRecord:
        return _stale(request, inmate, form, _rows(form, form._meta.fields), "inmates:dossier")


@requires("inmates.edit_identity")
def photo_change(request, uuid):
    """A new photograph."""
    inmate = editable(request, uuid)
    return action_form(
        request,
        PhotoForm(
            _sent(request),
            request.FILES if request.method == "POST" else None,
            replaces=identity.replaces_photo(inmate),
        ),
        lambda form: identity.set_photo(inmate, upload=form.cleaned_data["photo"], by=request.user, **form.said),
        back=_tab(inmate),
        success_message=_("Photo changed."),
        template="inmates/people/identity/photo.html",
        inmate=inmate,
        heading=_("Photo of %(name)s") % {"name": inmate.name},
    )


def _tab(inmate):
    return reverse("inmates:tab_identity", args=[inmate.uuid])


# Two people at one record


def _stale(request, inmate, form, rows, name):
    """409: the record as it stands beside what was typed, and the typed form again, ready to be sent over it."""
    inmate.refresh_from_db()
    last = Event.objects.about(inmate).filter(verb__in=CHANGES).order_by("-id").first()
    form.data = form.data.copy()
    form.data["version"] = str(inmate.version)
    context = {
        "inmate": inmate,
        "form": form,
        "message": _(
            "Somebody else changed this record after you opened it. Nothing was overwritten: compare, correct what you "
            "typed below, and save it again if it still holds."
        ),
        "theirs": [{"label": label, "value": theirs} for label, theirs, mine in rows if theirs != mine],
        "yours": [{"label": label, "value": mine} for label, theirs, mine in rows if theirs != mine],
        "theirs_by": last.actor_name if last else "",
        "theirs_at": last.at if last else None,
        "back_url": _tab(inmate),
        "action": reverse(name, args=[inmate.uuid]),
    }
    return render(request, "inmates/people/identity/stale.html", context, status=STALE)


def _identity_rows(form):
    """(label, as it stands, as typed) of every field of the identity form."""
    return _rows(form, [name for name in form.fields if name not in ("version", "why", "paper", "confirmed")])


def _rows(form, names):
    fresh = type(form)(instance=type(form.instance).objects.filter(pk=form.instance.pk).first() or form.instance)
    return [
        (str(form.fields[name].label), _written(fresh, name, fresh.get_initial_for_field(fresh.fields[name], name)),
         _written(form, name, form[name].data))
        for name in names
    ]  # fmt: skip


def _written(form, name, value):
    """A field's value as its reader would write it."""
    field = form.fields[name]
    if isinstance(value, Birth):
        return birth_text(value.date, value.precision)
    if hasattr(field, "choices"):
        words = {str(getattr(code, "value", code)): str(word) for code, word in field.choices if str(code)}
        values = value if isinstance(value, list | tuple) else [value]
        return listed(words.get(str(one), str(one)) for one in values if one not in (None, ""))
    value = field.prepare_value(value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip().replace("\n", ", ")
