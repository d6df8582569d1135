"""Two records of one person made one: proposed by somebody, approved by another, traced for ever.

Everything that points at the absorbed record is pointed at the kept one, whichever room it belongs to; the trail and
the rows' histories are never touched. The absorbed record stays as a tombstone (`merged_into`) with its number.
"""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from pghistory.models import Event as HistoryRow

from audit import signed_context, trail
from core.workflow import InvalidTransition, ensure, lock, transition
from inmates.duplicates import hooks
from inmates.duplicates.actions import pairs
from inmates.duplicates.models import MergeProposal, PossibleDuplicate
from inmates.people.models import Alias, Correction, Inmate, ReturneeDossier
from inmates.people.models.name_tokens import WrittenNames
from inmates.people.search import reindex

# Written anew or kept with the proposal itself.
LEFT_ALONE = (Inmate, MergeProposal, WrittenNames)
# Once both records are one, these say nothing of anybody else.
PAIRS = ("first", "second")
# Filled from the absorbed record where the kept one has nothing: whatever may be unknown. Languages are joined instead.
FILLED = tuple(
    field.name
    for field in Inmate._meta.concrete_fields
    if field.editable and field.blank and not field.primary_key and field.name not in ("languages", "merged_into")
)
# What follows from a stay; taken from the record whose stay runs, or ran last.
OF_A_STAY = (
    "status", "facility", "unit", "registration_number", "legal_status", "admitted_on", "tier", "tier_since",
    "next_review_on", "release_on", "release_basis",
)  # fmt: skip


@signed_context.beyond("merge")
def obstacles(keep, absorb):
    """What stands against merging the two, as texts; empty when nothing does."""
    against = []
    if keep.merged_into_id or absorb.merged_into_id:
        against.append(_("One of the two records was merged already."))
    if keep.cin and absorb.cin and keep.cin != absorb.cin:
        against.append(_("The two have different CINs: correct the wrong one first."))
    if keep.sex != absorb.sex:
        against.append(_("The two are registered with different sexes: correct the wrong one first."))
    if (
        Correction.objects.waiting().filter(inmate__in=[keep, absorb]).exists()
    ):  # foreseen on one of the two records alone
        against.append(
            _("A correction of one of the two waits for a second person: it is answered or withdrawn first.")
        )
    stays = list(keep.admissions.values_list("admitted_at", "released_at"))
    for begun, ended in absorb.admissions.values_list("admitted_at", "released_at"):
        for other_begun, other_ended in stays:
            if (other_ended is None or begun < other_ended) and (ended is None or other_begun < ended):
                against.append(
                    _(
                        "Their stays in custody overlap (%(one)s, %(other)s): one person cannot be held twice. An admission "
                        "entered by mistake is taken back first, among the corrections."
                    )
                    % {"one": f"{localdate(begun):%d/%m/%Y}", "other": f"{localdate(other_begun):%d/%m/%Y}"}
                )
    return against


def _both(keep, absorb):
    """The two records, locked in one order, so that two merges never wait for each other."""
    locked = {
        person.pk: person
        for person in Inmate.objects.select_for_update().filter(pk__in=[keep.pk, absorb.pk]).order_by("pk")
    }
    return locked[keep.pk], locked[absorb.pk]


def _clear(keep, absorb):
    against = obstacles(keep, absorb)
    if against:
        raise InvalidTransition(" ".join(against))


@transaction.atomic
@signed_context.beyond("merge")
def propose(keep, absorb, *, reason, by):
    """Propose that `absorb` becomes part of `keep`. Raises InvalidTransition with what stands against it."""
    ensure(keep.pk != absorb.pk, _("These are one record already."))
    keep, absorb = _both(keep, absorb)
    pairs.require(by, "inmates.propose_merge", keep, absorb)
    ensure(reason.strip(), _("Say why they are one person."))
    waiting = MergeProposal.objects.waiting()
    ensure(
        not waiting.filter(absorb__in=[keep, absorb]).exists() and not waiting.filter(keep=absorb).exists(),
        _("A merge of one of these records awaits approval already."),
    )
    _clear(keep, absorb)
    proposal = MergeProposal.objects.create(keep=keep, absorb=absorb, reason=reason, proposed_by=by)
    pairs.settle_as_same(keep, absorb, by=by)
    for person in (keep, absorb):
        trail.record("merge.proposed", by=by, inmate=person, obj=proposal)
    return proposal


def _lock_all(proposal):
    """The proposal and both people, locked, the people first."""
    keep, absorb = _both(proposal.keep, proposal.absorb)
    proposal = lock(proposal)
    proposal.keep, proposal.absorb = keep, absorb
    return proposal, keep, absorb


@transaction.atomic
@signed_context.beyond("merge")
def reject(proposal, *, by):
    """Say that the two are not one person, or not yet to be merged; the pair goes back to the worklist."""
    proposal, keep, absorb = _lock_all(proposal)
    transition(proposal, MergeProposal.State.REJECTED, by=by)
    proposal.save()
    pairs.reopen(keep, absorb)
    for person in (keep, absorb):
        trail.record("merge.rejected", by=by, inmate=person, obj=proposal)
    return proposal


