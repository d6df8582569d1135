"""The notice as a paper for the person: the decision, its reasons, what it changes, and every way to contest it."""

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from documents import pdf
from facilities.models import Regime

WITHHELD = "[…]"


def reasons_to_tell(decision):
    """The reasons as the person reads them: a withheld passage is replaced by a visible gap."""
    withheld = decision.notice.withheld
    return decision.reasons.replace(withheld, WITHHELD) if withheld else decision.reasons


def notice(decision, language):
    """The notice of a decision as a PDF in `language`."""
    with pdf.language(language):
        data = {
            "title": _("Notice of a classification decision"),
            "reference": f"{decision.decided_on.year}/C-{decision.pk}",
            "issuer": str(decision.inmate.facility),
            "place_and_day": pdf.day(decision.decided_on),
            "blocks": _blocks(decision),
        }
    return pdf.render("letter", data, language)


def _blocks(decision):
    inmate = decision.inmate
    regime = Regime.objects.filter(tier=decision.tier).first()
    before = decision.get_before_display() if decision.before else _("not yet classified")
    blocks = [
        pdf.facts(
            [
                (_("Name"), " · ".join(part for part in (inmate.name, inmate.other_name) if part)),
                (_("Registration number"), pdf.code(inmate.registration_number)),
                (_("Decided on"), pdf.day(decision.decided_on)),
                (_("Tier before"), before),
                (_("Tier decided"), decision.get_tier_display()),
                (_("Takes effect on"), _effect(decision)),
                (_("Next review"), pdf.day(decision.next_review_on)),
            ]
        ),
        pdf.text(reasons_to_tell(decision), heading=_("Reasons")),
    ]
    if decision.notice.withheld:
        text = _("Part of the reasons is withheld (marked %(gap)s). Why: %(why)s. Decided by: %(who)s.")
        blocks.append(
            pdf.text(
                text
                % {"gap": WITHHELD, "why": decision.notice.withheld_reason, "who": decision.notice.withheld_by or "—"}
            )
        )
    if decision.emergency:
        blocks.append(pdf.text(decision.emergency, heading=_("Why it takes effect before this notice")))
    if regime is not None:
        blocks.append(pdf.items(_regime(regime), heading=_("What this tier means")))
    blocks.append(pdf.items(_ways(decision), heading=_("If you do not agree")))
    blocks.append(pdf.signatures([_("The inmate (or: refused to sign)"), _("Served by, on"), _("Interpreter")]))
    return blocks


def _effect(decision):
    """From when it holds, in words."""
    if decision.stricter and not decision.emergency and decision.notice.served_on is None:
        return _("the day this notice is served")
    return pdf.day(decision.effective_on)


def _regime(regime):
    """The regime of the tier, in sentences."""
    lines = [
        _("Hours out of the cell a day: %(n)s") % {"n": _number(regime.hours_out_of_cell)},
        _("Hours of meaningful contact a day: %(n)s") % {"n": _number(regime.hours_contact)},
        _("Family visits a month: %(n)s, of %(minutes)s minutes")
        % {"n": regime.visits_per_month, "minutes": regime.visit_minutes},
        _("Calls a week: %(n)s, of %(minutes)s minutes") % {"n": regime.calls_per_week, "minutes": regime.call_minutes},
    ]
    return lines + [text for text in (regime.association, regime.work_and_education) if text]


def _number(value):
    """Hours without idle decimals, by the reader's rules: 5, or 2,5."""
    return number_format(f"{value.normalize():f}")


def _ways(decision):
    """How to contest it: within the service, and outside."""
    lines = []
    if decision.origin != decision.Origin.APPEAL:
        lines.append(
            _(
                "You may appeal within %(days)s days from the day this notice is served, by word of mouth or in"
                " writing, to any member of staff. A third person, who neither assessed you nor decided, answers within"
                " %(answer)s days and may suspend the decision meanwhile."
            )
            % {"days": settings.POLICY["appeal_days"], "answer": settings.POLICY["appeal_answer_days"]}
        )
    return [
        *lines,
        _("You may write, at any time, to the National Human Rights Council (CNDH)."),
        _("You may write, at any time, to the judge responsible for the execution of sentences."),
        _("You may ask your lawyer."),
        _("No appeal is ever held against you."),
    ]
