"""What ruff does not see: a day taken from a moment in the wrong zone, a file too long for one subject.

Days are Morocco's: nothing takes the day or the hour out of a moment without saying in which time zone.

Moments are stored in UTC. Between 23:00 and 24:00 UTC `moment.date()` is yesterday in Morocco, and
`f"{moment:%H:%M}"` is an hour early most of the year. Ruff (DTZ) sees neither.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OUTSIDE = {".venv", "var", "migrations", "docs"}
# Files that take the day of a moment that is local, or has no time zone at all.
LOCAL = {
    "documents/pdf.py",  # made local in the same line
    "inmates/register_reading/dates.py",  # cells of a spreadsheet have no time zone
    "core/templatetags/display.py",  # made local in the line before
    "tests/inmates/people/test_list.py",  # a cell of a spreadsheet
}


def unzoned(source):
    """Lines that take a day or an hour from a moment in whatever time zone it happens to be."""
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
        if (
            (called and called.attr == "date" and not node.args and not _made_local(called.value))
            or (called and called.attr == "strftime" and _is_moment(called.value))
            or (isinstance(node, ast.FormattedValue) and node.format_spec and _is_moment(node.value))
        ):
            yield node.lineno


def _made_local(node):
    """Whether an expression is `localtime(...)`."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "localtime"


def _is_moment(node):
    """Whether an expression is named like a moment: `at`, `left_at`, the bounds of a period, now."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).split(".")[-1] == "now"
    name = getattr(node, "attr", getattr(node, "id", ""))
    return name in ("at", "lower", "upper", "moment", "begun", "ended") or name.endswith(("_at", "_begun", "_ended"))


def test_days_are_taken_in_moroccos_time():
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT)
        if not OUTSIDE.intersection(place.parts) and str(place) not in LOCAL:
            found += [f"{place}:{line}" for line in unzoned(path.read_text())]
    assert found == []


def test_no_file_is_too_long_for_one_subject():
    """Below 450 lines, tests too; what grows longer is cut by subject."""
    ours = [path for path in ROOT.rglob("*.py") if not OUTSIDE.intersection(path.relative_to(ROOT).parts)]
    assert ours
    assert [str(path.relative_to(ROOT)) for path in ours if len(path.read_text().splitlines()) >= 450] == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("stay.released_at.date() >= day", True),
        ("timezone.now().date()", True),
        ("at.date()", True),
        ("f'{self.at:%Y-%m-%d}'", True),
        ("f'{running.during.lower:%H:%M}'", True),
        ("f'{clock.now():%H:%M}'", True),
        ("stay.admitted_at.strftime('%Y')", True),
        ("timezone.localdate(stay.released_at)", False),
        ("timezone.localtime(stay.released_at).date()", False),
        ("f'{timezone.localtime(self.at):%H:%M}'", False),
        ("f'{order.issued_on:%Y-%m-%d}'", False),
        ("date(2027, 1, 1)", False),
    ],
)
def test_what_is_told_apart(source, wrong):
    assert bool(list(unzoned(source))) == wrong
