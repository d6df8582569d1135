"""Commands of this project, run as a person runs them: in a process and an environment of their own."""

import os
import subprocess
import sys
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
OF_THE_RUN = (
    "DATABASE_",
    "DB_NAME",
    "DEMO",
    "INSTALL_DEMO",
    "SECRET_KEY",
    "FIELD_KEYS",
    "LOOKUP_KEY",
    "VAR_DIR",
    "TODAY",
    "DJANGO_",
    "PYTEST_",
    "TEST_",
)


def command(*words, **env):
    """A started process that knows nothing of this test run's settings and database; `env` is all that it is told."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(OF_THE_RUN)}
    return subprocess.Popen(
        [str(word) for word in words],
        cwd=ROOT,
        env={**inherited, **{key: str(value) for key, value in env.items()}},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def python(*words, **env):
    """(exit code, everything it wrote) of Python run with these words."""
    process = command(sys.executable, *words, **env)
    said = process.communicate(timeout=120)[0]
    return process.returncode, said


def postmasters(server):
    """Processes that were started on this server's data and are nobody's child among them."""
    found = [p for p in psutil.process_iter(["cmdline"]) if str(server.data) in (p.info["cmdline"] or [])]
    return [p for p in found if p.ppid() not in {other.pid for other in found}]
