"""Who may open the pages of prisons and custody, and those of tasks and alerts."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from config import clock
from inmates.custody.actions import keep_apart, orders, outings, releases
from inmates.custody.models import DetentionOrder
from inmates.people.actions import tasks
from inmates.people.models import Alert
from tests.factories import make_inmate, pdf
from tests.matrix import (
    DIRECTOR,
    OFFICER,
    RECORDS,
    Route,
    person_page,
    person_with,
    prison,
)

PDF = pdf()
RECORDS_OFFICE = frozenset({OFFICER})
BOTH = frozenset({OFFICER, DIRECTOR})


def build(world):
    """One of each thing that custody's pages are about."""
    officer = world.users[OFFICER]
    inmate, unit = world.inmate, world.unit
    today = clock.today()
    world.second = make_inmate(unit, by=officer)
    world.movable = make_inmate(unit, by=officer)
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
    world.outing = outings.plan(inmate, kind="court", planned_on=today, place="Rabat", by=officer)
    world.keep_apart = keep_apart.open_pair(inmate, world.second, scope="cell", reason="Matrix", by=officer)
    world.task = tasks.raise_task(inmate, kind="other", due_on=today, note="N")
    world.alert = Alert.objects.create(
        inmate=inmate, facility=inmate.facility, kind="release_overdue", audience="prison", reference="matrix", note="N"
    )


def _stay(world):
    return {"uuid": world.released.uuid, "admission": world.stay.uuid}


def _outing(world):
    return {"pk": world.outing.pk}


ROUTES = {
    "facilities:list": Route(RECORDS),
    "facilities:regimes": Route(RECORDS),
    "facilities:detail": Route(RECORDS, args=prison, scoped=True),
    "facilities:unit": Route(
        RECORDS, args=lambda world: {"code": world.facility.code, "pk": world.unit.pk}, scoped=True
    ),
    "reports:prison_as_of": Route(RECORDS, args=prison, scoped=True),
    "inmates:new": Route(RECORDS_OFFICE),
    "inmates:readmit": person_page(RECORDS_OFFICE),
    "inmates:tab_custody": person_page(RECORDS),
    "inmates:move": person_page(RECORDS_OFFICE),
    "inmates:release": person_page(BOTH),
    "inmates:release_paper": Route(RECORDS, args=_stay, scoped=True),
    "inmates:release_scan": Route(RECORDS, args=_stay, scoped=True),
    "inmates:release_scan_new": Route(BOTH, args=_stay, scoped=True),
    "inmates:legal_status": person_page(RECORDS_OFFICE),
    "inmates:add_order": person_page(RECORDS_OFFICE),
    "inmates:order_scan": Route(RECORDS, args=person_with("order"), scoped=True),
    "inmates:order_scan_new": Route(RECORDS_OFFICE, args=person_with("order"), scoped=True),
    "inmates:extend_order": Route(RECORDS_OFFICE, args=person_with("order"), scoped=True),
    "inmates:lift_order": Route(RECORDS_OFFICE, args=person_with("order"), scoped=True),
    "inmates:escape": person_page(RECORDS_OFFICE),
    "inmates:come_back": person_page(RECORDS_OFFICE),
    "inmates:releases": Route(RECORDS),
    "inmates:expiring_orders": Route(RECORDS),
    "inmates:exceptions": Route(RECORDS),
    "inmates:tasks": Route(RECORDS),
    "inmates:settle_task": Route(BOTH, args=lambda world: {"pk": world.task.pk}, scoped=True),
    "inmates:alerts": Route(RECORDS),
    "inmates:acknowledge_alert": Route(RECORDS, args=lambda world: {"pk": world.alert.pk}, scoped=True, method="post"),
    "inmates:court_list": Route(RECORDS),
    "inmates:outings": Route(RECORDS),
    "inmates:outing_new": person_page(RECORDS_OFFICE),
    "inmates:outing_leave": Route(RECORDS_OFFICE, args=_outing, scoped=True),
    "inmates:outing_back": Route(RECORDS_OFFICE, args=_outing, scoped=True),
    "inmates:outing_cancel": Route(RECORDS_OFFICE, args=_outing, scoped=True),
    "inmates:keep_apart_new": person_page(BOTH),
    "inmates:keep_apart_group": Route(BOTH),
    "inmates:keep_apart_close": Route(BOTH, args=lambda world: {"pk": world.keep_apart.pk}, scoped=True),
}
