"""The pages: what is typed is kept, who sees what, and what a wrong moment looks like."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from config import clock
from inmates.classification import hooks, papers
from inmates.classification.actions import appeals, notices, reviews
from inmates.classification.models import Assessment, Review, TierDecision
from tests.factories import make_inmate
from tests.inmates.classification.conftest import decided, findings_for, submitted

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def assessment_data(tier=2, **more):
    """The form of the assessor, filled in."""
    data = {}
    for domain, finding in findings_for(tier).items():
        data |= {f"{domain}_{part}": value for part, value in finding.items() if part != "established"}
        if finding["established"]:
            data[f"{domain}_established"] = "on"
        data[f"{domain}_observed_on"] = finding["observed_on"].isoformat()
    return data | {"proposed_tier": str(tier), "reasons": "Judgment and conduct."} | more


def test_opening_the_form_writes_nothing_but_the_trail(inmate, assessor):
    page = signed_in(assessor).get(reverse("inmates:assess", args=[inmate.uuid]))
    assert page.status_code == 200
    assert not Assessment.objects.exists()
    assert Event.objects.filter(verb="assessment.viewed").exists()


def test_it_saves_by_itself_and_comes_back(inmate, assessor):
    client, url = signed_in(assessor), reverse("inmates:assess", args=[inmate.uuid])
    half = {"finance_rating": "marked", "finance_evidence": "Transfers of 2019.", "finance_observed_on": "not a day"}
    answer = client.post(url, half, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    draft = Assessment.objects.get()
    assert draft.findings.get(domain="finance").evidence == "Transfers of 2019."
    assert draft.saved_at.isoformat() in answer.content.decode()
    assert "Transfers of 2019." in client.get(url).content.decode()


def test_handing_in_opens_a_review_and_an_unfinished_one_keeps_what_was_typed(inmate, assessor):
    client, url = signed_in(assessor), reverse("inmates:assess", args=[inmate.uuid])
    answer = client.post(url, assessment_data(tier=1, proposed_tier="2", act="submit"))
    assert answer.status_code == 422
    assert "say why" in answer.content.decode()
    assert "Judgment and conduct." in answer.content.decode()
    assert not Review.objects.exists()
    answer = client.post(url, assessment_data(tier=1, proposed_tier="2", difference_reason="Old.", act="submit"))
    review = Review.objects.get()
    assert answer["Location"] == reverse("inmates:review", args=[review.uuid])
    assert client.get(url)["Location"] == reverse("inmates:review", args=[review.uuid])


def test_two_windows_that_differ_are_shown_side_by_side(inmate, assessor):
    client, url = signed_in(assessor), reverse("inmates:assess", args=[inmate.uuid])
    client.post(url, {"reasons": "One."}, headers={"HX-Request": "true"})
    seen = Assessment.objects.get().saved_at.isoformat()
    client.post(url, {"reasons": "Two.", "seen": seen}, headers={"HX-Request": "true"})
    answer = client.post(url, {"reasons": "Three.", "seen": seen, "act": "save"})
    assert answer.status_code == 409
    assert "Two." in answer.content.decode()
    assert "Three." in answer.content.decode()
    assert Assessment.objects.get().reasons == "Two."


def test_a_form_left_open_after_handing_in_writes_nothing(inmate, assessor, review):
    url = reverse("inmates:assess", args=[inmate.uuid])
    reviews.cancel_review(review, reason="Duplicate.", by=assessor)
    answer = signed_in(assessor).post(url, assessment_data(seen=clock.now().isoformat()), follow=True)
    assert "no longer open" in answer.content.decode()
    assert Assessment.objects.count() == 1


def test_only_what_speaks_for_the_person_comes_from_the_programme(inmate, assessor, monkeypatch):
    monkeypatch.setattr(hooks, "evidence_in_favour", [lambda inmate: ["Round 3 completed"]])
    page = signed_in(assessor).get(reverse("inmates:assess", args=[inmate.uuid])).content.decode()
    assert "Round 3 completed" in page


def test_the_review_page_for_each_reader(review, reviewer, officer, assessor, inspector):
    url = reverse("inmates:review", args=[review.uuid])
    seen = {u: signed_in(u).get(url).content.decode() for u in (reviewer, officer, assessor, inspector)}
    assert 'value="decide"' in seen[reviewer]
    for other in (officer, assessor, inspector):
        assert 'value="decide"' not in seen[other]
    assert "Letters read by the service." in seen[inspector]
    assert "Letters read by the service." not in seen[officer]


def test_nothing_is_chosen_or_written_for_the_reviewer(review, reviewer):
    page = signed_in(reviewer).get(reverse("inmates:review", args=[review.uuid]))
    assert page.context["forms"]["decide"]["tier"].value() is None
    assert page.context["forms"]["decide"]["reasons"].value() is None
    assert "checked" not in page.content.decode()


def test_deciding_on_the_page(review, reviewer, inmate):
    client, url = signed_in(reviewer), reverse("inmates:review", args=[review.uuid])
    answer = client.post(url, {"act": "decide", "tier": "2", "reasons": "  "})
    assert answer.status_code == 422
    answer = client.post(url, {"act": "decide", "tier": "3", "reasons": "Kept words.", "effective_on": "1999-01-01"})
    assert answer.status_code == 422
    assert "Kept words." in answer.content.decode()
    assert (
        client.post(url, {"act": "decide", "tier": "2", "reasons": "As proposed, on the same grounds."}).status_code
        == 302
    )
    assert TierDecision.objects.get(inmate=inmate).tier == 2
    again = client.post(url, {"act": "decide", "tier": "1", "reasons": "Again."}, follow=True)
    assert "Nothing was changed" in again.content.decode()
    assert TierDecision.objects.count() == 1


def test_the_assessor_posting_a_decision_gets_403(review, assessor):
    url = reverse("inmates:review", args=[review.uuid])
    assert signed_in(assessor).post(url, {"act": "decide", "tier": "2", "reasons": "x"}).status_code == 403
    assert Review.objects.get().state == "submitted"


def test_return_answer_and_cancel_on_the_page(review, reviewer, assessor):
    url = reverse("inmates:review", args=[review.uuid])
    assert signed_in(reviewer).post(url, {"act": "return", "questions": "Which letters?"}).status_code == 302
    assert "Which letters?" in signed_in(assessor).get(url).content.decode()
    assert signed_in(assessor).post(url, {"act": "answer", "answer": "Those of May."}).status_code == 302
    assert Review.objects.get().state == "submitted"
    assert signed_in(reviewer).post(url, {"act": "cancel", "reason": ""}).status_code == 422
    assert signed_in(reviewer).post(url, {"act": "cancel", "reason": "Duplicate."}).status_code == 302
    assert Review.objects.get().state == "cancelled"


@pytest.mark.parametrize("name", ["waiting", "returned", "overdue", "due", "notices", "appeals", "nonsense"])
def test_every_worklist_opens_filtered_and_not(inmate, decision, assessor, reviewer, officer, name):
    appeals.record_appeal(decision, made_on=clock.today(), grounds="No.", by=officer)
    client, url = signed_in(reviewer), reverse("inmates:reviews")
    plain = client.get(f"{url}?list={name}").context
    assert plain["chosen"] == ("waiting" if name == "nonsense" else name)
    assert len(plain["rows"]) == (1 if name == "appeals" else 0)
    for query in ("&prison=sale-2&direction=stricter&assessor=1", "&after=rubbish", "&after=2020-01-01~x"):
        page = client.get(f"{url}?list={name}{query}")
        assert page.status_code == 200
        assert (page.context["chosen"], len(page.context["rows"])) == (plain["chosen"], len(plain["rows"]))
    assert not client.get(f"{url}?list={name}&prison=toulal-2").context["rows"]


def test_the_queue_pages_by_key_with_as_many_queries(unit, officer, assessor, reviewer, django_assert_max_num_queries):
    for _n in range(53):
        submitted(make_inmate(unit, by=officer), assessor=assessor)
    client, url = signed_in(reviewer), reverse("inmates:reviews")
    client.get("/")  # the first request of a session writes it
    with django_assert_max_num_queries(17):
        first = client.get(url)
    assert len(first.context["rows"]) == 50
    second = client.get(url + first.context["next_url"])
    assert len(second.context["rows"]) == 3
    shown = {entry["row"].pk for page in (first, second) for entry in page.context["rows"]}
    assert len(shown) == 53


def test_serving_a_notice_on_the_page(inmate, assessor, reviewer, officer):
    decision = decided(inmate, assessor=assessor, reviewer=reviewer)
    client, url = signed_in(officer), reverse("inmates:notice", args=[decision.uuid])
    data = {"served_on": clock.today().isoformat(), "language": "ar", "interpreter": "A. Amrani"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "A. Amrani" in answer.content.decode()
    assert client.post(url, data | {"how": "read"}).status_code == 302
    assert signed_in(reviewer).post(url, data | {"how": "read"}).status_code == 403
    decision.notice.refresh_from_db()
    assert decision.notice.served_by == officer


def test_an_appeal_on_the_page(decision, officer, reviewer, reviewer2, inmate):
    new = reverse("inmates:appeal_new", args=[decision.uuid])
    client = signed_in(officer)
    answer = client.post(new, {"made_on": clock.today().isoformat(), "grounds": "Not me.", "signed": ""})
    assert answer.status_code == 422
    assert "Not me." in answer.content.decode()
    answer = client.post(new, {"made_on": clock.today().isoformat(), "grounds": "Not me.", "signed": "on"})
    url = answer["Location"]
    assert "third person" in signed_in(reviewer).get(url).content.decode()
    third = signed_in(reviewer2)
    assert third.post(url, {"act": "suspend"}).status_code == 302
    assert third.post(url, {"act": "answer", "outcome": "changed", "reasons": "x"}).status_code == 422
    data = {"act": "answer", "outcome": "changed", "tier": "3", "reasons": "Not shown by the file as it stands."}
    assert signed_in(reviewer).post(url, data).status_code == 403
    assert third.post(url, data).status_code == 302
    inmate.refresh_from_db()
    assert inmate.tier == 3


def test_an_appeal_before_the_notice_is_a_message(inmate, assessor, reviewer, officer):
    decision = decided(inmate, assessor=assessor, reviewer=reviewer)
    answer = signed_in(officer).get(reverse("inmates:appeal_new", args=[decision.uuid]), follow=True)
    assert "has not been served" in answer.content.decode()


def test_postponing_and_new_information(decision, inmate, reviewer, assessor):
    inmate.refresh_from_db()
    url = reverse("inmates:postpone", args=[inmate.uuid])
    due = inmate.next_review_on
    client = signed_in(reviewer)
    assert client.post(url, {"until": (due + timedelta(days=99)).isoformat(), "reason": "x"}).status_code == 422
    assert client.post(url, {"until": (due + timedelta(days=9)).isoformat(), "reason": "Court."}).status_code == 302
    url = reverse("inmates:new_information", args=[inmate.uuid])
    assert signed_in(assessor).post(url, {"happened_on": clock.today().isoformat()}).status_code == 302
    inmate.refresh_from_db()
    assert inmate.next_review_on == clock.today() + timedelta(days=14)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_notice_is_a_paper_in_the_persons_language(decision, officer, language):
    url = reverse("inmates:notice_pdf", args=[decision.uuid])
    answer = signed_in(officer).get(f"{url}?language={language}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_withheld_passage_leaves_a_gap_on_the_paper(inmate, assessor, reviewer, officer):
    decision = decided(inmate, assessor=assessor, reviewer=reviewer)
    notices.withhold(decision.notice, withheld="proposed", reason="A witness.", by=reviewer)
    decision.refresh_from_db()
    assert papers.reasons_to_tell(TierDecision.objects.get()) == "As […], on the same grounds."


def test_oversight_counts_and_hides(decision, inspector, assessor):
    client, url = signed_in(inspector), reverse("inmates:oversight")
    page = client.get(url)
    assert page.context["changes"][0] == (None, [0, 1, 0], 1)
    assert {str(label): rows for label, rows in page.context["breakdowns"]}["By nationality"][0][1:] == (
        [0, None, 0],
        None,
    )
    assert client.get(url + "?start=2026-05-01&end=2026-01-01").status_code == 200
    assert client.get(url + "?start=x").status_code == 200
    assert signed_in(assessor).get(url).status_code == 403


def test_the_tab_as_a_page_and_as_a_fragment(decision, inmate, officer):
    client, url = signed_in(officer), reverse("inmates:tab_classification", args=[inmate.uuid])
    page = client.get(url).content.decode()
    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert "<html" not in fragment
    assert "As proposed" in page
    assert "As proposed" in fragment
