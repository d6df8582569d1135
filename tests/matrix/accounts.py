"""Routes of accounts, of choosing a password, and of permanences."""

from datetime import timedelta

from accounts import roles
from accounts.actions import changes, night_codes, permanences
from accounts.models import AccountChange
from config import clock
from tests import factories
from tests.matrix import ALL, DIRECTOR, INSPECTOR, OFFICER, REVIEWER, SYSADMIN, Route

ADMINISTRATORS = frozenset({SYSADMIN})
NAMING = frozenset({DIRECTOR, REVIEWER})
WHY = "On the decision of the regional office"


def build(world):
    """A change that waits for each of the two administrators, one whose letter is to be printed, and a permanence."""
    first, second = world.users[SYSADMIN], factories.make_user(roles.SYSADMIN, username="the-other")
    world.colleague = factories.make_user(OFFICER, world.facility, username="colleague")
    world.closed = factories.make_user(OFFICER, world.facility, username="closed", is_active=False)
    world.posting = world.colleague.postings.get()
    wanted = {"facility": world.other_facility, "starts_on": clock.today(), "reason": WHY}
    later = [clock.today() + timedelta(days=n) for n in range(4)]
    world.change = changes.ask_posting(world.colleague, **wanted, by=second)
    world.change_to_refuse = changes.ask_posting(world.colleague, **wanted | {"starts_on": later[1]}, by=second)
    world.change_to_withdraw = changes.ask_posting(world.colleague, **wanted | {"starts_on": later[2]}, by=first)
    world.permanence = permanences.name(
        world.colleague,
        facility=world.facility,
        role=DIRECTOR,
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(hours=8),
        reason=WHY,
        by=world.users[DIRECTOR],
    )
    reset = changes.ask_reset(world.colleague, identified="service_card", reason=WHY, by=second)
    world.change_to_print = changes.approve(reset, by=first)
    for name in ("night_code_used", "night_code"):
        asked = changes.ask_night_code(world.facility, reason=WHY, by=second)
        setattr(world, name, changes.approve(asked, by=first).night_code)
    night_codes.print_once(world.night_code_used, by=first)
    night_codes.use(world.night_code_used, by=world.colleague)
    assert AccountChange.objects.waiting().count() == 3


def user(name="colleague"):
    """The number of an account in the address."""
    return {"args": lambda world: {"pk": getattr(world, name).pk}}


def change(name="change"):
    """A change in the address."""
    return {"args": lambda world: {"uuid": getattr(world, name).uuid}}


POST = {"method": "post"}

ROUTES = {
    "lock": Route(ALL, **POST),
    "locked": Route(ALL),
    "present": Route(ALL, **POST),
    "kept_forms": Route(ALL),
    "enrol": Route(ALL, public=True),
    "reading_explain": Route(ALL, method="post", data=lambda _world: {"reason": "entries"}),
    "staff": Route(ADMINISTRATORS),
    "closed_accounts": Route(NAMING | {INSPECTOR}),
    "failed_sign_ins": Route(ADMINISTRATORS | {INSPECTOR}),
    "staff_new": Route(ADMINISTRATORS),
    "staff_user": Route(ADMINISTRATORS, **user()),
    "staff_access": Route(ADMINISTRATORS, **user()),
    "staff_posting": Route(ADMINISTRATORS, **user()),
    "staff_reset": Route(ADMINISTRATORS, **user()),
    "staff_factor": Route(ADMINISTRATORS, **user()),
    "staff_enable": Route(ADMINISTRATORS, **user("closed")),
    "staff_close": Route(ADMINISTRATORS, **user()),
    "staff_posting_end": Route(ADMINISTRATORS, **user("posting")),
    "staff_change": Route(ADMINISTRATORS, **change()),
    "staff_change_approve": Route(ADMINISTRATORS, **change(), **POST),
    "staff_change_refuse": Route(ADMINISTRATORS, **change("change_to_refuse")),
    "staff_change_withdraw": Route(ADMINISTRATORS, **change("change_to_withdraw"), **POST),
    "staff_change_letter": Route(ADMINISTRATORS, **change("change_to_print")),
    "night_codes": Route(ADMINISTRATORS | {REVIEWER, INSPECTOR}),
    "night_code_new": Route(ADMINISTRATORS),
    "night_code_print": Route(ADMINISTRATORS, **change("night_code"), **POST),
    "night_code_acknowledge": Route(frozenset({REVIEWER}), **change("night_code_used"), **POST),
    "permanences": Route(NAMING | {INSPECTOR}),
    "permanence_new": Route(NAMING),
    "permanence_end": Route(NAMING, **change("permanence"), **POST, scoped=True),
}
