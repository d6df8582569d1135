"""One box: a registration number, a CIN, or a name in either script, any order, any usual spelling, still being typed.

Three steps, so that nothing fuzzy ever runs over people. Spellings that a word may stand for are looked up by key among
all spellings (`NameToken`, some ten thousands) and weighed (`likeness`); people who bear enough of them are found by
whole numbers (`WrittenNames`, one GIN index), inside the scope asked; those few are ranked (`ranking`).
"""

from collections import defaultdict
from functools import reduce
from itertools import combinations
from operator import and_

from django.db import connections
from django.db.models import BigIntegerField, F, Func, Q, Value
from django.contrib.postgres.fields import ArrayField

from inmates.people import names, ranking
from inmates.people.folding import script_of
from inmates.people.likeness import beginning, likeness
from inmates.people.tokens import NameToken, WrittenNames

MOST = 200  # people in an answer
SPELLINGS = 120  # spellings kept for one word asked
LOOKED_AT = 1500  # spellings weighed for one word asked, likeliest keys first
TYPED = 200  # spellings that go on from a word still being typed
STRONG = 5.0  # nats below the best spelling that still count as strong
PAGE = 400  # people fetched for one way of matching

ARABIC, LATIN, ALIAS = 0, 1, 2  # WrittenNames.lines


def search(queryset, text):
    """People of `queryset` whom `text` may mean, best first, at most 200. Not for a sliced queryset."""
    numbered = by_number(queryset, text)
    found = numbered if numbered else by_name(queryset, text)
    return in_order(queryset, found[:MOST])


def in_order(queryset, ids):
    """The people with these ids, in this order, and still inside the queryset."""
    if not ids:
        return queryset.none()
    place = Func(
        Value(ids, output_field=ArrayField(BigIntegerField())), F("pk"), function="array_position"
    )
    return queryset.filter(pk__in=ids).order_by(place)


def by_number(queryset, text):
    """Ids of people with this registration number or CIN, whole ones before those that only begin so."""
    number = "".join(names.normalise(text).upper().split())
    written = names.number(text)
    if not any(char.isdigit() for char in number):
        return []
    begins = len(number) >= 3
    wanted = Q(cin=number) | Q(registration_numbers__number__in={number, written})
    if begins:
        wanted |= Q(cin__startswith=number) | Q(registration_numbers__number__startswith=written)
    hits = queryset.order_by().filter(wanted).values_list("pk", "cin", "registration_numbers__number")[: MOST * 2]
    hits = sorted(hits, key=lambda hit: (hit[1] != number and hit[2] not in (number, written), hit[2] or "", hit[0]))
    return list(dict.fromkeys(pk for pk, _, _ in hits))


def by_name(queryset, text):
    """Ids of people whose name or alias `text` may mean, best first."""
    asked = [word for word in names.tokens(text) if not word.isdigit()]
    if not asked:
        return []
    likely = spellings(asked, using=queryset.db)
    people = candidates(queryset, likely)
    if not people:
        return []
    question = ranking.Question(asked, likely)
    first = question.rank(people)[: ranking.REFINED]
    missing = {token for _, person in first for token in person.tokens} - question.known
    rest = NameToken.objects.using(queryset.db).filter(id__in=missing).values_list("id", "text")
    return question.answer(people, first, dict(rest))


def spellings(asked, using="default"):
    """For each word asked, the known spellings that it may stand for: a list of {NameToken id: nats}."""
    rows = _looked_up(asked, using)
    out = []
    for place, word in enumerate(asked):
        found = rows.get(place, {})
        weights = {}
        for token, (text, typed) in _nearest(word, found):
            weight = likeness(word, text)
            if typed:
                weight = max(weight, beginning(word, text))
            if weight > 0:
                weights[token] = weight
        best = sorted(weights.items(), key=lambda item: -item[1])[:SPELLINGS]
        out.append(dict(best))
    return out


def _looked_up(asked, using):
    """Spellings under the same keys, by place of the word; those after the last word, still being typed, marked."""
    table = NameToken._meta.db_table
    parts, params = [], []
    for place, word in enumerate(asked):
        parts.append(f"(SELECT {place}, id, text, false FROM {table} WHERE probes && %s LIMIT {LOOKED_AT * 3})")
        params.append(sorted(names.probes(word)))
    last, place = asked[-1], len(asked) - 1
    if len(last) >= 2:
        parts.append(
            f"(SELECT {place}, id, text, true FROM {table} WHERE text LIKE %s ORDER BY length(text), text LIMIT {TYPED})"
        )
        params.append(last + "%")
    if key := names.prefix_key(last):
        parts.append(
            f"(SELECT {place}, id, text, true FROM {table} WHERE key LIKE %s AND script = %s"
            f" ORDER BY length(key), key LIMIT {TYPED})"
        )
        params += [key + "%", "l" if script_of(last) == "a" else "a"]
    rows = defaultdict(dict)
    with connections[using].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        for place, token, text, typed in cursor.fetchall():
            rows[place][token] = (text, typed)
    return rows


