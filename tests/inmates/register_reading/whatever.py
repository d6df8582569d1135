"""Whatever a cell may hold, and what a reader makes of it."""

from hypothesis import strategies as st

from inmates.register_reading.errors import ReaderError
from inmates.register_reading.sheet import SheetError

anything = (
    st.text()
    | st.text(st.characters(codec=None, exclude_categories=()))
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.datetimes()
    | st.dates()
    | st.times()
    | st.timedeltas()
    | st.none()
)


def said(reader, *value):
    """What a reader gives or says; anything but a value or its own refusal fails the test."""
    try:
        return str(reader(*value))
    except (ReaderError, SheetError) as refused:
        return str(refused)
