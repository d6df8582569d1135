"""Nobody approves their own work, whatever writes the row: raw SQL fails on the constraints themselves."""

import pytest
from django.db import IntegrityError, connection, transaction

from inmates.classification.actions import appeals, reviews
from inmates.classification.models import Appeal, Review, TierDecision
from tests.application_rights import rewriting

pytestmark = pytest.mark.django_db


def refused(statement, *parameters):
    """Run one statement that the database must refuse; the name of what refused it."""
    with pytest.raises(IntegrityError) as error, rewriting(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{statement}; SET CONSTRAINTS ALL IMMEDIATE", parameters)
    return error.value.__cause__.diag.constraint_name


def copy_of(row, **changes):
    """An INSERT of `row` again with `changes`: `(statement, parameters)`."""
    fields = [f for f in row._meta.concrete_fields if not f.primary_key]
    values = {f.column: f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields} | changes
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    return f"INSERT INTO {row._meta.db_table} ({names}) VALUES ({marks})", list(values.values())


def test_a_review_is_not_decided_by_its_assessor(review, assessor):
    statement = "UPDATE inmates_review SET state = 'decided', decided_by_id = %s, decided_at = now() WHERE id = %s"
    assert refused(statement, assessor.pk, review.pk) == "review_decided_by_another"


def test_a_review_is_not_decided_by_nobody(review):
    statement = "UPDATE inmates_review SET state = 'decided' WHERE id = %s"
    assert refused(statement, review.pk) == "review_decided_by_somebody"


def test_the_assessor_cannot_be_swapped_to_get_round_it(review, assessor, reviewer):
    statement = "UPDATE inmates_review SET assessor_id = %s WHERE id = %s"
    assert refused(statement, reviewer.pk, review.pk) == "review_assessor_is_the_assessments"


def test_a_decision_names_another_assessor_than_its_decider(decision, assessor, reviewer):
    assert (
        refused("UPDATE inmates_tierdecision SET decided_by_id = %s WHERE id = %s", assessor.pk, decision.pk)
        == "decision_not_by_its_assessor"
    )
    statement = "UPDATE inmates_tierdecision SET assessor_id = %s, decided_by_id = %s WHERE id = %s"
    assert refused(statement, reviewer.pk, assessor.pk, decision.pk) == "decision_assessor_is_the_reviews"


@pytest.mark.parametrize(
    ("reasons", "constraint"),
    [
        ("", "decision_has_reasons"),
        ("   ", "inmates_tierdecision_reasons_sealed"),
        ("\n\t", "inmates_tierdecision_reasons_sealed"),
    ],
)
def test_a_decision_without_reasons(decision, reasons, constraint):
    statement = "UPDATE inmates_tierdecision SET reasons = %s WHERE id = %s"
    assert refused(statement, reasons, decision.pk) == constraint


def test_two_decisions_of_one_review(decision):
    statement, values = copy_of(decision, uuid="00000000-0000-4000-8000-000000000001")
    assert refused(statement, *values).startswith("inmates_tierdecision_review_id")


def test_two_open_reviews_of_one_person(review, inmate, assessor):
    draft = review.assessment
    statement, values = copy_of(draft, uuid="00000000-0000-4000-8000-000000000002")
    with connection.cursor() as cursor:
        cursor.execute(statement + " RETURNING id", values)
        second = cursor.fetchone()[0]
    statement, values = copy_of(review, uuid="00000000-0000-4000-8000-000000000003", assessment_id=second)
    assert refused(statement, *values) == "review_one_open"


@pytest.mark.parametrize("who", ["assessor", "reviewer"])
def test_an_appeal_is_answered_by_a_third(decision, officer, assessor, reviewer, who):
    appeal = appeals.record_appeal(decision, made_on=decision.decided_on, grounds="Not so.", by=officer)
    user = {"assessor": assessor, "reviewer": reviewer}[who]
    statement = (
        "UPDATE inmates_appeal SET outcome='upheld', reasons='x', decided_by_id=%s, decided_on=now() WHERE id=%s"
    )
    assert refused(statement, user.pk, appeal.pk) == "appeal_decided_by_a_third"
    assert Appeal.objects.live().count() == 1


def test_an_appeal_names_the_people_of_its_decision(decision, officer, reviewer2):
    appeal = appeals.record_appeal(decision, made_on=decision.decided_on, grounds="Not so.", by=officer)
    statement = "UPDATE inmates_appeal SET decider_id = %s WHERE id = %s"
    assert refused(statement, reviewer2.pk, appeal.pk) == "appeal_people_are_the_decisions"


def test_a_proper_row_is_taken(review, reviewer):
    reviews.decide(review, tier=2, reasons="As proposed, on the same grounds.", by=reviewer)
    assert Review.objects.get().state == "decided"
    assert TierDecision.objects.get().decided_by == reviewer
