"""The room's paper: the transfer order."""

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import pdf
from documents.letters import Fact, Facts, Letter, Person, Signatures, Signer, known
from facilities import papers as offices
from inmates.custody.models import Transfer
from inmates.people.papers import identity_card, person, registration


def transfer_number(transfer):
    """The number of a transfer order."""
    return f"{timezone.localtime(transfer.approved_at or transfer.proposed_at).year}/T-{transfer.pk}"


def transfer_order(transfer, language, reader):
    """The transfer order, for the prison that receives: names as they stood at departure, each step with its day."""
    day = timezone.localdate(transfer.approved_at or transfer.proposed_at)
    with pdf.language(language):
        return Letter(
            language=language,
            title=_("Transfer order"),
            subtitle=transfer.get_state_display(),
            issuer=offices.central() if transfer.national else offices.prison(transfer.origin),
            place=offices.seat() if transfer.national else transfer.origin.name,
            day=day,
            reference=transfer_number(transfer),
            recipient=transfer.destination.name,
            blocks=(
                _as_it_left(transfer, reader),
                Facts(
                    (
                        Fact(_("From"), transfer.origin.name),
                        Fact(_("To"), transfer.destination.name),
                        Fact(_("Reason"), transfer.get_reason_display()),
                        Fact(_("National or urgent order"), _("Yes") if transfer.national else _("No")),
                    )
                ),
                Facts(
                    tuple(
                        Fact(state.label, known(getattr(transfer, field))) for state, field in Transfer.STEPS.items()
                    ),
                    heading=_("Steps"),
                ),
                Signatures(
                    (
                        Signer(_("Sending prison"), transfer.origin.name, _("Signature and stamp")),
                        Signer(_("Escort"), note=_("Signature")),
                        Signer(_("Receiving prison"), transfer.destination.name, _("Signature and stamp")),
                    )
                ),
            ),
        )


def _as_it_left(transfer, reader):
    """Whom the order is about: the file as it stood at departure, or the record where nobody has left yet."""
    inmate, file = transfer.inmate, transfer.file_at_departure
    if not file:
        return person(inmate, *identity_card(inmate.cin, reader))
    return Person(
        name_ar=known(file["name_ar"]),
        name_latin=known(file["name_latin"]),
        facts=(registration(file["registration_number"]), *identity_card(file["cin"], reader)),
    )
