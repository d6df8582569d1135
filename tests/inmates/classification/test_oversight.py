"""Small cells are hidden, with a second one beside them, so that none can be told by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from inmates.classification.oversight import hide_small


def test_a_small_cell_takes_the_next_smallest_with_it():
    rows = hide_small([("a", [3, 10, 20]), ("b", [40, 50, 60])])
    assert rows[0] == ("a", [None, None, 20], None)
    assert rows[1] == ("b", [None, None, 60], None)


def test_large_cells_and_noughts_stay():
    rows = [("a", [0, 5, 20]), ("b", [7, 0, 60])]
    assert hide_small(rows) == [("a", [0, 5, 20], 25), ("b", [7, 0, 60], 67)]


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_line_hides_a_single_cell_beside_another_that_could_be_hidden(cells):
    rows = [(str(n), line) for n, line in enumerate(cells)]
    shown = hide_small(rows)
    for line, (_name, kept, total) in zip(cells, shown, strict=True):
        assert all(kept[i] in (None, n) for i, n in enumerate(line))
        assert all(kept[i] is None for i, n in enumerate(line) if 0 < n < 5)
        hidden = [n for i, n in enumerate(line) if kept[i] is None]
        assert (total is None) == bool(hidden)
        assert len(hidden) != 1 or sum(n > 0 for n in line) == 1
