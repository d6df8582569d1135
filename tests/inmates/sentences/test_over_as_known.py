"""Released as served: over is what the release knew of. What came to light since leaves both ends, and a person settles."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.custody.actions import admissions, releases
from inmates.custody.holds import Hold, holds
from inmates.custody.models import DetentionOrder
from inmates.duplicates.actions import merges
from inmates.people import corrections as correctables
from inmates.people.actions.corrections import annul, confirm, correct
from inmates.people.models import Alert, Inmate
from inmates.sentences import actions
from inmates.sentences.models import Pardon, Sentence
from inmates.sentences.release_dates import bounds, calculated
from inmates.terms import step
from tests.factories import make_inmate, make_user


def day(n):
    return clock.today() + timedelta(days=n)


def noon(days_ago):
    return timezone.make_aware(datetime.combine(day(-days_ago), time(12)))


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def codes(inmate):
    return [step["code"] for step in stored(inmate).release_computations.first().steps]


@pytest.fixture
def served(unit, officer):
    """`served(years=1, on=230)`: somebody admitted 600 days ago and released as served."""

    def make(*, years=1, on=230, legal_status="convicted_final", before=lambda inmate: None, **door):
        inmate = make_inmate(unit, by=officer, years=years, days_ago=600, legal_status=legal_status)
        before(inmate)
        releases.release(stored(inmate), ground="term_served", at=noon(on), by=officer, **door)
        return inmate

    return make


@pytest.fixture
def back(unit, officer):
    """`back(inmate)`: brought back yesterday, on the judgment."""

    def act(inmate, *, legal_status="convicted_final", days_ago=1):
        order = DetentionOrder(kind="judgment", authority="R", reference="Back", issued_on=day(-days_ago))
        admissions.admit(
            stored(inmate), unit=unit, order=order, legal_status=legal_status, registration_number=f"9{inmate.pk}",
            admitted_at=noon(days_ago), by=officer,
        )  # fmt: skip
        return stored(inmate)

    return act


def settled_by_a_person(inmate, officer, *, latest):
    """Both ends are there, a person is asked today, and nobody is let go as served."""
    inmate = stored(inmate)
    assert (inmate.release_on, inmate.release_basis) == (None, "unsettled")
    assert (inmate.release_on, inmate.release_basis) == calculated(inmate)[:2]
    assert "at_liberty" in codes(inmate)
    assert "released_as_served" not in codes(inmate)
    assert bounds(inmate).earliest is not None
    assert bounds(inmate).latest == latest
    assert inmate.tasks.open().filter(kind="release_date", due_on=clock.today()).exists()
    told = Alert.objects.filter(inmate=inmate, kind="release_date").values_list("audience", flat=True)
    assert set(told) >= {"prison", "national"}
    assert Hold.SENTENCE in [hold.kind for hold in holds(inmate)]
    with pytest.raises(InvalidTransition):
        releases.release(inmate, ground="term_served", by=officer)


def years_after(start, years, more=0):
    return step(start, 12 * years, more)


def test_a_judgment_that_arrives_after_the_release_holds(client, unit, officer, served):
    """Five years in another case, pronounced while the first was served; the readmission form."""
    inmate = served()
    client.force_login(officer)
    typed = {
        "token": "6a1c6a52-6ad0-4a87-8c33-0f6cf0a3c0d1", "unit": unit.pk, "kind": "judgment", "authority": "CA Fès",
        "reference": "EXT 5/26", "issued_on": f"{day(-1):%d/%m/%Y}", "legal_status": "convicted_final",
        "registration_number": "7001", "court": "Fès", "number": "77/2025", "sentence_kind": "term", "years": "5",
        "starts_on": f"{day(-600):%d/%m/%Y}", "pronounced_on": f"{day(-400):%d/%m/%Y}",
        "final_on": f"{day(-300):%d/%m/%Y}", "final_reference": "CNP 3/26",
    }  # fmt: skip
    assert client.post(reverse("inmates:readmit", args=[inmate.uuid]), typed).status_code == 302
    one_after_the_other = years_after(day(-600), 6, more=230)
    settled_by_a_person(inmate, officer, latest=one_after_the_other)
    page = client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()
    assert "Nothing that is recorded" not in page


def test_a_judgment_that_a_merge_brings_holds(unit, officer, director, served):
    earlier = served()
    inmate = make_inmate(unit, by=officer, days_ago=40, sentenced=False)
    late = Sentence(
        case=inmate.cases.get(), inmate=inmate, years=5, starts_on=day(-600), pronounced_on=day(-400),
        final_on=day(-300), held_elsewhere="Fiche 12",
    )  # fmt: skip
    actions.pronounce(late, by=officer)
    merges.approve(merges.propose(stored(inmate), stored(earlier), reason="Same", by=officer), by=director)
    settled_by_a_person(inmate, officer, latest=years_after(day(-600), 6, more=190))


@pytest.mark.parametrize("ruled", [240, 220])
def test_a_term_raised_on_appeal_holds_whether_ruled_before_the_release_or_after(officer, served, back, ruled):
    def appealed(inmate):
        case = inmate.cases.get()
        appeals.append(
            court_appeals.declare_appeal(case, kind="appeal", party="prosecution", court="R", at=noon(580), by=officer)
        )

    appeals = []
    inmate = served(legal_status="convicted_appeal", before=appealed)
    new = Sentence(inmate=inmate, years=4)
    court_appeals.decide_appeal(
        appeals[0], outcome="changed", on=day(-ruled), decision="AR 9", sentence=new, by=officer
    )
    back(inmate, legal_status="convicted_appeal")
    settled_by_a_person(inmate, officer, latest=years_after(day(-600), 4, more=229))


def test_a_term_put_right_after_the_release_holds(officer, director, served, back):
    inmate = served()
    made = correct(
        correctables.find("sentence"), inmate.sentences.get(), {"years": 4}, why="Typed wrong, it says four years",
        paper="J 1", by=officer,
    )  # fmt: skip
    confirm(made, by=director)
    back(inmate)
    settled_by_a_person(inmate, officer, latest=years_after(day(-600), 4, more=229))


def test_a_pardon_taken_back_after_the_release_leaves_the_term(officer, director, coordinator, reviewer, served, back):
    def pardoned(inmate):
        pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="reduced", years=2)
        made = actions.record_pardon(pardon, reference="G1", dated_on=day(-400), by=coordinator)
        actions.verify_pardon(made, by=reviewer)

    inmate = served(years=3, before=pardoned)
    made = annul(
        correctables.find("pardon"), Pardon.objects.get(), why="A namesake's, see the list", paper="Liste 4",
        by=make_user(roles.COORDINATOR),
    )  # fmt: skip
    confirm(made, by=director)
    back(inmate)
    settled_by_a_person(inmate, officer, latest=years_after(day(-600), 3, more=229))


# What stays as it was


def test_what_the_release_knew_is_over(served, back):
    inmate = back(served())
    assert inmate.release_basis == "computed"
    assert inmate.release_on <= day(-230)
    assert Hold.SENTENCE not in [hold.kind for hold in holds(inmate)]


def test_a_term_lowered_since_is_over(officer, director, served, back):
    inmate = served()
    made = correct(
        correctables.find("sentence"), inmate.sentences.get(), {"years": 0, "months": 6},
        why="Typed wrong, it says six months", paper="J 1", by=officer,
    )  # fmt: skip
    if made.state == "proposed":
        confirm(made, by=director)
    assert back(inmate).release_basis == "computed"


def on_an_order(inmate, director):
    return {"before_term": True, "reference": "PG 4"}


def on_a_settled_day(inmate, director):
    """After an escape the rules give two ends; a person settled the earlier, and that day came."""
    actions.interrupt(inmate, first_day=day(-500), day_after_last=day(-400), by=director)
    fields = {"reasons": "Answered.", "source": "PG 4", "sooner": True, "by": director}
    actions.settle_release_date(stored(inmate), release_on=day(-232), **fields)
    return {}


@pytest.mark.parametrize("word", [on_an_order, on_a_settled_day])
@pytest.mark.parametrize("late", ["", "judgment", "term"])
def test_a_term_served_on_a_persons_word_is_over_as_far_as_it_was_known(unit, officer, director, back, word, late):
    """Also once a new sentence has ended the settlement. A late judgment, or a term put right, was not in that word."""
    inmate = make_inmate(unit, by=officer, years=1 if word is on_a_settled_day else 3, days_ago=600)
    door = word(inmate, director)
    releases.release(stored(inmate), ground="term_served", at=noon(230), by=officer, **door)
    if late == "term":
        made = correct(
            correctables.find("sentence"), inmate.sentences.get(), {"years": 4}, why="Typed wrong, it says four",
            paper="J 1", by=officer,
        )  # fmt: skip
        confirm(made, by=director)
    inmate = back(inmate, legal_status="remand", days_ago=40)
    case = actions.open_case(inmate, court="Fès", number="B/1", by=officer)
    begins = day(-600) if late == "judgment" else day(-40)
    new = Sentence(case=case, inmate=inmate, years=2, starts_on=begins, pronounced_on=begins + timedelta(days=20))
    actions.pronounce(new, by=officer)
    inmate = stored(inmate)
    if late:
        assert inmate.release_basis == "unsettled"
        assert "released_as_served" not in codes(inmate)
    else:
        assert (inmate.release_on, inmate.release_basis) == (years_after(day(-40), 2), "computed")
        assert "released_as_served" in codes(inmate)
