"""How long the pages of a register take: p50, p95, their own time without SQL, queries and size.

    DEMO=1 DB_NAME=big python bench/pages.py --user reviewer --rounds 20

It asks the database that the environment names (`DB_NAME` on the embedded server, or `DATABASE_URL`), best one filled
by `manage.py generate_register`, and changes nothing in it but the trail. Limits at a million people: page 150 ms,
search 250 ms (p95); 25 ms beside SQL for 50 rows; 12 queries a list, 20 a profile; 60 KB of HTML.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def pages(inmate, last):
    """(name, method, address, data) of what is measured."""
    from django.urls import reverse

    people = reverse("inmates:list")
    name = f"{inmate.given_name_latin} {inmate.family_name_latin}"
    return [
        ("list", "get", people, {}),
        ("list, page 2", "get", people, {"after": last.uuid}),
        ("list, by release", "get", people, {"sort": "release"}),
        ("list, by last review", "get", people, {"sort": "-review"}),
        ("list, tier 1 overdue", "get", people, {"tier": "1", "review": "overdue"}),
        ("list, recruiters who returned", "get", people, {"role": "recruiter", "returnee": "yes"}),
        ("hits while typing", "post", reverse("inmates:search_hits"), {"q": name[:-1]}),
        ("hits by number", "post", reverse("inmates:search_hits"), {"q": inmate.registration_number}),
        ("likely same people", "post", reverse("inmates:likely"), {
            "family_name_latin": inmate.family_name_latin, "given_name_latin": inmate.given_name_latin, "birth": "1985",
        }),
        ("profile", "get", inmate.get_absolute_url(), {}),
        ("identity", "get", reverse("inmates:tab_identity", args=[inmate.uuid]), {}),
    ]  # fmt: skip


def measure(client, method, address, data, rounds):
    """(status, p50 ms, p95 ms, median ms beside SQL, queries, size) of one page, after one unmeasured round."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask = getattr(client, method)
    ask(address, data)
    whole, own = [], []
    for _round in range(rounds):
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            answer = ask(address, data)
            took = time.perf_counter() - began
        whole.append(took * 1000)
        own.append((took - sum(float(query["time"]) for query in queries)) * 1000)
    p95 = sorted(whole)[max(0, round(0.95 * rounds) - 1)]
    return answer.status_code, statistics.median(whole), p95, statistics.median(own), len(queries), len(answer.content)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--user", default="reviewer", help="whose pages (reviewer: the whole country)")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()

    import django

    from config import embedded_postgres

    embedded_postgres.start_for(os.environ)
    django.setup()
    from django.conf import settings
    from django.db import transaction
    from django.test import Client

    from accounts.models import User
    from audit import signed_context
    from inmates.people.models import Inmate

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    user = User.objects.get(username=options.user)
    with transaction.atomic():
        signed_context.as_user(user)
        seen = Inmate.objects.visible_to(user).on_register().order_by("sort_key", "pk")
        first, count = list(seen[:50]), Inmate.objects.count()
    if not first:
        parser.error("Nobody is on the register of this database.")
    client = Client()
    client.force_login(user)
    print(f"{count:,} people in sight; as {user}; {options.rounds} rounds")
    print(f"{'page':<32}{'p50 ms':>8}{'p95 ms':>8}{'own ms':>8}{'queries':>9}{'KB':>7}  status")
    for name, method, address, data in pages(first[len(first) // 2], first[-1]):
        status, p50, p95, own, queries, size = measure(client, method, address, data, options.rounds)
        print(f"{name:<32}{p50:>8.0f}{p95:>8.0f}{own:>8.0f}{queries:>9}{size / 1000:>7.1f}  {status}")


if __name__ == "__main__":
    main()
