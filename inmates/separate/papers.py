"""The notice of a step as a paper for the person: what was decided, why, and every way to contest it."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents import pdf
from documents.letters import Fact, Items, Letter, Signatures, Signer, Text, known
from facilities import papers as offices
from inmates.people.papers import person


def notice_number(step):
    """The number of the notice of a step."""
    return f"{step.decided_on.year}/S-{step.pk}"


def notice(step, language):
    """The notice of a decided step, to the person, in `language`."""
    inmate = step.inmate
    with pdf.language(language):
        return Letter(
            language=language,
            title=_("Notice of a step of the separate system"),
            subtitle=step.get_kind_display(),
            issuer=offices.prison(inmate.facility),
            place=inmate.facility.name,
            day=step.decided_on,
            reference=notice_number(step),
            recipient=inmate.name,
            blocks=tuple(_blocks(step)),
        )


def _blocks(step):
    """What was decided, why, how to contest it, and who signs."""
    facts = [
        Fact(_("Decided on"), step.decided_on),
        Fact(_("Decision"), step.get_kind_display()),
        Fact(pgettext("of the separate system", "Ground"), step.get_ground_display()),
        Fact(_("Effective on"), step.effective_on),
    ]
    if step.destination:
        facts.append(Fact(_("Ordinary prison"), step.destination))
    yield person(step.inmate, *facts)
    for heading, text in ((_("Reasons"), step.reasons), (_("Reasons of the decision"), step.answer)):
        if text:
            yield Text(text, heading=heading)
    yield Items(tuple(_ways()), heading=_("If you do not agree"), apart=True)
    yield Signatures(
        (
            Signer(_("The inmate (or: refused to sign)"), step.inmate.name, _("Signature or fingerprint")),
            Signer(_("Served by, on"), known(step.served_by and str(step.served_by)), _("Signature")),
            Signer(_("Interpreter"), known(step.interpreter), _("Signature")),
        )
    )


def _ways():
    """How to contest it: within the service, and outside."""
    return [
        _(
            "You may appeal within %(days)s days from the day this notice is served, by word of mouth or in writing, to any"
            " member of staff. A third person, who neither proposed nor decided it, answers within %(answer)s days."
        )
        % {"days": settings.POLICY["appeal_days"], "answer": settings.POLICY["appeal_answer_days"]},
        _("You may write, at any time, to the National Human Rights Council (CNDH)."),
        _("You may write, at any time, to the judge responsible for the execution of sentences."),
        _("You may ask your lawyer."),
        _("No appeal is ever held against you."),
    ]
