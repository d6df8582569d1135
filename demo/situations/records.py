"""A restricted record: two people are named for it, everybody else has the duty view."""

from datetime import timedelta

from config import clock
from demo.situations.casting import situation
from inmates.people.actions import restrictions
from inmates.terms import Term

HALF_A_YEAR = timedelta(days=180)


@situation("44070", "Lamrini", "Ziad", "لمريني", "زياد", term=Term(6), started=900, day=4)
def restricted_record(scene):
    """The director asked and a reviewer approved; an officer and the assessor are named. Another name waits."""
    until = clock.today() + HALF_A_YEAR
    asked = [restrictions.ask(scene.inmate, kind="restrict", until=until, by=scene.director)]
    asked += [
        restrictions.ask(scene.inmate, kind="name", user=user, until=until, by=scene.director)
        for user in (scene.officer, scene.assessor)
    ]
    for step in asked:
        scene.on(3, restrictions.approve, step, by=scene.reviewer)
    scene.on(1, _ask_for_another, scene)


def _ask_for_another(scene):
    until = clock.today() + timedelta(days=30)
    restrictions.ask(scene.inmate, kind="name", user=scene.reviewer2, until=until, by=scene.director)
