"""A small round lived to its end in the browser, from selection over sessions and leaving to pardons and release."""

from datetime import timedelta

import pytest
from django.utils import timezone

from facilities.models import Unit
from inmates.people.models import Inmate
from inmates.sentences.models import Pardon
from musalaha import holidays
from musalaha.actions import applications
from musalaha.models import Attendance, Cohort, Enrolment, PardonFile
from tests import factories
from tests.browser.test_path import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def working_monday():
    """A Monday to come whose Tuesday is a working day too."""
    day = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    while holidays.between(day, day + timedelta(days=1)):
        day += timedelta(days=7)
    return day


@pytest.fixture
def applicants(prison, unit, officer):
    """Five people in tier 2 who have asked."""
    found = []
    for _n in range(5):
        inmate = factories.make_inmate(unit, by=officer, days_ago=700, years=9)
        Inmate.objects.filter(pk=inmate.pk).update(tier=2, tier_since=timezone.localdate())
        inmate = Inmate.objects.get(pk=inmate.pk)
        applications.record_application(inmate, asked_on=timezone.localdate(), statement="أريد المشاركة", by=officer)
        found.append(inmate)
    return found


def test_a_small_round_to_its_end(sign_in, clock, prison, applicants, officer, director, coordinator, reviewer):
    monday = working_monday()
    unit = factories.UnitFactory(facility=prison, name="P", purpose=Unit.Purpose.PROGRAMME, tiers=[2, 3])
    clock(monday)
    desk, board = Walker(sign_in(officer)), Walker(sign_in(coordinator))

    # Planned, opened, filled in order of request, started with everybody together.
    board.goto("/musalaha/cohorts/new/").fill(number=4, unit=str(unit.pk), starts_on=monday, capacity=5).send()
    board.send()  # open to applicants
    for _place in range(5):
        board.goto("/musalaha/cohorts/4/selection/").send("main td form button")
    board.goto("/musalaha/cohorts/4/").send()  # start
    cohort = Cohort.objects.get(number=4)
    assert cohort.state == "running"
    assert set(Inmate.objects.filter(enrolments__cohort=cohort).values_list("unit__name", flat=True)) == {"P"}

    # The timetable, and a session's attendance by keyboard: all present, one absent.
    board.goto("/musalaha/cohorts/4/timetable/").send("main button[value=make]")
    clock(monday + timedelta(days=1))
    board.goto("/musalaha/cohorts/4/sessions/")
    board.page.get_by_role("link", name="Enter attendance").first.click()
    board.page.wait_for_selector("[data-attendance] input:focus")  # from then on keys are heard
    board.page.keyboard.press("ArrowDown")
    board.page.keyboard.press("a")
    with board.page.expect_navigation():
        board.page.keyboard.press("Control+Enter")
    assert sorted(Attendance.objects.values_list("mark", flat=True)) == ["absent"] + ["present"] * 4

    # One leaves in two clicks; one is removed by two people.
    first, second, *others = Enrolment.objects.filter(cohort=cohort).order_by("pk")
    desk.goto(f"/musalaha/participants/{first.pk}/")
    desk.page.get_by_role("link", name="Withdrawal").click()
    desk.send()
    board.goto(f"/musalaha/participants/{second.pk}/removal/").fill(code="disruption", reason="Three warnings").send(
        "main button.btn-danger"
    )
    Walker(sign_in(director)).goto(f"/musalaha/participants/{second.pk}/").send("main button.btn-danger")
    outcomes = dict(Enrolment.objects.filter(cohort=cohort).values_list("pk", "outcome"))
    assert (outcomes[first.pk], outcomes[second.pk]) == ("withdrew", "removed")
    assert Inmate.objects.get(pk=first.inmate_id).unit.name == "A"

    # Final reports; two graduate together, the one with absences by an exception; the round is completed.
    clock(cohort.ends_on)
    for enrolment in others:
        board.goto(f"/musalaha/participants/{enrolment.pk}/note/?kind=final").fill(text="Has worked well").send()
    board.goto("/musalaha/cohorts/4/").send("form[action$='/graduate/'] button")
    for enrolment in Enrolment.objects.filter(cohort=cohort, ended_on=None):
        board.goto(f"/musalaha/participants/{enrolment.pk}/graduate/").fill(exceptions="Was in hospital").send()
    board.goto("/musalaha/cohorts/4/complete/").send()
    assert Cohort.objects.get(number=4).state == "completed"
    assert Enrolment.objects.filter(cohort=cohort, outcome="graduated").count() == 3

    # A feast's list: two pardoned as a whole, one reduced; recorded by one, verified by another.
    for enrolment in others:
        board.goto(f"/musalaha/people/{enrolment.inmate.uuid}/pardon-file/").fill(occasion="Throne Day").send()
    board.goto("/musalaha/pardons/occasion/?occasion=Throne+Day").fill(reference="1-27-5", dated_on=cohort.ends_on)
    for file, outcome in zip(PardonFile.objects.order_by("pk"), ("remainder", "remainder", "reduced"), strict=True):
        board.page.locator(f"[name='file-{file.uuid}-outcome']").select_option(outcome)
        if outcome == "reduced":
            board.page.locator(f"[name='file-{file.uuid}-years']").fill("1")
    board.send()
    assert Pardon.objects.awaiting().count() == 3
    bench = Walker(sign_in(reviewer)).goto("/musalaha/pardons/")
    for box in bench.page.locator("main input[name=pardon]").all():
        box.check()
    bench.fill(read=True).send()
    assert Pardon.objects.in_force().count() == 3

    # Whoever nothing holds any longer stands on the prison's first page, and is released that day.
    desk.goto("/")
    assert "Release today" in desk.page.inner_text("main")
    door = {"identity_check": "Carte et photo comparées", "property_return": "Effets rendus contre signature"}
    for inmate in Inmate.objects.filter(pardons__prison="remainder"):
        desk.goto(f"/inmates/{inmate.uuid}/release/").fill(ground="pardon", **door).send()
    assert Inmate.objects.filter(pardons__prison="remainder", status="released").count() == 2
    assert Inmate.objects.get(pardons__prison="reduced").status == "in_custody"
    board.goto("/musalaha/outcomes/")
    assert "100.0 % (3 of 3)" in board.page.inner_text("main")
