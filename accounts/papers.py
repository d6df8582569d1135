"""The letter that lets somebody choose a password."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.enrolment import paper_code
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
