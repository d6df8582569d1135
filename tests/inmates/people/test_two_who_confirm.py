"""Two who confirm one correction at once: one is done, the other is told, and neither waits for the other for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import translation

from accounts.models import User
from core.workflow import InvalidTransition, lock
from inmates.people.actions import corrections
from inmates.people.models import Correction, Inmate
from inmates.sentences.models import Sentence
from tests import factories
from tests.inmates.people.test_corrections import fix

pytestmark = pytest.mark.django_db(transaction=True)


def confirm(barrier, pk, user_pk):
    """As the page does: the days worked out again, then the second signature, in one transaction."""
    try:
        with transaction.atomic(), translation.override("en"):
            correction, user = Correction.objects.get(pk=pk), User.objects.get(pk=user_pk)
            barrier.wait(timeout=20)
            corrections.refresh(corrections.lock_with_person(correction), by=user)
            corrections.confirm(correction, by=user)
    except InvalidTransition:
        return "told"
    finally:
        connections["default"].close()
    return "done"


def test_one_is_done_the_other_is_told(unit, officer, director, reviewer):
    with ThreadPoolExecutor(2) as pool:
        for _n in range(4):
            sentence = factories.make_inmate(unit, by=officer).sentences.get()
            waiting = fix(sentence, "sentence", officer, years=str(sentence.years + 1))
            barrier = Barrier(2)
            calls = [pool.submit(confirm, barrier, waiting.pk, user.pk) for user in (director, reviewer)]
            assert sorted(call.result(timeout=40) for call in calls) == ["done", "told"]


def foresee(pk, user_pk):
    """Look at what waits, in a connection of one's own."""
    try:
        with transaction.atomic():
            corrections.refresh(Correction.objects.get(pk=pk), by=User.objects.get(pk=user_pk))
    finally:
        connections["default"].close()


def test_whoever_looks_locks_the_person_before_the_record(unit, officer, director, reviewer):
    inmate = factories.make_inmate(unit, by=officer)
    sentence = inmate.sentences.get()
    waiting = fix(sentence, "sentence", officer, years=str(sentence.years + 1))
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock(Inmate.objects.get(pk=inmate.pk))
            looking = pool.submit(foresee, waiting.pk, director.pk)
            with pytest.raises(TimeoutError):
                looking.result(timeout=2)
            try:
                Sentence.objects.select_for_update(nowait=True).get(pk=sentence.pk)
            except DatabaseError:
                pytest.fail("it holds the record while it waits for the person")
        looking.result(timeout=20)
