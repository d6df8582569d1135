"""Small cells: figures of so few people that they tell of somebody. Hidden from those without national scope.

Shared by the rooms that count people, like `terms.py` by those that count days.
"""

from django.conf import settings

HIDDEN = None


def small(value):
    """Whether a cell is too small to be shown to everybody: some people, but fewer than the policy's five."""
    return value is not None and 0 < value < settings.POLICY["small_cell"]


def hide_table(rows, *, totals_shown=True):
    """Rows of cells that add up along both sides, with small cells hidden, and a second one wherever one could be
    subtracted.

    `rows`: `{row: {column: number}}` without totals. Where totals stay open to see, the second cell may be a zero;
    otherwise zero tells of nobody and stays. Returns the same with None for what is hidden.
    """
    hidden = {(row, column) for row, cells in rows.items() for column, value in cells.items() if small(value)}
    columns = list(next(iter(rows.values()), {}))
    lines = [[(row, column) for column in columns] for row in rows] + [[(row, c) for row in rows] for c in columns]
    changed = True
    while changed:
        changed = False
        for line in lines:
            inside = [cell for cell in line if cell in hidden]
            others = [
                (rows[row][column] == 0, rows[row][column], row, column)
                for row, column in line
                if (row, column) not in hidden and (totals_shown or rows[row][column])
            ]
            if len(inside) == 1 and others:
                _zero, _value, *cell = min(others, key=lambda other: other[:2])
                hidden.add(tuple(cell))
                changed = True
    return {
        row: {column: HIDDEN if (row, column) in hidden else value for column, value in cells.items()}
        for row, cells in rows.items()
    }
