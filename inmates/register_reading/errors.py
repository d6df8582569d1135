"""Messages for cells that cannot be read."""

from core.sayings import read
from inmates.register_reading.text import tidy


class ReaderError(ValueError):
    """A cell that cannot be read. `said` is kept, `str()` in the reader's language; a message may show what was there."""

    def __init__(self, saying, value=None, **params):
        text = tidy(value)
        params["value"] = text if len(text) <= 40 else f"{text[:39]}…"
        self.said = saying(**{name: params[name] for name in saying.parameters})
        super().__init__(saying.code)

    def __str__(self):
        return read(self.said)
