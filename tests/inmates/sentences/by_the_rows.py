"""What the rows alone say of somebody, asked without the rules that are tried."""

from config import clock
from inmates.sentences.models import Sentence
from inmates.sentences.release_dates import bounds


def over(inmate, day):
    """Whether nothing is left of any sentence that stands on a day, by the stored date or the later of two ends."""
    ended = (inmate.release_on and inmate.release_on <= day) or bounds(inmate).over(day)
    return bool(ended) or not inmate.sentences.standing().exists()


def nothing_but_the_order_of_the_stay(world):
    """Whether, by the rows alone, all that is left is the order on which somebody was taken in for a sentence.

    Asked without `holds`: no sentence is left, remand is ordered in no case, and no other order is in force.
    """
    inmate, today = world.inmate, clock.today()
    judged = Sentence.everything.filter(inmate=inmate, pronounced_on__gte=inmate.admitted_on).exists()
    others = inmate.detention_orders.in_force_on(today).filter(admission=None)
    on_remand = inmate.cases.filter(state="open", on_remand=True)
    rests = over(inmate, today) and not others.exists() and not on_remand.exists()
    return rests and (world.serves_on or judged)
