"""The whole life of one decision, in French, each step by whoever does it: draft, review, questions, answer,
decision, notice, appeal, suspension, and an appeal that changes it.
"""

import pytest

from config import clock as calendar
from inmates.classification.models import Appeal, Assessment, Review, TierDecision
from tests.factories import make_inmate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def rate(page, domain, rating, evidence, *, established=False):
    """Fill one domain of the assessment."""
    page.check(f"input[name={domain}_rating][value={rating}]")
    if established:
        page.check(f"input[name={domain}_established]")
    page.fill(f"textarea[name={domain}_evidence]", evidence)
    page.fill(f"input[name={domain}_source]", "Jugement du 3 mai")
    page.fill(f"input[name={domain}_observed_on]", f"{calendar.today():%d/%m/%Y}")


def press(page, act):
    """Press the button of an act and wait for its page."""
    with page.expect_navigation():
        page.click(f"main button[name=act][value={act}]")


def told(page):
    """What the service said at the top of the page."""
    return page.inner_text("#messages")


def test_the_life_of_a_decision_with_an_appeal_that_changes_it(
    sign_in, prison, unit, officer, assessor, reviewer, reviewer2
):
    inmate = make_inmate(unit, by=officer, family_name_latin="El Alaoui", given_name_latin="Mohammed")

    # The assessor writes; the browser closes; nothing is lost.
    page = sign_in(assessor, "fr")
    page.goto(f"/inmates/{inmate.uuid}/assessment/")
    assert page.get_attribute("html", "lang") == "fr"
    with page.expect_response(lambda answer: "/assessment/" in answer.url and answer.request.method == "POST"):
        rate(page, "recruitment", "marked", "A recruté deux codétenus.", established=True)
    page.wait_for_selector("#saved .tier-1")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "03-mai" in answer.request.post_data):
        page.fill("input[name=recruitment_source]", "Jugement 03-mai")
    page.close()
    assert Assessment.objects.get().findings.get(domain="recruitment").rating == "marked"

    page = sign_in(assessor, "fr")
    page.goto(f"/inmates/{inmate.uuid}/assessment/")
    assert page.input_value("textarea[name=recruitment_evidence]") == "A recruté deux codétenus."
    page.check("input[name=proposed_tier][value='2']")
    page.fill("textarea[name=reasons]", "Faits anciens, conduite calme.")
    press(page, "submit")
    assert page.locator("[data-errors] a[href='#id_difference_reason']").count() == 1
    page.fill("textarea[name=difference_reason]", "Rien depuis six ans.")
    press(page, "submit")
    review = Review.objects.get()
    address = f"/inmates/reviews/{review.uuid}/"
    assert page.url.endswith(address)
    assert page.locator("main button[value=decide]").count() == 0

    # A reviewer finds it in the queue by the keyboard, asks, is answered, decides tier 1.
    judge = sign_in(reviewer, "fr")
    judge.goto("/inmates/reviews/")
    judge.keyboard.press("j")
    with judge.expect_navigation():
        judge.keyboard.press("Enter")
    assert judge.url.endswith(address)
    judge.fill("textarea[name=questions]", "Que disent les surveillants ?")
    press(judge, "return")
    page.goto(address)
    page.fill("textarea[name=answer]", "Rien à signaler depuis mars.")
    press(page, "answer")
    judge.goto(address)
    assert "Rien à signaler depuis mars." in judge.inner_text("main")
    press(judge, "decide")
    assert judge.locator("[data-errors]").count() == 1
    judge.check("input[name=tier][value='1']")
    judge.fill("textarea[name=reasons]", "Le recrutement est établi par le jugement.")
    press(judge, "decide")
    decision = TierDecision.objects.get()
    assert decision.tier == 1
    judge.goto(address)
    assert judge.locator("main button[value=decide]").count() == 0

    # The officer serves the notice and records the appeal.
    office = sign_in(officer, "fr")
    office.goto(f"/inmates/decisions/{decision.uuid}/notice/")
    paper = office.request.get(f"/inmates/decisions/{decision.uuid}/notice.pdf?language=fr")
    assert paper.body().startswith(b"%PDF")
    office.select_option("select[name=how]", "read_and_handed")
    with office.expect_navigation():
        office.click("main form button.btn-primary")
    office.goto(f"/inmates/decisions/{decision.uuid}/appeal/")
    office.fill("textarea[name=grounds]", "Je n'ai recruté personne.")
    with office.expect_navigation():
        office.click("main form button.btn-primary")
    appeal = Appeal.objects.get()
    assert office.url.endswith(f"/inmates/appeals/{appeal.uuid}/")

    # The decider may not answer; a third person suspends, and changes the decision.
    judge.goto(f"/inmates/appeals/{appeal.uuid}/")
    assert judge.locator("main form").count() == 0
    third = sign_in(reviewer2, "fr")
    third.goto(f"/inmates/appeals/{appeal.uuid}/")
    press(third, "suspend")
    inmate.refresh_from_db()
    assert inmate.tier is None
    third.check("input[name=outcome][value=changed]")
    third.fill("textarea[name=reasons]", "Les faits sont anciens, la conduite est bonne.")
    press(third, "answer")
    assert third.locator("[data-errors] a[href='#id_tier']").count() == 1
    third.select_option("select[name=tier]", "2")
    press(third, "answer")
    inmate.refresh_from_db()
    assert inmate.tier == 2
    assert told(third)

    # Everybody sees where it ended.
    office.goto(f"/inmates/{inmate.uuid}/classification/")
    shown = office.inner_text("main")
    assert "Les faits sont anciens" in shown
    assert "Le recrutement est établi" in shown
