"""Every check, in one go, against a database server of its own that is gone afterwards. Run by `bin/test`."""

import argparse
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from _setup import PYTHON, ROOT, SERVER, addresses, environment, prepare, run, say, stop
from _supply import bill_of_materials, vulnerabilities

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROMIUMS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def main() -> int:
    wanted, for_pytest = arguments()
    prepare("requirements.txt", "requirements-test.txt")
    env = environment(DEMO="1", PYTHONPATH=str(ROOT / "bin"))
    notes, options, left_out = [], ["-n", "logical", "--dist", "loadfile", "--no-loadscope-reorder"], []
    env["LONG"] = "1" if wanted.long else "0"
    if not wanted.long:
        left_out.append("not long")
        notes.append("The long tests were left out, and hypothesis tried few examples: bin/test --long runs all of it.")
    if wanted.browser:
        env["CHROMIUM"] = need_chromium()
    else:
        left_out.append("not browser")
        notes.append("The browser tests were left out (--no-browser).")
    if left_out:
        options += ["-m", " and ".join(left_out)]

    sweep()
    folder = ROOT / "var" / f"test-{os.getpid()}"
    folder.mkdir(mode=0o700, parents=True)
    env["VAR_DIR"] = str(folder)
    tables = not env.get("DATABASE_URL")
    try:
        if tables:
            if run(*SERVER, "start", env=env):
                stop("The database for the tests could not be started.")
            env |= addresses(env)
        with ThreadPoolExecutor(1) as aside:  # the tables are made while other cores check
            made = aside.submit(make_tables, env) if tables else None
            failed = [name for name, command, more in checks() if not passes(name, command, {**env, **more})]
            if not bill_of_materials(env):
                failed.append("bill of materials")
            sound, note = vulnerabilities(env)
        failed += [] if sound else ["known vulnerabilities"]
        notes += [note] if note else []
        if made and made.result():
            env["TEST_TEMPLATE"] = "1"  # each worker copies these tables
        if failed:
            notes.append(f"Failed before the tests: {', '.join(failed)}.")
        env["TEST_NOTES"] = "\n".join(notes)
        code = run(PYTHON, "-m", "pytest", "-p", "_notes", *options, *for_pytest, env=env)
    finally:
        remove(folder, env)
    return code or (1 if failed else 0)


def arguments() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="Linters, import contracts, migrations and settings checks, then all tests.",
        epilog="Any other argument goes to pytest. CHROMIUM=/path names the browser when it is in no usual place; "
        "TEST_CLOCK=2026-04-20T23:30 (UTC) runs the tests at another time of day.",
        allow_abbrev=False,
    )
    parser.add_argument("--long", action="store_true", help="the long tests too, and ten times as many examples")
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="leave the browser tests out")
    return parser.parse_known_args()


def make_tables(env: dict[str, str]) -> bool:
    """Migrate the run's own database, whose tables every worker copies."""
    return not run(PYTHON, "manage.py", "migrate", "--verbosity=0", env={**env, "DATABASE_ROLE": "owner"})


def checks() -> list[tuple[str, list[object], dict[str, str]]]:
    """Name, command, and what it needs in its environment beside the usual."""
    python, manage = [PYTHON, "-m"], [PYTHON, "manage.py"]
    real = {
        "DEMO": "0",
        "SECRET_KEY": "only-for-this-check-" + "0123456789abcdefghij" * 3,
        "FIELD_KEYS": "b25seS1mb3ItdGhpcy1jaGVjay0wMTIzNDU2Nzg5YWI=",
        "LOOKUP_KEY": "only-for-this-check-0123456789abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "example.org",
        "AUDIT_SIGNING_KEY": "/etc/register/audit-signing-key.pem",
    }
    return [
        ("ruff check", [*python, "ruff", "check", "--quiet"], {}),
        ("ruff format", [*python, "ruff", "format", "--check", "--quiet"], {}),
        ("import contracts", [PYTHON, "-c", LINT_IMPORTS], {}),
        ("types", [*python, "mypy"], {}),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("settings of a real service", [*manage, "check", "--deploy", "--fail-level", "WARNING"], real),
    ]


LINT_IMPORTS = (
    "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
)


def passes(name: str, command: list[object], env: dict[str, str]) -> bool:
    good = run(*command, env=env, quiet=True) == 0
    say(f"{name}: {'ok' if good else 'FAILED'}")
    return good


def need_chromium() -> str:
    """A browser that starts. Root on Debian installs one; elsewhere it has to be there."""
    found = chromium()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium (once) ...")
        apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *words], env=apt, stdin=subprocess.DEVNULL, capture_output=True)
        found = chromium()
    if not found:
        stop(
            "The browser tests need Chromium or Chrome, and none was found.\n"
            "Install one, or name it with CHROMIUM=/path/to/it, or leave these tests out: bin/test --no-browser",
            2,
        )
    return found


def chromium() -> str | None:
    for candidate in filter(None, [os.environ.get("CHROMIUM"), *map(shutil.which, CHROMIUMS), *MAC_CHROMIUMS]):
        try:
            if subprocess.run([candidate, "--version"], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0:
                return candidate
        except OSError:
            continue
    return None


def remove(folder: Path, env: dict[str, str]) -> None:
    """Stop this run's database server and delete it, with everything the tests left."""
    run(*SERVER, "remove", env={**env, "VAR_DIR": str(folder)}, quiet=True)
    shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Clear away what a run left behind that was killed."""
    for folder in (ROOT / "var").glob("test-*"):
        try:
            os.kill(int(folder.name.removeprefix("test-")), 0)
        except (ProcessLookupError, ValueError):
            remove(folder, environment())
        except PermissionError:
            continue


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        stop("\nStopped.", 130)
