"""Who may open the pages of custody, prisons and sentences."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from config import clock
from inmates.conditions.actions import incidents, no_communication, separations
from inmates.conditions.models import Incident, IncidentPerson, NoCommunication
from inmates.custody.actions import keep_apart, orders, outings, releases, transfers
from inmates.custody.models import DetentionOrder
from inmates.people.actions import tasks
from inmates.people.models import Alert
from inmates.roll_counts import actions as roll_counts
from inmates.sentences import actions as sentences
from tests.factories import UnitFactory, make_inmate, pdf
from tests.matrix import CLASSIFY, COORDINATOR, DIRECTOR, OFFICER, RECORDS, Route

PDF = pdf()
RECORDS_OFFICE = frozenset({OFFICER})
BOTH = frozenset({OFFICER, DIRECTOR})


def build(world):
    """One of each thing that custody's pages are about."""
    officer, director = world.users[OFFICER], world.users[DIRECTOR]
    inmate, unit = world.inmate, world.unit
    today = clock.today()
    world.second = make_inmate(unit, by=officer)
    world.movable = make_inmate(unit, by=officer)
    world.separated = make_inmate(unit, by=officer)
    if not hasattr(world, "released"):
        world.released = make_inmate(unit, by=officer, days_ago=800, years=2)
        releases.release(world.released, ground="term_served", by=officer)
    stay = world.released.admissions.order_by("-admitted_at").first()
    world.stay = releases.attach_release_scan(stay, scan=SimpleUploadedFile("release.pdf", PDF), by=officer)
    world.order = orders.add_order(
        inmate,
        order=DetentionOrder(
            kind="arrest",
            authority="Rabat",
            reference="MATRIX-1",
            issued_on=today,
            expires_on=today + timedelta(days=60),
        ),
        scan=SimpleUploadedFile("warrant.pdf", PDF),
        by=officer,
    )
    world.case = inmate.cases.first()
    world.sentence = inmate.sentences.first()
    world.sentence.final_on = None
    world.sentence.save()
    scan = SimpleUploadedFile("judgment.pdf", PDF)
    sentences.attach_court_paper(world.sentence, paper="judgment", scan=scan, by=officer)
    world.fine = sentences.record_fine(world.case, amount=500, imposed_on=today, by=officer)
    world.court_appeal = sentences.declare_appeal(
        world.case, kind="appeal", party="person", court="Rabat", reference="MATRIX-1", by=officer
    )
    world.outing = outings.plan(inmate, kind="court", planned_on=today, place="Rabat", by=officer)
    world.transfer = transfers.propose(world.movable, destination=world.other_facility, reason="family", by=officer)
    world.keep_apart = keep_apart.open_pair(inmate, world.second, scope="cell", reason="Matrix", by=officer)
    world.incident = incidents.record(
        Incident(facility=inmate.facility, happened_at=clock.now(), kind="threat", account="Matrix"),
        people=[(inmate, IncidentPerson.Part.INVOLVED)],
        by=officer,
    )
    world.part = world.incident.people.get()
    world.separation = separations.authorise(
        world.separated,
        reason="Matrix",
        starts_on=today,
        until=today + timedelta(days=2),
        health_checked=True,
        by=director,
    )
    world.bar = separations.record_bar(
        world.separated, ground="disability", source="Dr Matrix", starts_on=today, by=officer
    )
    world.rushed = make_inmate(unit, by=officer)
    apart = UnitFactory(facility=inmate.facility, name="Apart", purpose="separation")
    world.emergency = separations.separate_in_emergency(
        world.rushed, unit=apart, why="Attacked by two others this morning.", by=officer
    )
    world.no_communication = no_communication.record(
        inmate,
        order=NoCommunication(
            authority="Rabat", reference="MATRIX-2", starts_on=today, until=today, reach="everybody", named=""
        ),
        scan=SimpleUploadedFile("order.pdf", PDF),
        by=officer,
    )
    world.task = tasks.raise_task(inmate, kind="other", due_on=today, note="N")
    world.alert = Alert.objects.create(
        inmate=inmate, facility=inmate.facility, kind="release_overdue", audience="prison", reference="matrix", note="N"
    )
    counted = {one.pk: placed - out for one, placed, out in roll_counts.expected(inmate.facility)}
    world.roll_count = roll_counts.record(inmate.facility, counted=counted, by=officer)


def _person(world):
    return {"uuid": world.inmate.uuid}


def _with(name):
    return lambda world: {"uuid": world.inmate.uuid, "pk": getattr(world, name).pk}


