"""Sessions and notes on progress in detail: of which kind, on which strand, written when."""

from datetime import timedelta

from config import clock
from musalaha.actions import sessions
from tests.musalaha.conftest import refused


def test_a_note_is_of_a_kind_and_a_strand_of_the_list_and_not_of_tomorrow(running, coordinator):
    def note(**fields):
        return sessions.add_note(running.enrolments.first(), **({"text": "Good", "by": coordinator} | fields))

    refused("kind", note, kind="gossip")
    refused("strand", note, strand="chess")
    refused("on", note, on=clock.today() + timedelta(days=1))
    yesterday = clock.today() - timedelta(days=1)
    made = note(kind="note", strand="rights", on=yesterday)
    assert (made.kind, made.strand, made.written_on) == ("note", "rights", yesterday)


def test_a_session_has_a_title_and_a_strand_and_an_aim_of_the_list(running, coordinator):
    def add(**fields):
        return sessions.add_session(running, starts_at=clock.now(), by=coordinator, **fields)

    refused("strand", add, strand="chess", title="x")
    refused("aim", add, strand="rights", title="x", aim="fun")
    refused("title", add, strand="rights", title="")
    assert not running.sessions.exists()
    assert add(strand="rights", title="x").title == "x"
