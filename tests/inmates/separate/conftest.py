"""People in the separate system, and what is recorded of their offences."""

from datetime import date

import pytest

from accounts import roles
from inmates.sentences.models import Offence
from inmates.separate.actions import steps
from tests import factories

WHY = "Seen by three officers on four days."


@pytest.fixture
def inmate(unit, officer):
    """A convicted person held in `sale-2`."""
    return factories.make_inmate(unit, by=officer)


@pytest.fixture
def officer_too(prison):
    return factories.make_user(roles.OFFICER, prison, username="officer-too")


@pytest.fixture
def terrorism(db):
    """An offence of terrorism."""
    return Offence.objects.create(law="03-03", article="218-2", label="Praise", valid_from=date(2003, 5, 28))


@pytest.fixture
def forgery(db):
    """An ordinary offence."""
    return Offence.objects.create(law="CP", article="360", label="Forgery", terrorism=False)


def proposed(inmate, *, by, ground="conviction", **fields):
    """A step that waits for a decision."""
    if ground not in ("charge", "conviction"):
        fields.setdefault("reasons", WHY)
    if ground in ("changed", "gone", "graduation"):
        fields.setdefault("destination", "Aïn Borja")
    return steps.propose(inmate, ground=ground, by=by, **fields)


def decided(inmate, *, officer, director, ground="conviction", served_by=None, **fields):
    """A step decided today and, with `served_by`, told to the person."""
    step = steps.decide(proposed(inmate, ground=ground, by=officer, **fields), answer=WHY, by=director)
    if served_by:
        step = steps.serve(step, served_on=step.decided_on, how="handed", language="ar", by=served_by)
    return step
