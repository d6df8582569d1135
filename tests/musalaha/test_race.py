"""Two at once: the last place goes to one, a round starts once. Real connections, real locks."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.roles import sync
from core.workflow import InvalidTransition
from musalaha.actions import applications, cohorts
from musalaha.models import Application, Cohort, Enrolment


@pytest.fixture
def transactional(transactional_db):
    """Roles again, which the flush of an earlier test may have taken."""
    sync()


def at_once(*acts):
    """Run acts at the same moment on connections of their own; what each gave or raised."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(n, act):
        try:
            barrier.wait(timeout=10)
            results[n] = act()
        except Exception as error:
            results[n] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_two_accept_the_last_place_at_once(transactional, cohort, person, apply, coordinator, coordinator2):
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    first, second = apply(person()), apply(person())
    results = at_once(
        lambda: applications.accept(first, cohort=cohort, by=coordinator),
        lambda: applications.accept(second, cohort=cohort, by=coordinator2),
    )
    assert {type(result) for result in results} == {Application, InvalidTransition}
    assert Application.objects.filter(state="accepted").count() == 1


def test_a_round_started_twice_at_once_starts_once(transactional, cohort, accepted, coordinator, coordinator2):
    accepted(), accepted()
    results = at_once(
        lambda: cohorts.start_cohort(cohort, by=coordinator), lambda: cohorts.start_cohort(cohort, by=coordinator2)
    )
    assert {type(result) for result in results} == {Cohort, InvalidTransition}
    assert Enrolment.objects.count() == 2
