"""Notice and appeal: in time, late with a reason, by a third person, suspended, upheld, changed, sent back, lapsed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from config import clock
from core.workflow import InvalidTransition
from inmates.classification import in_force
from inmates.classification.actions import appeals, assessments, notices, reviews
from inmates.classification.models import Appeal, Notice, TierDecision
from inmates.custody.actions import releases
from tests.factories import make_inmate
from tests.inmates.classification.conftest import decided, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(inmate, decision, assessor, reviewer, officer):
    """Tier 1 after tier 2, told to the person."""
    found = decided(inmate, tier=1, assessor=assessor, reviewer=reviewer, served_by=officer)
    inmate.refresh_from_db()
    assert inmate.tier == 1
    return found


@pytest.fixture
def appeal(strict, officer):
    """An appeal against it."""
    return appeals.record_appeal(strict, made_on=clock.today(), grounds="I never did that.", by=officer)


def test_a_notice_is_served_once_and_not_before_the_decision(inmate, assessor, reviewer, officer):
    notice = decided(inmate, assessor=assessor, reviewer=reviewer).notice
    given = {"how": "read", "language": "ar", "by": officer}
    for served_on in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(ValidationError):
            notices.serve_notice(notice, served_on=served_on, **given)
    with pytest.raises(PermissionDenied):
        notices.serve_notice(notice, served_on=clock.today(), how="read", language="ar", by=assessor)
    notices.serve_notice(notice, served_on=clock.today(), refused_to_sign=True, interpreter="A. Amrani", **given)
    with pytest.raises(InvalidTransition):
        notices.serve_notice(notice, served_on=clock.today(), **given)
    notice.refresh_from_db()
    assert (notice.served_by, notice.refused_to_sign) == (officer, True)


def test_what_is_withheld_is_a_passage_with_a_reason(inmate, assessor, reviewer, officer):
    notice = decided(inmate, assessor=assessor, reviewer=reviewer).notice
    with pytest.raises(ValidationError) as refused:
        notices.withhold(notice, withheld="Not in there", reason=" ", by=reviewer)
    assert set(refused.value.message_dict) == {"withheld", "reason"}
    for other in (officer, assessor):
        with pytest.raises(PermissionDenied):
            notices.withhold(notice, withheld="As proposed", reason="Names a witness.", by=other)
    notices.withhold(notice, withheld="As proposed", reason="Names a witness.", by=reviewer)
    notice.refresh_from_db()
    assert notice.withheld_by == reviewer
    notices.withhold(notice, withheld="", reason="", by=reviewer)
    notice.refresh_from_db()
    assert (notice.withheld, notice.withheld_reason, notice.withheld_by) == ("", "", None)
    notices.serve_notice(notice, served_on=clock.today(), how="read", language="ar", by=officer)
    with pytest.raises(InvalidTransition, match="served already"):
        notices.withhold(notice, withheld="As proposed", reason="Names a witness.", by=reviewer)


def test_a_language_not_understood_takes_an_interpreter_by_name(inmate, assessor, reviewer, officer):
    inmate.languages = ["tamazight", "french"]
    inmate.save()
    notice = decided(inmate, assessor=assessor, reviewer=reviewer).notice
    assert notice.language == "fr"  # the one of theirs in which a notice can be given
    given = {"served_on": clock.today(), "how": "read", "by": officer}
    for nobody in ("", "  "):
        with pytest.raises(ValidationError) as refused:
            notices.serve_notice(notice, language="ar", interpreter=nobody, **given)
        assert set(refused.value.message_dict) == {"interpreter"}
    notices.serve_notice(notice, language="ar", interpreter="A. Amrani", **given)
    notice.refresh_from_db()
    assert (notice.language, notice.interpreter) == ("ar", "A. Amrani")


@pytest.mark.parametrize("languages", [["darija"], ["ar", "ber"], []])
def test_a_language_understood_or_not_recorded_takes_none(inmate, assessor, reviewer, officer, languages):
    inmate.languages = languages
    inmate.save()
    notice = decided(inmate, assessor=assessor, reviewer=reviewer).notice
    notices.serve_notice(notice, served_on=clock.today(), how="read", language="ar", by=officer)
    assert Notice.objects.get().served_by == officer


def test_an_answer_of_few_words_is_asked_for_again(appeal, reviewer2):
    with pytest.raises(ValidationError) as refused:
        appeals.decide_appeal(appeal, outcome="upheld", reasons="Right.", by=reviewer2)
    assert set(refused.value.message_dict) == {"reasons"}


def test_no_appeal_before_the_notice(inmate, assessor, reviewer, officer):
    decision = decided(inmate, assessor=assessor, reviewer=reviewer)
    with pytest.raises(InvalidTransition, match="notice"):
        appeals.record_appeal(decision, made_on=clock.today(), grounds="No.", by=officer)
    assert not Appeal.objects.exists()


def test_the_fifteenth_day_is_in_time_and_the_sixteenth_needs_a_reason(strict, officer, settings):
    settings.TODAY = strict.notice.served_on + timedelta(days=16)
    given = {"grounds": "No.", "by": officer}
    with pytest.raises(ValidationError) as refused:
        appeals.record_appeal(strict, made_on=clock.today(), **given)
    assert set(refused.value.message_dict) == {"late_reason"}
    in_time = appeals.record_appeal(strict, made_on=clock.today() - timedelta(days=1), **given)
    assert in_time.late_reason == ""
    with pytest.raises(InvalidTransition):
        appeals.record_appeal(strict, made_on=clock.today(), late_reason="Ill.", **given)


def test_a_late_appeal_is_admitted_with_its_reason(strict, officer, settings):
    settings.TODAY = strict.notice.served_on + timedelta(days=40)
    appeal = appeals.record_appeal(
        strict, made_on=clock.today(), grounds="No.", late_reason="In hospital until now.", by=officer
    )
    assert appeal.due_on == clock.today() + timedelta(days=15)


def test_unsigned_needs_a_witness_and_nobody_appeals_before_being_told(strict, officer, assessor):
    with pytest.raises(ValidationError) as refused:
        appeals.record_appeal(strict, made_on=clock.today() - timedelta(days=1), grounds=" ", signed=False, by=officer)
    assert set(refused.value.message_dict) == {"made_on", "grounds", "witness"}
    with pytest.raises(PermissionDenied):
        appeals.record_appeal(strict, made_on=clock.today(), grounds="No.", by=assessor)


def test_only_a_third_person_answers(appeal, reviewer, reviewer2, officer):
    for user in (reviewer, officer):
        with pytest.raises(PermissionDenied):
            appeals.decide_appeal(appeal, outcome="upheld", reasons="Right.", by=user)
        with pytest.raises(PermissionDenied):
            appeals.suspend(appeal, by=user)
    appeals.decide_appeal(appeal, outcome="upheld", reasons="Right, on the file as it stands.", by=reviewer2)
    with pytest.raises(InvalidTransition):
        appeals.decide_appeal(appeal, outcome="changed", tier=3, reasons="Again.", by=reviewer2)


def test_suspended_the_tier_before_holds_and_upheld_it_returns(appeal, inmate, reviewer2):
    appeals.suspend(appeal, by=reviewer2)
    inmate.refresh_from_db()
    assert inmate.tier == 2
    with pytest.raises(InvalidTransition):
        appeals.suspend(appeal, by=reviewer2)
    appeals.decide_appeal(appeal, outcome="upheld", reasons="Right after all, on both reports.", by=reviewer2)
    inmate.refresh_from_db()
    assert inmate.tier == 1
    assert list(in_force.disagreements()) == []


def test_changed_it_becomes_a_decision_with_a_notice(appeal, strict, inmate, reviewer2, assessor):
    appeals.decide_appeal(
        appeal, outcome="changed", tier=3, reasons="Not shown by the file as it stands.", by=reviewer2
    )
    appeal.refresh_from_db()
    inmate.refresh_from_db()
    new = appeal.new_decision
    assert (new.tier, new.decided_by, new.assessor, new.origin) == (3, reviewer2, assessor, "appeal")
    assert new.notice.served_on is None
    assert inmate.tier == 3
    assert TierDecision.objects.in_force_on(clock.today()).get(inmate=inmate) == new
    assert list(in_force.disagreements()) == []


def test_an_appeal_never_makes_things_worse(decision, officer, reviewer2):
    appeal = appeals.record_appeal(decision, made_on=clock.today(), grounds="No.", by=officer)
    for tier in (None, 1, 2, 9):
        with pytest.raises(ValidationError) as refused:
            appeals.decide_appeal(appeal, outcome="changed", tier=tier, reasons="Worse.", by=reviewer2)
        assert "tier" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        appeals.decide_appeal(appeal, outcome="lapsed", reasons="", by=reviewer2)
    assert set(refused.value.message_dict) == {"outcome", "reasons"}


def test_sent_back_a_new_assessment_is_due(appeal, inmate, reviewer2, assessor):
    appeals.decide_appeal(appeal, outcome="sent_back", reasons="The sources of two findings are missing.", by=reviewer2)
    inmate.refresh_from_db()
    assert inmate.tier == 1
    assert inmate.next_review_on == clock.today() + timedelta(days=14)
    assert assessments.start_assessment(inmate, by=assessor).cause == "appeal"


def test_the_answer_to_an_appeal_is_final_here(appeal, reviewer2, officer):
    appeals.decide_appeal(
        appeal, outcome="changed", tier=2, reasons="Partly: the second finding is not shown.", by=reviewer2
    )
    new = Appeal.objects.get().new_decision
    notices.serve_notice(new.notice, served_on=clock.today(), how="read", language="ar", by=officer)
    with pytest.raises(InvalidTransition, match="final"):
        appeals.record_appeal(new, made_on=clock.today(), grounds="No.", by=officer)


def test_release_ends_what_is_under_way(unit, officer, assessor, reviewer, reviewer2):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    told = decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)
    appeal = appeals.record_appeal(told, made_on=clock.today(), grounds="No.", by=officer)
    inmate.refresh_from_db()
    review = submitted(inmate, tier=1, assessor=assessor)
    releases.release(inmate, ground="term_served", by=officer)
    review.refresh_from_db()
    appeal.refresh_from_db()
    inmate.refresh_from_db()
    assert (review.state, appeal.outcome, inmate.next_review_on) == ("cancelled", "lapsed", None)
    assert review.cancelled_reason
    for act in (
        lambda: reviews.decide(review, tier=1, reasons="x", by=reviewer),
        lambda: appeals.decide_appeal(appeal, outcome="upheld", reasons="x", by=reviewer2),
        lambda: assessments.start_assessment(inmate, by=assessor),
    ):
        with pytest.raises(InvalidTransition):
            act()
    assert list(in_force.disagreements()) == []


def test_release_ends_a_draft_and_a_decision_that_still_waits(unit, officer, assessor, reviewer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)
    inmate.refresh_from_db()
    waiting = decided(inmate, tier=1, assessor=assessor, reviewer=reviewer)
    inmate.refresh_from_db()
    draft = assessments.start_assessment(inmate, by=assessor)
    releases.release(inmate, ground="term_served", by=officer)
    draft.refresh_from_db()
    waiting.refresh_from_db()
    inmate.refresh_from_db()
    assert draft.ended_reason
    assert waiting.suspended_on == clock.today()
    assert inmate.tier == 2
    with pytest.raises(InvalidTransition):
        notices.serve_notice(waiting.notice, served_on=clock.today(), how="read", language="ar", by=officer)
