"""Measure name search: three-token names in one script, asked in the other script with another spelling.

People are made from a file of spelling pairs (Arabic, Latin), in a scratch database that is made by the migrations and
dropped at the end. A third of them are written in Arabic alone and asked in Latin, a third in Latin alone and asked in
Arabic, a third in both and asked in another Latin spelling of the same Arabic. What is timed and counted is
`Inmate.objects.search` as the pages call it, ids fetched.

    python bench/names.py [PAIRS] [--people 20000] [--questions 300] [--names hard|all] [--half LETTERS]

`--names hard` (the default) takes names with letters that foreign names lack, as Moroccan names have them. `--half`
takes only the half of the names that `learn_letters.py --half` did not learn from, with the letters it wrote.
"""

import argparse
import csv
import io
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from itertools import chain
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
os.environ.setdefault("DEMO", "1")
os.environ["DATABASE_ROLE"] = "owner"
os.environ["TEST_DB"] = f"names_bench_{os.getpid()}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

from config import embedded_postgres

embedded_postgres.start_for(os.environ, owner=True)
django.setup()

from django.db import connection
from learn_letters import DISTINCT, held_out
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from inmates.names import likelihood
from inmates.names.spellings import tokens
from inmates.people.models import Inmate
from inmates.people.models.name_tokens import WrittenNames
from inmates.people.search import ARABIC, LATIN, token_ids

WAYS = ("Arabic alone, asked in Latin", "Latin alone, asked in Arabic", "both, asked in another Latin spelling")
COLUMNS = ("1", "5", "10")


def read(path, names, half):
    """{Arabic spelling: Latin spellings} of the names to draw from."""
    spellings = defaultdict(list)
    with open(path, encoding="utf-8", newline="") as file:
        for arabic, latin, *_ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            known = tokens(arabic)
            if not known or not tokens(latin) or arabic == "arabic":
                continue
            if (names == "hard" and not set(arabic) & set(DISTINCT)) or (half and not held_out(known[0])):
                continue
            if latin not in spellings[arabic]:
                spellings[arabic].append(latin)
    return dict(spellings)


def people(spellings, count, seed):
    """(Arabic words, Latin words) of `count` made-up people."""
    draw = random.Random(seed)
    arabic = sorted(spellings)
    for _ in range(count):
        three = draw.choices(arabic, k=3)
        yield three, [draw.choice(spellings[name]) for name in three]


def stored(place, arabic, latin):
    """What the register holds of this person: (Arabic name, Latin name)."""
    way = place % 3
    return ("" if way == 1 else " ".join(arabic)), ("" if way == 0 else " ".join(latin))


def asked(place, arabic, latin, spellings, draw):
    """What is asked for this person."""
    if place % 3 == 1:
        return " ".join(arabic)
    if place % 3 == 0:
        return " ".join(draw.choice(spellings[name]) for name in arabic)
    return " ".join(
        draw.choice([s for s in spellings[name] if s != known] or [known])
        for name, known in zip(arabic, latin, strict=True)
    )


def fill(made, progress):
    """Write the people and their spellings; the indexes are made afterwards, as an import of a million would."""
    table, written = Inmate._meta.db_table, WrittenNames._meta.db_table
    task = progress.add_task("Names", total=len(made))
    words, rows = [], []
    for place, (arabic, latin) in enumerate(made):
        lines = [(line, tokens(text)) for line, text in zip((ARABIC, LATIN), stored(place, arabic, latin), strict=True)]
        words.append([(line, word) for line, found in lines for word in found])
        rows.append(stored(place, arabic, latin))
        progress.advance(task)
    ids = token_ids({word for person in words for _, word in person})
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        indexes = list(WrittenNames._meta.indexes)
        with connection.schema_editor() as editor:
            for index in indexes:
                editor.remove_index(WrittenNames, index)
        task = progress.add_task("People", total=len(made))
        for start in range(0, len(made), 50_000):
            share = range(start, min(start + 50_000, len(made)))
            _copy(
                cursor,
                f"{table} (id, uuid, family_name_latin, given_name_latin, family_name_ar, given_name_ar, sort_key,"
                " languages, sex, birth_precision, birthplace, nationality, second_nationality, group_role, abc_class,"
                " version, created_at, status, registration_number, legal_status, release_basis)",
                (
                    f"{n + 1}\t00000000-0000-4000-8000-{n + 1:012d}\t"
                    f"{rows[n][1][:80]}\t\t{rows[n][0][:80]}\t\t\t{{}}\tM"
                    "\tday\t\tMA\t\t\t\t1\t2020-01-01\tnot_admitted\t\t\tnone\n"
                    for n in share
                ),
            )
            _copy(
                cursor,
                f"{written} (inmate_id, tokens, lines)",
                (
                    f"{n + 1}\t{{{','.join(str(ids[word]) for _, word in words[n])}}}"
                    f"\t{{{','.join(str(line) for line, _ in words[n])}}}\n"
                    for n in share
                ),
            )
            progress.update(task, completed=share.stop)
        with connection.schema_editor() as editor:
            for index in indexes:
                editor.add_index(WrittenNames, index)
        cursor.execute("ANALYZE")
    return len(ids)


