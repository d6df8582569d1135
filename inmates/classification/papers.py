"""The notice as a paper for the person: the decision, its reasons, what it changes, and every way to contest it."""

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from documents import pdf
from documents.letters import Fact, Items, Letter, Signatures, Signer, Text, known
from facilities import papers as offices
from facilities.models import Regime
from inmates.people.papers import person

WITHHELD = "[…]"


def reasons_to_tell(decision):
    """The reasons as the person reads them: a withheld passage is replaced by a visible gap."""
    withheld = decision.notice.withheld
    return decision.reasons.replace(withheld, WITHHELD) if withheld else decision.reasons


def notice_number(decision):
    """The number of the notice of a decision."""
    return f"{decision.decided_on.year}/C-{decision.pk}"


def notice(decision, language):
    """The notice of a decision, to the person, in `language`."""
    inmate = decision.inmate
    with pdf.language(language):
        return Letter(
            language=language,
            title=_("Notice of a classification decision"),
            subtitle=decision.get_tier_display(),
            issuer=offices.prison(inmate.facility),
            place=inmate.facility.name,
            day=decision.decided_on,
            reference=notice_number(decision),
            recipient=inmate.name,
            blocks=tuple(_blocks(decision)),
        )


def _blocks(decision):
    """What was decided, why, what it changes, how to contest it, and who signs."""
    regime = Regime.objects.filter(tier=decision.tier).first()
    yield person(
        decision.inmate,
        Fact(_("Decided on"), decision.decided_on),
        Fact(_("Tier before"), decision.get_before_display() if decision.before else _("not yet classified")),
        Fact(_("Tier decided"), decision.get_tier_display()),
        Fact(_("Takes effect on"), _effect(decision)),
        Fact(_("Next review"), decision.next_review_on),
    )
    yield Text(reasons_to_tell(decision), heading=_("Reasons"))
    if decision.notice.withheld:
        yield Text(_why_withheld(decision.notice))
    if decision.emergency:
        yield Text(decision.emergency, heading=_("Why it takes effect before this notice"))
    if regime is not None:
        yield Items(tuple(_regime(regime)), heading=_("What this tier means"))
    yield Items(tuple(_ways(decision)), heading=_("If you do not agree"), apart=True)
    yield _signatures(decision)


def _why_withheld(notice):
    """That part of the reasons is missing, why, and who answers for it. The database holds both with every gap."""
    text = _("Part of the reasons is withheld (marked %(gap)s). Why: %(why)s. Decided by: %(who)s.")
    return text % {"gap": WITHHELD, "why": notice.withheld_reason, "who": notice.withheld_by}


def _signatures(decision):
    notice = decision.notice
    return Signatures(
        (
            Signer(_("The inmate (or: refused to sign)"), decision.inmate.name, _("Signature or fingerprint")),
            Signer(_("Served by, on"), known(notice.served_by and str(notice.served_by)), _("Signature")),
            Signer(_("Interpreter"), known(notice.interpreter), _("Signature")),
        )
    )


def _effect(decision):
    """From when it holds, in words."""
    if decision.waits_for_notice:
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
    return lines + [text for text in (regime.association_words, regime.work_words) if text]


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
