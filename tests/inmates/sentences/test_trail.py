"""What each act of this room writes on the trail: of whom, by whom, what."""

from datetime import timedelta

import pytest

from audit.models import Event
from config import clock
from inmates.sentences import actions
from inmates.sentences.models import Pardon, Sentence
from tests.factories import end_case, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def written(inmate, *prefixes):
    """`[(verb, actor, detail), ...]` of a person, in order."""
    events = Event.objects.filter(inmate_id=inmate.pk).order_by("pk").values_list("verb", "actor_id", "detail")
    return [row for row in events if row[0].startswith(prefixes)]


@pytest.fixture
def untried(unit, officer):
    """Somebody on remand in one case."""
    return make_inmate(unit, by=officer, legal_status="remand")


def test_a_case_from_its_opening_to_a_final_judgment(untried, officer):
    case = untried.cases.get()
    actions.set_remand(case, on_remand=False, by=officer)
    sentence = Sentence(case=case, inmate=untried, years=2, starts_on=day(-100), pronounced_on=day(-5))
    actions.pronounce(sentence, by=officer)
    actions.make_final(sentence, on=day(-1), reference="Certificate 4", by=officer)
    actions.relate(sentence, relation="confused", decision="D-1", by=officer)
    assert written(untried, "case.", "sentence.") == [
        ("case.opened", officer.pk, {}),
        ("case.remand", officer.pk, {"on_remand": False}),
        ("sentence.recorded", officer.pk, {}),
        ("sentence.final", officer.pk, {}),
        ("sentence.related", officer.pk, {"relation": "confused"}),
    ]


def test_a_case_that_is_dropped(untried, officer):
    end_case(untried.cases.get(), state="dropped", on=day(0), by=officer)
    assert written(untried, "case.closed") == [("case.closed", officer.pk, {"state": "dropped"})]


def test_a_release_date_computed_and_settled(inmate, officer, director):
    first = inmate.release_on.isoformat()
    assert written(inmate, "release_date.")[-1] == (
        "release_date.computed", officer.pk, {"from": None, "to": first, "basis": "computed", "cause": "sentence"},
    )  # fmt: skip
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    actions.pronounce(Sentence(case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on), by=officer)
    actions.settle_release_date(
        inmate, release_on=day(400), reasons="Asked.", source="Prosecutor", sooner=True, by=director
    )
    settled = day(400).isoformat()
    assert written(inmate, "release_date.")[-3:] == [
        ("release_date.computed", officer.pk, {"from": first, "to": None, "basis": "unsettled", "cause": "sentence"}),
        ("release_date.settled", director.pk, {"to": settled, "early": True, "late": False}),
        (
            "release_date.computed",
            director.pk,
            {"from": None, "to": settled, "basis": "settled", "cause": "settlement"},
        ),
    ]


def test_pardons(inmate, coordinator, reviewer):
    def record(prison):
        pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison=prison)
        return actions.record_pardon(pardon, reference="1-26-5", dated_on=day(-1), by=coordinator)

    actions.reject_pardon(record("remainder"), reason="Another name.", by=reviewer)
    actions.verify_pardon(record("remainder"), by=reviewer)
    said = {"prison": "remainder", "fine": "kept"}
    assert written(inmate, "pardon.") == [
        ("pardon.recorded", coordinator.pk, said),
        ("pardon.rejected", reviewer.pk, {}),
        ("pardon.recorded", coordinator.pk, said),
        ("pardon.verified", reviewer.pk, said | {"scan": False}),
    ]
