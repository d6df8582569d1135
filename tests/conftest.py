"""What every test may ask for: prisons, one user a role, people in custody; and how hard and at which hour tests run.

`LONG=1` (`bin/test --long`) makes hypothesis try ten times as many examples. `TEST_CLOCK=2026-04-20T23:30` starts
the clock of the tests at that moment, in UTC unless it names a zone; PostgreSQL's own `now()` stays real.
"""

import gc
import os
from datetime import UTC, datetime

import django.conf
import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from accounts import roles
from tests import application_rights, factories

# A busy machine is no finding: nothing here has a deadline.
settings.register_profile("quick", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100)
settings.register_profile("long", settings.get_profile("quick"), max_examples=1000)
settings.load_profile("long" if os.environ.get("LONG") == "1" else "quick")


def pytest_configure(config):
    """Pages act as the application. The clock starts at `TEST_CLOCK` and runs on from there, in every worker."""
    application_rights.install(django.conf.settings)
    if chosen := os.environ.get("TEST_CLOCK"):
        import time_machine

        moment = datetime.fromisoformat(chosen)
        clock = time_machine.travel(moment if moment.tzinfo else moment.replace(tzinfo=UTC), tick=True)
        clock.start()
        config.add_cleanup(clock.stop)


# Under `bin/test` a whole file goes to one worker: the longest come first, so that none is left to go on alone at the end.
LONGEST = (
    "tests/demo/loaded/",
    "tests/inmates/sentences/test_random_histories.py",
    "tests/inmates/classification/test_random_life.py",
    "tests/matrix/test_matrix.py",
    "tests/demo/test_situations.py",
    "tests/inmates/sentences/test_settlements.py",
    "tests/inmates/classification/test_in_force.py",
    "tests/browser/test_path.py",
    "tests/browser/test_round.py",
    "tests/test_backup.py",
    "tests/browser/",
)


def _empties_tables(item):
    """Whether the test commits, so that all tables are emptied after it; pytest-django lets the others go first."""
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or "live_server" in item.fixturenames


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put the longest files first, of those that commit nothing and then of the others."""

    def rank(item):
        return next((n for n, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    first = next((n for n, item in enumerate(items) if _empties_tables(item)), len(items))
    items[:] = sorted(items[:first], key=rank) + sorted(items[first:], key=rank)


def pytest_collection_finish():
    """Let the collector of garbage leave alone what stays to the end: a tenth of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def pytest_report_header():
    """Say in the head of the report at which hour and how hard the tests run."""
    return f"clock: {os.environ.get('TEST_CLOCK') or 'real'}; hypothesis: {settings.get_current_profile_name()}"


@pytest.fixture(autouse=True)
def _stored_files(settings, tmp_path_factory):
    """What a test stores goes to a folder of its own and leaves the real one alone."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("documents")


@pytest.fixture
def as_application(db):
    """A context in which acts and statements have the rights of the application, as pages have."""
    return application_rights.application_rights


@pytest.fixture
def clock_of_the_database():
    """The real time, whatever `TEST_CLOCK` says: for what is counted by the time that PostgreSQL gives events."""
    if not os.environ.get("TEST_CLOCK"):
        yield
        return
    import time_machine

    with time_machine.travel(datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC), tick=True):
        yield


@pytest.fixture(autouse=True)
def _english():
    """What is said outside of a request is said in the source language; a request speaks its reader's."""
    with translation.override("en"):
        yield


@pytest.fixture
def prison(db):
    """The prison `sale-2` with units A, B, C (all tiers) and the three regimes."""
    factories.make_regimes()
    facility = factories.FacilityFactory(code="sale-2", name_fr="Salé 2", name_ar="سلا 2")
    facility.units.bulk_create(factories.UnitFactory.build(facility=facility, name=name) for name in "ABC")
    return facility


@pytest.fixture
def other_prison(db):
    """Another prison, with one unit."""
    facility = factories.FacilityFactory(code="toulal-2", name_fr="Toulal 2", name_ar="تولال 2")
    factories.UnitFactory(facility=facility, name="A")
    return facility


@pytest.fixture
def unit(prison):
    """Unit A of `sale-2`."""
    return prison.units.get(name="A")


@pytest.fixture
def officer(prison):
    """Records officer of `sale-2`."""
    return factories.make_user(roles.OFFICER, prison, username="officer")


@pytest.fixture
def officer2(other_prison):
    """Records officer of another prison."""
    return factories.make_user(roles.OFFICER, other_prison, username="officer2")


@pytest.fixture
def assessor(prison):
    """Assessor of `sale-2`."""
    return factories.make_user(roles.ASSESSOR, prison, username="assessor")


@pytest.fixture
def director(prison):
    """Director of `sale-2`."""
    return factories.make_user(roles.DIRECTOR, prison, username="director")


@pytest.fixture
def director2(other_prison):
    """Director of another prison."""
    return factories.make_user(roles.DIRECTOR, other_prison, username="director2")


@pytest.fixture
def reviewer(db):
    """Reviewer (administrator), national."""
    return factories.make_user(roles.REVIEWER, username="reviewer")


@pytest.fixture
def reviewer2(db):
    """A second reviewer."""
    return factories.make_user(roles.REVIEWER, username="reviewer2")


@pytest.fixture
def coordinator(db):
    """Musalaha coordinator, national."""
    return factories.make_user(roles.COORDINATOR, username="coordinator")


@pytest.fixture
def appeals_officer(db):
    """The programme's appeals officer, national; never assessor or reviewer."""
    return factories.make_user(roles.APPEALS, username="appeals")


@pytest.fixture
def inspector(db):
    """Inspector: reads everything, changes nothing."""
    return factories.make_user(roles.INSPECTOR, username="inspector")


@pytest.fixture
def sysadmin(db):
    """System administrator: users and reference data only."""
    return factories.make_user(roles.SYSADMIN, username="sysadmin")


@pytest.fixture
def sysadmin2(db):
    """A second system administrator, without whom the first changes no account."""
    return factories.make_user(roles.SYSADMIN, username="sysadmin2")


@pytest.fixture
def inmate(unit, officer):
    """Somebody finally convicted, in unit A of `sale-2`."""
    return factories.make_inmate(unit, by=officer)