@transaction.atomic
@signed_context.beyond("merge")
def approve(proposal, *, by):
    """Make the two records one. Raises InvalidTransition with what stands against it, PermissionDenied for the proposer."""
    proposal, keep, absorb = _lock_all(proposal)
    transition(proposal, MergeProposal.State.MERGED, by=by)
    _clear(keep, absorb)
    proposal.save()  # first: the database lets records be merged that two people said are one
    before = {
        "keep": str(keep.uuid),
        "absorb": str(absorb.uuid),
        "numbers": [keep.registration_number, absorb.registration_number],
    }
    cin, names = absorb.cin, _names_of(absorb)
    later = _later_stay(keep, absorb)
    absorb.cin, absorb.merged_into = None, keep
    absorb.version += 1
    absorb.save(update_fields=["cin", "cin_digest", "merged_into", "version"])
    for react in hooks.before_merge:
        react(absorb, by=by)
    moved, dropped = _repoint(keep, absorb)
    absorb.cin = cin
    _fill(keep, absorb)
    _take_stay(keep, absorb, later)
    keep.version += 1
    keep.save()
    for text in names - _names_of(keep):
        Alias.objects.get_or_create(inmate=keep, text=text, defaults={"kind": Alias.Kind.FORMER})
    WrittenNames.objects.filter(inmate=absorb).delete()
    reindex(keep)
    for react in hooks.after_merge:
        react(keep, by=by)
    proposal.report = {**before, "moved": moved, "dropped": dropped}
    proposal.save()
    for person in (keep, absorb):
        trail.record("merge.approved", by=by, inmate=person, obj=proposal, detail={"moved": moved, "dropped": dropped})
    return proposal


def _names_of(person):
    return {person.name_latin, person.name_ar} - {""}


def references():
    """Every foreign key of the project to a person: fields, without the rows' histories and what is `LEFT_ALONE`."""
    for relation in Inmate._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        model = relation.related_model
        if not issubclass(model, HistoryRow) and model not in LEFT_ALONE:
            yield relation.field


def _repoint(keep, absorb):
    """Point everything at the kept record; what both have stays once. Returns ({model: rows moved}, {model: rows dropped})."""
    moved, dropped = {}, {}
    for field in references():
        model = field.model
        for row in model._base_manager.filter(**{field.name: absorb}).order_by("pk"):
            where = moved if _move(row, field, keep) else dropped
            where[model._meta.label_lower] = where.get(model._meta.label_lower, 0) + 1
    return moved, dropped


def _move(row, field, keep):
    """Point one row at the kept record; False when it says what another row says already, and so went away."""
    if field.name in PAIRS and hasattr(row, "second_id"):
        return _move_pair(row, field, keep)
    if isinstance(row, ReturneeDossier):
        return _move_dossier(row, keep)
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: keep})
    except IntegrityError as error:
        return _gone(row, error)
    return True


def _move_pair(row, field, keep):
    """A pair (non-association, possible duplicate) stays ordered; a pair with oneself, or one known already, goes away."""
    other_id = row.second_id if field.name == "first" else row.first_id
    if other_id == keep.pk:
        if isinstance(row, PossibleDuplicate):
            # What was said of the two stays in the proposal and the trail.
            row.delete()
            return False
        raise InvalidTransition(_("These two have a non-association: close it first."))
    first, second = sorted((other_id, keep.pk))
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(first_id=first, second_id=second)
    except IntegrityError as error:
        return _gone(row, error)
    return True


def _move_dossier(row, keep):
    """Two dossiers become one: what the kept one does not know is taken from the other."""
    kept = ReturneeDossier.objects.filter(inmate=keep).first()
    if kept is None:
        ReturneeDossier.objects.filter(pk=row.pk).update(inmate=keep)
        return True
    for field in ("theatre", "left_on", "returned_on", "route", "how_returned", "family_left_behind"):
        if not getattr(kept, field):
            setattr(kept, field, getattr(row, field))
    kept.save()
    row.delete()
    return False


# Rows that only repeat what the kept person's row says: the second one goes away. Everything else stops the merge.
REPEATED = ("alias", "possibleduplicate", "keepapart")


def _gone(row, error):
    """Drop what is there twice, or refuse the merge and say which record stands in its way."""
    if isinstance(error.__cause__, Exception) and row._meta.model_name in REPEATED:
        row.delete()
        return False
    raise InvalidTransition(
        _("Both have a record that there may be only once (%(what)s): settle one of them first.")
        % {"what": row._meta.verbose_name}
    ) from error


def _fill(keep, absorb):
    """Take over what only the absorbed record knew of the person."""
    if keep.birth_date is None:
        keep.birth_precision = absorb.birth_precision
    for field in FILLED:
        if getattr(keep, field) in (None, ""):
            setattr(keep, field, getattr(absorb, field))
    keep.languages = list(dict.fromkeys([*keep.languages, *absorb.languages]))


def _later_stay(keep, absorb):
    """Whether the stay that runs or, where none does, ran last is the absorbed record's."""
    last = [one.admissions.order_by("admitted_at").last() for one in (keep, absorb)]
    mine, other = (stay and stay.admitted_at for stay in last)
    return other is not None and (mine is None or other > mine)


def _take_stay(keep, absorb, later):
    """Where the person is: as the record says whose stay is the `later` one."""
    if later:
        for field in OF_A_STAY:
            setattr(keep, field, getattr(absorb, field))
    elif keep.facility is None:  # neither was ever admitted
        keep.facility = absorb.facility
    Inmate.objects.filter(pk=absorb.pk).update(
        status=Inmate.Status.NOT_ADMITTED, unit=None, next_review_on=None, release_on=None, release_basis="none"
    )
