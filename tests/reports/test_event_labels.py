"""Every verb that an action writes has words."""

import re
from pathlib import Path

from reports.event_labels import WORDS

ROOT = Path(__file__).parents[2]
CALL = re.compile(r"trail\.(record|viewed|refused)\(\s*f?[\"']([a-z_.]+)[\"']")


def written():
    """Verbs in the code of all rooms."""
    for room in ("accounts", "facilities", "documents", "core", "inmates", "musalaha", "reports", "demo"):
        for path in (ROOT / room).rglob("*.py"):
            for kind, verb in CALL.findall(path.read_text()):
                yield f"{verb}.viewed" if kind == "viewed" else verb


def test_every_verb_has_words():
    assert set(written()) - WORDS.keys() == set()
