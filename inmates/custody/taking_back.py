"""Acts of custody entered by mistake and taken back: an order lifted, an escape, a release; and what a retrial had brought."""

from datetime import timedelta

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Event
from config import clock
from core.templatetags.display import day_text
from inmates.court_appeals import hooks as court_appeals
from inmates.custody import hooks, sayings
from inmates.custody.models import Admission, DetentionOrder, Outing, Transfer
from inmates.custody.placement_rules import placement_objections
from inmates.people import corrections
from inmates.people.actions.alerts import raise_alert, settle
from inmates.people.actions.tasks import raise_task
from inmates.people.corrections import Correctable
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import hooks as sentences
from inmates.sentences.actions import recompute_on_new_facts
from inmates.sentences.models import Case

CAUSE = "taken back"


def _again(inmate, by):
    """Date, legal status and what holds the person follow."""
    recompute_on_new_facts(inmate, cause=CAUSE, by=by)
    sentences.judged(inmate, clock.today(), by=by, lost=True)


# An order that was lifted


def _order_undone(order):
    return [(order, {"lifted_on": None, "lifted_reason": ""})]


def _order_stays(order):
    stay = order.inmate.admissions.open().first()
    if stay is None or order.lifted_before(timezone.localdate(stay.admitted_at)):
        return _("The stay of this order has ended.")
    if order.lifted_reason in {saying.mark for saying in sayings.LIFTED_BY.values()}:
        return _("A release lifted this order: the release is taken back.")
    if order.ended_by_id is not None:
        return _("A court's answer to an appeal ended this order: that answer is taken back.")
    return ""


def _order_again(order, by):
    _again(order.inmate, by)


def _order_foretold(order):
    if order.expires_on is not None and order.expires_on < clock.today():
        return [_("It has run out since, and holds nobody.")]
    return [_("The order holds again.")]


def _order_words(order):
    return f"{order} · {day_text(order.lifted_on)}"


# The title that a retrial brought


def retrial_undone(appeal):
    """What taking back "sent back for retrial" writes here: the earlier orders of the case hold again, its own goes."""
    own = appeal.case.detention_orders.filter(reference=appeal.decision, issued_on=appeal.decided_on)
    own = own.filter(kind=DetentionOrder.Kind.REMAND, authority=appeal.court)
    lifted = appeal.case.inmate.detention_orders.filter(ended_by=appeal)
    back = [(order, {"lifted_on": None, "lifted_reason": "", "ended_by": None}) for order in lifted]
    return back + [(order, {"annulled_at": clock.now()}) for order in own]


# An escape


def _escape_undone(outing):
    inmate, until = outing.inmate, outing.back_at
    steps = [(outing, {"annulled_at": clock.now()})]
    place = _place_ended(outing.admission, outing.left_at)
    if place is not None:
        steps.append((place, _goes_on(place, until)))
    if until is None:
        status = {"status": Inmate.Status.IN_CUSTODY, "unit": place.unit if place else None}
        steps.append((inmate, status))
    else:
        away, back = timezone.localdate(outing.left_at), timezone.localdate(until)
        taken = inmate.times_at_large.filter(first_day=away, day_after_last=back)[:1]
        steps += [(days, {"annulled_at": clock.now()}) for days in taken]
    cut = inmate.outings.filter(back_at=outing.left_at, outcome=sayings.DID_NOT_COME_BACK.mark)
    return steps + [(absence, {"back_at": until, "outcome": ""}) for absence in cut]


def _place_ended(stay, at):
    """The place in which somebody was until a moment, or None."""
    return stay.placements.filter(during__endswith=at).select_related("unit").first()


def _goes_on(place, until=None):
    """What a place that goes on says: its period, and where it runs now, the rules of the unit that it breaks by now."""
    values = {"during": DateTimeTZRange(place.during.lower, until, "[)")}
    if until is None and (against := placement_objections(place.inmate, place.unit)):
        days = settings.POLICY["taken_back_place_days"]
        values["exceptions"] = [objection.code for objection in against]
        values["exception_reason"] = place.exception_reason or sayings.TAKEN_AGAIN.mark
        values["exception_until"] = place.exception_until or clock.today() + timedelta(days=days)
    return values


