"""How a person is named on a paper: in both scripts, with the registration number."""

from django.utils.translation import gettext as _

from documents import pdf
from documents.letters import UNKNOWN, Fact, Person, known
from inmates.people.need_to_know import may_read_cin


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


def identity_card(cin, reader):
    """The national ID card as facts; not everybody has one, and who need not know the number prints the paper without."""
    return [Fact(_("National ID card (CIN)"), pdf.code(cin) or UNKNOWN)] if may_read_cin(reader) else []
