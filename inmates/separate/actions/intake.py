"""The ground proposed with an admission or an imported register, as far as the offences say it."""

from config import clock
from inmates.custody.models import SeparateGround
from inmates.sentences.models import Case
from inmates.separate.actions.steps import propose
from inmates.separate.in_force import by_the_offences, still_stands
from inmates.separate.models import SeparateStep


def propose_at_admission(inmate, admission, arrival, *, by):
    """Propose the ground that the form names, or else the one that the offences give; with neither, none: it is missing."""
    ground = arrival.separate_ground or by_the_offences(inmate)
    if ground and still_stands(inmate, ground) is False:
        ground = None  # the form says what the recorded offences deny: an admission is not refused for it
    if ground:
        propose(inmate, ground=ground, reasons=arrival.separate_report, by=by)


def propose_for_imported(imported):
    """Propose the grounds of people who come with a register, by whoever imports it: of those with an offence of terrorism."""
    SeparateStep.objects.bulk_create(
        [
            SeparateStep(
                inmate=one.inmate,
                admission=one.admission,
                kind=SeparateStep.Kind.IN,
                ground=SeparateGround.CHARGE if one.case.state == Case.State.OPEN else SeparateGround.CONVICTION,
                proposed_by=one.by,
                proposed_on=clock.today(),
            )
            for one in imported
            if one.case and any(offence.terrorism for offence in one.offences)
        ],
        batch_size=1000,
    )
