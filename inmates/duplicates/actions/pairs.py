"""The same person twice: likely pairs, what people say of them, and nothing merged by itself."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from audit import signed_context, trail
from config import clock
from core.workflow import ensure, lock
from inmates.duplicates.matching import LIKELY, compare, likely_same
from inmates.duplicates.models import MergeProposal, PossibleDuplicate
from inmates.people.models import Inmate

CARDS = 5
SOMEONE_ELSE = PossibleDuplicate.State.SOMEONE_ELSE


def likely(identity, *, by):
    """Likely same people in the whole service for an identity being typed, likeliest first; each look is recorded.

    For intake alone: the page shows identity cards (name, birth year, photo, which prison to call), no tier, no file.
    """
    everybody = Inmate.objects.filter(merged_into=None).select_related("facility")
    with signed_context.beyond("intake matching"):
        matches = likely_same(identity, everybody)[:CARDS]
    for match in matches:
        trail.viewed("identity_card", by=by, inmate=match.inmate, detail={"score": match.score})
    return matches


@transaction.atomic
@signed_context.beyond("intake matching")
def find(inmate, *, by=None):
    """Put the pairs that this person may be half of on the worklist; pairs known before stay as they are settled.

    Called after a registration or a correction, and by the daily run. Returns the new pairs.
    """
    everybody = Inmate.objects.filter(merged_into=None)
    new_pairs = []
    for match in likely_same(inmate, everybody):
        pair, new = _pair(inmate, match.inmate, score=match.score, reasons=match.reasons)
        if new:
            trail.record("duplicate.found", by=by, inmate=inmate, obj=pair, detail={"score": match.score})
            new_pairs.append(pair)
    return new_pairs


def find_daily(day=None):
    """The daily duty: look again at everybody registered since the day before. Returns how many pairs are new."""
    since = clock.midnight((day or clock.today()) - timedelta(days=1))
    arrived = Inmate.objects.filter(merged_into=None, created_at__gte=since)
    return sum(len(find(inmate)) for inmate in arrived.iterator(chunk_size=500))


@transaction.atomic
@signed_context.beyond("merge")
def report(one, other, *, by):
    """Somebody says that two records may be one person: the pair goes on the worklist, or is open again."""
    require(by, "inmates.propose_merge", one, other)
    ensure(one.merged_into_id is None and other.merged_into_id is None, _("One of the two records was merged already."))
    score, reasons = compare(one, other)
    pair, new = _pair(one, other, score=score, reasons=reasons)
    if not new and pair.state == SOMEONE_ELSE:
        pair.state, pair.settled_by, pair.settled_at = PossibleDuplicate.State.OPEN, None, None
        pair.save()
    trail.record("duplicate.reported", by=by, inmate=one, obj=pair, detail={"other": other.pk})
    return pair


@transaction.atomic
@signed_context.beyond("intake matching")
def say_someone_else(inmate, uuids, *, by):
    """Keep what the officer said at intake: these people, shown as likely the same, are not this one."""
    pairs = []
    for other in Inmate.objects.filter(uuid__in=uuids, merged_into=None).exclude(pk=inmate.pk):
        score, reasons = compare(inmate, other)
        if score >= LIKELY:
            pair, _new = _pair(inmate, other, score=score, reasons=reasons)
            pairs.append(_settle(pair, SOMEONE_ELSE, by=by))
    return pairs


@transaction.atomic
@signed_context.beyond("merge")
def settle_someone_else(pair, *, by):
    """Say of a pair on the worklist that they are two people."""
    pair = lock(pair)
    require(by, "inmates.propose_merge", pair.first, pair.second)
    ensure(pair.state == PossibleDuplicate.State.OPEN, _("This pair is settled already."))
    waiting = MergeProposal.objects.waiting()
    ids = (pair.first_id, pair.second_id)
    ensure(not waiting.filter(keep__in=ids, absorb__in=ids).exists(), _("A merge of these two awaits approval."))
    return _settle(pair, SOMEONE_ELSE, by=by)


def require(user, permission, *people):
    """Raise PermissionDenied unless the user has the permission where one of these people is."""
    if not any(user.can(permission, at=person.facility_id) for person in people if person.facility_id):
        user.require(permission, at=people[0].facility_id)


def _pair(one, other, *, score, reasons):
    """(the pair, whether it is new), lower number first."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    return PossibleDuplicate.objects.get_or_create(
        first=first, second=second, defaults={"score": score, "reasons": reasons}
    )


def _settle(pair, state, *, by):
    pair.state, pair.settled_by, pair.settled_at = state, by, clock.now()
    pair.save()
    for person in (pair.first, pair.second):
        trail.record("duplicate.settled", by=by, inmate=person, obj=pair, detail={"state": str(state)})
    return pair


def settle_as_same(one, other, *, by):
    """When a merge is proposed, the pair is settled as the same person, if it stands on the worklist."""
    first, second = sorted((one.pk, other.pk))
    pair = PossibleDuplicate.objects.select_for_update().filter(first=first, second=second).first()
    if pair is not None and pair.state != PossibleDuplicate.State.SAME:
        _settle(pair, PossibleDuplicate.State.SAME, by=by)
    return pair


def reopen(one, other):
    """When a merge is rejected, the pair goes back to the worklist."""
    first, second = sorted((one.pk, other.pk))
    for pair in PossibleDuplicate.objects.filter(first=first, second=second, state=PossibleDuplicate.State.SAME):
        pair.state, pair.settled_by, pair.settled_at = PossibleDuplicate.State.OPEN, None, None
        pair.save()
