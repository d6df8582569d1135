"""Custody on shared pages: actions on a profile, cautions, worklists."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import signed_context
from config import clock
from core.panels import Caution, MenuItem, OfferedAction, Tab, Worklist, may_have
from core.sayings import shown, words
from core.templatetags.display import listed
from inmates.custody import worklists as lists
from inmates.custody.holds import holds, nothing_holds, term_served_under_appeal
from inmates.custody.models import DetentionOrder, KeepApart, Outing, Placement
from inmates.people.models import Inmate
from inmates.people.participation import may_know_participation
from inmates.sentences.finality import judgments_not_final
from inmates.sentences.wording import day_in_words

MENU = [MenuItem("facilities:list", gettext_lazy("Prisons"), "inmates.view_record", "/facilities/", 60)]
TABS = [Tab("inmates:tab_custody", gettext_lazy("Custody and sentence"), ("inmates.view_record",), 10)]


def flags():
    """Query flags of a person that call for an action or a caution of custody."""
    person, soon = OuterRef("pk"), clock.today() + timedelta(days=30)
    pairs = KeepApart.objects.open().filter(Q(first=person) | Q(second=person))
    placements = Placement.objects.against_rules().filter(inmate=person)
    return {
        "has_keep_apart": Exists(pairs),
        "has_exception": Exists(placements),
        "is_out": Exists(Outing.objects.out().filter(inmate=person)),
        "has_judgment_not_final": Exists(judgments_not_final().filter(inmate=person)),
        "has_expiring_order": Exists(DetentionOrder.objects.expiring_by(soon).filter(inmate=person)),
    }


def offered_actions(user, inmate):
    """`OfferedAction`s that `user` may take now for `inmate`; rarer ones stand on the tabs."""
    here, actions = inmate.facility, []

    def offer(permission, label, name, *, primary=False, why_not=""):
        if user.can(permission, at=here):
            url = "" if why_not else reverse(f"inmates:{name}", args=[inmate.uuid])
            actions.append(OfferedAction(label, url, primary, why_not))

    if inmate.status in (Inmate.Status.RELEASED, Inmate.Status.NOT_ADMITTED):
        if user.can("inmates.admit"):
            actions.append(
                OfferedAction(_("Admit again"), reverse("inmates:readmit", args=[inmate.uuid]), primary=True)
            )
        return actions
    if inmate.status == Inmate.Status.ABSENT:
        offer("inmates.record_outing", _("Record the return"), "come_back", primary=True)
        return actions
    if not inmate.held:
        return actions
    due = inmate.release_on is not None and inmate.release_on <= clock.today()
    offer("inmates.release", _("Release"), "release", primary=due and not holds(inmate))
    offer("inmates.place", _("Move"), "move")
    offer("inmates.record_outing", _("Plan a temporary absence"), "outing_new")
    return actions


def cautions(user, inmate):
    """`Caution`s about this person."""
    today, warnings = clock.today(), []
    tab = reverse("inmates:tab_custody", args=[inmate.uuid])
    conduct = reverse("inmates:tab_conduct", args=[inmate.uuid])
    if inmate.status == Inmate.Status.ABSENT:
        lines = [_("Escaped or not come back."), *(hold.text for hold in holds(inmate) if hold.what == hold.AT_LARGE)]
        warnings.append(Caution(_("Absent"), " ".join(lines), "late", conduct))
    if not inmate.held:
        return warnings
    if inmate.release_on and inmate.release_on <= today:
        text, holding = _("Due today.") if inmate.release_on == today else _("Overdue."), holds(inmate)
        if holding:  # held on another title: nobody is late
            text = _("The term has ended.")
        tone = "soon" if holding else "late"
        warnings.append(Caution(_("Release"), " ".join([text, *(hold.text for hold in holding)]), tone, tab))
    elif inmate.release_basis in (Inmate.ReleaseBasis.REMAND, Inmate.ReleaseBasis.NONE) and not holds(inmate):
        warnings.append(Caution(_("Release"), _("Nothing recorded holds this person."), "late", tab))
    served = term_served_under_appeal(inmate) if may_have(inmate, "has_judgment_not_final") else ()
    if served:
        numbers = listed(shown(str(case)) for case in served)
        text = _("Pronounced term served, judgment not final.") + " " + numbers
        warnings.append(Caution(_("Judgment not final"), text, "late", tab))
    duties = KeepApart.objects.open().of(inmate).select_related("first__facility", "second__facility")
    with signed_context.beyond("keep apart"):
        duties = list(duties) if may_have(inmate, "has_keep_apart") else []
    for duty in duties:
        other = duty.second if duty.first_id == inmate.pk else duty.first
        named = user.sees_nation or other.facility_id in user.facility_ids
        near = other.held and (
            other.unit_id == inmate.unit_id
            or (duty.scope == KeepApart.Scope.PRISON and other.facility_id == inmate.facility_id)
        )
        who = f"{other.name} · {other.registration_number}" if named else _("somebody in another prison")
        warnings.append(Caution(_("Non-association"), f"{who}: {duty.reason}", "late" if near else "", conduct))
    against = inmate.placements.against_rules()
    for placement in against if may_have(inmate, "has_exception") else ():
        late = placement.exception_until < today
        text = _("%(why)s, until %(day)s.") if may_know_participation(user) else _("Until %(day)s.")
        text %= {"why": words(placement.exception_reason), "day": day_in_words(placement.exception_until)}
        warnings.append(Caution(_("Placed against the rules"), text, "late" if late else "soon", tab))
    out = inmate.outings.out()
    for outing in out if may_have(inmate, "is_out") else ():
        late = outing.due_back_at is not None and outing.due_back_at < clock.now()
        warnings.append(Caution(_("Out"), outing.get_kind_display(), "late" if late else "soon", conduct))
    expiring = inmate.detention_orders.expiring_by(today + timedelta(days=30))
    for order in expiring if may_have(inmate, "has_expiring_order") else ():
        late = order.expires_on < today
        text = _("%(order)s until %(day)s.") % {"order": order, "day": day_in_words(order.expires_on)}
        warnings.append(Caution(_("Order expires"), text, "late" if late else "soon", tab))
    return warnings


def worklists(user):
    """`Worklist`s of what waits for this user today."""
    if not user.can("inmates.view_record"):
        return []
    today, waiting = clock.today(), []
    people = Inmate.objects.visible_to(user).in_custody()

    def add(label, count, name, tone="", query="", note=""):
        waiting.append(Worklist(label, count, reverse(name) + query, tone if count else "", note))

    if user.can("inmates.release") or user.can("inmates.verify_pardon") or user.can("inmates.record_pardon"):
        add(_("Releases due today or overdue"), people.releases_until(today).count(), "inmates:releases", "late")
        free = len(nothing_holds(people))
        if free:
            add(_("Held though nothing holds them"), free, "inmates:releases", "late", "?span=free")
        soon = people.filter(release_on__gt=today, release_on__lte=today + timedelta(days=7)).count()
        add(_("Releases in the next 7 days"), soon, "inmates:releases", "soon", "?span=7")
    if user.can("inmates.settle_release_date"):
        none = people.filter(release_basis=Inmate.ReleaseBasis.UNSETTLED).count()
        add(_("No computable release date"), none, "inmates:releases", "soon", "?span=none")
    if user.can("inmates.manage_sentences"):
        running = lists.orders_running_out(user)
        late = running.expired_on(today).exists()
        add(_("Orders that expire"), running.count(), "inmates:expiring_orders", "late" if late else "soon")
    if user.can("inmates.place"):
        add(_("Exceptions past their end"), lists.expired_exceptions(user), "inmates:exceptions", "late")
    if user.can("inmates.record_outing"):
        tomorrow = today + timedelta(days=1)
        court = Outing.objects.to_court_on(tomorrow).filter(inmate__in=people).count()
        add(_("To court tomorrow"), court, "inmates:court_list")
        out = Outing.objects.out().filter(inmate__in=Inmate.objects.visible_to(user))
        late = out.overdue(clock.now()).exists()
        add(_("Out now"), out.count(), "inmates:outings", "late" if late else "")
    return waiting