def _judgment(world):
    return {"uuid": world.inmate.uuid, "paper": "judgment", "pk": world.sentence.pk}


def _stay(world):
    return {"uuid": world.released.uuid, "admission": world.stay.uuid}


def _transfer(world):
    return {"uuid": world.transfer.uuid}


def _prison(world):
    return {"code": world.facility.code}


def _count(world):
    return {"code": world.facility.code, "uuid": world.roll_count.uuid}


def _part(world):
    return {"uuid": world.incident.uuid, "pk": world.part.pk}


def _separation(world):
    return {"uuid": world.separated.uuid, "pk": world.separation.pk}


def _emergency(world):
    return {"uuid": world.rushed.uuid, "pk": world.emergency.pk}


def _outing(world):
    return {"pk": world.outing.pk}


def _person_page(roles):
    return Route(roles, args=_person, scoped=True)


ROUTES = {
    "facilities:list": Route(RECORDS),
    "facilities:regimes": Route(RECORDS),
    "facilities:detail": Route(RECORDS, args=_prison, scoped=True),
    "facilities:unit": Route(
        RECORDS, args=lambda world: {"code": world.facility.code, "pk": world.unit.pk}, scoped=True
    ),
    "facilities:roll": Route(RECORDS, args=_prison, scoped=True),
    "facilities:roll_new": Route(RECORDS_OFFICE, args=_prison, scoped=True),
    "facilities:roll_count": Route(RECORDS, args=_count, scoped=True),
    "facilities:roll_explain": Route(RECORDS_OFFICE, args=_count, scoped=True),
    "facilities:roll_sign": Route(frozenset({DIRECTOR}), args=_count, scoped=True),
    "reports:prison_as_of": Route(RECORDS, args=_prison, scoped=True),
    "inmates:new": Route(RECORDS_OFFICE),
    "inmates:readmit": _person_page(RECORDS_OFFICE),
    "inmates:tab_custody": _person_page(RECORDS),
    "inmates:tab_conduct": _person_page(RECORDS),
    "inmates:move": _person_page(RECORDS_OFFICE),
    "inmates:release": _person_page(BOTH),
    "inmates:release_paper": Route(RECORDS, args=_stay, scoped=True),
    "inmates:release_scan": Route(RECORDS, args=_stay, scoped=True),
    "inmates:release_scan_new": Route(BOTH, args=_stay, scoped=True),
    "inmates:legal_status": _person_page(RECORDS_OFFICE),
    "inmates:add_order": _person_page(RECORDS_OFFICE),
    "inmates:order_scan": Route(RECORDS, args=_with("order"), scoped=True),
    "inmates:order_scan_new": Route(RECORDS_OFFICE, args=_with("order"), scoped=True),
    "inmates:extend_order": Route(RECORDS_OFFICE, args=_with("order"), scoped=True),
    "inmates:lift_order": Route(RECORDS_OFFICE, args=_with("order"), scoped=True),
    "inmates:escape": _person_page(RECORDS_OFFICE),
    "inmates:come_back": _person_page(RECORDS_OFFICE),
    "inmates:releases": Route(RECORDS),
    "inmates:expiring_orders": Route(RECORDS),
    "inmates:exceptions": Route(RECORDS),
    "inmates:appeal_deadlines": Route(RECORDS),
    "inmates:tasks": Route(RECORDS),
    "inmates:settle_task": Route(BOTH, args=lambda world: {"pk": world.task.pk}, scoped=True),
    "inmates:alerts": Route(RECORDS),
    "inmates:acknowledge_alert": Route(RECORDS, args=lambda world: {"pk": world.alert.pk}, scoped=True, method="post"),
    "inmates:court_paper": Route(RECORDS, args=_judgment, scoped=True),
    "inmates:court_paper_new": Route(RECORDS_OFFICE, args=_judgment, scoped=True),
    "inmates:court_list": Route(RECORDS),
    "inmates:fine_new": Route(RECORDS_OFFICE, args=_with("case"), scoped=True),
    "inmates:fine_pay": Route(RECORDS_OFFICE, args=_with("fine"), scoped=True),
    "inmates:sentence_reduce": Route(RECORDS_OFFICE, args=_with("sentence"), scoped=True),
    "inmates:outings": Route(RECORDS),
    "inmates:outing_new": _person_page(RECORDS_OFFICE),
    "inmates:outing_leave": Route(RECORDS_OFFICE, args=_outing, scoped=True),
    "inmates:outing_back": Route(RECORDS_OFFICE, args=_outing, scoped=True),
    "inmates:outing_cancel": Route(RECORDS_OFFICE, args=_outing, scoped=True),
    "inmates:contact_new": _person_page(RECORDS_OFFICE),
    "inmates:no_communication_new": _person_page(RECORDS_OFFICE),
    "inmates:no_communication_lift": Route(RECORDS_OFFICE, args=_with("no_communication"), scoped=True),
    "inmates:no_communication_scan": Route(RECORDS, args=_with("no_communication"), scoped=True),
    "inmates:transfers": Route(RECORDS),
    "inmates:transfer_many": Route(RECORDS_OFFICE),
    "inmates:transfer_new": _person_page(frozenset({OFFICER, COORDINATOR})),
    "inmates:transfer": Route(RECORDS, args=_transfer),
    "inmates:transfer_paper": Route(RECORDS - CLASSIFY, args=_transfer),
    "inmates:transfer_approve": Route(frozenset({DIRECTOR}), args=_transfer),
    "inmates:transfer_accept": Route(BOTH, args=_transfer),
    "inmates:transfer_refuse": Route(BOTH, args=_transfer),
    "inmates:transfer_cancel": Route(frozenset({OFFICER, DIRECTOR, COORDINATOR}), args=_transfer),
    "inmates:transfer_depart": Route(RECORDS_OFFICE, args=_transfer),
    "inmates:transfer_arrive": Route(BOTH, args=_transfer),
    "inmates:keep_apart_new": _person_page(BOTH),
    "inmates:keep_apart_group": Route(BOTH),
    "inmates:keep_apart_close": Route(BOTH, args=lambda world: {"pk": world.keep_apart.pk}, scoped=True),
    "inmates:incidents": Route(RECORDS),
    "inmates:incident_new": Route(BOTH),
    "inmates:incident": Route(RECORDS, args=lambda world: {"uuid": world.incident.uuid}, scoped=True),
    "inmates:discipline_decide": Route(frozenset({DIRECTOR}), args=_part, scoped=True),
    "inmates:discipline_appeal": Route(BOTH, args=_part, scoped=True),
    "inmates:discipline_answer": Route(frozenset({DIRECTOR}), args=_part, scoped=True),
    "inmates:separations": Route(RECORDS),
    "inmates:separate": _person_page(frozenset({DIRECTOR})),
    "inmates:separate_now": _person_page(BOTH),
    "inmates:separation_authorise": Route(frozenset({DIRECTOR}), args=_emergency, scoped=True),
    "inmates:separation_bar_new": _person_page(BOTH),
    "inmates:separation_bar_end": Route(
        BOTH, args=lambda world: {"uuid": world.separated.uuid, "pk": world.bar.pk}, scoped=True
    ),
    "inmates:separation": Route(RECORDS, args=_separation, scoped=True),
    "inmates:separation_prolong": Route(frozenset({DIRECTOR}), args=_separation, scoped=True),
    "inmates:separation_day": Route(BOTH, args=_separation, scoped=True),
    "inmates:separation_end": Route(BOTH, args=_separation, scoped=True),
    "inmates:add_case": _person_page(RECORDS_OFFICE),
    "inmates:close_case": Route(RECORDS_OFFICE, args=_with("case"), scoped=True),
    "inmates:case_remand": Route(RECORDS_OFFICE, args=_with("case"), scoped=True),
    "inmates:add_sentence": _person_page(RECORDS_OFFICE),
    "inmates:court_appeals": Route(RECORDS),
    "inmates:court_appeal_new": Route(RECORDS_OFFICE, args=_with("case"), scoped=True),
    "inmates:court_appeal_receipt": Route(RECORDS_OFFICE, args=_with("court_appeal"), scoped=True),
    "inmates:court_appeal_receipt_paper": Route(RECORDS, args=_with("court_appeal"), scoped=True),
    "inmates:court_appeal_send": Route(RECORDS_OFFICE, args=_with("court_appeal"), scoped=True),
    "inmates:court_appeal_outcome": Route(RECORDS_OFFICE, args=_with("court_appeal"), scoped=True),
    "inmates:sentence_final": Route(RECORDS_OFFICE, args=_with("sentence"), scoped=True),
    "inmates:sentence_earlier": Route(RECORDS_OFFICE, args=_with("sentence"), scoped=True),
    "inmates:sentence_relation": Route(RECORDS_OFFICE, args=_with("sentence"), scoped=True),
    "inmates:sentence_revoked": Route(RECORDS_OFFICE, args=_with("sentence"), scoped=True),
    "inmates:relation_answer": _person_page(RECORDS_OFFICE),
    "inmates:settle_release_date": _person_page(frozenset({DIRECTOR})),
}
