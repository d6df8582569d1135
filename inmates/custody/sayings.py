"""What the system says in tasks and alerts about custody, and in an officer's place when one act ends another."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config import clock
from core.sayings import Saying, shown
from inmates.custody.models import Admission


def _release_overdue(due_on):
    days = (clock.today() - due_on).days
    text = ngettext(
        "Was to be released on %(day)s, %(days)s day ago; nothing recorded holds this person.",
        "Was to be released on %(day)s, %(days)s days ago; nothing recorded holds this person.",
        days,
    )
    return text % {"day": shown(due_on), "days": days}


def _order_expiring(order, expires_on):
    days = (expires_on - clock.today()).days
    if days < 0:
        return ORDER_RAN_OUT.written({"order": order, "day": {"day": expires_on.isoformat()}})
    text = ngettext(
        "Order %(order)s runs out on %(day)s: %(days)s day left.",
        "Order %(order)s runs out on %(day)s: %(days)s days left.",
        days,
    )
    return text % {"order": shown(order), "day": shown(expires_on), "days": days}


def _not_back(due_back_at):
    time = f"{timezone.localtime(due_back_at):%H:%M}"
    return _("Expected back on %(day)s at %(time)s.") % {"day": shown(due_back_at), "time": time}


def _freed_early(day, end):
    days = (end - day).days
    text = ngettext(
        "Released on %(day)s; by a correction confirmed since the term ended on %(end)s: freed %(days)s day too early.",
        "Released on %(day)s; by a correction confirmed since the term ended on %(end)s: freed %(days)s days too early.",
        days,
    )
    return text % {"day": shown(day), "end": shown(end), "days": days}


def _held_too_long(day, end):
    days = (day - end).days
    text = ngettext(
        "Released on %(day)s; by a correction confirmed since the term ended on %(end)s: freed %(days)s day too late.",
        "Released on %(day)s; by a correction confirmed since the term ended on %(end)s: freed %(days)s days too late.",
        days,
    )
    return text % {"day": shown(day), "end": shown(end), "days": days}


RELEASE_OVERDUE = Saying("custody.release_overdue", _release_overdue)
ORDER_EXPIRING = Saying("custody.order_expiring", _order_expiring)
ORDER_ENDLESS = Saying(
    "custody.order_endless",
    _("Remand order %(order)s of %(since)s has no last day: ask the judge until when it holds, and enter that day."),
)
OTHER_ORDER_ENDLESS = Saying(
    "custody.other_order_endless",
    _(
        "Order %(order)s of %(since)s has no last day: ask who gave it whether it still holds, and lift it where it does not."
    ),
)
LINE_ENDLESS = Saying(
    "custody.line_endless",
    _(
        "Only line %(order)s of the imported register holds this person, since %(since)s: ask the judge for the order, and "
        "enter it with its last day."
    ),
)
ORDER_RAN_OUT = Saying("custody.order_ran_out", _("Order %(order)s ran out on %(day)s."))
ORDER_OF_NO_CASE = Saying(
    "custody.order_of_no_case",
    _("Order %(order)s names no case, and no case is under way: lift it, or record the case that it is of."),
)
ORDER_OF_A_RETURN = Saying(
    "custody.order_of_a_return",
    _(
        "What order %(order)s, on which this person came back, may have been for has fallen or ended: lift it, or enter under "
        "Corrections of which case it is."
    ),
)
CIVIL_WITHOUT_GROUND = Saying(
    "custody.civil_without_ground",
    _(
        "Civil imprisonment order %(order)s has no ground left: the fine is paid or remitted, or its case ended without a "
        "conviction."
    ),
)
CIVIL_DOUBTFUL = Saying(
    "custody.civil_doubtful",
    _(
        "Civil imprisonment order %(order)s may have no ground left, no fine on record is owed: lift it, or record the fine "
        "that it is for."
    ),
)
NOTHING_HOLDS = Saying("custody.nothing_holds", _("Nothing recorded holds this person."))
HELD_AS_BEFORE = Saying(
    "custody.held_as_before", _("A release entered by mistake was taken back: the stay goes on as before.")
)
NEVER_ADMITTED = Saying(
    "custody.never_admitted",
    _(
        "The admission of %(day)s was entered for the wrong person and was taken back: nobody is held under this name by it."
    ),
)
WITH_ITS_ADMISSION = Saying("custody.with_its_admission", _("The admission was taken back."))
PLACE_TAKEN_AGAIN = Saying(
    "custody.place_taken_again",
    _("An act entered by mistake was taken back, and the place of before no longer fits: choose another, or say why."),
)
HELD_AGAIN = Saying("custody.held_again", _("Something recorded holds this person again."))
NOT_BACK = Saying("custody.not_back", _not_back)
MUST_NOT_MEET = Saying("custody.must_not_meet", _("Two people who must not meet are held together. Why they must not:"))
EXCEPTION_ENDED = Saying("custody.exception_ended", _("The exception ended on %(day)s. It was made for this reason:"))
REGISTER_OF_THE_PRISON = Saying("custody.register_of_the_prison", _("Register of the prison"))
HELD_BY_REGISTER = Saying("custody.held_by_register", _("Held there according to the register that was imported."))

ROAD_ENDED = Saying(
    "custody.road_ended",
    _("The person left custody on the road on %(day)s: the transfer has ended, nobody is to arrive."),
)
NO_END_BY_CORRECTION = Saying(
    "custody.no_end_by_correction",
    _("Released on %(day)s; a correction confirmed since leaves no computed end: a person must look at it."),
)
FREED_WITHOUT_PARDON = Saying(
    "custody.freed_without_pardon",
    _("Released on %(day)s on a pardon that was taken back since: a person must look at it today."),
)
FREED_EARLY = Saying("custody.freed_early", _freed_early)
HELD_TOO_LONG = Saying("custody.held_too_long", _held_too_long)

# Rules of a place that somebody would break.
UNIT_CLOSED = Saying("custody.unit_closed", _("The unit is closed."))
UNIT_FULL = Saying("custody.unit_full", _("The unit is full: %(inside)s people, %(places)s places."))
HOLDS_WOMEN = Saying("custody.unit_holds_women", _("The unit holds women."))
HOLDS_MEN = Saying("custody.unit_holds_men", _("The unit holds men."))
NOT_THIS_TIER = Saying("custody.unit_not_this_tier", _("The unit does not take tier %(tier)s."))
NOT_UNCLASSIFIED = Saying("custody.unit_not_unclassified", _("The unit does not take people not yet classified."))
CLOSED_RECORD = Saying(
    "custody.closed_record",
    _("Something in the restricted record stands against it: ask somebody who is named for it."),
)
NOT_CONVICTED = Saying("custody.unit_not_convicted", _("The unit does not take the convicted."))
NOT_UNTRIED = Saying("custody.unit_not_untried", _("The unit does not take the untried."))
MEETS_SOMEBODY = Saying("custody.meets_somebody", _("Must not meet somebody who is held there."))
MEETS = Saying("custody.meets", _("Must not meet %(name)s (%(number)s): %(reason)s"))
OTHER_PRISON = Saying("custody.unit_other_prison", _("The unit is in %(prison)s."))

# In the place of an officer's reason.
REMAND_ENDED = Saying("custody.remand_ended", _("A judge ended remand in this case."))
RELEASED = Saying("custody.released", _("The person was released."))
RETURNED = Saying("custody.returned", _("Back after an absence"))
TRANSFERRED = Saying("custody.transferred", _("Arrived by transfer"))
TAKEN_AGAIN = Saying("custody.taken_again", _("Taken again: what had ended it was entered by mistake"))
DID_NOT_COME_BACK = Saying("custody.did_not_come_back", _("Did not come back"))
LIFTED_BY = {ground: Saying(f"custody.lifted.{ground}", ground.label) for ground in Admission.Ground}
DECIDED_ON_PAPER = Saying(
    "custody.decided_on_paper",
    _("What held before was corrected on paper (%(papers)s), and no second person has confirmed that."),
)
