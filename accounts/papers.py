"""The letter that lets somebody choose a password, and the paper that lies sealed in a prison's safe."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.enrolment import paper_code
from accounts.actions.night_codes import sealed_code
from documents import pdf
from documents.letters import Fact, Facts, Items, Letter, Text
from facilities import papers as offices


def enrolment_letter(change, *, address):
    """The letter of an approved change, in the user's own language when that is Arabic, else in French."""
    user = change.subject
    language = "ar" if user.language == "ar" else "fr"
    with pdf.language(language):
        return Letter(
            language=language,
            title=_("Access to the register"),
            issuer=offices.central(),
            place=offices.seat(),
            day=timezone.localdate(change.decided_at),
            reference=f"{timezone.localdate(change.decided_at).year}/A-{change.pk}",
            recipient=user.get_full_name() or user.username,
            blocks=(
                Facts(
                    (
                        Fact(_("User name"), pdf.code(user.username)),
                        Fact(_("Code on the letter"), pdf.code(paper_code(change))),
                        Fact(_("Address"), pdf.code(address)),
                        Fact(_("Valid until"), pdf.moment(change.decided_at + settings.ENROLMENT_LASTS)),
                    )
                ),
                Text(
                    _(
                        "The system administrator who asked for your access tells you the second code in person. "
                        "With both codes you choose a password that nobody else knows."
                    )
                ),
                Items(
                    (
                        _(
                            "Check that this letter was closed when you got it. If it was not, do not use it and say so."
                        ),
                        _("Nobody may ask you for your password, not even a system administrator."),
                        _("Destroy this letter when you have signed in."),
                    )
                ),
            ),
        )


def night_code_paper(night_code, *, language):
    """The paper with a prison's night code, in Arabic or French."""
    with pdf.language(language):
        hours = int(settings.NIGHT_CODE_LASTS.total_seconds() // 3600)
        return Letter(
            language=language,
            title=_("Sealed code for the night"),
            issuer=offices.central(),
            place=offices.seat(),
            day=timezone.localdate(night_code.made_at),
            reference=f"{timezone.localdate(night_code.made_at).year}/N-{night_code.pk}",
            recipient=_("Prison %(name)s") % {"name": night_code.facility.name},
            blocks=(
                Facts((Fact(_("Code"), pdf.code(sealed_code(night_code))),)),
                Text(
                    _(
                        "To be kept sealed in the prison's safe. Somebody who serves here and has no security key at hand "
                        "signs in with name and password and types this code where the second factor is asked for."
                    )
                ),
                Items(
                    (
                        _("The code opens one session, for %(hours)s hours at most, and is spent with it.")
                        % {"hours": hours},
                        _("Its use is shown to the national office at once, and stands in the trail."),
                        _("If the envelope is found open, tell the national office and have a new code made."),
                    )
                ),
            ),
        )
