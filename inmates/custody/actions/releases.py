"""Release (*levée d'écrou*): a stay ends on a ground, and everything that belongs to it."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import InvalidTransition, ensure, follow, lock
from documents.scans import attach
from inmates.court_appeals.actions import answer_at_release
from inmates.custody import hooks, sayings
from inmates.custody import release_grounds as grounds
from inmates.custody.actions.placements import end_placement
from inmates.custody.civil_imprisonment import without_ground
from inmates.custody.decided_on_paper import held_but_for_decisions
from inmates.custody.holds import Hold, doubtful_orders, holds, lifted_by, settled_early, term_served_under_appeal
from inmates.custody.models import Admission, Transfer
from inmates.people.actions.alerts import raise_alert
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, LegalStatus, Task
from inmates.sentences.actions import close_case_at_release
from inmates.sentences.actions.retrials import tried_again
from inmates.sentences.finality import is_final, judgments_not_final
from inmates.sentences.models import Case, Pardon
from inmates.sentences.over_before import DECIDED, as_known
from inmates.sentences.release_dates import bounds
from inmates.sentences.terms_not_final import runs_beside, sentences_that_run

Ground = Admission.Ground
AFTER_RELEASE = (
    Task.Kind.OFFENCE,
    Task.Kind.COURT_SCAN,
    Task.Kind.COURT_ANSWER,
)  # tasks that a release does not settle


@transaction.atomic
def release(
    inmate,
    *,
    ground,
    reference="",
    case=None,
    at=None,
    before_term=False,
    sentence_read=False,
    identity_check="",
    property_return="",
    left_for="",
    scan=None,
    by,
):
    """End a stay in custody on a ground. Raises InvalidTransition while something else still holds the person.

    `case` is the prosecution that an acquittal, a dismissal, a judgment without prison or a provisional release is about
    (if left out the only one under way, and of a provisional release the only one that holds); a sentence not final that
    stands in it ends once somebody has read that it does (`sentence_read`): the national office is told. A judge's written
    order always opens the door; so do "term served" before our date, the end of civil imprisonment whose order still
    runs, and any ground where doubtful orders alone hold, confirmed (`before_term`) and on a written order: what we had
    recorded is kept with the release and told to the national office. `identity_check` and `property_return` are a line
    each. Where a decision on paper that nobody has confirmed is what ended the hold, what held before it is kept as
    against the release, and the national office is told.
    `left_for` names the ordinary prison to which somebody goes who leaves the separate system by a decision
    (`inmates/separate/actions/leaving.py`; the database holds that there is one).
    Rooms above react through `hooks.after_release`, in the same transaction.
    """
    inmate = lock(inmate)
    by.require("inmates.release", at=inmate.facility)
    admission = Admission.objects.select_for_update().filter(inmate=inmate, released_at=None).first()
    ensure(admission is not None, _("This person is not in custody: nothing was changed."))
    at = at or clock.now()
    if at > clock.now():
        raise ValidationError({"at": _("The release lies in the future.")})
    if at <= admission.admitted_at:
        raise ValidationError({"at": _("The release lies before the admission.")})
    reference = reference.strip()
    if (ground == Ground.ORDINARY) != bool(left_for):
        raise ValidationError(
            {"ground": _("To an ordinary prison somebody goes by a decided exit, from its own page.")}
        )
    if ground in grounds.BY_DECISION and not reference:
        raise ValidationError({"release_reference": _("This ground needs the reference of its decision.")})
    cases = grounds.as_it_stands(inmate, admission)
    day = timezone.localdate(at)
    stood = inmate.sentences.standing().count()
    on_paper = held_but_for_decisions(inmate, day=day) if ground in grounds.BY_OUR_DAYS else {}
    inmate, against = _let_go(
        inmate,
        admission,
        ground,
        case,
        reference=reference,
        before_term=before_term,
        sentence_read=sentence_read,
        day=day,
        by=by,
    )
    unusual = against or inmate.sentences.standing().count() < stood
    if against and not reference:
        raise ValidationError(
            {"release_reference": _("Before the end on record: enter the reference of the written order.")}
        )
    if ground == Ground.PARDON and not reference:
        reference = grounds.instrument(inmate)
    admission.released_at, admission.released_by = at, by
    admission.ground, admission.release_reference, admission.left_for = ground, reference, left_for
    admission.identity_check, admission.property_return = identity_check.strip(), property_return.strip()
    admission.release_file = {"cases": cases, "against": [hold.stored() for hold in [*against, *on_paper]]}
    if ground == Ground.TERM_SERVED and (against or inmate.release_basis == Inmate.ReleaseBasis.SETTLED):
        admission.release_file[DECIDED] = as_known(inmate)
    admission.full_clean()
    admission.save()
    _close_stay(inmate, admission, at=at, by=by)
    inmate.status = Inmate.Status.DECEASED if ground == Ground.DEATH else Inmate.Status.RELEASED
    inmate.unit = None
    inmate.next_review_on = None
    inmate.save()
    for react in hooks.after_release:
        react(inmate, admission, by=by)
    trail.record("inmate.released", by=by, inmate=inmate, obj=admission, detail={"ground": ground})
    if attach(admission, scan, field="release_document", by=by) is None and (unusual or ground == Ground.JUDICIAL):
        due_on = clock.today() + timedelta(days=1)
        raise_task(inmate, kind=Task.Kind.RELEASE_SCAN, due_on=due_on, note=reference, by=by)
    if against or on_paper:
        said = sayings.DECIDED_ON_PAPER(papers=" · ".join(dict.fromkeys(on_paper.values()))) if on_paper else ()
        told = f"stay:{admission.pk}"
        raise_alert(inmate, Alert.Kind.RELEASE_DISPUTED, Alert.Audience.NATIONAL, told, said, note=reference)
    return admission


@transaction.atomic
def attach_release_scan(stay, *, scan, by):
    """Attach the scan of the paper on which somebody was released; the task that asks for it is done."""
    inmate, stay = lock(stay, "inmate")
    by.require("inmates.release", at=inmate.facility)
    ensure(stay.released_at is not None, _("This stay has not ended."))
    attach(stay, scan, field="release_document", by=by)
    for task in inmate.tasks.open().filter(kind=Task.Kind.RELEASE_SCAN):
        task.done_at, task.done_by, task.done_note = clock.now(), by, stay.release_document.name
        task.save()
    trail.record("release.scan_attached", by=by, inmate=inmate, obj=stay)
    return stay


def _let_go(inmate, admission, ground, case, *, reference, before_term, sentence_read, day, by):
    """Check that a ground fits what is recorded and that nothing else holds; close what the ground itself ends.

    Returns the person and the holds that are recorded against the release and give way to a written order.
    """
    if ground == Ground.TERM_SERVED:
        ends = inmate.release_on is not None or bounds(inmate).latest is not None
        ensure(ends, _("No sentence with an end is recorded: a term cannot be served."))
    if ground == Ground.PARDON:
        ensure(inmate.pardons.in_force().exists(), _("No verified pardon is recorded."))
    if ground == Ground.CONDITIONAL:
        counting = sentences_that_run(inmate, day) or list(inmate.sentences.standing())
        by_status = (
            inmate.legal_status == LegalStatus.CONVICTED_FINAL and not counting
        )  # a register that names no judgment
        final = by_status or any(is_final(one) for one in counting)
        ensure(final, _("Conditional release is for somebody finally convicted: no judgment is recorded as final."))
    if ground == Ground.CIVIL_ENDED:
        civil = grounds.ended_orders(inmate, admission, civil=True)
        ensure(civil, _("No order of civil imprisonment is recorded."))
    if ground == Ground.ORDER_ENDED:
        ended = grounds.ended_orders(inmate, admission) or doubtful_orders(inmate, day=day)
        ensure(ended, _("No order has run out or been lifted."))
    if ground in grounds.ENDS_CASE:
        case = case or _ended_case(inmate, admission, ground) or _only_case(inmate)
    if ground in grounds.ENDS_CASE and case is not None:
        inmate = _end_case(inmate, case, ground, reference=reference, sentence_read=sentence_read, day=day, by=by)
    holding, runs_on = holds(inmate, day=day), False
    if ground == Ground.PROVISIONAL:
        case = case or _case_that_holds(inmate, holding, day)
        runs_on = case is not None and runs_beside(inmate, case, day=day)
    left = [hold for hold in holding if not lifted_by(ground, hold, case=case, runs_on=runs_on)]
    early = None
    if ground == Ground.TERM_SERVED and (early := settled_early(inmate, day=day)):
        if not left and not before_term:
            raise InvalidTransition(
                _("%(reason)s Confirm below that the day that was settled counts.") % {"reason": early.text}
            )
        left.append(early)
    if ground == Ground.PARDON:
        pardoned = _pardoned(inmate)
        left = [hold for hold in left if hold.order_id not in pardoned]
    if before_term and left and ground != Ground.CIVIL_ENDED:
        doubted = {order.pk for order in doubtful_orders(inmate, day=day)}
        if all(hold is early or (hold.kind == Hold.ORDER and hold.order_id in doubted) for hold in left):
            return inmate, left
    if ground == Ground.CIVIL_ENDED:  # a last day to come is asked for twice, as that of a term is
        civil = [hold for hold in holding if hold.kind == Hold.CIVIL]
        if before_term and not left:
            return inmate, civil
        left += civil
    if ground == Ground.TERM_SERVED and before_term and all(hold.until for hold in left):
        return inmate, left
    if left:
        raise InvalidTransition(
            _("Cannot be released: %(reasons)s") % {"reasons": " ".join(hold.text for hold in left)}
        )
    return inmate, holding if ground == Ground.JUDICIAL else []


def _pardoned(inmate):
    """The orders of civil imprisonment that no fine on record supports any longer, where a pardon remitted one."""
    of_fines = inmate.pardons.in_force().exclude(fine=Pardon.FineEffect.KEPT)
    last = of_fines.order_by("-verified_at").values_list("verified_at", flat=True).first()
    if last is None:
        return set()
    until = timezone.localdate(last)  # an order given after it is for something else
    return {order.pk for order in without_ground(inmate, inmate.detention_orders.all()) if order.issued_on <= until}


def _end_case(inmate, case, ground, *, reference, sentence_read, day, by):
    """Close the prosecution that a ground ends, unless it has ended so already, and answer the appeals open in it.

    Returns the person as then stored.
    """
    state, standing, again = grounds.ENDS_CASE[ground], case.sentences.standing(), tried_again(case)
    if case.state == state and not standing.exists():
        return inmate
    if ground == Ground.DISMISSED:
        ensure(case.state == Case.State.OPEN, _("This case has a judgment: charges are dismissed before one."))
    inmate = close_case_at_release(
        case, state=state, on=day, reference=reference, sentence_read=sentence_read, by=by
    ).inmate
    if ground in grounds.ANSWERS and not again:
        answer_at_release(case, outcome=grounds.ANSWERS[ground], on=day, decision=reference, by=by)
    return inmate


def _ended_case(inmate, admission, ground):
    """A prosecution of this stay that has ended already as the ground says, if there is one."""
    began = timezone.localdate(admission.admitted_at)
    ended = inmate.cases.filter(state=grounds.ENDS_CASE[ground], closed_on__gte=began).order_by("-closed_on")
    return next((case for case in ended if not case.sentences.standing().exists()), None)


def _only_case(inmate):
    """The one prosecution under way (or, failing that, the one convicted under appeal), if there is exactly one."""
    for state in (Case.State.OPEN, Case.State.CONVICTED):
        cases = list(inmate.cases.filter(state=state)[:2])
        if len(cases) == 1:
            return cases[0]
        if cases:
            return None
    return None


def _case_that_holds(inmate, holding, day):
    """The one case that a provisional release can be about: it holds by remand, an order or a sentence not final; or None.

    Raises ValidationError where it could be several: somebody says which.
    """
    served = {case.pk for case in term_served_under_appeal(inmate, day=day)}
    cases = set(judgments_not_final().filter(inmate=inmate).values_list("case", flat=True)) - served
    cases |= {hold.case_id for hold in holding if hold.kind in (Hold.REMAND, Hold.ORDER)} - {None}
    if holding and len(cases) > 1:
        raise ValidationError({"case": _("Several cases hold this person: say in which one the court has released.")})
    return inmate.cases.filter(pk__in=cases).first()


def _end_road(road, inmate, admission, *, at, by):
    """A judge's written order, or a death, ends a transfer on the road: the sender, who still answers, records it.

    Both prisons are told. On any other ground the arrival comes first.
    """
    ensure(
        admission.ground in (Ground.JUDICIAL, Ground.DEATH),
        _(
            "The person is on the road: record the arrival first. Only a judge's written order or a death ends the road."
        ),
    )
    if at <= road.departed_at:
        raise ValidationError({"at": _("The person was on the road already: the release comes after the departure.")})
    follow(road, Transfer.State.CANCELLED, by=by)
    road.refusal = Transfer.Refusal.RELEASED
    road.save()
    trail.record("transfer.cancelled", by=by, inmate=inmate, obj=road, facility=road.origin)
    said = sayings.ROAD_ENDED(day=timezone.localdate(at))
    for prison in (road.origin, road.destination):
        reference = f"transfer:{road.pk}:{prison.pk}"
        raise_alert(inmate, Alert.Kind.RELEASED_ON_ROAD, Alert.Audience.PRISON, reference, said, facility=prison)


def _close_stay(inmate, admission, *, at, by):
    """End what belongs to a stay: placement, legal status, outings, transfers not yet departed, orders, tasks."""
    day = timezone.localdate(at)
    end_placement(inmate, at=at)
    _first, *later = admission.legal_statuses.order_by("starts_on")
    for period in later:
        if period.starts_on > day:  # the release is entered late: whoever had left was held on no ground any longer
            period.delete()
    last = admission.legal_statuses.order_by("starts_on").last()
    last.ends_on = max(day, last.starts_on + timedelta(days=1))
    last.save()
    road = inmate.transfers.select_for_update(of=("self",)).filter(state=Transfer.State.DEPARTED).first()
    if road is not None:
        _end_road(road, inmate, admission, at=at, by=by)
    inmate.transfers.live().update(
        state=Transfer.State.CANCELLED, refusal=Transfer.Refusal.RELEASED, ended_by=by, ended_at=clock.now()
    )
    inmate.outings.planned().update(cancelled_reason=sayings.RELEASED.mark)
    inmate.outings.out().filter(left_at__lt=at).update(back_at=at, outcome=sayings.RELEASED.mark)
    if admission.ground != Ground.ORDINARY:  # nobody is on remand at liberty
        inmate.cases.filter(state=Case.State.OPEN, on_remand=True).update(on_remand=False)
    inmate.detention_orders.unlifted().update(lifted_on=day, lifted_reason=sayings.LIFTED_BY[admission.ground].mark)
    inmate.tasks.open().exclude(kind__in=AFTER_RELEASE).update(done_at=clock.now(), done_note=sayings.RELEASED.mark)
