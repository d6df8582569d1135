"""What this room puts on shared pages: acts on a profile, things to beware of, the day's work."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.offer import Beware, Offer, Work, may_have
from config import clock
from inmates.people.models import Inmate
from inmates.sentences.models import Pardon
from inmates.sentences.wording import day_in_words
from musalaha import eligibility
from musalaha.models import Application, Cohort, Enrolment, FollowUp
from musalaha.pardons import free_today, known_to_free, would_free


def flags():
    """What a person may have that calls for an act or a warning here."""
    person = OuterRef("pk")
    return {
        "has_application": Exists(Application.objects.live().filter(inmate=person)),
        "takes_part": Exists(Enrolment.objects.filter(inmate=person, ended_on=None)),
        "has_awaiting_pardon": Exists(Pardon.objects.awaiting().filter(inmate=person)),
    }


def offers(user, inmate):
    """Acts that `user` may take now for `inmate`, as `Offer`s."""
    found = []
    if inmate.held and user.can("musalaha.record_application", at=inmate.facility):
        live = inmate.applications.live().first() if may_have(inmate, "has_application") else None
        if live is None:
            label = _("Record application")
            if eligibility.conviction(inmate).met:
                found.append(Offer(label, reverse("musalaha:apply", args=[inmate.uuid])))
            else:
                found.append(Offer(_("Record a letter or CNDH request"), reverse("musalaha:apply", args=[inmate.uuid])))
        else:
            found.append(Offer(_("Application"), reverse("musalaha:application", args=[live.uuid])))
    running = None
    if user.can("musalaha.view_programme") and may_have(inmate, "takes_part"):
        running = inmate.enrolments.filter(ended_on=None).first()
    if running is not None:
        found.append(Offer(_("Part in the round"), reverse("musalaha:participant", args=[running.pk])))
    if user.can("inmates.record_pardon"):
        found.append(Offer(_("Record pardon"), reverse("musalaha:pardon_new", args=[inmate.uuid])))
    return found


def warnings(user, inmate):
    """What to beware of with this person, as `Beware`s."""
    found = []
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
            found.append(Beware(_("Musalaha"), text, "soon" if early else "", url))
    told = user.can("inmates.verify_pardon") or user.can("musalaha.view_programme")
    if told and may_have(inmate, "has_awaiting_pardon"):
        for pardon in inmate.pardons.awaiting().select_related("instrument", "inmate", "sentence__case"):
            frees = would_free(pardon)
            text = _("Pardon %(reference)s awaits verification.") % {"reference": pardon.instrument.reference}
            if frees:
                text += " " + _("Once verified, nothing holds this person.")
            url = reverse("musalaha:pardon", args=[pardon.uuid])
            found.append(Beware(_("Pardon"), text, "late" if frees else "soon", url))
    return found


def work(user):
    """What waits for this user today, as `Work`s."""
    found, today = [], clock.today()
    if user.can("inmates.release"):
        free = free_today(user)
        if free:
            url = free[0].get_absolute_url() if len(free) == 1 else reverse("musalaha:pardons")
            found.append(Work(_("Release today: royal pardon"), len(free), url, "late", _names(free)))
    if user.can("inmates.verify_pardon"):
        awaiting = Pardon.objects.visible_to(user).awaiting().exclude(recorded_by=user)
        count = awaiting.count()
        frees = bool(count) and bool(known_to_free(awaiting))
        note = _("At least one would free somebody today.") if frees else ""
        found.append(
            Work(_("Pardons to verify"), count, reverse("musalaha:pardons"), "late" if frees else "soon", note)
        )
    if user.can("musalaha.grant_exception"):
        asked = Application.objects.filter(
            exception_asked_on__isnull=False, exception_by=None, state__in=["recorded", "waiting"], inmate__tier=1
        ).count()
        found.append(Work(_("Exceptions asked for, tier 1"), asked, reverse("musalaha:exceptions"), "soon"))
    if user.can("musalaha.select"):
        new = Application.objects.visible_to(user).filter(state=Application.State.RECORDED).count()
        found.append(
            Work(_("Applications to answer"), new, reverse("musalaha:applications") + "?state=recorded", "soon")
        )
    if user.can("musalaha.confirm_removal"):
        proposed = Enrolment.objects.visible_to(user).filter(ended_on=None).exclude(removal_code="")
        first = proposed.first()
        if first is not None:
            url = reverse("musalaha:participant", args=[first.pk])
            found.append(Work(_("Removals to sign"), proposed.count(), url, "soon"))
    if user.can("musalaha.manage_rounds"):
        over = Cohort.objects.filter(state=Cohort.State.RUNNING, ends_on__lt=today).count()
        found.append(Work(_("Rounds past their end"), over, reverse("musalaha:home"), "late"))
    if user.can("musalaha.record_follow_up"):
        due = FollowUp.objects.filter(
            inmate__in=Inmate.objects.visible_to(user), done_on=None, lost=False, due_on__lte=today
        )
        found.append(Work(_("Contacts after release due"), due.count(), reverse("musalaha:follow_ups"), "soon"))
    return found


def _names(people):
    return ", ".join(f"{person.name} ({person.registration_number})" for person in people[:3])
