"""What the second wall costs: pages and writes as the application, whom the policies bind, and as the owner, whom they do not.

    DEMO=1 DB_NAME=big python bench/walls.py --rounds 15

It asks the database that the environment names, filled by `manage.py generate_register`. Both logins open the same pages in
turns, so that what else the machine does touches both alike; medians are told, and the writes are taken back.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DATABASE_ROLE"] = "owner"

APPLICATION, OWNER = "application", "owner"


def pages(inmate, facility, day):
    """(name, method, address, data) of what is measured."""
    from django.urls import reverse

    name = f"{inmate.given_name_latin} {inmate.family_name_latin}"
    found = [
        ("list", "get", reverse("inmates:list"), {}),
        ("profile", "get", inmate.get_absolute_url(), {}),
        ("identity", "get", reverse("inmates:tab_identity", args=[inmate.uuid]), {}),
        ("search, a whole name", "post", reverse("inmates:search_hits"), {"q": name[:-1]}),
        ("search, a common name", "post", reverse("inmates:search_hits"), {"q": inmate.given_name_latin}),
        ("search, a number", "post", reverse("inmates:search_hits"), {"q": inmate.registration_number}),
        ("prison a year ago", "get", reverse("reports:prison_as_of", args=[facility.code]), {"as_of": day}),
        ("statistics", "get", reverse("reports:statistics"), {}),
        ("statistics a year ago", "get", reverse("reports:statistics"), {"as_of": day}),
        ("first page", "get", "/", {}),
    ]
    return found


def taken(ask, role):
    """Milliseconds of one request with the rights of `role`."""
    from django.db import connection

    from config.database import APP_ROLE

    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APP_ROLE}" if role == APPLICATION else "RESET ROLE")
    began = time.perf_counter()
    answer = ask()
    took = (time.perf_counter() - began) * 1000
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    return answer.status_code, took


def compared(ask, rounds):
    """(status, medians by role) of one page, the two roles in turns, after one unmeasured round each."""
    times = {APPLICATION: [], OWNER: []}
    status = {taken(ask, role)[0] for role in times}
    for n in range(rounds):
        for role in (APPLICATION, OWNER) if n % 2 else (OWNER, APPLICATION):
            code, took = taken(ask, role)
            status.add(code)
            times[role].append(took)
    return status, {role: statistics.median(all_) for role, all_ in times.items()}


def writes(user, inmates, rounds):
    """Contacts written a second by role, each with its history and event, in a transaction of its own that is taken back."""
    from django.db import connection, transaction

    from audit import signed_context
    from config.database import APP_ROLE
    from inmates.people.actions import tasks

    rates = {}
    for role in (APPLICATION, OWNER, APPLICATION, OWNER):
        began = time.perf_counter()
        for n in range(rounds):
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL ROLE {APP_ROLE}" if role == APPLICATION else "RESET ROLE")
                signed_context.as_user(user)
                tasks.raise_task(inmates[n % len(inmates)], kind="other", due_on=inmates[0].admitted_on, note=f"{n}")
                transaction.set_rollback(True)
        rates.setdefault(role, []).append(rounds / (time.perf_counter() - began))
    return {role: max(all_) for role, all_ in rates.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", nargs="+", default=["reviewer", "officer"])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default="", metavar="WORDS", help="pages whose name holds these words")
    options = parser.parse_args()

    import django

    from config import embedded_postgres

    embedded_postgres.start_for(os.environ, owner=True)
    django.setup()
    from datetime import timedelta

    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from config import clock
    from facilities.models import Facility
    from inmates.people.models import Inmate

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    day = (clock.today() - timedelta(days=365)).isoformat()
    print(f"{Inmate.objects.count():,} people; {options.rounds} rounds of each, in turns")
    for name in options.users:
        user = User.objects.get(username=name)
        people = Inmate.objects.visible_to(user).on_register().order_by("-pk")
        seen = list(people[:50])
        inmate = seen[len(seen) // 2]
        client = Client()
        client.force_login(user)
        print(
            f"\nas {user}: {people.count():,} people on the register\n{'page':<26}{'policies':>10}{'without':>10}{'ratio':>8}"
        )
        for page, method, address, data in pages(inmate, inmate.facility or Facility.objects.first(), day):
            if options.only not in page:
                continue
            ask = getattr(client, method)
            status, found = compared(lambda ask=ask, address=address, data=data: ask(address, data), options.rounds)
            ratio = found[APPLICATION] / found[OWNER]
            told = "" if status <= {200} else f"  {sorted(status)}"
            print(f"{page:<26}{found[APPLICATION]:>10.1f}{found[OWNER]:>10.1f}{ratio:>8.2f}{told}")
        rates = writes(user, seen, options.rounds * 10)
        print(f"{'tasks written a second':<26}{rates[APPLICATION]:>10.0f}{rates[OWNER]:>10.0f}")


if __name__ == "__main__":
    main()
