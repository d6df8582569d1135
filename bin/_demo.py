"""The demo: set up, load once, serve. Run by `bin/demo`."""

import argparse
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from _setup import PYTHON, ROOT, SERVER, addresses, as_application, environment, prepare, run, say, stop

HOST = "127.0.0.1"


def main() -> int:
    wanted = arguments()
    if not wanted.no_serve:
        need_free(wanted.port)
    if wanted.reset:
        confirm(wanted.yes)
    prepare("requirements.txt")
    env = environment(DEMO="1", **({"TODAY": wanted.today.isoformat()} if wanted.today else {}))
    own = not env.get("DATABASE_URL")
    started_here = own and run(*SERVER, "status", env=env) != 0
    if wanted.reset:
        must("Throwing the old data away ...", *SERVER, "drop", env=env)
        shutil.rmtree(var(env) / "documents", ignore_errors=True)
        (var(env) / "heads.jsonl").unlink(missing_ok=True)  # heads of a chain that is no more
    if own:
        must("Starting the database ..." if started_here else "", *SERVER, "start", env=env)
        env |= addresses(env)
    must("Preparing the tables ...", PYTHON, "manage.py", "migrate", "--verbosity=0", env=env)
    # Accounts come from two administrators; those of the demo, whom nobody approved, from the owner of the database.
    must("", PYTHON, "manage.py", "load_demo", "--if-empty", env={**env, "DATABASE_ROLE": "owner"})
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
