"""The demo: set up, load once, serve. Run by `bin/demo`."""

import argparse
import errno
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from _setup import PYTHON, ROOT, SERVER, addresses, as_application, environment, prepare, run, say, stop

HOST = "127.0.0.1"
RUNNING = "demo.running"  # who serves this folder's demo, and where
ROOM = 400  # MB: the database and what is stored beside it
CUT_SHORT = 3  # how `load_demo` says that an earlier loading never came to its end


def main() -> int:
    wanted = arguments()
    env = environment(DEMO="1", **({"TODAY": wanted.today.isoformat()} if wanted.today else {}))
    if not wanted.no_serve:
        take_over(env)
        need_free(wanted.port)
    if wanted.reset:
        confirm(wanted.yes)
    need_room(var(env))
    prepare("requirements.txt")
    own = not env.get("DATABASE_URL")
    with one_set_up(var(env)):
        started_here = own and run(*SERVER, "status", env=env) != 0
        if wanted.reset:
            throw_away("Throwing the old data away ...", env)
        code = set_up(env, own, started_here)
        if code == CUT_SHORT and own:
            throw_away("An earlier loading was cut short: starting over ...", env)
            code = set_up(env, own, False)
        if code:
            stop("The demo was not loaded; its last lines are above.", code)
    env = as_application(env)
    (var(env) / "demo").touch()  # manage.py takes this folder for the demo from now on
    if wanted.no_serve:
        return 0
    (var(env) / "static").mkdir(exist_ok=True)  # where a real service collects its static files; looked for at start
    code = serve(wanted.port, env)
    if started_here:
        run(*SERVER, "stop-if-idle", env=env)
    say("Stopped. What was entered is kept for the next time.")
    return code


def set_up(env: dict[str, str], own: bool, started_here: bool) -> int:
    """The database, its tables and the made-up people; gives the exit code of their loading. Adds addresses to `env`."""
    if own:
        must("Starting the database ..." if started_here else "", *SERVER, "start", env=env)
        env |= addresses(env)
    must("Preparing the tables ...", PYTHON, "manage.py", "migrate", "--verbosity=0", env=env)
    # Accounts come from two administrators; those of the demo, whom nobody approved, from the owner of the database.
    return run(PYTHON, "manage.py", "load_demo", "--if-empty", env={**env, "DATABASE_ROLE": "owner"})


def throw_away(line: str, env: dict[str, str]) -> None:
    """Delete the demo's own data and what belongs to it."""
    for address in ("DATABASE_URL", "DATABASE_OWNER_URL"):  # found anew
        env.pop(address, None)
    must(line, *SERVER, "drop", env=env)
    shutil.rmtree(var(env) / "documents", ignore_errors=True)
    (var(env) / "heads.jsonl").unlink(missing_ok=True)  # heads of a chain that is no more


@contextmanager
def one_set_up(folder: Path) -> Iterator[None]:
    """One `bin/demo` at a time sets a folder up; a second one waits, and says so. A killed one holds nothing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / "demo.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another bin/demo is setting this folder up: waiting for it ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def need_room(folder: Path) -> None:
    """Refuse a disk that is nearly full before any long work is done."""
    place = next(one for one in (folder, *folder.resolve().parents) if one.exists())
    free = shutil.disk_usage(place).free // 1_000_000
    if free < ROOM:
        stop(f"Only {free} MB are free in {place}, and the demo needs {ROOM}. Nothing was begun.", 2)


def take_over(env: dict[str, str]) -> None:
    """End a web server that a killed `bin/demo` of this folder has left behind; stop where the demo runs already."""
    try:
        left = json.loads((var(env) / RUNNING).read_text())
    except (OSError, ValueError):
        return
    if "_demo.py" in command_of(left["demo"]):
        stop(f"The demo of this folder runs already, at http://{HOST}:{left['port']}", 2)
    if "config.wsgi" not in command_of(left["server"]):
        return
    say("A web server was left behind by a demo that was killed: ending it ...")
    for signal_number, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        with suppress(ProcessLookupError):
            os.kill(left["server"], signal_number)
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and "config.wsgi" in command_of(left["server"]):
            time.sleep(0.1)


def command_of(pid: int) -> str:
    """The command line of a process; empty where there is none, or no `ps` to tell."""
    try:
        return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    except FileNotFoundError:  # a bare machine: a port that is taken is said by itself
        return ""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/demo", description="The prison register with made-up people, in one command."
    )
    parser.add_argument(
        "--port", type=port, default=8000, metavar="N", help="where to serve on 127.0.0.1 (default 8000)"
    )
    parser.add_argument("--no-serve", action="store_true", help="set everything up and stop before serving")
    parser.add_argument("--today", type=day, metavar="DATE", help="the day the demo believes it is (YYYY-MM-DD)")
    parser.add_argument("--reset", action="store_true", help="throw away what was entered and start over; asks first")
    parser.add_argument("--yes", action="store_true", help="with --reset: do not ask")
    return parser.parse_args()


def port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port number between 1 and 65535")
    return int(text)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2019-03-13") from None


def var(env: dict[str, str]) -> Path:
    return Path(env.get("VAR_DIR") or ROOT / "var")


def need_free(number: int) -> None:
    """Refuse a port that is taken before any long work is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                stop(
                    f"Port {number} is taken by another program. Choose one with: bin/demo --port {number % 65535 + 1}",
                    2,
                )
            stop(f"Port {number} cannot be used: {error.strerror}. Choose one with: bin/demo --port 8000", 2)


def confirm(sure: bool) -> None:
    if os.environ.get("DATABASE_URL"):
        stop("--reset works on the demo's own database only, and DATABASE_URL names another.", 2)
    if sure:
        return
    try:
        answer = input("This deletes everything that was entered in this demo. Type yes to go on: ")
    except EOFError:
        answer = ""
    if answer.strip().lower() != "yes":
        stop("Nothing was deleted.", 1)


def must(line: str, *command: object, env: dict[str, str]) -> None:
    """One step, announced by one line; the demo ends with it when it fails."""
    if line:
        say(line)
    code = run(*command, env=env)
    if code:
        stop(f"This step failed: {' '.join(str(word) for word in command[1:])}", code)


def serve(number: int, env: dict[str, str]) -> int:
    """Serve until Ctrl-C. The server runs in a session of its own and is told by us when to end."""
    granian = [PYTHON, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", number, "--workers", 1]
    granian += ["--blocking-threads", 4, "--no-ws", "--no-access-log", "--log-level", "warning"]
    server = subprocess.Popen(
        [str(word) for word in [*granian, "config.wsgi:application"]],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    running = var(env) / RUNNING
    running.write_text(json.dumps({"demo": os.getpid(), "server": server.pid, "port": number}))
    told = []

    def end(*_: object) -> None:
        told.append(True)
        server.terminate()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    while server.poll() is None and not answers(number):
        time.sleep(0.1)
    if server.poll() is None and not told:
        say(f"\nThe register is at http://{HOST}:{number} (Ctrl-C stops it)")
    code = server.wait()
    running.unlink(missing_ok=True)
    if told:
        return 0
    say("The web server ended by itself; its last lines are above.")
    return code or 1


def answers(number: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, number)) == 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        stop("\nStopped.", 130)
    except OSError as error:  # a folder that cannot be written, a disk that is full
        stop(f"{error.strerror or error}: {error.filename or 'the demo ended'}", 2)
