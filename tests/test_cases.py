"""The table of cases names tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = re.findall(r"^\| (\d+) \|.*\| `(\S+\.py)` `(test_\w+)` \|$", (ROOT / "docs/cases.md").read_text(), re.MULTILINE)


@pytest.mark.parametrize(("number", "path", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_a_case_is_held_by_its_test(number, path, name):
    assert f"\ndef {name}(" in (ROOT / "tests" / path).read_text(), number


def test_the_table_is_numbered_in_order():
    numbers = [int(row[0]) for row in ROWS]
    assert numbers == sorted(set(numbers))
    assert len(ROWS) >= 60
