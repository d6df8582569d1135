"""The cache in the database: plain values come back, and nothing that is written there is ever run."""

import base64
import pickle
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

RAN = []


def run():
    RAN.append(True)
    return "ran"


class Bait:
    """What somebody with the database's password might leave there."""

    def __reduce__(self):
        return run, ()


def left_there(key, written):
    """Written by SQL, as by somebody who has the database's password."""
    row = [cache.make_key(key), base64.b64encode(written).decode(), timezone.now() + timedelta(days=1)]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO accounts_cache (cache_key, value, expires) VALUES (%s, %s, %s)", row)


@pytest.mark.parametrize("value", [0, "text", [1.5, 2.5], (3, 4.0), {"a": [None, True]}])
def test_plain_values_come_back(db, value):
    cache.set("one", value, 60)
    assert cache.get("one") == value
    assert cache.get_many(["one", "two"]) == {"one": value}
    assert cache.add("one", "other", 60) is False


def test_what_has_ended_is_not_there(db, time_machine):
    cache.set("one", 1, 60)
    time_machine.move_to(timezone.now() + timedelta(seconds=61))
    assert cache.get("one") is None
    assert cache.add("one", 2, 60) is True
    assert cache.incr("one") == 3


@pytest.mark.parametrize("written", [pickle.dumps(Bait()), b"no pickle", b""], ids=["code", "nonsense", "nothing"])
def test_what_is_not_ours_is_not_run_and_not_there(db, caplog, written):
    left_there("one", written)
    assert cache.get("one", "nothing") == "nothing"
    assert RAN == []
    assert "not one of ours" in caplog.text
