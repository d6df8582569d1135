"""Who may open what in the programme. Assessors and reviewers see nothing of it; reviewers verify pardons."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from config import clock
from documents.actions import store
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon
from musalaha.actions import applications, cohorts, enrolments, pardon_files, pardon_follow_through, sessions
from musalaha.models import Enrolment
from tests import factories
from tests.matrix import APPEALS, COORDINATOR, DIRECTOR, INSPECTOR, OFFICER, REVIEWER, Route

PROGRAMME = frozenset({OFFICER, DIRECTOR, COORDINATOR, APPEALS, INSPECTOR})
PARDONS = PROGRAMME | {REVIEWER}
ONLY_COORDINATOR = frozenset({COORDINATOR})
RECORDERS = frozenset({OFFICER, COORDINATOR})
LEAVING = frozenset({OFFICER, DIRECTOR, COORDINATOR})


def person(world):
    return {"uuid": world.inmate.uuid}


def number(world):
    return {"number": world.cohort.number}


def application(world):
    return {"uuid": world.application.uuid}


def enrolment(world):
    return {"pk": world.enrolment.pk}


def session(world):
    return {"pk": world.session.pk}


def pardon(world):
    return {"uuid": world.pardon.uuid}


def file(world):
    return {"uuid": world.pardon_file.uuid}


def on_person(roles):
    return Route(roles, args=person, scoped=True)


def on_application(roles, **more):
    return Route(roles, args=application, scoped=True, **more)


def on_round(roles, **more):
    return Route(roles, args=number, **more)


def on_enrolment(roles, **more):
    return Route(roles, args=enrolment, scoped=True, **more)


def on_leaver(roles):
    return Route(roles, args=lambda world: {"pk": world.leaver.pk}, scoped=True)


def build(world):
    """A running round with a participant and a graduate, a session, a pardon file, an exception asked for."""
    by = world.users[COORDINATOR]
    unit = factories.UnitFactory(
        facility=world.facility, name="P-matrix", purpose="programme", certified_capacity=20, working_capacity=20
    )
    cohort = cohorts.plan_cohort(900, facility=world.facility, unit=unit, starts_on=clock.today(), capacity=20, by=by)
    cohort = cohorts.open_cohort(cohort, by=by)

    def ask(**fields):
        inmate = factories.make_inmate(world.unit, by=world.users[OFFICER])
        Inmate.objects.filter(pk=inmate.pk).update(tier=fields.get("tier", 2), tier_since=clock.today())
        return applications.record_application(
            Inmate.objects.get(pk=inmate.pk), asked_on=clock.today(), statement="x", by=world.users[OFFICER]
        )

    for _n in range(3):
        applications.accept(ask(), cohort=cohort, by=by)
    world.cohort = cohorts.start_cohort(cohort, by=by)
    world.enrolment, world.graduate, world.leaver = world.cohort.enrolments.order_by("pk")
    enrolments.withdraw(world.leaver, scan=SimpleUploadedFile("left.png", _picture()), by=by)
    world.enrolment = Enrolment.objects.get(pk=world.enrolment.pk)
    enrolments.graduate(world.graduate, exceptions="x", by=by)
    enrolments.propose_removal(world.enrolment, code="safety", reason="x", by=by)
    world.session = sessions.add_session(
        world.cohort, starts_at=clock.now() - timedelta(minutes=1), strand="rights", title="Rights", by=by
    )
    world.application = ask()
    world.application.document = store(SimpleUploadedFile("form.png", _picture()), by=by)
    world.application.request_document = world.application.document
    world.application.save()
    world.exception = applications.ask_exception(ask(tier=1), why="x", by=by)
    holder = world.graduate.inmate
    world.pardon_file = pardon_files.open_pardon_file(
        holder, sentence=holder.sentences.get(), requester="inmate", occasion="Throne Day", by=by
    )
    if getattr(world, "pardon", None) is None:
        world.pardon = pardon_follow_through.record_pardon(
            Pardon(inmate=world.inmate, sentence=world.inmate.sentences.first(), prison="reduced", years=1),
            reference="R-900",
            dated_on=clock.today(),
            by=by,
        )
    if world.pardon.instrument.document_id is None:
        sentences.attach_instrument_scan(world.pardon, scan=SimpleUploadedFile("i.png", _picture()), by=by)


def _picture():
    """A very small PNG."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    return content.getvalue()


