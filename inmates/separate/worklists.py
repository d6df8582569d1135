"""Worklists of the separate system: who has no ground, what waits for a decision, a notice, an answer."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from inmates.people.models import Inmate
from inmates.sentences.models import Case
from inmates.separate import in_force
from inmates.separate.actions.appeals import ANSWERED_BY
from inmates.separate.models import SeparateAppeal, SeparateStep

MOST = 1000


def without_ground(user):
    """People of the user's scope whom no ground holds in the separate system, the longest here first."""
    people = in_force.without_ground(Inmate.objects.visible_to(user)).select_related("facility", "unit")
    proposed = SeparateStep.objects.waiting().filter(inmate=OuterRef("pk"))
    return people.annotate(proposed=Exists(proposed)).order_by("admitted_on", "pk")


def to_decide(user):
    """Proposals that wait, the oldest first."""
    steps = SeparateStep.objects.visible_to(user).waiting()
    return steps.select_related("inmate__facility", "inmate__unit", "proposed_by").order_by("proposed_on", "pk")


def to_serve(user):
    """Decisions of which the person has yet to be told, the most pressing first."""
    steps = SeparateStep.objects.visible_to(user).to_serve()
    return steps.select_related("inmate__facility", "inmate__unit").order_by("notice_due_on", "pk")


def to_answer(user):
    """Appeals that wait, of those that this user may answer where they answer any."""
    appeals = SeparateAppeal.objects.visible_to(user).live()
    kinds = [kind for kind, permission in ANSWERED_BY.items() if user.can(permission)]
    if kinds:
        appeals = appeals.filter(step__kind__in=kinds).exclude(proposer=user).exclude(decider=user)
    return appeals.select_related("step__inmate__facility", "step__inmate__unit").order_by("due_on", "pk")


def worklists(user):
    """Every list: name -> (label, rows)."""
    return {
        "red": (_("Without a ground"), without_ground(user)),
        "decide": (_("To decide"), to_decide(user)),
        "notices": (_("Notices to serve"), to_serve(user)),
        "appeals": (_("Open appeals"), to_answer(user)),
    }


def capped(rows):
    """How many rows there are, counted up to `MOST` and one."""
    return rows.order_by()[: MOST + 1].count()


def sure_to_decide(user, *, among):
    """The primary keys of those proposals whose ground a recorded offence bears, and which this user did not propose."""
    mine = SeparateStep.objects.filter(pk__in=[one.pk for one in among], ground__in=["charge", "conviction"])
    borne = Case.objects.filter(inmate=OuterRef("inmate"), state__in=in_force.LIVE, offences__terrorism=True)
    return mine.exclude(proposed_by=user).filter(Exists(borne)).values_list("pk", flat=True)
