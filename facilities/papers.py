"""Who speaks on a paper: a prison, or the central administration."""

from django.utils import translation
from django.utils.translation import gettext as _

from documents.letters import Issuer


def _in_both(name):
    """An issuer from a function that gives its name in the language now spoken."""
    names = {}
    for language in ("ar", "fr"):
        with translation.override(language):
            names[f"name_{language}"] = name()
    return Issuer(**names)


def prison(facility):
    """The prison as the issuer of a paper. ValueError for a prison without a name in either language."""
    if not (facility.name_ar.strip() and facility.name_fr.strip()):
        raise ValueError(f"Prison {facility.code} lacks a name in Arabic or French")
    return _in_both(lambda: _("Prison %(name)s") % {"name": facility.name})


def central():
    """The central administration as the issuer of a paper."""
    return _in_both(lambda: _("Central administration"))


def seat():
    """Where the central administration signs."""
    return _("Rabat")
