"""What this room puts on shared pages: acts on a profile, cautions, the day's work."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock
from core.panels import Caution, MenuItem, OfferedAction, Tab, Worklist, may_have
from core.templatetags.display import day_text
from core.workflow import next_states
from inmates.classification.actions.appeals import last_day, why_not_appealable
from inmates.classification.models import Appeal, Assessment, Notice, Review, TierDecision
from inmates.classification.worklists import SOON_DAYS, unserved
from inmates.people.models import Inmate

MENU = [MenuItem("inmates:reviews", gettext_lazy("Reviews"), "inmates.view_classification", "/inmates/reviews/", 30)]
TABS = [Tab("inmates:tab_classification", gettext_lazy("Classification"), ("inmates.view_classification",), 20)]


def flags():
    """What a person may have that calls for an act or a warning here."""
    person = OuterRef("pk")
    waiting = Notice.objects.to_serve().filter(decision__inmate=person)
    return {
        "has_live_review": Exists(Review.objects.live().filter(inmate=person)),
        "has_open_appeal": Exists(Appeal.objects.live().filter(inmate=person)),
        "has_unserved_notice": Exists(waiting),
    }


def offered_actions(user, inmate):
    """Acts of classification that `user` may take now for `inmate`."""
    if not (user.can("inmates.view_classification", at=inmate.facility_id) and inmate.held):
        return []
    review = Review.objects.live().filter(inmate=inmate).first() if may_have(inmate, "has_live_review") else None
    may = set()
    if review is not None:
        review.inmate = inmate
        may = next_states(review, user)
    actions = _assessing(user, inmate, review, may)
    if may and review.assessor_id != user.pk:
        url = reverse("inmates:review", args=[review.uuid])
        actions.append(OfferedAction(_("Open the review"), url, primary=True))
    decisions = TierDecision.objects.filter(inmate=inmate, admission__released_at=None).order_by("-id")
    decisions = decisions.select_related("notice", "appeal", "inmate", "admission")
    handles_papers = user.can("inmates.serve_notice") or user.can("inmates.record_appeal")
    decision = decisions.first() if handles_papers else None
    if decision is not None:
        actions += _papers(user, decision)
    if review is None and inmate.next_review_on and user.can("inmates.postpone_review"):
        actions.append(OfferedAction(_("Put the review off"), reverse("inmates:postpone", args=[inmate.uuid])))
    return actions


def _assessing(user, inmate, review, may):
    """What an assessor may do: start, go on, answer."""
    if not user.can("inmates.assess", at=inmate.facility_id):
        return []
    if review is not None:
        url = reverse("inmates:review", args=[review.uuid])
        if Review.State.SUBMITTED in may:
            return [OfferedAction(_("Answer the reviewer's questions"), url, primary=True)]
        return [OfferedAction(_("Start assessment"), why_not=_("A review is open and waits for a decision."))]
    draft = Assessment.objects.drafts().filter(inmate=inmate).select_related("assessor").first()
    url = reverse("inmates:assess", args=[inmate.uuid])
    if draft is not None and draft.assessor_id != user.pk and draft.assessor.can("inmates.assess", at=inmate.facility):
        why = _("%(name)s has an assessment of this person in hand.") % {"name": draft.assessor}
        return [OfferedAction(_("Start assessment"), why_not=why)]
    label = _("Start assessment") if draft is None else _("Go on with the assessment")
    return [
        OfferedAction(label, url, primary=True),
        OfferedAction(_("New information"), reverse("inmates:new_information", args=[inmate.uuid])),
    ]


def _papers(user, decision):
    """Serving the notice of the last decision, and the appeal against it."""
    notice = getattr(decision, "notice", None)
    at = decision.inmate.facility_id
    actions = []
    if notice is not None and notice.served_on is None and user.can("inmates.serve_notice", at=at):
        actions.append(
            OfferedAction(_("Serve the notice"), reverse("inmates:notice", args=[decision.uuid]), primary=True)
        )
    elif notice is not None and user.can("inmates.record_appeal", at=at) and not why_not_appealable(decision):
        late = clock.today() > last_day(decision)
        label = _("Record a late appeal") if late else _("Record an appeal")
        actions.append(OfferedAction(label, reverse("inmates:appeal_new", args=[decision.uuid])))
    return actions


def cautions(user, inmate):
    """Open appeals, notices not served, reviews late: for those who may see classification."""
    if not user.can("inmates.view_classification", at=inmate.facility_id):
        return []
    shown = []
    today = clock.today()
    appeals = Appeal.objects.live().filter(inmate=inmate).select_related("decision")
    for appeal in appeals if may_have(inmate, "has_open_appeal") else ():
        text = _("Tier decision of %(day)s appealed, answer due %(due)s") % {
            "day": day_text(appeal.decision.decided_on),
            "due": day_text(appeal.due_on),
        }
        url = reverse("inmates:appeal", args=[appeal.uuid])
        shown.append(Caution(_("Appeal"), text, "late" if appeal.due_on < today else "soon", url))
    waiting = Notice.objects.to_serve().filter(decision__inmate=inmate)
    for notice in waiting.select_related("decision") if may_have(inmate, "has_unserved_notice") else ():
        if inmate.held:
            text = _("Decision of %(day)s to be told by %(due)s") % {
                "day": day_text(notice.decision.decided_on),
                "due": day_text(notice.due_on),
            }
            url = reverse("inmates:notice", args=[notice.decision.uuid])
            shown.append(Caution(_("Notice"), text, "late" if notice.due_on < today else "soon", url))
    if inmate.held and inmate.next_review_on and inmate.next_review_on < today:
        text = _("Review was due %(due)s") % {"due": day_text(inmate.next_review_on)}
        shown.append(Caution(_("Classification"), text, "late"))
    return shown


def worklists(user):
    """What waits for this user in classification today."""
    if not user.can("inmates.view_classification"):
        return []
    queue, today = reverse("inmates:reviews"), clock.today()
    reviews = Review.objects.visible_to(user).live()
    people = Inmate.objects.visible_to(user)
    lists = []
    if user.can("inmates.decide_review"):
        waiting = reviews.filter(state=Review.State.SUBMITTED).exclude(assessor=user).count()
        lists.append(Worklist(_("Reviews to decide"), waiting, queue, "soon" if waiting else ""))
        appeals = Appeal.objects.visible_to(user).live().exclude(assessor=user).exclude(decider=user)
        late = appeals.overdue(today).exists()
        count = appeals.count()
        lists.append(
            Worklist(
                _("Appeals to answer"), count, f"{queue}?list=appeals", "late" if late else "soon" if count else ""
            )
        )
    if user.can("inmates.assess"):
        returned = reviews.filter(state=Review.State.RETURNED, assessor=user).count()
        lists.append(Worklist(_("Questions to answer"), returned, f"{queue}?list=returned", "soon" if returned else ""))
        soon = people.review_due(today, today + timedelta(days=SOON_DAYS)).count()
        lists.append(Worklist(_("Assessments due within 14 days"), soon, f"{queue}?list=due"))
    if user.can("inmates.serve_notice"):
        notices = unserved(user)
        late = notices.overdue(today).exists()
        count = notices.count()
        lists.append(
            Worklist(_("Notices to serve"), count, f"{queue}?list=notices", "late" if late else "soon" if count else "")
        )
    overdue = people.review_overdue(today).count()
    long_overdue = people.review_overdue(today - timedelta(days=settings.POLICY["escalate_to_national_days"])).count()
    note = _("%(n)s of them by more than 30 days") % {"n": long_overdue} if long_overdue else ""
    lists.append(Worklist(_("Reviews overdue"), overdue, f"{queue}?list=overdue", "late" if overdue else "ok", note))
    return lists