def _copy(cursor, into, lines):
    cursor.copy_expert(f"COPY {into} FROM STDIN", io.StringIO("".join(line.replace("\\", "") for line in lines)))


def measure(made, spellings, questions, seed, progress, misses):
    """Per way: ranks found, precision at 10, seconds."""
    draw = random.Random(seed + 1)
    bearers = defaultdict(int)
    for arabic, _ in made:
        bearers[tuple(arabic)] += 1
    out = {way: ([], [], []) for way in WAYS}
    task = progress.add_task("Questions", total=questions)
    for place in draw.sample(range(len(made)), questions):
        text = asked(place, *made[place], spellings, draw)
        start = time.perf_counter()
        ids = list(Inmate.objects.filter(merged_into=None).search(text).values_list("pk", flat=True))
        spent = time.perf_counter() - start
        ranks, precision, seconds = out[WAYS[place % 3]]
        rank = ids.index(place + 1) if place + 1 in ids else len(made)
        ranks.append(rank)
        first = ids[:10]
        precision.append(sum(made[pk - 1][0] == made[place][0] for pk in first) / len(first) if first else 0.0)
        seconds.append(spent)
        if rank and misses:
            got = [stored(pk - 1, *made[pk - 1]) for pk in ids[:1]]
            progress.console.print(f"{rank} | {text} | {stored(place, *made[place])} | {got}")
        progress.advance(task)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", nargs="?", default=str(HERE.parent.parent / "shared/data/name-pairs.tsv"))
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--names", choices=["hard", "all"], default="hard")
    parser.add_argument("--half", metavar="LETTERS")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="print what was not first")
    options = parser.parse_args()
    if options.half:
        likelihood.LETTERS = Path(options.half)
    spellings = read(options.pairs, options.names, options.half)
    made = list(people(spellings, options.people, options.seed))
    console = Console(width=120)
    old = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with Progress(console=console) as progress:
            known = fill(made, progress)
            measure(made, spellings, min(20, len(made)), options.seed + 7, progress, misses=False)
            out = measure(made, spellings, options.questions, options.seed, progress, options.misses)
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)
    report(console, out, options, len(spellings), known)


def report(console, out, options, names, known):
    """One line for each way of asking, and one for all."""
    table = Table(title=f"{options.people:,} people, {names:,} names, {known:,} spellings in the register")
    for column in ("written in", "asked", *(f"recall at {n}" for n in COLUMNS), "precision at 10", "p50 ms", "p95 ms"):
        table.add_column(column)
    every = tuple(list(chain.from_iterable(part[i] for part in out.values())) for i in range(3))
    for way, (ranks, precision, seconds) in [*out.items(), ("all", every)]:
        if not ranks:
            continue
        spent = sorted(seconds)
        table.add_row(
            way,
            str(len(ranks)),
            *(f"{sum(rank < int(n) for rank in ranks) / len(ranks):.3f}" for n in COLUMNS),
            f"{statistics.mean(precision):.3f}",
            f"{statistics.median(spent) * 1000:.0f}",
            f"{spent[int(len(spent) * 0.95)] * 1000:.0f}",
        )
    console.print(table)


if __name__ == "__main__":
    main()
