"""Signed heads kept elsewhere find what the chain alone does not tell: a cut end, a chain sealed anew, an emptied table."""

import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from audit import trail
from audit.verification import verify

pytestmark = pytest.mark.django_db

RESEAL = "DELETE FROM audit_seal; INSERT INTO audit_unsealed SELECT id FROM audit_event"


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    """A key of this test's own."""
    settings.AUDIT_SIGNING_KEY = tmp_path / "key.pem"
    settings.AUDIT_PUBLIC_KEYS = None


@pytest.fixture
def kept(tmp_path):
    """A file of two heads: after two events and after four."""
    file = tmp_path / "heads.jsonl"
    for _head in range(2):
        for _event in range(2):
            trail.record("test.done", by=None)
        trail.seal_pending()
        call_command("verify_audit", export_head=file)
    return file


def sql(*statements):
    """What the database's superuser does."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_an_untouched_chain_agrees_with_its_heads(kept, capsys):
    trail.record("test.later", by=None)
    trail.seal_pending()
    call_command("verify_audit", against=kept)
    assert "heads agreed with: 2" in capsys.readouterr().out
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("deed", "fault"),
    [
        (
            [
                "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE sequence > 3)",
                "DELETE FROM audit_seal WHERE sequence > 3",
            ],
            "The chain was cut: it ends at seal 3, and had 4",
        ),
        (["DELETE FROM audit_seal", "DELETE FROM audit_event"], "The chain is empty, and had 4 seals"),
        (
            [
                "UPDATE audit_event SET verb = 'test.undone' WHERE id = (SELECT max(id) FROM audit_event)",
                RESEAL,
                "SELECT audit_seal_pending()",
            ],
            "seal 4 is not the one of",
        ),
        (
            [
                "UPDATE audit_event SET verb = 'test.undone' WHERE id = (SELECT min(id) FROM audit_event)",
                RESEAL,
                "SELECT audit_seal_pending()",
            ],
            "the last head that agrees is of seal -",
        ),
        (
            [
                "UPDATE audit_seal SET event_id = -event_id WHERE sequence IN (2, 3)",
                "UPDATE audit_seal s SET event_id = (SELECT -o.event_id FROM audit_seal o WHERE o.sequence = 5 - s.sequence)"
                " WHERE sequence = 2",
                "UPDATE audit_seal SET event_id = -event_id - 1 WHERE sequence = 3",
            ],
            "Broken at seal 2",
        ),
    ],
    ids=["cut", "emptied", "end sealed anew", "all sealed anew", "reordered"],
)
def test_a_superusers_deed_is_named(kept, deed, fault, capsys):
    sql(*deed)
    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit", against=kept)
    assert stop.value.code == 1
    assert fault in capsys.readouterr().err


def test_without_heads_a_cut_end_is_not_to_be_seen(kept):
    sql(
        "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE sequence > 3)",
        "DELETE FROM audit_seal WHERE sequence > 3",
    )
    assert not verify().faults


def test_a_head_that_nobody_signed_is_not_believed(kept):
    lines = kept.read_text().splitlines()
    kept.write_text("\n".join([lines[0], lines[1].replace(json.loads(lines[1])["hash"], "0" * 64)]))
    with pytest.raises(CommandError, match="the signature on line 2 is wrong"):
        call_command("verify_audit", against=kept)
    kept.write_text("{}")
    with pytest.raises(CommandError, match="line 1 is no head"):
        call_command("verify_audit", against=kept)
    kept.write_text("")
    with pytest.raises(CommandError, match="holds no head"):
        call_command("verify_audit", against=kept)


def test_who_has_the_public_key_alone_verifies_and_cannot_sign(kept, settings, tmp_path):
    private = serialization.load_pem_private_key(settings.AUDIT_SIGNING_KEY.read_bytes(), None)
    older = Ed25519PrivateKey.generate()
    public = tmp_path / "public.pem"
    public.write_bytes(
        b"".join(
            one.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            for one in (older, private)
        )
    )
    settings.AUDIT_SIGNING_KEY, settings.AUDIT_PUBLIC_KEYS = None, public
    call_command("verify_audit", against=kept)
    with pytest.raises(ImproperlyConfigured):
        call_command("verify_audit", export_head=kept)
    settings.AUDIT_PUBLIC_KEYS = None
    with pytest.raises(CommandError, match="a key that is not known here"):
        call_command("verify_audit", against=kept)


def test_a_broken_chain_exports_no_head(kept, tmp_path):
    sql("UPDATE audit_event SET verb = 'test.undone'")
    with pytest.raises(SystemExit):
        call_command("verify_audit", export_head=tmp_path / "more.jsonl")
    assert not (tmp_path / "more.jsonl").exists()
