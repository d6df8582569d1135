"""Likely the same person: beside the admission form, on the worklist, and on the way to a merge."""

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from audit import signed_context, trail
from core.action_pages import action_button, action_form
from core.permissions import requires
from core.workflow import next_states
from inmates.duplicates.actions import merges as merge_actions
from inmates.duplicates.actions import pairs as pair_actions
from inmates.duplicates.forms import MergeForm
from inmates.duplicates.matching import compare
from inmates.duplicates.models import MergeProposal, PossibleDuplicate
from inmates.people.forms.fields import BirthField, CinField, birth_text
from inmates.people.models import Inmate
from inmates.people.need_to_know import may_read_cin
from inmates.people.participation import may_know_participation
from inmates.people.visible import visible_person

LOOKS_A_MINUTE = 60
SHOWN = 100
NAME_FIELDS = ("family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar")


def _typed(data):
    """The identity as far as it is typed and can be read: a mapping for `matching`."""
    identity = {name: data.get(name, "").replace("\x00", "").strip()[:80] for name in NAME_FIELDS}
    for field, name in ((BirthField(required=False), "birth"), (CinField(required=False), "cin")):
        try:
            value = field.clean(data.get(name, ""))
        except ValidationError:
            continue
        if name == "birth" and value:
            identity |= {"birth_date": value.date, "birth_precision": value.precision}
        elif name == "cin" and value:
            identity["cin"] = value
    if data.get("sex") in ("M", "F"):
        identity["sex"] = data["sex"]
    return identity


def _may_look(user):
    """At most LOOKS_A_MINUTE looks a minute: enough to type, too few to walk through the register."""
    key = f"likely:{user.pk}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) <= LOOKS_A_MINUTE
    except ValueError:  # the minute ended in between
        return True


@require_POST
@requires("inmates.admit")
def likely(request):
    """Identity cards of likely same people in the whole service, while an identity is typed."""
    identity = _typed(request.POST)
    whole = any(
        identity.get(f"family_name_{script}") and identity.get(f"given_name_{script}") for script in ("latin", "ar")
    )
    if not whole and "cin" not in identity:
        return render(request, "inmates/duplicates/_likely.html", {"matches": []})
    if not _may_look(request.user):
        return render(request, "inmates/duplicates/_likely.html", {"matches": [], "too_many": True})
    context = {
        "matches": pair_actions.likely(identity, by=request.user),
        "said": request.POST.getlist("someone_else"),
        "looked": True,
    }
    return render(request, "inmates/duplicates/_likely.html", context)