def _escape_stays(outing):
    if outing.back_at is None and _place_ended(outing.admission, outing.left_at) is None:
        return _("The place that ended with this escape is not recorded: record the return.")
    return ""


def _escape_again(outing, by):
    inmate = outing.inmate
    _again(inmate, by)
    _ask_for_a_place(inmate, by)


def _escape_foretold(outing):
    if outing.back_at is None:
        return [_("The person is in custody, in the unit of before.")]
    return [_("The sentence was not interrupted: its end is worked out without those days.")]


def _escape_words(outing):
    return f"{outing.get_kind_display()} · {day_text(timezone.localdate(outing.left_at))}"


def _ask_for_a_place(inmate, by):
    """A task, due today, where the place that was taken again breaks a rule of its unit, or there is none."""
    place = inmate.placements.current().first()
    if not Inmate.objects.get(pk=inmate.pk).held or (place is not None and not place.exceptions):
        return
    raise_task(inmate, kind=Task.Kind.PLACEMENT, due_on=clock.today(), said=sayings.PLACE_TAKEN_AGAIN(), by=by)


# A release


def _release_undone(stay):
    inmate, at = stay.inmate, stay.released_at
    day = timezone.localdate(at)
    place = _place_ended(stay, at)
    door = ("ground", "left_for", "release_reference", "identity_check", "property_return")
    running = dict.fromkeys(("released_at", "released_by", "release_document", "release_file"))
    status = Inmate.Status.IN_CUSTODY if place else Inmate.Status.ABSENT
    steps = [(stay, running | dict.fromkeys(door, "")), (inmate, {"status": status, "unit": place and place.unit})]
    if place is not None:
        steps.append((place, _goes_on(place)))
    steps += [(period, {"ends_on": None}) for period in stay.legal_statuses.order_by("-starts_on")[:1]]
    out = stay.outings.filter(back_at=at, outcome=sayings.RELEASED.mark)
    steps += [(outing, {"back_at": None, "outcome": ""}) for outing in out]
    planned = stay.outings.filter(cancelled_reason=sayings.RELEASED.mark, planned_on__gte=clock.today())
    steps += [(outing, {"cancelled_reason": ""}) for outing in planned]
    lifted = inmate.detention_orders.filter(lifted_on=day, lifted_reason=sayings.LIFTED_BY[stay.ground].mark)
    steps += [(order, {"lifted_on": None, "lifted_reason": ""}) for order in lifted]
    steps += [
        (case, {"on_remand": True}) for case in inmate.cases.filter(state=Case.State.OPEN) if _was_on_remand(case)
    ]
    steps += [(task, {"done_at": None, "done_note": ""}) for task in _tasks_ended(inmate, stay)]
    road = inmate.transfers.filter(state=Transfer.State.CANCELLED, refusal=Transfer.Refusal.RELEASED)
    road = road.filter(departed_at__in=out.filter(kind=Outing.Kind.TRANSFER).values("left_at"))
    again = {"state": Transfer.State.DEPARTED, "refusal": "", "ended_at": None, "ended_by": None}
    steps += [(transfer, again) for transfer in road]
    return steps + [step for undo in hooks.release_undone for step in undo(stay)]


def _was_on_remand(case):
    """Whether a release took somebody off remand in a case: it had been ordered, and no act of its own ended it."""
    if case.on_remand or not case.events.filter(state=Case.State.OPEN, on_remand=True).exists():
        return False
    acts = Event.objects.filter(verb="case.remand", object_type=case._meta.label_lower, object_id=str(case.pk))
    last = acts.order_by("-id").first()
    return last is None or last.detail["on_remand"]


