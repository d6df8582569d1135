"""A pytest plugin that says, just before the last line, what `bin/test` found or left out outside of pytest."""

import os


def pytest_terminal_summary(terminalreporter) -> None:
    for line in os.environ.get("TEST_NOTES", "").splitlines():
        terminalreporter.write_line(line, yellow=True)
