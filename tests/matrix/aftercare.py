"""Who may open what of aftercare: who sees the programme, and of them the staff who record contacts."""

from inmates.custody.actions import releases
from tests import factories
from tests.matrix import OFFICER, Route
from tests.matrix.musalaha import PROGRAMME, RECORDERS


def released(world):
    return {"uuid": world.released.uuid}


def build(world):
    """Somebody released, with contacts due."""
    if getattr(world, "released", None) is None:
        world.released = factories.make_inmate(world.unit, by=world.users[OFFICER], days_ago=800, years=2)
        releases.release(world.released, ground="term_served", by=world.users[OFFICER])
    world.follow_up = world.released.follow_ups.order_by("months").first()


ROUTES = {
    "musalaha:record_check": Route(RECORDERS, args=released, scoped=True),
    "musalaha:reconviction": Route(RECORDERS, args=released, scoped=True),
    "musalaha:follow_ups": Route(PROGRAMME),
    "musalaha:follow_up": Route(RECORDERS, args=lambda world: {"pk": world.follow_up.pk}, scoped=True),
}
