"""After release: what counts as a reconviction, and what makes it known that there was none."""

from datetime import timedelta

from config import clock
from demo import cohorts
from demo.situations.casting import situation
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.terms import Term, step
from musalaha.aftercare import actions as aftercare


def _leave(scene):
    cohorts.leave(scene.world, scene.person, "term_served")


def _stay(scene):
    return scene.inmate.admissions.get()


def _convicted_again(scene, *, act_on, final_on, number):
    return aftercare.record_reconviction(
        _stay(scene), act_on=act_on, final_on=final_on, terrorism=False,
        source=f"Tribunal de première instance de Rabat, {number}", by=scene.officer,
    )  # fmt: skip


@situation("44042", "Belkacem", "Hassan", "بلقاسم", "حسن", term=Term(3), ends_in=-800, gone=True, day=799)
def convicted_again(scene):
    """A final conviction for an act after release counts."""
    _leave(scene)
    scene.on(60, _convicted, scene)


def _convicted(scene):
    _convicted_again(scene, act_on=scene.ago(400), final_on=scene.ago(90), number="42/2105")


@situation("44043", "Moutawakil", "Anwar", "المتوكل", "أنور", term=Term(3), ends_in=-760, gone=True, day=759)
def conviction_that_does_not_count(scene):
    """One entered for the wrong person counts for nothing, and stays readable."""
    _leave(scene)
    scene.on(50, _mistaken, scene)


def _mistaken(scene):
    mistaken = _convicted_again(scene, act_on=scene.ago(300), final_on=scene.ago(80), number="43/2105")
    scene.on(
        20, corrections.annul, correctables.find("reconviction"), mistaken,
        why="Condamnation d'un homonyme : le CIN du jugement est un autre.", paper="Extrait du casier judiciaire 43",
        by=scene.officer,
    )  # fmt: skip


@situation("44044", "Rifai", "Abdellatif", "الرفاعي", "عبد اللطيف", term=Term(4), ends_in=-780, gone=True, day=779)
def record_checked_at_the_end_of_the_window(scene):
    """The criminal record was read when two years had passed: it is known that there was no new conviction."""
    _leave(scene)
    scene.on(40, _checked, scene)


def _checked(scene):
    two_years = step(clock.today(), 0) - timedelta(days=1)
    aftercare.record_check(
        _stay(scene), checked_on=two_years, reference="Extrait du casier judiciaire 44/2610", by=scene.officer
    )