def _nearest(word, found):
    """The spellings worth weighing: all where few, else those whose consonants are nearest."""
    if len(found) <= ranking.WEIGHED:
        return found.items()
    near = ranking.nearest(word, {token: text for token, (text, _) in found.items()})
    typed = [token for token, (_, typed) in found.items() if typed]
    return [(token, found[token]) for token in dict.fromkeys([*near, *typed])]


def candidates(queryset, likely):
    """People in scope who bear what was asked, or all but one word of it, or a rare word of it."""
    written = WrittenNames.objects.using(queryset.db).filter(inmate__in=queryset.order_by().values("pk"))
    strong = [_strong(found) for found in likely if found]
    wide = [list(found) for found in likely if found]
    if not wide:
        return []
    ways = [_bearing(written, strong), _bearing(written, wide)]
    if len(wide) > 1:
        for kept in combinations(range(len(wide)), len(wide) - 1):
            ways.append(_bearing(written, [strong[i] for i in kept]))
            ways.append(_bearing(written, [wide[i] for i in kept]))
    if len(wide) > 2:
        ways += [_bearing(written, [found[:8]]) for found in strong]
    seen = {}
    for inmate, tokens, lines in ways[0].union(*ways[1:], all=True):
        seen.setdefault(inmate, ranking.Person(inmate, tokens, lines))
    return list(seen.values())


def _strong(found):
    """Spellings not much less likely than the likeliest one."""
    best = max(found.values())
    return [token for token, weight in found.items() if weight >= best - STRONG]


def _bearing(written, words):
    """People who bear one spelling at least of each of the words."""
    bears = reduce(and_, (Q(tokens__overlap=word) for word in words))
    return written.filter(bears).values_list("inmate_id", "tokens", "lines")[:PAGE]


# --- Keeping the tables ---------------------------------------------------------------------------------------------


def written_names(inmate, aliases):
    """(line, tokens) for each name that a person has: the Arabic one, the Latin one, the aliases."""
    yield ARABIC, names.tokens(f"{inmate.given_name_ar} {inmate.family_name_ar}")
    yield LATIN, names.tokens(f"{inmate.given_name_latin} {inmate.family_name_latin}")
    for line, alias in enumerate(aliases, start=ALIAS):
        yield line, names.tokens(alias)


def reindex(inmate):
    """Rewrite what search knows of one person. Call it in the transaction that changed a name or an alias."""
    reindex_many([inmate])


def reindex_many(inmates, batch_size=5000):
    """The same for many people, some thousands at a time: for imports and `manage.py reindex_names`."""
    inmates = list(inmates)
    for start in range(0, len(inmates), batch_size):
        _reindex(inmates[start : start + batch_size])


def _reindex(inmates):
    aliases = defaultdict(list)
    model = WrittenNames._meta.get_field("inmate").related_model
    alias = model._meta.get_field("aliases").related_model
    for pk, text in alias.objects.filter(inmate__in=[i.pk for i in inmates]).order_by("pk").values_list("inmate", "text"):
        aliases[pk].append(text)
    written = {inmate.pk: list(written_names(inmate, aliases[inmate.pk])) for inmate in inmates}
    ids = token_ids({token for lines in written.values() for _, tokens in lines for token in tokens})
    rows = [
        WrittenNames(
            inmate_id=pk,
            tokens=[ids[token] for _, tokens in lines for token in tokens],
            lines=[line for line, tokens in lines for _ in tokens],
        )
        for pk, lines in written.items()
    ]
    WrittenNames.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["inmate"], update_fields=["tokens", "lines"], batch_size=2000
    )


def token_ids(texts):
    """{text: NameToken id}, adding the spellings never met before (in one order, so that two imports cannot deadlock)."""
    known = dict(NameToken.objects.filter(text__in=texts).values_list("text", "id"))
    new = sorted(set(texts) - set(known))
    if new:
        NameToken.objects.bulk_create([spelling(text) for text in new], ignore_conflicts=True, batch_size=2000)
        known |= dict(NameToken.objects.filter(text__in=new).values_list("text", "id"))
    return known


def spelling(text):
    """A NameToken for a normalised token, not saved."""
    return NameToken(
        text=text, script=script_of(text), key=names.prefix_key(text), probes=sorted(names.probes(text))
    )
