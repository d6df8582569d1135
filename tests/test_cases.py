"""Documents that say what holds name tests that exist."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = re.findall(r"^\| (\d+) \|.*\| `(\S+\.py)` `(test_\w+)` \|$", (ROOT / "docs/cases.md").read_text(), re.MULTILINE)
SECURITY = ("docs/security.md", "docs/asvs.md")
REQUIREMENT = re.compile(
    r"^\| (\d+)\.(\d+)\.(\d+) \| ([123]) \| .+ \| (met|not met|does not apply) \| .+ \|$", re.MULTILINE
)
GUIDES = ("CONTRIBUTING.md", "docs/architecture.md")
COUNT = re.compile(r"^\| V(\d+) .*\| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


@cache
def text(path):
    return (ROOT / path).read_text()


def is_there(path, name):
    """Whether there is such a test; the path begins at the root."""
    return (ROOT / path).is_file() and f"\ndef {name}(" in text(path)


@pytest.mark.parametrize(("number", "path", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_a_case_is_held_by_its_test(number, path, name):
    assert is_there(f"tests/{path}", name), number


def test_the_table_is_numbered_in_order():
    numbers = [int(row[0]) for row in ROWS]
    assert numbers == sorted(set(numbers))
    assert len(ROWS) >= 60


@pytest.mark.parametrize("document", SECURITY)
def test_a_control_is_held_by_its_test(document):
    named = set(re.findall(r"(tests/[\w/]+\.py)::(test_\w+)", text(document)))
    assert len(named) >= 30
    assert [f"{path}::{name}" for path, name in sorted(named) if not is_there(path, name)] == []


@pytest.mark.parametrize("document", GUIDES)
def test_a_test_that_a_guide_names_is_there(document):
    """By its whole name, or by how it begins where three dots follow."""
    named = set(re.findall(r"\btest_\w+(?:\.py|\.\.\.)?", text(document)))
    paths = list((ROOT / "tests").rglob("test_*.py"))
    files = {path.name for path in paths}
    tests = "".join(path.read_text() for path in paths)
    assert named
    assert [
        name
        for name in sorted(named)
        if name not in files and f"\ndef {name.removesuffix('...')}{'' if name.endswith('...') else '('}" not in tests
    ] == []


@pytest.mark.parametrize("document", SECURITY)
def test_a_file_that_is_named_is_there(document):
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.\w+)(?:::\w+)?`", text(document)))
    assert [path for path in sorted(named) if not path.startswith("var/") and not (ROOT / path).exists()] == []


def test_the_requirements_are_counted_right():
    rows = [(tuple(map(int, row[:3])), row[4]) for row in REQUIREMENT.findall(text("docs/asvs.md"))]
    numbers = [number for number, _answer in rows]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 261  # levels 1 and 2, and level 3 of V7, V8 and V16, in version 5.0.0
    said = {int(chapter): tuple(map(int, counts)) for chapter, *counts in COUNT.findall(text("docs/asvs.md"))}
    found = {
        chapter: tuple(
            sum(number[0] == chapter and answer == kind for number, answer in rows)
            for kind in ("met", "not met", "does not apply")
        )
        for chapter in range(1, 18)
    }
    assert said == found
