"""What would hold a person but for corrections that are in effect on paper and that no second person has confirmed."""

from inmates.custody.holds import holds
from inmates.people.actions.waiting_corrections import had_it_not_been
from inmates.people.models import Correction


def held_but_for_decisions(inmate, *, day):
    """`{hold: paper of the decision}`: what holds no longer on `day` only since somebody decided so on paper."""
    held, found = holds(inmate, day=day), {}
    for correction in inmate.corrections.filter(state=Correction.State.DECIDED):
        without = had_it_not_been(correction, lambda person: holds(person, day=day)) or []
        found |= {hold: correction.decision_paper for hold in without if hold not in held}
    return found