def _one(rows, pk):
    """One of these pairs, with both people, else 404."""
    found = signed_context.across("merge", rows.filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


# The worklist of possible duplicates


def _reasons(pair):
    """Why the two may be one, in the reader's language; what was stored when they were found, where that is gone."""
    return compare(pair.first, pair.second)[1] or pair.reasons


@require_GET
@requires("inmates.propose_merge", "inmates.approve_merge")
def worklist(request):
    """Pairs that somebody must settle, likeliest first."""
    pairs = (
        PossibleDuplicate.objects.visible_to(request.user).open().select_related("first__facility", "second__facility")
    )
    pairs = signed_context.across("merge", pairs.order_by("-score", "pk"), SHOWN + 1)
    trail.viewed("duplicates", by=request.user, detail={"pairs": [pair.pk for pair in pairs[:SHOWN]]})
    for one in pairs:
        one.reasons = _reasons(one)
    context = {"pairs": pairs[:SHOWN], "more": len(pairs) > SHOWN}
    return render(request, "inmates/duplicates/duplicates.html", context)


@requires("inmates.propose_merge", "inmates.approve_merge")
def pair(request, pk):
    """The two beside each other: someone else, or the same and then a merge is proposed."""
    user = request.user
    pairs = PossibleDuplicate.objects.visible_to(user).select_related(
        "first__facility", "second__facility", "first__organisation", "second__organisation", "settled_by"
    )
    pair = _one(pairs, pk)
    people = (pair.first, pair.second)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "someone_else":
        return action_button(
            request,
            lambda: pair_actions.settle_someone_else(pair, by=user),
            back=reverse("inmates:duplicates"),
            success_message=_("Kept: these are two people, says %(name)s.") % {"name": user},
        )

    def propose(form):
        keep, absorb = people if form.cleaned_data["keep"] == str(pair.first.uuid) else people[::-1]
        return merge_actions.propose(keep, absorb, reason=form.cleaned_data["reason"], by=user)

    mine = set(Inmate.objects.visible_to(user).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
    return action_form(
        request,
        MergeForm(request.POST if act == "same" else None, pair=people),
        propose,
        back=reverse("inmates:merges"),
        success_message=_("The merge is proposed; somebody else approves it."),
        template="inmates/duplicates/pair.html",
        pair=pair,
        reasons=_reasons(pair),
        people=lambda: _cards(people, mine, by=user),
        rows=_compared(people, user) if len(mine) == 2 else [],
        against=lambda: merge_actions.obstacles(*people),
        open=pair.state == PossibleDuplicate.State.OPEN,
        may_settle=any(user.can("inmates.propose_merge", at=person.facility_id) for person in people),
    )


def _cards(people, mine, *, by):
    """(person, whether the record may be opened too) for each; every look at an identity card is recorded."""
    for person in people:
        trail.viewed("identity_card", by=by, inmate=person)
    return [(person, person.pk in mine) for person in people]


def _compared(people, reader):
    """(label, first, second, whether they differ) of what tells two records apart."""
    rows = []
    for label, value in (
        (_("Name (Latin)"), lambda one: one.name_latin),
        (_("Name (Arabic)"), lambda one: one.name_ar),
        (_("Birth date"), lambda one: birth_text(one.birth_date, one.birth_precision)),
        (_("Birthplace"), lambda one: one.birthplace),
        (_("Sex"), lambda one: one.get_sex_display()),
        *([(_("National ID card (CIN)"), lambda one: one.cin or "")] if may_read_cin(reader) else []),
        (_("Nationality"), lambda one: one.nationality),
        (_("Registration number"), lambda one: one.registration_number),
        (_("Prison"), lambda one: str(one.facility or "")),
        (_("Status"), lambda one: one.get_status_display()),
        (_("Organisation"), lambda one: str(one.organisation or "")),
    ):
        first, second = map(value, people)
        rows.append((label, first, second, first != second))
    return rows


@require_POST
@requires("inmates.propose_merge")
def report_pair(request, uuid):
    """From a record: this one and another (by its registration number) may be one person; put them on the worklist."""
    one = visible_person(request, uuid)
    number = request.POST.get("number", "").replace("\x00", "").strip().upper()[:20]
    others = Inmate.objects.visible_to(request.user).exclude(pk=one.pk)
    other = (
        others.filter(registration_numbers__number=number, registration_numbers__annulled_at=None).distinct().first()
        if number
        else None
    )
    if other is None:
        messages.error(request, _("Nobody else whom you may see has this number."))
        return redirect("inmates:tab_identity", one.uuid)
    return action_button(
        request,
        lambda: pair_actions.report(one, other, by=request.user),
        back=lambda pair: reverse("inmates:pair", args=[pair.pk]),
        success_message="",
    )


# Merges


@require_GET
@requires("inmates.propose_merge", "inmates.approve_merge")
def merges(request):
    """Proposed merges, the waiting ones first."""
    proposals = MergeProposal.objects.visible_to(request.user).select_related(
        "keep__facility", "absorb__facility", "proposed_by", "decided_by"
    )
    context = {
        "waiting": signed_context.across("merge", proposals.waiting().order_by("proposed_at"), SHOWN),
        "decided": signed_context.across("merge", proposals.exclude(state="proposed").order_by("-decided_at"), 30),
    }
    trail.viewed("merges", by=request.user)
    return render(request, "inmates/duplicates/merges.html", context)


DECISIONS = {
    "approve": (merge_actions.approve, gettext_lazy("The two records are one now.")),
    "reject": (merge_actions.reject, gettext_lazy("The merge is rejected.")),
}


@requires("inmates.propose_merge", "inmates.approve_merge")
def merge_one(request, pk):
    """One proposal: what it would do, and the decision of somebody other than its proposer."""
    user = request.user
    proposals = MergeProposal.objects.visible_to(user).select_related(
        "keep__facility", "absorb__facility", "keep__organisation", "absorb__organisation", "proposed_by", "decided_by"
    )
    proposal = _one(proposals, pk)
    if request.method == "POST":
        act, message = DECISIONS.get(request.POST.get("act"), (None, None))
        if act is None:
            raise Http404
        return action_button(
            request,
            lambda: act(proposal, by=user),
            back=reverse("inmates:merge", args=[proposal.pk]),
            success_message=message,
        )
    people = (proposal.keep, proposal.absorb)
    for person in people:
        trail.viewed("identity_card", by=user, inmate=person)
    waiting = proposal.state == MergeProposal.State.PROPOSED
    sees_both = user.sees_nation or all(person.facility_id in user.facility_ids for person in people)
    context = {
        "proposal": proposal,
        "rows": _compared(people, user) if sees_both else [],
        "waiting": waiting,
        "against": merge_actions.obstacles(*people) if waiting else [],
        "may_decide": bool(next_states(proposal, user)),
        "own": waiting and proposal.proposed_by_id == user.pk,
        "may_know_moved": may_know_participation(user),
    }
    return render(request, "inmates/duplicates/merge.html", context)
