"""Of a whole made-up service, what somebody reads who has its tables and no key."""

import re

from inmates.classification.models import Finding
from inmates.conditions.models import Incident, SeparationBar
from inmates.people.models import Inmate
from musalaha.models import Application, ProgressNote
from tests import dumps

OF = [
    (Finding, "evidence"),
    (Incident, "account"),
    (SeparationBar, "source"),
    (Application, "statement"),
    (ProgressNote, "text"),
]


def test_no_table_holds_a_number_or_what_was_written_of_health_and_beliefs(demo):
    numbers = set(Inmate.objects.exclude(cin=None).values_list("cin", flat=True))
    written = {
        text for model, name in OF for text in model._base_manager.values_list(name, flat=True) if len(text) > 12
    }
    assert len(numbers) > 100
    assert len(written) > 50
    for table, rows in dumps.tables().items():
        assert numbers.isdisjoint(re.findall(r"[A-Z]{1,2}[0-9]{5,8}", rows)), table
        assert [text for text in written if text in rows] == [], table
