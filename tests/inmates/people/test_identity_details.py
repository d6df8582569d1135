"""Corrections in detail: what is no change, what is refused by the act itself."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from inmates.people.actions import identity
from inmates.people.models import Alias, Inmate, ReturneeDossier


def test_the_same_aliases_are_no_change_whatever_former_names_there_are(officer, inmate):
    aliases = [("Abu X", "kunya")]
    changed = identity.correct_identity(
        inmate,
        changes={"family_name_latin": "Naciri"},
        aliases=aliases,
        version=inmate.version,
        why="Copied wrong from the card",
        paper="Card BE100037",
        by=officer,
    )
    assert changed.aliases.filter(kind=Alias.Kind.FORMER).exists()
    same = identity.correct_identity(inmate, changes={}, aliases=aliases, version=changed.version, by=officer)
    assert same.version == changed.version == Inmate.objects.get().version
    assert Event.objects.filter(verb="inmate.corrected").count() == 1
    said = {"why": "Written down for another person", "paper": "Letter 12"}
    none = identity.correct_identity(inmate, changes={}, aliases=[], version=same.version, by=officer, **said)
    assert (none.version, none.aliases.exclude(kind=Alias.Kind.FORMER).count()) == (same.version + 1, 0)


def test_a_dossier_in_the_wrong_order_is_refused(officer, inmate):
    wrong = {"left_on": date(2016, 1, 1), "returned_on": date(2015, 1, 1)}
    with pytest.raises(ValidationError):
        identity.write_dossier(inmate, fields=wrong, version=inmate.version, by=officer)
    assert not ReturneeDossier.objects.exists()
    written = identity.write_dossier(
        inmate, fields=wrong | {"returned_on": date(2016, 1, 1)}, version=inmate.version, by=officer
    )
    assert written.returned_on == date(2016, 1, 1)
    assert Inmate.objects.get().version == inmate.version + 1
