"""Assessor, decider and appeal decider are three people, whatever wrote the row.

Composite foreign keys tie the copied columns to the rows they were copied from, so that the check constraints on them
(`review_decided_by_another`, `decision_not_by_its_assessor`, `appeal_decided_by_a_third`) cannot be got round.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE inmates_review ADD CONSTRAINT review_assessor_is_the_assessments
    FOREIGN KEY (assessment_id, assessor_id) REFERENCES inmates_assessment (id, assessor_id);
ALTER TABLE inmates_tierdecision ADD CONSTRAINT decision_assessor_is_the_reviews
    FOREIGN KEY (review_id, assessor_id) REFERENCES inmates_review (id, assessor_id);
ALTER TABLE inmates_appeal ADD CONSTRAINT appeal_people_are_the_decisions
    FOREIGN KEY (decision_id, assessor_id, decider_id) REFERENCES inmates_tierdecision (id, assessor_id, decided_by_id);
"""
BACKWARD = """
ALTER TABLE inmates_appeal DROP CONSTRAINT appeal_people_are_the_decisions;
ALTER TABLE inmates_tierdecision DROP CONSTRAINT decision_assessor_is_the_reviews;
ALTER TABLE inmates_review DROP CONSTRAINT review_assessor_is_the_assessments;
"""


class Migration(migrations.Migration):
    dependencies = [("inmates", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
