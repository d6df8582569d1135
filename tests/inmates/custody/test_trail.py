"""What each act of this room writes on the trail: of whom, by whom, what."""

from datetime import timedelta

from audit.models import Event
from config import clock
from inmates.custody.actions import legal_status, orders, outings, placements, releases
from inmates.custody.models import DetentionOrder
from inmates.roll_counts import actions as roll_counts


def days(n):
    return clock.today() + timedelta(days=n)


def hours(n):
    return clock.now() + timedelta(hours=n)


def written(*prefixes, **of):
    """`[(verb, actor, detail), ...]` in order."""
    events = Event.objects.filter(**of).order_by("pk").values_list("verb", "actor_id", "detail")
    return [row for row in events if row[0].startswith(prefixes)]


def test_orders(inmate, officer):
    order = DetentionOrder(kind="remand", authority="R", reference="A", issued_on=days(-1), expires_on=days(1))
    orders.add_order(inmate, order=order, by=officer)
    orders.extend_order(order, until=days(5), reference="B", by=officer)
    orders.lift_order(order, on=days(0), reason="Ended", by=officer)
    assert written("order.", inmate_id=inmate.pk) == [
        ("order.added", officer.pk, {"kind": "remand"}),
        ("order.extended", officer.pk, {"from": days(1).isoformat(), "to": days(5).isoformat()}),
        ("order.lifted", officer.pk, {}),
    ]


def test_stays(inmate, prison, officer):
    placements.place(inmate, unit=prison.units.get(name="B"), by=officer)
    legal_status.change_legal_status(inmate, status="civil_imprisonment", on=days(0), by=officer)
    releases.release(inmate, ground="death", by=officer)
    assert written("inmate.", "legal_status.", inmate_id=inmate.pk)[-4:] == [
        ("inmate.admitted", officer.pk, {"order": "judgment", "unit": "A"}),
        ("inmate.moved", officer.pk, {"from": "A", "to": "B", "exceptions": []}),
        ("legal_status.changed", officer.pk, {"from": "convicted_final", "to": "civil_imprisonment"}),
        ("inmate.released", officer.pk, {"ground": "death"}),
    ]


def test_outings(inmate, unit, officer):
    planned = [
        outings.plan(inmate, kind=kind, planned_on=days(0), place="Rabat", by=officer) for kind in ("court", "hospital")
    ]
    outings.leave(planned[0], at=hours(-3), by=officer)
    outings.back(planned[0], at=hours(-2), by=officer)
    outings.cancel(planned[1], reason="Put off", by=officer)
    outings.record_escape(inmate, account="Gone", at=hours(-1), by=officer)
    outings.record_return(inmate, unit=unit, by=officer)
    assert written("outing.", "inmate.escaped", "inmate.returned", inmate_id=inmate.pk) == [
        ("outing.planned", officer.pk, {"kind": "court"}),
        ("outing.planned", officer.pk, {"kind": "hospital"}),
        ("outing.left", officer.pk, {"kind": "court"}),
        ("outing.back", officer.pk, {}),
        ("outing.cancelled", officer.pk, {}),
        ("inmate.escaped", officer.pk, {}),
        ("inmate.returned", officer.pk, {}),
    ]


def test_a_roll_count(prison, officer, director):
    heads = {one.pk: 0 for one in prison.units.all()}
    count = roll_counts.record(prison, counted=heads | {prison.units.get(name="A").pk: 1}, by=officer)
    roll_counts.explain(count, explanation="One more", by=officer)
    roll_counts.sign(count, by=director)
    assert written("roll.", facility_id=prison.pk) == [
        ("roll.counted", officer.pk, {"difference": 1}),
        ("roll.explained", officer.pk, {}),
        ("roll.signed", director.pk, {}),
    ]
