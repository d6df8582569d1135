"""The room's paper: the receipt of a declaration of appeal or cassation made in prison."""

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import pdf
from documents.letters import Fact, Facts, Letter, Signatures, Signer, Text, known
from facilities import papers as offices
from inmates.people.papers import identity_card, person


def receipt_number(appeal):
    """The number of the receipt of the person's own declaration."""
    return f"{timezone.localtime(appeal.by_person_at).year}/A-{appeal.pk}"


def receipt(appeal, language, reader):
    """The receipt of the person's own declaration, by the prison that took it."""
    case, inmate = appeal.case, appeal.case.inmate
    declared = timezone.localtime(appeal.by_person_at)
    prison = appeal.facility or inmate.facility
    with pdf.language(language):
        return Letter(
            language=language,
            title=_("Receipt of a declaration of appeal"),
            subtitle=appeal.get_kind_display(),
            issuer=offices.prison(prison),
            place=prison.name,
            day=timezone.localdate(appeal.by_person_at),
            reference=receipt_number(appeal),
            recipient=known(inmate.name),
            blocks=(
                person(inmate, *identity_card(inmate.cin, reader)),
                Facts(
                    (
                        Fact(_("Declared at"), pdf.moment(declared)),
                        Fact(_("Number in the register of declarations"), known(appeal.reference)),
                        Fact(_("Case"), known(case.number)),
                        Fact(_("Court that judged"), known(case.court)),
                        Fact(_("Court appealed to"), appeal.court),
                        Fact(_("Last day to appeal"), known(appeal.last_day)),
                        Fact(_("To be sent to the court by"), pdf.moment(timezone.localtime(appeal.send_by))),
                    )
                ),
                Text(
                    _(
                        "The declaration named above was taken down in the register of this prison and is sent to the"
                        " court by the time stated. Nobody may ask you to withdraw it."
                    )
                ),
                Signatures(
                    (
                        Signer(_("Records officer"), str(appeal.recorded_by), _("Signature and stamp")),
                        Signer(_("The person who appeals"), inmate.name, _("Signature or fingerprint")),
                    )
                ),
            ),
        )
