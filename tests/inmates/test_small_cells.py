"""Small cells are hidden, with a second one beside them, so that none can be told by subtraction."""

import ast
from pathlib import Path

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from inmates.small_cells import hide_nested, hide_rows, hide_table

ROUND = {"graduates": "participants", "withdrew": "participants", "removed": "participants", "pardoned": "graduates"}


def test_a_second_cell_is_hidden_with_a_small_one():
    rows = {"a": {"x": 3, "y": 20, "z": 30}, "b": {"x": 40, "y": 9, "z": 50}, "c": {"x": 8, "y": 70, "z": 80}}
    shown = hide_table(rows)
    for line in [*shown.values(), *({row: shown[row][c] for row in shown} for c in "xyz")]:
        assert sum(value is None for value in line.values()) != 1
    assert shown["a"]["x"] is None
    assert shown["c"]["z"] == 80


def test_nothing_is_hidden_where_nothing_is_small():
    rows = {"a": {"x": 5, "y": 0}, "b": {"x": 6, "y": 7}}
    assert hide_table(rows) == rows


def test_a_small_cell_takes_the_next_smallest_with_it_and_the_total():
    rows = hide_rows([("a", [3, 10, 20]), ("b", [40, 50, 60])])
    assert rows[0] == ("a", [None, None, 20], None)
    assert rows[1] == ("b", [None, None, 60], None)


def test_large_cells_and_noughts_stay():
    rows = [("a", [0, 5, 20]), ("b", [7, 0, 60])]
    assert hide_rows(rows) == [("a", [0, 5, 20], 25), ("b", [7, 0, 60], 67)]


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_line_hides_a_single_cell_beside_another_that_could_be_hidden(cells):
    rows = [(str(n), line) for n, line in enumerate(cells)]
    shown = hide_rows(rows)
    for line, (_name, kept, total) in zip(cells, shown, strict=True):
        assert all(kept[i] in (None, n) for i, n in enumerate(line))
        assert all(kept[i] is None for i, n in enumerate(line) if 0 < n < 5)
        hidden = [n for i, n in enumerate(line) if kept[i] is None]
        assert (total is None) == bool(hidden)
        assert len(hidden) != 1 or sum(n > 0 for n in line) == 1


def test_a_small_step_of_a_funnel_and_a_small_difference_are_hidden():
    cells = {"started": 20, "graduated": 18, "released": 9, "reconvicted": 1}
    within = {"graduated": "started", "released": "graduated", "reconvicted": "released"}
    shown = hide_nested({0: cells}, within, totals_shown=False)[0]
    assert shown == {"started": 20, "graduated": None, "released": 9, "reconvicted": None}


def test_of_parts_that_make_up_their_whole_none_is_hidden_alone():
    cells = {"participants": 40, "graduates": 20, "withdrew": 17, "removed": 3, "pardoned": 9}
    shown = hide_nested({1: cells}, ROUND, totals_shown=False)[1]
    assert (shown["removed"], shown["withdrew"]) == (None, None)
    assert (shown["participants"], shown["graduates"], shown["pardoned"]) == (40, 20, 9)


def test_of_a_column_with_a_total_none_is_hidden_alone():
    cells = {"participants": 40, "graduates": 32, "withdrew": 8, "removed": 0, "pardoned": 9}
    other = {"participants": 50, "graduates": 40, "withdrew": 10, "removed": 0, "pardoned": 3}
    shown = hide_nested({1: cells, 2: other}, ROUND)
    assert (shown[1]["pardoned"], shown[2]["pardoned"]) == (None, None)
    assert hide_nested({1: cells, 2: other}, ROUND, totals_shown=False)[1]["pardoned"] == 9


def test_what_is_large_is_shown():
    cells = {"participants": 40, "graduates": 32, "withdrew": 8, "removed": 0, "pardoned": 9}
    assert hide_nested({1: cells}, ROUND) == {1: cells}


@given(st.lists(st.tuples(*[st.integers(0, 14)] * 3, st.floats(0, 1)), min_size=1, max_size=4), st.booleans())
def test_no_small_figure_and_no_small_difference_is_told(drawn, totals_shown):
    rows = {
        n: {"participants": a + b + c, "graduates": a, "withdrew": b, "removed": c, "pardoned": int(a * share)}
        for n, (a, b, c, share) in enumerate(drawn)
    }
    shown = hide_nested(rows, ROUND, totals_shown=totals_shown)
    for n, cells in rows.items():
        kept = shown[n]
        assert all(kept[name] in (None, value) for name, value in cells.items())
        assert all(kept[name] is None for name, value in cells.items() if 0 < value < 5)
        for name, whole in ROUND.items():
            assert None in (kept[name], kept[whole]) or not 0 < kept[whole] - kept[name] < 5
        parts = [kept[name] for name in ("graduates", "withdrew", "removed")]
        assert kept["participants"] is None or parts.count(None) != 1


def test_nobody_else_hides_figures():
    """Only `small_cells.py` decides what is hidden: no other file compares with the policy's number."""
    others = [
        path
        for room in ("inmates", "musalaha", "reports", "accounts", "facilities", "core")
        for path in Path(settings.BASE_DIR / room).rglob("*.py")
        if path.name != "small_cells.py"
    ]
    assert others
    for path in others:
        names = {node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)}
        assert "small_cell" not in names, path
