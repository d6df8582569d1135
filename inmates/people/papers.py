"""How a person is named on a paper: in both scripts, with the registration number."""

from django.utils.translation import gettext as _

from documents import pdf
from documents.letters import UNKNOWN, Fact, Person, known


def person(inmate, *facts):
    """The frame that says whom a paper is about. Somebody never admitted has no registration number."""
    return Person(
        name_ar=known(inmate.name_ar),
        name_latin=known(inmate.name_latin),
        facts=(registration(inmate.registration_number), *facts),
    )


def registration(number):
    """The registration number (*numéro d'écrou*) as a fact."""
    return Fact(_("Registration number"), pdf.code(number) or UNKNOWN)


def identity_card(cin):
    """The national ID card as a fact; not everybody has one."""
    return Fact(_("National ID card (CIN)"), pdf.code(cin) or UNKNOWN)
