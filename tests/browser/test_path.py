"""From the prison gate to life after release, by the people whose work it is: the whole path, in English and in Arabic."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from facilities.models import Unit
from inmates.classification.models import TierDecision
from inmates.people.models import Inmate
from musalaha.aftercare.models import FollowUp
from musalaha.models import Application, Cohort, Enrolment
from reports.statistics import statistics
from tests import factories
from tests.browser.walker import SUBMIT, Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["ar", pytest.param("en", marks=pytest.mark.long)])
def test_from_the_gate_to_life_after(
    language, sign_in, clock, prison, officer, assessor, reviewer, reviewer2, coordinator, director
):
    start = timezone.localdate() - timedelta(days=200)
    clock(start)
    factories.UnitFactory(facility=prison, name="P", purpose=Unit.Purpose.PROGRAMME, tiers=[2, 3])
    at_desk = Walker(sign_in(officer, language))
    direction = at_desk.page.locator("html").get_attribute("dir")
    assert direction == ("rtl" if language == "ar" else "ltr")

    # The records officer admits a person.
    at_desk.goto("/inmates/new/").fill(
        family_name_latin="Ouchen",
        given_name_latin="Driss",
        family_name_ar="أوشن",
        given_name_ar="إدريس",
        birth="19/11/1991",
        sex="M",
        cin="BE 123456",
        kind="judgment",
        authority="Cour d'appel de Rabat",
        reference="TD-77/2610",
        issued_on=start - timedelta(days=2),
        legal_status="convicted_final",
        registration_number="46001",
        unit=str(prison.units.get(name="A").pk),
        court="Rabat",
        number="77/2610",
        sentence_kind="term",
        years="5",
        starts_on=start - timedelta(days=700),
        pronounced_on=start - timedelta(days=60),
        final_on=start - timedelta(days=30),
        final_reference="CNA 77/2610",
    )
    with at_desk.page.expect_navigation():
        at_desk.page.locator(SUBMIT).first.click()
    # It is counted from before any custody on record: the form asks, and has kept what was typed.
    at_desk.fill(held_elsewhere="Prison locale d'Oujda, certificat de présence 77/2610").send()
    inmate = Inmate.objects.with_cin("BE123456").get()
    profile = inmate.get_absolute_url()
    assert at_desk.page.url.endswith(profile)
    assert inmate.release_on is not None

    # The assessor assesses and proposes a tier.
    clock(start + timedelta(days=3))
    assessing = Walker(sign_in(assessor, language)).goto(profile)
    assessing.page.locator(f"main a[href='/inmates/{inmate.uuid}/assessment/']").click()
    for domain in ("ideology", "violence", "conduct", "finance", "recruitment", "group_role"):
        some = domain in ("ideology", "group_role")
        assessing.fill(**{f"{domain}_rating": "some" if some else "none", f"{domain}_source": "Entretien"})
        assessing.fill(**{f"{domain}_observed_on": start + timedelta(days=2)})
        if some:
            assessing.fill(**{f"{domain}_evidence": "A reconnu les faits au procès.", f"{domain}_established": True})
    assessing.fill(
        reconciliation_rating="marked",
        reconciliation_evidence="Renonce par écrit.",
        reconciliation_source="Lettre",
        reconciliation_observed_on=start + timedelta(days=2),
        proposed_tier="2",
        reasons="Signes de réconciliation constants depuis un an.",
    )
    assessing.page.locator("#saved").wait_for()
    assessing.send("main button[name=act][value=submit]")

    # A reviewer decides with reasons; the notice is served.
    clock(start + timedelta(days=5))
    deciding = Walker(sign_in(reviewer, language)).goto("/inmates/reviews/")
    deciding.page.locator("main table a[href*='/inmates/reviews/']").first.click()
    deciding.fill(tier="2", reasons="Proposition motivée et confirmée par le dossier.")
    deciding.send("main button[name=act][value=decide]")
    inmate.refresh_from_db()
    assert inmate.tier is None  # a first tier holds from its notice on
    decision = TierDecision.objects.get(inmate=inmate)
    at_desk.goto(f"/inmates/decisions/{decision.uuid}/notice/").fill(how="read_and_handed").send()
    inmate.refresh_from_db()
    assert inmate.tier == 2

    # The officer records the inmate's own application.
    clock(start + timedelta(days=10))
    at_desk.goto(profile)
    at_desk.page.locator(f"main a[href='/musalaha/people/{inmate.uuid}/apply/']").first.click()
    at_desk.fill(asked_on=start + timedelta(days=9), statement="Je veux me réconcilier.", signed=True).send()
    application = Application.objects.get(inmate=inmate)

    # The coordinator plans and opens a round, accepts, and starts it: the participant moves to the programme unit.
    begin = start + timedelta(days=15)
    running = Walker(sign_in(coordinator, language))
    running.goto("/musalaha/cohorts/new/").fill(
        number="4", unit=str(prison.units.get(name="P").pk), sex="M", starts_on=begin, capacity="12"
    ).send()
    running.send()
    assert Cohort.objects.get(number=4).state == "open"
    running.goto(f"/musalaha/applications/{application.uuid}/").fill(cohort=str(Cohort.objects.get(number=4).pk))
    running.send("main form[action$='/accept/'] button")
    clock(begin)
    running.goto("/musalaha/cohorts/4/").send("main form[action$='/start/'] button")
    inmate.refresh_from_db()
    assert inmate.unit.name == "P"
    enrolment = Enrolment.objects.get(inmate=inmate)

    # Sessions and attendance.
    running.goto("/musalaha/cohorts/4/sessions/new/").fill(
        strand="religion", title="Lecture et contexte", day=begin + timedelta(days=1), at="10:00"
    ).send()
    clock(begin + timedelta(days=2))
    session = Cohort.objects.get(number=4).sessions.get()
    running.goto(f"/musalaha/sessions/{session.pk}/").send()
    assert enrolment.attendances.get().mark == "present"

    # Graduation.
    running.goto(f"/musalaha/participants/{enrolment.pk}/note/").fill(kind="final", text="Parcours achevé.").send()
    graduated = begin + timedelta(days=61)
    clock(graduated)
    running.goto(f"/musalaha/participants/{enrolment.pk}/graduate/").send()
    enrolment.refresh_from_db()
    assert enrolment.outcome == "graduated"

    # A pardon: recorded by one, verified by another; the release date is computed again.
    pardoned = graduated + timedelta(days=10)
    clock(pardoned)
    running.goto(f"/musalaha/people/{inmate.uuid}/pardon/").fill(
        reference="D 1-26-55", dated_on=pardoned, occasion="Fête du Trône", prison="remainder"
    ).send()
    pardon = inmate.pardons.get()
    checking = Walker(sign_in(reviewer2, language)).goto(f"/musalaha/pardons/{pardon.uuid}/")
    checking.fill(read=True).send("main form[action$='/verify/'] button")
    inmate.refresh_from_db()
    assert inmate.release_on == pardoned

    # Release that day, and follow-up afterwards.
    door = {"identity_check": "Carte et photo comparées", "property_return": "Effets rendus contre signature"}
    at_desk.goto(f"/inmates/{inmate.uuid}/release/").fill(ground="pardon", **door).send()
    inmate.refresh_from_db()
    assert inmate.status == "released"
    clock(pardoned + timedelta(days=31))
    follow_up = FollowUp.objects.filter(inmate=inmate).order_by("due_on").first()
    running.goto(f"/musalaha/follow-ups/{follow_up.pk}/").fill(contact="met", housing="yes", work="no").send()
    follow_up.refresh_from_db()
    assert follow_up.done_on is not None

    # The timeline tells the whole story, and the figures agree.
    verbs = set(Event.objects.filter(inmate_id=inmate.pk).values_list("verb", flat=True))
    assert {
        "inmate.admitted",
        "review.submitted",
        "review.decided",
        "application.recorded",
        "application.accepted",
        "enrolment.started",
        "enrolment.graduated",
        "pardon.recorded",
        "pardon.verified",
        "release_date.computed",
        "inmate.released",
        "follow_up.recorded",
    } <= verbs
    running.goto(f"/inmates/{inmate.uuid}/timeline/?kind=changes")
    assert running.page.locator("html").get_attribute("dir") == direction
    if language == "ar":
        assert re.search("[\u0600-\u06ff]", running.page.locator("main .timeline").inner_text())
    figures = statistics(pardoned + timedelta(days=31))["musalaha"]
    assert (figures["graduates"], figures["graduates_pardoned"], figures["graduates_released"]) == (1, 1, 1)
