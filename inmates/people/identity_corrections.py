"""What of a person may be corrected: who they are, and their photograph. Both have pages of their own."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.templatetags.display import day_text
from documents.models import StoredFile
from inmates.people import corrections, countries
from inmates.people.actions import identity
from inmates.people.corrections import Correctable
from inmates.people.models import Inmate


def _page(name):
    return lambda inmate: reverse(name, args=[inmate.uuid])


def _photo(value):
    """A photograph by the day it was stored."""
    stored = StoredFile.objects.filter(pk=value).first()
    return _("Photo stored on %(day)s") % {"day": day_text(stored.stored_at)} if stored else ""


def register():
    """Identity and photograph."""
    edit = "inmates.edit_identity"
    corrections.register(
        Correctable(
            "identity",
            Inmate,
            identity.IDENTITY,
            edit,
            person="",
            check=identity.before_correction,
            after=identity.after_correction,
            page=_page("inmates:edit"),
            shown={"nationality": countries.name, "second_nationality": countries.name},
            describe=lambda inmate: inmate.name,
        ),
        Correctable(
            "photo",
            Inmate,
            ("photo",),
            edit,
            person="",
            page=_page("inmates:photo_change"),
            shown={"photo": _photo},
            describe=lambda inmate: _("Photo"),
        ),
    )
