"""The rooms, asked in one order for what they put on shared pages."""

from inmates.classification import offers as classification
from inmates.custody import offers as custody
from inmates.people import offers as people
from inmates.sentences import offers as sentences
from musalaha import offers as musalaha

ROOMS = (custody, classification, musalaha, sentences, people)


def flags():
    """What the profile loads with a person, so that rooms ask only for what is there."""
    return {name: query for room in ROOMS for name, query in room.flags().items()}


def offers(user, inmate):
    """Acts offered on a profile; at most one of them is primary."""
    found = [offer for room in ROOMS for offer in room.offers(user, inmate)]
    seen_primary = False
    result = []
    for offer in found:
        if offer.primary and seen_primary:
            offer = type(offer)(offer.label, offer.url, False, offer.why_not)
        seen_primary = seen_primary or offer.primary
        result.append(offer)
    return result


def warnings(user, inmate):
    """What to beware of with a person, the pressing first."""
    order = {"late": 0, "soon": 1}
    found = [one for room in ROOMS for one in room.warnings(user, inmate)]
    return sorted(found, key=lambda one: order.get(one.tone, 2))


def work(user):
    """A user's work of the day: what waits, the pressing first; lists with nothing in them come last."""
    order = {"late": 0, "soon": 1}
    found = [one for room in ROOMS for one in room.work(user)]
    return sorted(found, key=lambda one: (one.count == 0, order.get(one.tone, 2)))
