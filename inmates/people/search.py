"""One box: a registration number, a CIN, or a name in either script, any order, any usual spelling, still being typed.

Three steps, so that nothing fuzzy ever runs over people. Spellings that a word may stand for are looked up by key among
all spellings (`NameToken`, some ten thousands) and weighed (`likeness`); people who bear enough of them are found by
whole numbers (`WrittenNames`, one GIN index), inside the scope given; those few are ranked (`ranking`).
"""

import json
from collections import defaultdict
from itertools import combinations

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, CharField, F, Func, IntegerField, Lookup, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from inmates.names import ranking, spellings
from inmates.names.folding import script_of
from inmates.names.likelihood import beginning, likeness
from inmates.people.models.name_tokens import NameToken, WrittenNames

MOST = 200  # people in an answer
SPELLINGS = 120  # spellings kept for one word of the search
LOOKED_AT = 4000  # spellings weighed for one word of the search, likeliest keys first
TYPED = 200  # spellings in the same script that go on from a word still being typed
TYPED_ACROSS = 60  # ... and in the other script, where weighing takes longer
STRONG = 5.0  # nats below the best spelling that still count as strong
WIDE = 60  # spellings tried for one word when the strong ones settled nothing
ALONE = 5  # ... when that word is all that a person bears
PAGE = 400  # people fetched for one way of matching
GIVEN_NUMBER, NO_NUMBER = F("registration_numbers__number"), Value(None, output_field=CharField())

ARABIC, LATIN, ALIAS = 0, 1, 2  # WrittenNames.lines


@CharField.register_lookup
class Begins(Lookup):
    """What `startswith` asks, in a form that tells nothing of hidden rows: behind a policy `LIKE` would lose its index."""

    lookup_name = "begins"

    def as_sql(self, compiler, connection):
        """`column ^@ text`."""
        column, before = self.process_lhs(compiler, connection)
        text, after = self.process_rhs(compiler, connection)
        return f"{column} ^@ {text}", [*before, *after]


def search(queryset, text):
    """People of `queryset` whom `text` may mean, best first, at most 200. Not for a sliced queryset."""
    numbered = by_number(queryset, text)
    keys = numbered if numbered else by_name(queryset, text)
    return in_order(queryset, keys[:MOST])


def in_order(queryset, ids):
    """The people with these ids, in this order, and still inside the queryset."""
    if not ids:
        return queryset.none()
    place = Func(Value(ids, output_field=ArrayField(BigIntegerField())), F("pk"), function="array_position")
    return queryset.filter(pk__in=ids).order_by(place)


def by_number(queryset, text):
    """Ids of people with this whole CIN or this registration number, whole ones before those that only begin so.

    A CIN stands encrypted and is found by its digest: half of one finds nobody.
    """
    number = "".join(spellings.normalise(text).upper().split())
    written = spellings.number(text)
    if not any(char.isdigit() for char in number):
        return []
    begins = len(number) >= 3
    given = Q(registration_numbers__annulled_at=None)
    people = queryset.order_by()
    ways = [
        (people.with_cin(cin_of(number)), NO_NUMBER),
        (people.filter(given & Q(registration_numbers__number__in={number, written})), GIVEN_NUMBER),
    ]
    if begins:
        ways.append((people.filter(given & Q(registration_numbers__number__begins=written)), GIVEN_NUMBER))
    # One way at a time: looked for in both tables at once, no index is of use.
    first, *rest = (found.values_list("pk", shown)[: MOST * 2] for found, shown in ways)
    hits = sorted(first.union(*rest), key=lambda hit: (hit[1] not in (None, number, written), hit[1] or "", hit[0]))
    return list(dict.fromkeys(pk for pk, _ in hits))


def cin_of(text):
    """A typed number as a CIN is stored: without what people put between its figures."""
    return text.replace("-", "").replace("/", "").replace(".", "")


def with_number(queryset, text, prison=None):
    """People with exactly this CIN or registration number, given by `prison` where it is named. Half a number finds nobody."""
    whole = "".join(spellings.normalise(text).upper().split())
    given = Q(registration_numbers__number__in={whole, spellings.number(text)})
    if prison is not None:
        given &= Q(registration_numbers__facility=prison)
    return queryset.filter(Q(pk__in=queryset.with_cin(whole)) | given).distinct() if whole else queryset.none()


def by_name(queryset, text):
    """Ids of people whose name or alias `text` may mean, best first."""
    words = [word for word in spellings.tokens(text) if not word.isdigit()]
    if not words:
        return []
    likely = known_spellings(words, using=queryset.db)
    question = ranking.Question(words, likely)
    written = WrittenNames.objects.using(queryset.db).filter(inmate__in=queryset.order_by().values("pk"))
    people = bearers(written, [_strong(weights) for weights in likely if weights])
    if not question.settled(people):
        people |= bearers(written, [list(weights)[:WIDE] for weights in likely if weights], alone=True)
    if not people:
        return []
    first = question.rank(people.values())[: ranking.REFINED]
    missing = {token for _, person in first for token in person.tokens} - question.known
    rest = NameToken.objects.using(queryset.db).filter(id__in=missing).values_list("id", "text")
    return question.answer(people.values(), first, dict(rest))


