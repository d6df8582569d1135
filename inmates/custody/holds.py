"""Holds on a person: remand in a case, a sentence that runs, an order, civil imprisonment."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import chain
from operator import or_

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from config import clock
from inmates.custody.civil_imprisonment import DOUBTFUL, GONE, without_ground
from inmates.custody.models import Admission, DetentionOrder, Outing
from inmates.people.models import Inmate, LegalStatus
from inmates.sentences.calculation import all_pardoned_on
from inmates.sentences.models import Case, ReleaseComputation, Sentence
from inmates.sentences.release_dates import LATEST, bounds, earliest_end, over_on, standing_sentences
from inmates.sentences.terms_not_final import ends_of_terms_not_final
from inmates.sentences.wording import day_in_words

Basis = Inmate.ReleaseBasis
Ground = Admission.Ground
NAMES_NO_CASE = Q(case=None) | Q(case__annulled_at__isnull=False)
CONVICTED = (LegalStatus.CONVICTED_APPEAL, LegalStatus.CONVICTED_FINAL)
LET_OUT = (Ground.CONDITIONAL, Ground.PROVISIONAL, Ground.JUDICIAL, Ground.ORDINARY)  # the sentence stays where it is
A_CASE, ITSELF, IN_DOUBT = "a case", "itself", "in doubt"  # for what an order of admission without a case speaks


@dataclass(frozen=True)
class Hold:
    """One thing that keeps a person in custody: its kind, the case it belongs to if any, and words for the page.

    `what` is the number of the case, the reference of the order, or why a sentence has no day (a basis, at large); `until` the
    day a sentence ends, `earliest` and `until` the days between which it does where a person must settle that.
    """

    REMAND = "remand"
    SENTENCE = "sentence"
    ORDER = "order"
    CIVIL = "civil"
    AT_LARGE = "at large"  # `what` of a sentence that does not run, since the day `earliest`

    kind: str
    what: str = ""
    until: date | None = None
    earliest: date | None = None
    case_id: int | None = None
    order_id: int | None = None

    @property
    def text(self):
        """The hold as a sentence, in the language now spoken."""
        if self.kind == self.REMAND:
            return _("On remand in case %(number)s.") % {"number": self.what or "—"}
        if self.kind != self.SENTENCE:
            return _("Detention order %(reference)s still holds.") % {"reference": self.what}
        if self.what == self.AT_LARGE:
            return _("At large since %(date)s: the sentence does not run.") % {"date": day_in_words(self.earliest)}
        if self.earliest and self.until:
            days = {"first": day_in_words(self.earliest), "last": day_in_words(self.until)}
            return _("Release date to be settled: the term ends between %(first)s and %(last)s.") % days
        if self.earliest:
            return _("Release date to be settled: no end is known.")
        if self.what == Basis.SETTLED:
            text = _("A person settled an earlier day: by the rules the term ends on %(date)s at the earliest.")
            return text % {"date": day_in_words(self.until)}
        if self.until is None:
            return _("%(why)s.") % {"why": Basis(self.what).label}
        return _("A sentence runs until %(date)s.") % {"date": day_in_words(self.until)}

    def stored(self):
        """The hold as it is kept with a release, without words."""
        days = {name: day and day.isoformat() for name, day in (("until", self.until), ("earliest", self.earliest))}
        return {"kind": self.kind, "what": self.what, **days}

    @classmethod
    def read(cls, stored):
        """A hold from what `stored` kept."""
        days = (stored.get(name) and date.fromisoformat(stored[name]) for name in ("until", "earliest"))
        return cls(stored["kind"], stored["what"], *days)


def holds(inmate, *, day=None):
    """All that is recorded and holds `inmate` on `day` (today); empty when the person must go free."""
    day = day or clock.today()
    holding = []
    cases = {case.pk: case for case in Case.objects.filter(inmate=inmate)}
    admission = inmate.admissions.open().first()
    orders = _not_replaced(list(inmate.detention_orders.all()), admission)
    for case in cases.values():
        ordered = case.state == Case.State.OPEN and case.on_remand
        if ordered and _remand_has_a_title(case, cases, orders, admission, day):
            holding.append(Hold(Hold.REMAND, case.number, case_id=case.pk))
    within = bounds(inmate)
    if away := _at_large_since(inmate, day):
        holding.append(Hold(Hold.SENTENCE, Hold.AT_LARGE, earliest=away))
    elif within.latest or within.earliest:
        if not within.over(day):
            holding.append(Hold(Hold.SENTENCE, Basis.UNSETTLED, until=within.latest, earliest=within.earliest))
    elif inmate.release_basis in (Basis.LIFE, Basis.DEATH, Basis.UNSETTLED):
        holding.append(Hold(Hold.SENTENCE, inmate.release_basis))
    elif inmate.release_on and inmate.release_on > day:
        holding.append(Hold(Hold.SENTENCE, until=inmate.release_on))
    in_force = [order for order in orders if order.in_force_on(day)]
    groundless = without_ground(inmate, in_force)
    for order in in_force:
        if groundless.get(order) != GONE and _order_holds(order, inmate, cases, admission):
            kind = Hold.CIVIL if order.kind == DetentionOrder.Kind.CIVIL else Hold.ORDER
            holding.append(Hold(kind, order.reference, case_id=order.case_id, order_id=order.pk))
    return holding


def _at_large_since(inmate, day):
    """The day of the escape of somebody not back by `day` whose sentences still ran then; None once all were pardoned."""
    if inmate.status != Inmate.Status.ABSENT:
        return None
    escape = inmate.outings.out().filter(kind=Outing.Kind.ESCAPE).first()
    since = escape and timezone.localdate(escape.left_at)
    _sentences, taken = standing_sentences(inmate)
    if since is None or not taken or over_on(inmate, since):
        return None
    pardoned_on = all_pardoned_on(taken)
    return None if pardoned_on and pardoned_on <= day else since


def settled_early(inmate, *, day=None):
    """The `Hold` of a term that a person settled to end by `day` (today) though by the rules it cannot yet; else None.

    It holds nobody. "Term served" asks twice all the same, as before any other computed day.
    """
    day = day or clock.today()
    if inmate.release_basis != Basis.SETTLED or inmate.release_on > day:
        return None
    earliest = earliest_end(inmate)
    return Hold(Hold.SENTENCE, Basis.SETTLED, until=earliest) if earliest and earliest > day else None


def term_served_under_appeal(inmate, *, day=None):
    """The cases whose pronounced term has been served by `day` (today) while the judgment is not final: they hold nothing."""
    day = day or clock.today()
    return [case for case, end in ends_of_terms_not_final(inmate).items() if end <= day]


def _not_replaced(orders, admission):
    """These orders of a person without those whose place another of the same case and stay has taken.

    A later one with a last day says until when: one without a last day supports no longer than it, also where it was
    lifted. The provisional line of an imported register holds nothing beside an order of its ground: of its case, or of
    civil imprisonment where it names none.
    """
    began, kinds = admission and timezone.localdate(admission.admitted_at), DetentionOrder.Kind
    of_this_stay = [order for order in orders if not order.lifted_before(began)]

    def takes_its_place(other, order):
        civil = other.kind == kinds.CIVIL
        if other.pk == order.pk or order.kind == kinds.CIVIL:
            return False
        if order.case_id is None:
            return civil and order.kind == kinds.REGISTER
        if civil or other.case_id != order.case_id:
            return False
        later = (other.issued_on, other.pk) > (order.issued_on, order.pk)
        dated = other.expires_on is not None and order.expires_on is None
        return order.kind == kinds.REGISTER or (later and dated)

    return [order for order in orders if not any(takes_its_place(other, order) for other in of_this_stay)]


def replaced(order):
    """Whether another order has taken the place of this one, which holds and supports nothing beside it."""
    inmate = order.inmate
    return order not in _not_replaced(list(inmate.detention_orders.all()), inmate.admissions.open().first())


def _surely_not_replaced(orders):
    """The same in a query: it leaves out every order that may have been replaced."""
    kinds = DetentionOrder.Kind
    others = DetentionOrder.objects.filter(inmate=OuterRef("inmate")).exclude(pk=OuterRef("pk"))
    of_its_case = others.filter(case=OuterRef("case")).exclude(kind=kinds.CIVIL)
    dated = of_its_case.filter(expires_on__isnull=False, issued_on__gte=OuterRef("issued_on"))
    of_its_ground = Exists(of_its_case) | (Q(case=None) & Exists(others.filter(kind=kinds.CIVIL)))
    return orders.exclude(Q(kind=kinds.REGISTER) & of_its_ground).exclude(Q(expires_on=None) & Exists(dated))


def _remand_has_a_title(case, cases, orders, admission, day):
    """Whether an order in force on `day` supports the remand ordered in a case: the flag alone holds nobody.

    The case's own orders of this stay answer for it, or the order of admission where it has none: unless that one names
    another case. Civil imprisonment is no remand.
    """
    orders = [order for order in orders if order.kind != DetentionOrder.Kind.CIVIL]
    began = admission and timezone.localdate(admission.admitted_at)
    own = [order for order in orders if order.case_id == case.pk and not order.lifted_before(began)]
    if not own and admission is not None:
        own = [order for order in orders if order.pk == admission.order_id and order.case_id not in cases]
    return any(order.in_force_on(day) for order in own)


def _order_holds(order, inmate, cases, admission):
    """Whether an order in force holds by itself: a judgment holds through its sentence, an order of a case through it.

    The order of admission without a case of its own speaks for the cases of that stay: it holds while none is recorded.
    """
    kinds = DetentionOrder.Kind
    if order.kind == kinds.CIVIL:
        return True
    case = cases.get(order.case_id)  # an order of a case that was annulled is an order without a case
    if case is not None:
        return case.state == Case.State.OPEN and not case.on_remand and order.kind != kinds.JUDGMENT
    own, through = admission is not None and order.pk == admission.order_id, (kinds.JUDGMENT, kinds.REGISTER)
    if own and not cases:
        return True
    return order.kind not in through and not (own and _speaks_for(inmate, cases, admission) == A_CASE)


def _speaks_for(inmate, cases, admission):
    """For what the order of admission that names no case speaks: a case that says why somebody is held, or itself.

    In a first stay for the cases. In a later one for a case only where remand was ordered or something was judged in it
    since, or where a sentence runs that ran at the admission already: else it is of something not yet recorded. Once what
    it may have been for has fallen or ended, it is in doubt.
    """
    began = timezone.localdate(admission.admitted_at)
    if not inmate.admissions.exclude(pk=admission.pk).exists() or any(case.on_remand for case in cases.values()):
        return A_CASE
    standing = inmate.sentences.standing()
    if (standing.filter(pronounced_on__gte=began) if over_on(inmate, began) else standing).exists():
        return A_CASE
    ended = [case for case in cases.values() if case.closed_on and case.closed_on >= began]
    sentenced = brought_by_a_sentence(admission)
    if ended and (sentenced or any(_ended_on_remand(case) for case in ended)):
        return A_CASE
    return IN_DOUBT if ended or sentenced else ITSELF


def brought_by_a_sentence(admission):
    """Whether a sentence, whatever became of it since, is or may be why somebody is in this stay.

    It was pronounced in the stay; or somebody came in as convicted, or had been let out with a sentence on record.
    """
    began, recorded = timezone.localdate(admission.admitted_at), Sentence.everything.filter(inmate=admission.inmate_id)
    if recorded.filter(pronounced_on__gte=began).exists():
        return True
    first = admission.legal_statuses.order_by("starts_on").first()
    before = Admission.objects.filter(inmate=admission.inmate_id, admitted_at__lt=admission.admitted_at)
    left = before.order_by("-admitted_at").first()
    back = (first is not None and first.status in CONVICTED) or (left is not None and left.ground in LET_OUT)
    return back and recorded.exists()


def _ended_on_remand(case):
    """Whether remand was ordered in a case until it ended: nobody is on remand at liberty, so it was of the stay."""
    before = case.events.exclude(state=case.state).order_by("-pgh_id").first()
    return before is not None and before.on_remand


def doubtful_orders(inmate, *, day=None):
    """The orders that alone hold a person on `day` (today), where each may hold for something that has ended.

    An order without a case, although the cases it can be of have ended: a case ended since it was issued and none is
    under way. The order on which somebody came back, once the sentence that may have brought them has fallen or ended.
    Civil imprisonment whose fine may be owed no longer. They hold on until somebody says: each may be of a case or a fine
    that is not yet recorded.
    """
    holding = holds(inmate, day=day)
    alone = {hold.order_id for hold in holding if hold.kind in (Hold.CIVIL, Hold.ORDER)}
    if not holding or len(alone) < len(holding):
        return []
    orders = list(inmate.detention_orders.filter(pk__in=alone).order_by("pk"))
    groundless = without_ground(inmate, orders)
    admission = inmate.admissions.open().first()
    cases = {case.pk: case for case in inmate.cases.all()}
    under_way = any(case.state == Case.State.OPEN for case in cases.values())

    def doubtful(order):
        if order.kind == DetentionOrder.Kind.CIVIL:
            return groundless.get(order) == DOUBTFUL
        own = admission is not None and order.pk == admission.order_id
        if order.case_id in cases:  # under way again, and no judgment stands in it that brought somebody back
            return own and Sentence.everything.filter(case=order.case_id).exists() and brought_by_a_sentence(admission)
        if own and _speaks_for(inmate, cases, admission) == IN_DOUBT:
            return True
        return not under_way and any(case.closed_on and case.closed_on >= order.issued_on for case in cases.values())

    return orders if all(doubtful(order) for order in orders) else []


def may_be_doubtful(orders):
    """Of these orders in a query, those but civil imprisonment that may be doubtful: added without a case, or of a return."""
    kinds = DetentionOrder.Kind
    earlier = Admission.objects.filter(inmate=OuterRef("inmate")).exclude(released_at=None)
    of_a_return = Q(admission__released_at=None, admission__isnull=False) & Exists(earlier)
    at_liberty = Q(case__state=Case.State.OPEN, case__on_remand=False)
    return orders.filter(
        (NAMES_NO_CASE & Q(admission=None)) | ((NAMES_NO_CASE | at_liberty) & of_a_return),
        kind__in=(kinds.REMAND, kinds.ARREST),
        issued_on__lte=clock.today(),
    )


def lifted_by(ground, hold, *, case, runs_on):
    """Whether a release on `ground` (about `case`, if it names one) lifts this hold by its own force.

    Provisional release, acquittal, a dismissal and a judgment without prison lift the remand of their own case and
    nothing else; provisional release also its sentence that is not final, unless another sentence `runs_on` (final, or of
    another case); conditional release lifts the sentence; the end of civil imprisonment civil orders. A judge's written
    order to release lifts all of it, whatever we recorded; so does a transfer abroad or to an
    ordinary prison, where custody goes on.
    """
    if ground in (Ground.DEATH, Ground.ABROAD, Ground.ORDINARY, Ground.JUDICIAL):
        return True
    if ground == Ground.CONDITIONAL:
        return hold.kind == Hold.SENTENCE
    if ground == Ground.CIVIL_ENDED:
        return hold.kind == Hold.CIVIL
    if ground == Ground.PROVISIONAL and hold.kind == Hold.SENTENCE:
        return case is not None and not runs_on
    if ground in (Ground.PROVISIONAL, Ground.ACQUITTAL, Ground.DISMISSED, Ground.NO_PRISON):
        return case is not None and hold.kind in (Hold.REMAND, Hold.ORDER) and hold.case_id == case.pk
    return False


def nothing_holds(inmates):
    """Of these people in custody, those whom nothing recorded holds, with no sentence that says until when.

    They were acquitted, their prosecution ended, or the only order was lifted or has run out. `holds` says so of each;
    the queries, read in pieces, only leave out the many whose remand an order supports, who are newly admitted with no case
    on record yet, or whose latest possible end is to come.
    """
    in_force = DetentionOrder.objects.in_force_on(clock.today())
    paper = _surely_not_replaced(in_force.exclude(kind=DetentionOrder.Kind.CIVIL))
    cases = Case.objects.filter(inmate=OuterRef("pk"))
    remand = cases.filter(state=Case.State.OPEN, on_remand=True)
    supported = remand.filter(Exists(paper.filter(case=OuterRef("pk"))))
    without_orders = remand.filter(~Exists(DetentionOrder.objects.filter(case=OuterRef("pk"))))
    stay = {"inmate": OuterRef("pk"), "admission__released_at": None, "admission__isnull": False}
    left = inmates.filter(release_basis__in=[Basis.NONE, Basis.REMAND]).filter(~Exists(supported))
    left = left.exclude(Exists(without_orders) & Exists(paper.filter(NAMES_NO_CASE, **stay)))
    left = left.exclude(~Exists(cases) & Exists(_surely_not_replaced(in_force).filter(NAMES_NO_CASE, **stay)))
    left = left.exclude(Exists(in_force.filter(kind=DetentionOrder.Kind.CIVIL, case=None, inmate=OuterRef("pk"))))
    last = ReleaseComputation.objects.filter(inmate=OuterRef("pk")).order_by("-id")
    unsettled = inmates.filter(release_basis=Basis.UNSETTLED).annotate(last_steps=Subquery(last.values("steps")[:1]))
    ends = (Q(last_steps__contains=[{"code": code}]) for code in LATEST)
    between = unsettled.filter(reduce(or_, ends))
    past = (inmate for inmate in between.iterator(500) if _past_its_latest_end(inmate))
    return [inmate for inmate in chain(left.iterator(500), past) if not holds(inmate)]


def with_another_title(inmates):
    """Of these people, those whom something beside a sentence may hold or has held beyond it; `holds` says whether it does.

    An open case on remand, civil imprisonment at any time, or an order in force. The order of admission speaks for the cases
    of a first stay, a judgment for its sentence, and an order of a closed case for none.
    """
    kinds, orders = DetentionOrder.Kind, DetentionOrder.objects.filter(inmate=OuterRef("pk"))
    first_stay = Admission.objects.filter(order=OuterRef("pk"), released_at=None).exclude(
        Exists(Admission.objects.filter(inmate=OuterRef("inmate")).exclude(pk=OuterRef("pk")))
    )
    paper = orders.in_force_on(clock.today()).exclude(kind__in=[kinds.JUDGMENT, kinds.REGISTER])
    paper = paper.filter(Q(case__state=Case.State.OPEN) | (NAMES_NO_CASE & ~Exists(first_stay)))
    remand = Case.objects.filter(inmate=OuterRef("pk"), state=Case.State.OPEN, on_remand=True)
    return inmates.filter(Exists(remand) | Exists(orders.filter(kind=kinds.CIVIL)) | Exists(paper))


def held_beyond_term(inmate):
    """Whether the term has ended and another title holds: nobody is late."""
    return bool(inmate.held and inmate.release_on and inmate.release_on <= clock.today() and holds(inmate))


def _past_its_latest_end(inmate):
    """Whether the steps that were read with somebody say that every possible end has come."""
    inmate.foreseen_steps = inmate.last_steps
    over = bounds(inmate).over(clock.today())
    del inmate.foreseen_steps
    return over
