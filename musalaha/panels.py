"""Panels of the programme on shared pages: acts on a profile, cautions, worklists."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock
from core.panels import Caution, MenuItem, OfferedAction, Tab, Worklist, may_have
from core.templatetags.display import listed
from inmates.sentences.models import Pardon
from inmates.sentences.wording import day_in_words
from musalaha import eligibility
from musalaha.models import Application, Cohort, Enrolment
from musalaha.pardon_effects import free_today, known_to_free, would_free

MENU = [
    MenuItem("musalaha:home", gettext_lazy("Musalaha"), "musalaha.view_programme", "/musalaha/", 40),
    MenuItem("musalaha:pardons", gettext_lazy("Pardons"), "inmates.verify_pardon", "/musalaha/pardons/", 50),
]
TABS = [Tab("musalaha:tab_programme", gettext_lazy("Programme"), ("musalaha.view_programme",), 40)]


def flags():
    """Flags of a person that call for an act or a caution of the programme."""
    person = OuterRef("pk")
    return {
        "has_application": Exists(Application.objects.live().filter(inmate=person)),
        "takes_part": Exists(Enrolment.objects.filter(inmate=person, ended_on=None)),
        "has_awaiting_pardon": Exists(Pardon.objects.awaiting().filter(inmate=person)),
    }


def offered_actions(user, inmate):
    """Acts that `user` may take now for `inmate`, as `OfferedAction`s."""
    offered = []
    if inmate.held and user.can("musalaha.record_application", at=inmate.facility):
        live = inmate.applications.live().first() if may_have(inmate, "has_application") else None
        if live is None:
            label = _("Record application")
            if eligibility.conviction(inmate).met:
                offered.append(OfferedAction(label, reverse("musalaha:apply", args=[inmate.uuid])))
            else:
                offered.append(
                    OfferedAction(_("Record a letter or CNDH request"), reverse("musalaha:apply", args=[inmate.uuid]))
                )
        else:
            offered.append(OfferedAction(_("Application"), reverse("musalaha:application", args=[live.uuid])))
    running = None
    if user.can("musalaha.view_programme") and may_have(inmate, "takes_part"):
        running = inmate.enrolments.filter(ended_on=None).first()
    if running is not None:
        offered.append(OfferedAction(_("Part in the round"), reverse("musalaha:participant", args=[running.pk])))
    if user.can("inmates.record_pardon"):
        offered.append(OfferedAction(_("Record pardon"), reverse("musalaha:pardon_new", args=[inmate.uuid])))
    return offered


def cautions(user, inmate):
    """Cautions about this person, as `Caution`s."""
    shown = []
    if user.can("musalaha.view_programme") and may_have(inmate, "takes_part"):
        running = inmate.enrolments.filter(ended_on=None).select_related("cohort__unit").first()
        if running is not None:
            text = _("Takes part in %(round)s, unit %(unit)s, until %(end)s.") % {
                "round": running.cohort,
                "unit": running.cohort.unit,
                "end": day_in_words(running.cohort.ends_on),
            }
            early = inmate.release_on is not None and inmate.release_on < running.cohort.ends_on
            if early:
                text += " " + _("Free before the round ends.")
            url = running.cohort.get_absolute_url()
            shown.append(Caution(_("Musalaha"), text, "soon" if early else "", url))
    may_know = user.can("inmates.verify_pardon") or user.can("musalaha.view_programme")
    if may_know and may_have(inmate, "has_awaiting_pardon"):
        for pardon in inmate.pardons.awaiting().select_related("instrument", "inmate", "sentence__case"):
            frees = would_free(pardon)
            text = _("Pardon %(reference)s awaits verification.") % {"reference": pardon.instrument.reference}
            if frees:
                text += " " + _("Once verified, nothing holds this person.")
            url = reverse("musalaha:pardon", args=[pardon.uuid])
            shown.append(Caution(_("Pardon"), text, "late" if frees else "soon", url))
    return shown


def worklists(user):
    """Work that waits for this user today, as `Worklist`s."""
    lists, today = [], clock.today()
    if user.can("inmates.release"):
        free = free_today(user)
        if free:
            url = free[0].get_absolute_url() if len(free) == 1 else reverse("musalaha:pardons")
            lists.append(Worklist(_("Release today: royal pardon"), len(free), url, "late", _names(free)))
    if user.can("inmates.verify_pardon"):
        awaiting = Pardon.objects.visible_to(user).awaiting().exclude(recorded_by=user)
        count = awaiting.count()
        frees = bool(count) and bool(known_to_free(awaiting))
        note = _("At least one would free somebody today.") if frees else ""
        lists.append(
            Worklist(_("Pardons to verify"), count, reverse("musalaha:pardons"), "late" if frees else "soon", note)
        )
    if user.can("musalaha.grant_exception"):
        count = Application.objects.visible_to(user).awaiting_exception().count()
        lists.append(Worklist(_("Exceptions asked for, tier 1"), count, reverse("musalaha:exceptions"), "soon"))
    if user.can("musalaha.select"):
        new = Application.objects.visible_to(user).filter(state=Application.State.RECORDED).count()
        lists.append(
            Worklist(_("Applications to answer"), new, reverse("musalaha:applications") + "?state=recorded", "soon")
        )
    if user.can("musalaha.confirm_removal"):
        proposed = Enrolment.objects.visible_to(user).filter(ended_on=None).exclude(removal_code="")
        first = proposed.first()
        if first is not None:
            url = reverse("musalaha:participant", args=[first.pk])
            lists.append(Worklist(_("Removals to sign"), proposed.count(), url, "soon"))
    if user.can("musalaha.manage_rounds"):
        over = Cohort.objects.overdue(today).count()
        lists.append(Worklist(_("Rounds past their end"), over, reverse("musalaha:home"), "late"))
    return lists


def _names(people):
    return listed(f"{person.name} ({person.registration_number})" for person in people[:3])