def known_spellings(words, using="default"):
    """For each word of the search, the known spellings that it may stand for: a list of {NameToken id: nats}."""
    rows = _looked_up(words, using)
    out = []
    for place, word in enumerate(words):
        known_as = rows.get(place, {})
        weights = {}
        for token, (text, met, typed) in _nearest(word, known_as):
            weight = likeness(word, text) if met else 0.0
            if typed:
                weight = max(weight, beginning(word, text))
            if weight > 0:
                weights[token] = weight
        best = sorted(weights.items(), key=lambda item: -item[1])[:SPELLINGS]
        out.append(dict(best))
    return out


def _looked_up(words, using):
    """Spellings under the same keys, by place of the word; those after the last word, still being typed, marked."""
    known = NameToken.objects.using(using)
    ways = [
        _row(known.filter(probes__overlap=sorted(spellings.probes(word))), place) for place, word in enumerate(words)
    ]
    last, place = words[-1], len(words) - 1
    if len(last) >= 2:
        ways.append(_row(known.filter(text__startswith=last).order_by(Length("text"), "text"), place, TYPED))
    if key := spellings.prefix_key(last):
        begun = known.filter(key__startswith=key).exclude(script=script_of(last)).order_by(Length("key"), "key")
        ways.append(_row(begun, place, TYPED_ACROSS))
    rows = defaultdict(dict)
    for place, token, text, typed in ways[0].union(*ways[1:], all=True):
        _, met, begun = rows[place].get(token, (text, False, False))
        rows[place][token] = (text, met or not typed, begun or typed)
    return rows


def _row(spellings, place, typed=0):
    """One arm of the union: (place of the word, id, text, whether the word is still being typed)."""
    place, begun = Value(place, output_field=IntegerField()), Value(bool(typed), output_field=BooleanField())
    return spellings.values_list(place, "id", "text", begun)[: typed or LOOKED_AT]


def _nearest(word, met_by):
    """The spellings worth weighing: all where few, else those whose consonants are nearest."""
    if len(met_by) <= ranking.WEIGHED:
        return met_by.items()
    met = {token: text for token, (text, by_key, _) in met_by.items() if by_key}
    typed = [token for token, (_, _, begun) in met_by.items() if begun]
    return [(token, met_by[token]) for token in dict.fromkeys([*ranking.nearest(word, met), *typed])]


def bearers(written, words, alone=False):
    """{id: Person} of people who bear a spelling of each word or, from two words on, of all words but one.

    `alone`: also of one word alone, in its likeliest spellings, for when the other words are noise.
    """
    if not words:
        return {}
    ways = [_bearing(written, words)]
    if len(words) > 1:
        ways += [_bearing(written, list(kept)) for kept in combinations(words, len(words) - 1)]
    if alone and len(words) > 2:
        ways += [_bearing(written, [word[:ALONE]]) for word in words]
    rows = ways[0].union(*ways[1:], all=True)
    return {inmate: ranking.Person(inmate, tokens, lines) for inmate, tokens, lines in rows}


def _strong(weights):
    """Spellings not much less likely than the likeliest one."""
    best = max(weights.values())
    return [token for token, weight in weights.items() if weight >= best - STRONG][:WIDE]


def _bearing(written, words):
    """People who bear one spelling at least of each of the words."""
    bears = RawSQL("SELECT inmates_bearing(%s)", [json.dumps(words)])
    return written.filter(inmate_id__in=bears).values_list("inmate_id", "tokens", "lines")[:PAGE]


# --- Keeping the tables ---------------------------------------------------------------------------------------------


def written_names(inmate, aliases):
    """(line, tokens) for each name that a person has: the Arabic one, the Latin one, the aliases."""
    yield ARABIC, spellings.tokens(f"{inmate.given_name_ar} {inmate.family_name_ar}")
    yield LATIN, spellings.tokens(f"{inmate.given_name_latin} {inmate.family_name_latin}")
    for line, alias in enumerate(aliases, start=ALIAS):
        yield line, spellings.tokens(alias)


def reindex(inmate):
    """Rewrite what search knows of one person. Call it in the transaction that changed a name or an alias."""
    reindex_many([inmate])


def reindex_many(inmates, batch_size=5000):
    """The same for many people, some thousands at a time: for imports."""
    inmates = list(inmates)
    for start in range(0, len(inmates), batch_size):
        _reindex(inmates[start : start + batch_size])


def _reindex(inmates):
    aliases = defaultdict(list)
    model = WrittenNames._meta.get_field("inmate").related_model
    alias = model._meta.get_field("aliases").related_model
    for pk, text in (
        alias.objects.filter(inmate__in=[i.pk for i in inmates]).order_by("pk").values_list("inmate", "text")
    ):
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
    """{text: NameToken id}, adding spellings never met before (in one order, so that imports cannot deadlock)."""
    known = dict(NameToken.objects.filter(text__in=texts).values_list("text", "id"))
    new = sorted(set(texts) - set(known))
    if new:
        NameToken.objects.bulk_create([spelling(text) for text in new], ignore_conflicts=True, batch_size=2000)
        known |= dict(NameToken.objects.filter(text__in=new).values_list("text", "id"))
    return known


def spelling(text):
    """A NameToken for a normalised token, not saved."""
    return NameToken(
        text=text, script=script_of(text), key=spellings.prefix_key(text), probes=sorted(spellings.probes(text))
    )
