"""An imported register says "final" without the days of the judgment: final it is for whoever would end it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.custody.actions import legal_status, releases
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Correction
from inmates.sentences import actions
from tests.inmates.sentences.conftest import day

WHY = {"why": "Copied wrong from the register", "paper": "Judgment 7"}


@pytest.fixture
def imported(inmate):
    inmate.sentences.update(final_on=None, pronounced_on=None)
    return inmate


def test_nobody_alone_ends_it_as_if_it_were_not(imported, officer, client):
    case = imported.cases.get()
    with pytest.raises(InvalidTransition, match="final judgment"):
        actions.close_case(case, state="dropped", on=day(0), reference="X", sentence_read=True, by=officer)
    with pytest.raises(InvalidTransition, match="final judgment"):
        releases.release(imported, ground="acquittal", reference="AC 1", sentence_read=True, by=officer)
    with pytest.raises(InvalidTransition, match="is final"):
        court_appeals.declare_appeal(case, kind="appeal", party="person", court="R", reference="1", by=officer)
    client.force_login(officer)
    page = client.get(reverse("inmates:release", args=[imported.uuid]) + "?ground=acquittal")
    assert "sentence_read" not in page.context["form"].fields


def test_it_is_unsaid_by_two(imported, officer, director):
    with pytest.raises(ValidationError) as refusal:
        legal_status.change_legal_status(imported, status="convicted_appeal", on=day(0), by=officer)
    assert list(refusal.value.message_dict) == ["status"]
    period = imported.legal_statuses.get()
    values = {"status": "convicted_appeal"}
    made = corrections.correct(correctables.find("legal_status"), period, values, by=officer, **WHY)
    assert (made.state, made.moves) == (Correction.State.PROPOSED, ["finality"])
    corrections.confirm(made, by=director)
    case = imported.cases.get()
    actions.close_case(case, state="dropped", on=day(0), reference="X", sentence_read=True, by=officer)


@pytest.mark.parametrize("status", ["convicted_appeal", "remand"])
def test_whose_judgment_has_its_days_is_what_the_judgment_says(inmate, officer, status):
    with pytest.raises(ValidationError, match="put the judgment right"):
        legal_status.change_legal_status(inmate, status=status, on=day(0), by=officer)
    period = inmate.legal_statuses.get()
    with pytest.raises(ValidationError, match="put the judgment right"):
        corrections.correct(correctables.find("legal_status"), period, {"status": status}, by=officer, **WHY)
    assert inmate.legal_statuses.get().status == "convicted_final"
    with pytest.raises(InvalidTransition, match="final judgment"):
        actions.close_case(
            inmate.cases.get(), state="dropped", on=day(0), reference="X", sentence_read=True, by=officer
        )