def _tasks_ended(inmate, stay):
    """The tasks that the release closed: of each kind the newest, where none is open."""
    ended = inmate.tasks.filter(done_note=sayings.RELEASED.mark, raised_at__gte=stay.admitted_at, done_by=None)
    newest = {task.kind: task for task in ended.order_by("id")}
    still_open = set(inmate.tasks.open().values_list("kind", flat=True))
    return [task for kind, task in newest.items() if kind not in still_open]


def _release_stays(stay):
    if stay.inmate.admissions.filter(admitted_at__gt=stay.admitted_at).exists():
        return _("The person was admitted again since: that stay stands.")
    return ""


def _release_again(stay, by):
    inmate = stay.inmate
    _again(inmate, by)
    for react in hooks.after_release_undone:
        react(inmate, stay, by=by)
    scans = inmate.tasks.filter(kind=Task.Kind.RELEASE_SCAN)
    if stay.released_at is not None:  # the correction was refused: released as before
        scans.filter(done_note=sayings.HELD_AS_BEFORE.mark).update(done_at=None, done_note="")
        return
    asked = list(scans.open())
    scans.open().update(done_at=clock.now(), done_note=sayings.HELD_AS_BEFORE.mark)
    settle(Alert.Kind.RELEASE_DISPUTED, f"stay:{stay.pk}", by=by)
    for task in asked:
        settle(Alert.Kind.RELEASE_UNPROVEN, str(task.pk), by=by)
    _ask_for_a_place(inmate, by)
    reference, said = f"stay:{stay.pk}:{clock.now().timestamp():.0f}", sayings.HELD_AS_BEFORE()
    for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL):
        raise_alert(inmate, Alert.Kind.RELEASE_TAKEN_BACK, audience, reference, said)


def _release_foretold(stay):
    lines = [_("The stay goes on as if it had never ended: place, legal status and orders are those of before.")]
    place = _place_ended(stay, stay.released_at)
    if place is not None:
        lines += [objection.text for objection in placement_objections(stay.inmate, place.unit)]
    day = timezone.localdate(stay.released_at)
    ended = stay.inmate.cases.filter(state__in=(Case.State.ACQUITTED, Case.State.DROPPED), closed_on=day)
    lines += [_("Case %(number)s stays closed: its end is taken back by itself.") % {"number": case} for case in ended]
    planned = stay.inmate.transfers.filter(state=Transfer.State.CANCELLED, refusal=Transfer.Refusal.RELEASED)
    planned = planned.filter(departed_at=None, ended_at__gte=stay.released_at).select_related("destination")
    text = _("The transfer to %(prison)s that the release had cancelled stays cancelled: propose it again.")
    return lines + [text % {"prison": transfer.destination} for transfer in planned]


def _release_words(stay):
    return f"{stay.get_ground_display()} · {day_text(timezone.localdate(stay.released_at))}"


def register():
    """Put them among what may be corrected."""
    court_appeals.retrial_undone[:] = [retrial_undone]
    corrections.register(
        Correctable(
            "order_lifted",
            DetentionOrder,
            (),
            "inmates.manage_sentences",
            name=gettext_lazy("lifting of an order"),
            undo=_order_undone,
            refuse=_order_stays,
            after=_order_again,
            describe=_order_words,
            foretold=_order_foretold,
            among=(("lifted_on__isnull", False),),
        ),
        Correctable(
            "escape",
            Outing,
            (),
            "inmates.record_outing",
            name=gettext_lazy("escape"),
            undo=_escape_undone,
            refuse=_escape_stays,
            after=_escape_again,
            describe=_escape_words,
            foretold=_escape_foretold,
            always=("stay",),
            among=(("kind", Outing.Kind.ESCAPE),),
        ),
        Correctable(
            "release",
            Admission,
            (),
            "inmates.release",
            name=gettext_lazy("release"),
            undo=_release_undone,
            refuse=_release_stays,
            after=_release_again,
            describe=_release_words,
            foretold=_release_foretold,
            always=("stay",),
            among=(("released_at__isnull", False),),
        ),
    )
