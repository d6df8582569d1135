"""Small cells: figures of so few people that they tell of somebody. Hidden from those without national scope.

Shared by the rooms that count people, like `terms.py` by those that count days. Nobody else hides figures: a page has a
table (`hide_table`), a table whose rows have a total (`hide_rows`), or figures each part of another (`hide_nested`).
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


def hide_rows(rows):
    """A table whose rows have a total: `[(group, [count, ...])]` becomes `[(group, [count or None], total or None)]`.

    A total is hidden with its row when that row hides a cell. Zero tells of nobody and stays.
    """
    shown = hide_table({group: dict(enumerate(cells)) for group, cells in rows}, totals_shown=False)
    return [
        (group, list(shown[group].values()), None if HIDDEN in shown[group].values() else sum(cells))
        for group, cells in rows
    ]


def hide_nested(rows, within, *, totals_shown=True):
    """Figures each of which is part of another: small ones are hidden, and what they could be told from.

    `rows`: `{row: {name: number}}`; `within`: `{name: the name it is part of}`. A difference from what a figure is part of
    is a figure too. Where parts make up their whole, or a column's total is open to see, one is never hidden alone.
    """
    hidden, before = set(), None
    while hidden != before:
        before = set(hidden)
        for row, cells in rows.items():
            _hide_differences(row, cells, within, hidden)
            for whole in set(within.values()):
                parts = [name for name, of in within.items() if of == whole]
                if sum(cells[name] for name in parts) == cells[whole] and (row, whole) not in hidden:
                    _hide_another([(row, name) for name in parts], rows, hidden)
        for name in within if totals_shown else ():
            _hide_another([(row, name) for row in rows], rows, hidden)
    return {
        row: {name: HIDDEN if (row, name) in hidden else value for name, value in cells.items()}
        for row, cells in rows.items()
    }


def _hide_differences(row, cells, within, hidden):
    """Hide what is small itself, or differs by few from the nearest figure still shown that it is part of."""
    for name, value in cells.items():
        whole = within.get(name)
        while whole is not None and (row, whole) in hidden:
            whole = within.get(whole)
        if small(value) or (whole is not None and small(cells[whole] - value)):
            hidden.add((row, name))


def _hide_another(line, rows, hidden):
    """Where one cell of a line is hidden alone, hide the next smallest with it."""
    inside = [cell for cell in line if cell in hidden]
    others = [(rows[row][name] == 0, rows[row][name], (row, name)) for row, name in line if (row, name) not in hidden]
    if len(inside) == 1 and others:
        hidden.add(min(others)[-1])
