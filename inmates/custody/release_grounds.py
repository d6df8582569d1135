"""Grounds of release: what each needs, which of them the record proposes, and the record as it stood at the door."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from config import clock
from core.sayings import MARK
from inmates.custody.civil_imprisonment import ends_of_civil_imprisonment
from inmates.custody.holds import held_beyond_term, holds, with_another_title
from inmates.custody.models import Admission, DetentionOrder
from inmates.people.models import Inmate
from inmates.sentences.models import Adjustment, Case, CourtAppeal, Pardon
from inmates.sentences.release_dates import as_calculated, bounds, concluded, over_on
from inmates.sentences.wording import day_in_words

Ground = Admission.Ground
UNITS = ("years", "months", "days")

# Grounds that rest on a decision of their own, whose reference is kept.
BY_DECISION = {
    Ground.PROVISIONAL,
    Ground.CONDITIONAL,
    Ground.ABROAD,
    Ground.ACQUITTAL,
    Ground.DISMISSED,
    Ground.NO_PRISON,
    Ground.JUDICIAL,
}

# Grounds that rest on the days that we have recorded, and on nothing else.
BY_OUR_DAYS = {Ground.TERM_SERVED, Ground.ORDER_ENDED, Ground.CIVIL_ENDED}

# Grounds that end a prosecution, and the state in which they leave it.
ENDS_CASE = {
    Ground.ACQUITTAL: Case.State.ACQUITTED,
    Ground.DISMISSED: Case.State.DROPPED,
    Ground.NO_PRISON: Case.State.CONVICTED,
}

# Of these, what they say to an appeal still open in that case.
ANSWERS = {Ground.ACQUITTAL: CourtAppeal.Outcome.QUASHED, Ground.NO_PRISON: CourtAppeal.Outcome.NO_PRISON}

# Of grounds of the same day, the one that says most.
RANK = [
    Ground.ORDER_ENDED,
    Ground.PROVISIONAL,
    Ground.TERM_SERVED,
    Ground.CIVIL_ENDED,
    Ground.NO_PRISON,
    Ground.DISMISSED,
    Ground.ACQUITTAL,
    Ground.PARDON,
]


@dataclass(frozen=True)
class Proposal:
    """The ground that the record proposes: on which day the last hold ended (None: not recorded), and by what paper."""

    ground: str
    on: date | None = None
    reference: str = ""
    case: Case | None = None

    @property
    def text(self):
        """The proposal and why, as a sentence."""
        if self.on is None:
            return _("Proposed by the record: %(ground)s.") % {"ground": self.ground.label}
        values = {"ground": self.ground.label, "day": day_in_words(self.on)}
        return _("Proposed by the record: %(ground)s. The last hold ended on %(day)s.") % values


def proposed(inmate):
    """The ground on which somebody goes whom nothing holds any longer: what ended the last hold.

    None while something holds, and where the record does not say.
    """
    stay = inmate.admissions.open().first()
    if stay is None or holds(inmate):
        return None
    began = timezone.localdate(stay.admitted_at)
    ends = [*_terms(inmate), *_cases(inmate, began), *_orders(inmate, began), *_civil(inmate, began)]
    if ends:
        return max(ends, key=lambda end: (end.on, RANK.index(end.ground)))
    at_liberty = list(inmate.cases.filter(state=Case.State.OPEN, on_remand=False)[:2])
    return Proposal(Ground.PROVISIONAL, case=at_liberty[0]) if len(at_liberty) == 1 else None


def how_late(people):
    """These people, each told as `held_otherwise` whether the term has ended and another title holds, and `due_since`.

    One query for all of them; those past their day who may be held on another title are looked at one by one.
    """
    people = list(people)
    past = [one for one in people if one.held and one.release_on and one.release_on <= clock.today()]
    titled = with_another_title(Inmate.objects.filter(pk__in=[one.pk for one in past]))
    looked_at = set(titled.values_list("pk", flat=True)) if past else ()
    for one in people:
        one.held_otherwise = one.pk in looked_at and held_beyond_term(one)
        one.due_since = due_since(one) if one.pk in looked_at and not one.held_otherwise else one.release_on
    return people


def due_since(inmate):
    """The day on which somebody in custody was, or is, to be released; None where none is known.

    The end of the term, or of civil imprisonment that held beyond it and has ended since. Of other titles the record does not
    tell well enough that they held until then: no day held unlawfully is left out.
    """
    if not inmate.release_on or inmate.release_on >= clock.today():
        return inmate.release_on
    stay = inmate.admissions.open().first()
    if stay is None or holds(inmate):
        return inmate.release_on
    began = timezone.localdate(stay.admitted_at)
    return max([inmate.release_on, *(end.on for end in _civil(inmate, began))])


def _terms(inmate):
    """The end of the sentences: by a pardon if they were over the moment it was verified, else as served.

    Where nobody has settled it, the latest of the possible ends.
    """
    if not over_on(inmate, clock.today()):
        return
    if inmate.release_on is None:
        yield Proposal(Ground.TERM_SERVED, bounds(inmate).latest)
        return
    of_a_term = inmate.pardons.in_force().filter(adjustment__isnull=False, adjustment__superseded_at=None)
    last = of_a_term.select_related("instrument").order_by("-verified_at").first()
    if last is not None:
        verified_on, without = timezone.localdate(last.verified_at), _without_pardons(inmate)
        if inmate.release_on <= verified_on and (without is None or without > verified_on):
            yield Proposal(Ground.PARDON, verified_on, last.instrument.reference)
            return
    yield Proposal(Ground.TERM_SERVED, inmate.release_on)


def instrument(inmate):
    """The reference of the pardon that frees somebody, or else of the last one verified; empty where there is none."""
    proposal = proposed(inmate)
    if proposal is not None and proposal.ground == Ground.PARDON:
        return proposal.reference
    last = inmate.pardons.in_force().select_related("instrument").order_by("-verified_at").first()
    return last.instrument.reference if last else ""


def _without_pardons(inmate):
    """The day on which the sentences would end had nobody been pardoned; None where the rules give none."""
    own = Prefetch("adjustments", Adjustment.objects.exclude(source=Adjustment.Source.PARDON))
    sentences = inmate.sentences.standing().select_related("case").prefetch_related("remand_periods", own)
    return concluded([as_calculated(one) for one in sentences.order_by("starts_on", "id")])[0]


def _cases(inmate, began):
    """Prosecutions of this stay that ended without a prison term to serve."""
    ended = inmate.pardons.in_force().filter(prison=Pardon.TermEffect.PROSECUTION).select_related("instrument")
    pardons = {pardon.case_id or pardon.sentence.case_id: pardon for pardon in ended.select_related("sentence")}
    for case in inmate.cases.exclude(state=Case.State.OPEN).prefetch_related("sentences"):
        pardon = pardons.get(case.pk)
        if pardon is not None:
            on = max(case.closed_on, timezone.localdate(pardon.verified_at))
            if on >= began:
                yield Proposal(Ground.PARDON, on, pardon.instrument.reference, case)
        elif case.closed_on is None or case.closed_on < began:
            continue
        elif case.state == Case.State.ACQUITTED:
            yield Proposal(Ground.ACQUITTAL, case.closed_on, case.closing_reference, case)
        elif case.state == Case.State.DROPPED:
            yield Proposal(Ground.DISMISSED, case.closed_on, case.closing_reference, case)
        elif not any(sentence.stands for sentence in case.sentences.all()):
            yield Proposal(Ground.NO_PRISON, case.closed_on, case.closing_reference, case)


def _civil(inmate, began):
    """Civil imprisonment of this stay that has ended, or the pardon that remitted the last of its fines."""
    for order, day, pardon in ends_of_civil_imprisonment(inmate):
        if order.lifted_before(began) or day < began:
            continue
        if pardon is None:
            yield Proposal(Ground.CIVIL_ENDED, day)
        else:
            yield Proposal(Ground.PARDON, day, pardon.instrument.reference)


def _orders(inmate, began):
    """Orders of this stay, but civil imprisonment, that were lifted or have run out, whichever came first; one that a judge
    ended with remand is a provisional release.
    """
    at_liberty = list(inmate.cases.filter(state=Case.State.OPEN, on_remand=False))
    for order in inmate.detention_orders.all():
        over = order.kind == DetentionOrder.Kind.CIVIL or order.lifted_before(began)
        if over or order.in_force_on(clock.today()):
            continue
        of = [case for case in at_liberty if order.case_id == case.pk] or (at_liberty if order.case_id is None else [])
        if order.lifted_on and of:
            reference = order.ended_by.decision if order.ended_by_id else order.lifted_reason
            reference = "" if reference.startswith(MARK) else reference[:120]
            if len(of) == 1:  # of several, the record does not say which
                yield Proposal(Ground.PROVISIONAL, order.lifted_on, reference, of[0])
            continue
        ran_out = order.expires_on and order.expires_on + timedelta(days=1)
        yield Proposal(Ground.ORDER_ENDED, min(filter(None, (order.lifted_on, ran_out))))


def ended_orders(inmate, stay, *, civil=False):
    """Whether an order of this stay (of civil imprisonment, or any) stands that was lifted, has run out or ends now."""
    began = timezone.localdate(stay.admitted_at)
    orders = [order for order in inmate.detention_orders.all() if not order.lifted_before(began)]
    if civil:
        return any(order.kind == DetentionOrder.Kind.CIVIL for order in orders)
    return any(not order.in_force_on(clock.today()) for order in orders)


def as_it_stands(inmate, stay):
    """The cases of a stay with the sentences that stand, as they are kept with the release and printed on its order.

    What an earlier stay has settled is left out: cases closed before its end, and sentences counted from before it.
    """
    earlier = inmate.admissions.filter(released_at__lte=stay.admitted_at).order_by("-released_at").first()
    since = timezone.localdate(earlier.released_at) if earlier else date.min
    cases = []
    for case in inmate.cases.prefetch_related("sentences").order_by("id"):
        standing = sorted((one for one in case.sentences.all() if one.stands), key=lambda one: one.pk)
        days = [case.closed_on or date.max, *(one.starts_on for one in standing)]
        if max(days) >= since:
            terms = [
                {"kind": one.kind, "years": one.years, "months": one.months, "days": one.days}
                | {f"suspended_{unit}": n for unit, n in zip(UNITS, one.suspended.parts, strict=True) if n}
                | {"starts_on": one.starts_on.isoformat()}
                for one in standing
            ]
            cases.append({"number": case.number, "court": case.court, "sentences": terms})
    return cases
