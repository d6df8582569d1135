"""Messages for cells that cannot be read."""

from inmates.people.register_reading.text import tidy


class ReaderError(ValueError):
    """A cell that cannot be read. `str()` is the message in the reader's language; `%(value)s` shows what was there."""

    def __init__(self, message, value=None, **params):
        text = tidy(value)
        self.message = message
        self.params = {"value": text if len(text) <= 40 else f"{text[:39]}…", **params}
        super().__init__(message)

    def __str__(self):
        return str(self.message) % self.params
