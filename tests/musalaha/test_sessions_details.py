"""Notes on progress in detail: of which kind, on which strand, written when."""

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