ROUTES = {
    "musalaha:home": Route(PROGRAMME),
    "musalaha:outcomes": Route(PROGRAMME),
    "musalaha:check_certificate": Route(PROGRAMME),
    "musalaha:tab_programme": on_person(PROGRAMME),
    "musalaha:apply": on_person(RECORDERS),
    "musalaha:consent": on_person(RECORDERS),
    "musalaha:pardon_new": on_person(ONLY_COORDINATOR),
    "musalaha:pardon_file_new": on_person(ONLY_COORDINATOR),
    "musalaha:applications": Route(PROGRAMME),
    "musalaha:application": on_application(PROGRAMME),
    "musalaha:accept": on_application(ONLY_COORDINATOR, method="post"),
    "musalaha:join": Route(
        ONLY_COORDINATOR, args=lambda world: {"uuid": world.enrolment.application.uuid}, scoped=True, method="post"
    ),
    "musalaha:wait": on_application(ONLY_COORDINATOR),
    "musalaha:decline": on_application(ONLY_COORDINATOR),
    "musalaha:take_back": on_application(RECORDERS),
    "musalaha:ask_exception": on_application(ONLY_COORDINATOR),
    "musalaha:receipt": on_application(PROGRAMME),
    "musalaha:scan": Route(PROGRAMME, args=application, scoped=True),
    "musalaha:scan_new": on_application(RECORDERS),
    "musalaha:request_scan": on_application(PROGRAMME),
    "musalaha:request_new": on_application(RECORDERS),
    "musalaha:exceptions": Route(frozenset({APPEALS})),
    "musalaha:exception": Route(frozenset({APPEALS}), args=lambda world: {"uuid": world.exception.uuid}),
    "musalaha:cohort_new": Route(ONLY_COORDINATOR),
    "musalaha:cohort": on_round(PROGRAMME),
    "musalaha:cohort_open": on_round(ONLY_COORDINATOR, method="post"),
    "musalaha:cohort_start": on_round(ONLY_COORDINATOR, method="post"),
    "musalaha:cohort_complete": on_round(ONLY_COORDINATOR),
    "musalaha:cohort_cancel": on_round(ONLY_COORDINATOR),
    "musalaha:cohort_extend": on_round(ONLY_COORDINATOR),
    "musalaha:selection": on_round(ONLY_COORDINATOR),
    "musalaha:graduate_all": on_round(ONLY_COORDINATOR, method="post"),
    "musalaha:sessions": on_round(PROGRAMME),
    "musalaha:session_new": on_round(ONLY_COORDINATOR),
    "musalaha:timetable": on_round(ONLY_COORDINATOR),
    "musalaha:attendance": Route(ONLY_COORDINATOR, args=session),
    "musalaha:session_cancel": Route(ONLY_COORDINATOR, args=session),
    "musalaha:participant": on_enrolment(PROGRAMME),
    "musalaha:note": on_enrolment(ONLY_COORDINATOR),
    "musalaha:withdraw": on_enrolment(LEAVING),
    "musalaha:withdrawal_scan": on_leaver(PROGRAMME),
    "musalaha:withdrawal_scan_new": on_leaver(LEAVING),
    "musalaha:graduate": on_enrolment(ONLY_COORDINATOR),
    "musalaha:certificate": Route(PROGRAMME, args=lambda world: {"pk": world.graduate.pk}, scoped=True),
    "musalaha:propose_removal": on_enrolment(ONLY_COORDINATOR),
    "musalaha:confirm_removal": on_enrolment(frozenset({DIRECTOR}), method="post"),
    "musalaha:drop_removal": on_enrolment(frozenset({DIRECTOR, COORDINATOR}), method="post"),
    "musalaha:appeal_removal": on_enrolment(LEAVING, method="post"),
    "musalaha:answer_appeal": on_enrolment(frozenset({DIRECTOR, COORDINATOR})),
    "musalaha:pardons": Route(PARDONS),
    "musalaha:pardons_verify": Route(frozenset({REVIEWER}), method="post"),
    "musalaha:pardon": Route(PARDONS, args=pardon, scoped=True),
    "musalaha:pardon_scan": Route(PARDONS, args=pardon, scoped=True),
    "musalaha:pardon_scan_new": Route(ONLY_COORDINATOR, args=pardon),
    "musalaha:pardon_verify": Route(frozenset({REVIEWER}), args=pardon, method="post"),
    "musalaha:pardon_reject": Route(frozenset({REVIEWER}), args=pardon),
    "musalaha:pardon_fine": Route(frozenset({REVIEWER}), args=pardon),
    "musalaha:pardon_correct": Route(ONLY_COORDINATOR, args=pardon),
    "musalaha:pardon_file": Route(PROGRAMME, args=file, scoped=True),
    "musalaha:pardon_file_send": Route(ONLY_COORDINATOR, args=file),
    "musalaha:pardon_file_close": Route(ONLY_COORDINATOR, args=file),
    "musalaha:occasion": Route(PROGRAMME),
    "musalaha:occasion_pdf": Route(PROGRAMME),
    "musalaha:occasion_xlsx": Route(LEAVING),
}
