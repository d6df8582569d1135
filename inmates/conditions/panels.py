"""Conditions on shared pages: the tab of conduct, separations and orders of no communication as cautions."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock
from core.panels import Caution, Tab, Worklist, may_have
from inmates.conditions.models import NoCommunication, Separation
from inmates.people.models import Inmate
from inmates.sentences.wording import day_in_words

TABS = [Tab("inmates:tab_conduct", gettext_lazy("Conduct and contacts"), ("inmates.view_record",), 30)]

ON_DUTY = ("cautions",)


def flags():
    """Query flags of a person that call for a caution of conditions."""
    forbidden = NoCommunication.objects.not_over(clock.today())
    return {
        "has_separation": Exists(Separation.objects.running().filter(inmate=OuterRef("pk"))),
        "has_no_communication": Exists(forbidden.filter(inmate=OuterRef("pk"))),
    }


def cautions(user, inmate):
    """A judge's order of no communication; a separation that runs, late once it has passed what was authorised."""
    if not inmate.held:
        return
    orders = inmate.no_communications.not_over(clock.today()).order_by("starts_on")
    for order in orders if may_have(inmate, "has_no_communication") else ():
        tone = "late" if order.starts_on <= clock.today() else "soon"
        yield Caution(_("No communication"), order.text, tone, reverse("inmates:tab_conduct", args=[inmate.uuid]))
    for separation in inmate.separations.running() if may_have(inmate, "has_separation") else ():
        emergency = separation.authorised_by_id is None
        late = emergency or separation.authorised_until < clock.today()
        text = (
            _("An emergency: to be authorised, or ended, by %(day)s.") if emergency else _("Authorised until %(day)s.")
        )
        text %= {"day": day_in_words(separation.authorised_until)}
        url = reverse("inmates:separation", args=[inmate.uuid, separation.pk])
        yield Caution(_("Separated"), text, "late" if late else "soon", url)


def worklists(user):
    """Separations that run, in the prisons of those who record them."""
    if not (user.can("inmates.view_record") and user.can("inmates.record_separation")):
        return
    running = Separation.objects.running().filter(inmate__in=Inmate.objects.in_scope_of(user).in_custody())
    count = running.count()
    late = running.overdue(clock.today()).exists() or running.to_authorise().exists()
    tone = ("late" if late else "soon") if count else ""
    yield Worklist(_("Separations that run"), count, reverse("inmates:separations"), tone)
