"""What `bin/demo` and `bin/test` share: the virtual environment, and running things in it. Standard library only."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SERVER = (str(PYTHON), "-m", "config.embedded_postgres")


def say(line: str) -> None:
    print(line, flush=True)


def stop(line: str, code: int = 1) -> None:
    """End with a message, no traceback."""
    print(line, file=sys.stderr, flush=True)
    sys.exit(code)


def run(*command: object, env: dict[str, str], quiet: bool = False) -> int:
    """Run a command in the project's folder, without input; gives its exit code. `quiet` shows failures."""
    words = [str(word) for word in command]
    if not quiet:
        return subprocess.run(words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode
    done = subprocess.run(
        words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr, flush=True)
    return done.returncode


def prepare(*requirements: str) -> None:
    """Have `.venv` with exactly these requirements in it. When it is so already, nothing is started."""
    files = [ROOT / name for name in requirements]
    stamp = VENV / f"installed-{files[-1].stem}"
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    with _one_at_a_time():
        if _works() and stamp.exists() and stamp.read_text() == wanted:
            return
        if not _works():
            _make()
        _install(files)
        for old in VENV.glob("installed-*"):  # another list may want other versions
            old.unlink()
        stamp.write_text(wanted)
        if len(files) > 1:  # the longer list holds the shorter one
            shorter = hashlib.sha256(files[0].read_bytes()).hexdigest()
            (VENV / f"installed-{files[0].stem}").write_text(shorter)


def _works() -> bool:
    try:
        return subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True).returncode == 0
    except OSError:
        return False


def _make() -> None:
    say("Making the Python environment in .venv ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            f"{sys.executable} cannot make a virtual environment. On Debian and Ubuntu install the package "
            f"python3-venv, then run this again.\n{(done.stderr or done.stdout).strip()}",
            2,
        )


def _install(files: list[Path]) -> None:
    """pip, with its many lines turned into one that counts."""
    total = sum(line[:1].isalnum() for file in files for line in file.read_text().splitlines())
    say(f"Installing {total} Python packages (once) ...")
    lists = [word for file in files for word in ("-r", str(file))]
    words = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--no-compile",  # Python does that itself when it first needs a file; all at once takes a minute
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
        *lists,
    ]
    said, found = [], 0
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout:
            said.append(line)
            if sys.stdout.isatty() and line.startswith(("Collecting", "Requirement already", "Installing")):
                found += 1
                note = "unpacking" if line.startswith("Installing") else f"{min(found, total)} of {total}"
                print(f"\r  {note:<20}", end="", flush=True)
    if sys.stdout.isatty():
        print("\r" + " " * 24 + "\r", end="", flush=True)
    if pip.returncode:
        stop("".join(said[-15:]) + "The packages could not be installed; is the package index within reach?")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two first runs at once make one environment."""
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    with open(ROOT / "var" / "setup.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def environment(**more: str) -> dict[str, str]:
    """The caller's environment for a command of this project, in UTF-8 whatever the terminal says."""
    inherited = {key: value for key, value in os.environ.items() if key not in {"TODAY", "DATABASE_ROLE", "PYTHONPATH"}}
    return {**inherited, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUTF8": "1", **more}


def addresses(env: dict[str, str]) -> dict[str, str]:
    """Where the embedded PostgreSQL of this environment is reached: `DATABASE_URL` and `DATABASE_OWNER_URL`."""
    words = [*SERVER, "url"]
    done = subprocess.run(
        words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True
    )
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def as_application(env: dict[str, str]) -> dict[str, str]:
    """The same environment without the owner's address, for everything that only reads and writes rows."""
    return {key: value for key, value in env.items() if key not in {"DATABASE_OWNER_URL", "DATABASE_ROLE"}}
