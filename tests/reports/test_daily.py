"""The day's run, whole: every room's duties, the seal, and the head that is kept."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from audit import heads, trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    """A key and a file of heads of this test's own, and somebody who gets them by mail."""
    settings.AUDIT_SIGNING_KEY = tmp_path / "key.pem"
    settings.AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"
    settings.AUDIT_HEADS_MAIL = ["inspection@example.org"]
    return settings.AUDIT_HEADS_FILE


@pytest.fixture
def daily(django_capture_on_commit_callbacks):
    """The day's run, committed."""

    def run():
        with django_capture_on_commit_callbacks(execute=True):
            call_command("daily")

    return run


def test_the_head_is_kept_and_mailed_once_for_each_end_of_the_chain(kept, daily, capsys):
    trail.record("test.done", by=None)
    daily()
    daily()
    assert "audit.head: as before" in capsys.readouterr().out
    assert len(heads.read(kept)) == 1
    trail.record("test.done", by=None)
    daily()
    assert [head.sequence for head in heads.read(kept)] == [1, 2]
    assert [one.body for one in mail.outbox] == [line + "\n" for line in kept.read_text().splitlines()]


def test_a_chain_cut_since_the_last_head_is_not_covered_up(kept, daily):
    trail.record("test.done", by=None)
    daily()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event; DELETE FROM audit_seal")
    trail.record("test.other", by=None)
    with pytest.raises(CommandError, match="no longer holds the seal 1"):
        daily()
    assert len(heads.read(kept)) == 1


def test_without_a_key_it_says_that_no_head_was_kept(settings, kept, daily, capsys):
    settings.AUDIT_SIGNING_KEY = None
    trail.record("test.done", by=None)
    daily()
    assert "AUDIT_SIGNING_KEY names no key" in capsys.readouterr().err
    assert not kept.exists()


def test_what_is_rolled_back_leaves_no_head(kept):
    trail.record("test.done", by=None)
    call_command("daily")
    assert not kept.exists()


def test_an_inspector_downloads_the_signed_head_where_there_is_a_key(client, inspector, settings, tmp_path):
    trail.record("test.done", by=None)
    trail.seal_pending()
    client.force_login(inspector)
    page, file = reverse("audit:proof"), reverse("audit:head")
    assert file in client.get(page).content.decode()
    (tmp_path / "got.jsonl").write_bytes(client.get(file).content)
    assert heads.read(tmp_path / "got.jsonl")[0].sequence >= 1
    settings.DEMO, settings.AUDIT_SIGNING_KEY = False, tmp_path / "no-such-key.pem"
    assert file not in client.get(page).content.decode()
    assert client.get(file).url == page
