"""Aftercare: contacts recorded once, and reconvictions by a judgment after the act."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from musalaha.aftercare import actions as aftercare
from musalaha.aftercare.models import Reconviction


def test_a_contact_after_release_is_recorded_once_here_and_after_it(freed, officer, officer2):
    stay = freed(100)
    aftercare.plan_follow_up(stay, by=officer)
    aftercare.plan_follow_up(stay, by=officer)
    contact = stay.follow_ups.order_by("months").first()
    released_on = timezone.localdate(stay.released_at)
    fields = {"done_on": released_on, "contact": "met", "by": officer}

    def record(**wrong):
        return aftercare.record_follow_up(contact, **(fields | wrong))

    with pytest.raises(PermissionDenied):
        record(by=officer2)
    for wrong, field in (
        ({"done_on": clock.today() + timedelta(days=1)}, "done_on"),
        ({"done_on": released_on - timedelta(days=1)}, "done_on"),
        ({"lost": True}, "lost"),
        ({"lost": True, "contact": "family"}, "lost"),
    ):
        with pytest.raises(ValidationError) as refusal:
            record(**wrong)
        assert list(refusal.value.message_dict) == [field]
    aftercare.lose_sight(contact)
    contact.refresh_from_db()
    assert contact.lost
    record(housing="yes", support="Family", note="N")
    contact.refresh_from_db()
    assert (contact.done_on, contact.contact, contact.recorded_by) == (released_on, "met", officer)
    assert (contact.housing, contact.support, contact.note, contact.lost) == ("yes", "Family", "N", False)
    with pytest.raises(InvalidTransition, match="recorded already"):
        record()
    aftercare.lose_sight(contact)
    contact.refresh_from_db()
    assert not contact.lost


def test_a_reconviction_is_of_somebody_released_by_a_judgment_after_the_act(freed, inmate, officer, officer2):
    stay = freed(800)
    released_on = timezone.localdate(stay.released_at)
    fields = {"act_on": released_on, "final_on": released_on, "terrorism": False, "source": " Rabat 12 ", "by": officer}
    with pytest.raises(PermissionDenied):
        aftercare.record_reconviction(stay, **(fields | {"by": officer2}))
    with pytest.raises(ValidationError) as refusal:
        aftercare.record_reconviction(stay, **(fields | {"act_on": released_on + timedelta(days=1)}))
    assert list(refusal.value.message_dict) == ["final_on"]
    with pytest.raises(InvalidTransition, match="not been released"):
        aftercare.record_reconviction(inmate.admissions.get(), **fields)
    made = aftercare.record_reconviction(stay, **fields)
    assert (made.source, made.recorded_by, made.inmate) == ("Rabat 12", officer, stay.inmate)
    assert Reconviction.objects.count() == 1


@pytest.mark.parametrize("field", ["checked_on", "reference"])
def test_a_check_is_of_a_day_after_release_and_names_its_paper(freed, officer, assessor, field):
    stay = freed(100)
    before = timezone.localdate(stay.released_at) - timedelta(days=1)
    values = {"checked_on": clock.today(), "reference": "Extract 4"}
    wrong = values | {field: before if field == "checked_on" else " "}
    with pytest.raises(ValidationError) as refusal:
        aftercare.record_check(stay, by=officer, **wrong)
    assert list(refusal.value.error_dict) == [field]
    with pytest.raises(PermissionDenied):
        aftercare.record_check(stay, by=assessor, **values)
    assert not stay.record_checks.exists()
    aftercare.record_check(stay, by=officer, **values)
    with pytest.raises(ValidationError, match="already"):
        aftercare.record_check(stay, by=officer, **values)


def test_a_contact_has_its_day_and_who_recorded_it(freed, officer):
    stay = freed(100)
    aftercare.plan_follow_up(stay, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        stay.follow_ups.update(recorded_by=officer)
