"""Papers of the programme: the consent form, the receipt, the certificate, and the list of pardon files."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from config import clock
from documents import pdf
from documents.letters import (
    UNKNOWN,
    Certificate,
    Choice,
    Fact,
    Items,
    Letter,
    Lines,
    Signatures,
    Signer,
    Table,
    Text,
    known,
)
from facilities import papers as offices
from facilities.models import Sex
from inmates.people.papers import person
from musalaha import eligibility
from musalaha.models import Strand

CONSENT_VERSION = "1"


def consent(inmate, language):
    """The consent form: what the programme is, that no pardon is promised, and that leaving is free."""
    prison, today = inmate.facility, clock.today()
    with pdf.language(language):
        return Letter(
            language=language,
            title=_("Musalaha programme: consent"),
            subtitle=_("Consent form, version %(version)s. To be read out where the person wishes it.")
            % {"version": CONSENT_VERSION},
            issuer=offices.prison(prison),
            place=prison.name,
            day=today,
            reference=f"{today.year}/M{CONSENT_VERSION}-{inmate.pk}",
            recipient=_("The coordinator of the programme"),
            blocks=(
                person(inmate, Fact(_("Prison"), prison.name)),
                Items(tuple(_points_of_consent()), heading=_("What I have been told"), numbered=True),
                Lines(5, heading=_("In my own words")),
                Choice(
                    _("Should my sentence end during the programme"), (_("I wish to finish outside"), _("I do not"))
                ),
                Signatures(
                    (
                        Signer(_("Day, and signature of the inmate"), inmate.name, _("Signature or fingerprint")),
                        Signer(_("Witness, where there is no signature"), note=_("Signature")),
                        Signer(_("For the prison"), note=_("Signature and stamp")),
                    )
                ),
            ),
        )


def _points_of_consent():
    """Points of the consent form, read out before anybody signs."""
    yield _("I ask to take part in the Musalaha programme. Nobody obliged me to ask, and I may ask at any time.")
    yield _("The programme lasts about two months. I live in the programme unit for that time.")
    yield _("It has three aims: reconciliation with oneself, with the religious text, and with society.")
    yield _(
        "No pardon and no reduction of the sentence is promised to me. Finishing the programme has no effect on my "
        "sentence by itself."
    )
    yield _("I may leave at any time, without giving a reason. I then return to the unit I came from.")
    yield _(
        "Leaving, or not being accepted, does not raise my risk tier, changes nothing in how I am treated, and does "
        "not keep me from asking again."
    )
    yield _("I may read what is written about my progress.")
    yield _("I may also ask by letter, or through the National Human Rights Council (CNDH).")


def receipt(application, language):
    """The receipt that the inmate keeps: that they asked, when, and the answer so far."""
    inmate, prison = application.inmate, application.facility
    with pdf.language(language):
        rules = eligibility.against(eligibility.check(inmate, application.cohort, application=application))
        answer = [eligibility.sentence_of(rule) for rule in rules] or [_("All conditions are met.")]
        return Letter(
            language=language,
            title=_("Receipt of an application to the Musalaha programme"),
            issuer=offices.prison(prison),
            place=prison.name,
            day=clock.today(),
            reference=f"A-{application.pk:06d}",
            recipient=inmate.name,
            blocks=(
                person(
                    inmate,
                    Fact(_("Asked on"), application.asked_on),
                    Fact(_("Channel"), application.get_channel_display()),
                    Fact(_("Recorded by"), str(application.recorded_by)),
                ),
                Text(application.statement, heading=_("Statement")),
                Items(tuple(answer), heading=_("Conditions, as they stand today")),
                Text(
                    _(
                        "You may take this application back at any time and ask again at any time. "
                        "It changes neither your tier nor your regime. "
                        "You may also write to the National Human Rights Council (CNDH)."
                    )
                ),
                Signatures(
                    (
                        Signer(_("For the prison"), str(application.recorded_by), _("Signature and stamp")),
                        Signer(_("Received by the inmate"), inmate.name, _("Signature or fingerprint")),
                    )
                ),
            ),
        )


def certificate(issued, language):
    """The certificate: the person, the round, the number that can be checked."""
    enrolment = issued.enrolment
    cohort, inmate = enrolment.cohort, enrolment.inmate
    with pdf.language(language):
        return Certificate(
            language=language,
            title=_("Certificate"),
            issuer=offices.prison(cohort.facility),
            place=cohort.facility.name,
            day=issued.issued_on,
            reference=issued.number,
            recipient=inmate.name,
            programme=_("Musalaha programme"),
            before=_("This certifies that"),
            other_name=known(inmate.other_name),
            after=_completed(inmate)
            % {"number": cohort.number, "start": pdf.day(enrolment.started_on), "end": pdf.day(enrolment.ended_on)},
            strands=tuple(label for _code, label in Strand.choices),
            signatures=Signatures(
                (Signer(_("The coordinator of the programme")), Signer(_("The director of the prison")))
            ),
            note=_("This certificate grants nothing by itself. Its number can be checked with the service."),
        )


def _completed(inmate):
    """The sentence of the certificate; Arabic tells a woman from a man."""
    if inmate.sex == Sex.FEMALE:
        return pgettext(
            "of a woman", "took part in round %(number)s of the programme from %(start)s to %(end)s and completed it."
        )
    return _("took part in round %(number)s of the programme from %(start)s to %(end)s and completed it.")


def pardon_list(occasion, files, language, *, by):
    """The list of an occasion for those who decide: each person, sentence, what is left of it, and who asks.

    The office of whoever prints it speaks: with national scope the central administration, else their own prison. The
    list bears the number of the oldest file in it. ValueError for a list without files.
    """
    today = clock.today()
    with pdf.language(language):
        prison = None if by.sees_nation else by.current_postings[0].facility
        count = len(files)
        return Letter(
            language=language,
            landscape=True,
            title=_("Pardon files: %(occasion)s") % {"occasion": occasion},
            subtitle=ngettext(
                "%(n)s file. A list of files grants nothing.", "%(n)s files. A list of files grants nothing.", count
            )
            % {"n": count},
            issuer=offices.prison(prison) if prison else offices.central(),
            place=prison.name if prison else offices.seat(),
            day=today,
            reference=f"{today.year}/G-{min(file.pk for file in files)}",
            recipient=_("Pardons commission"),
            blocks=(
                Table(
                    (
                        pgettext("in a list", "No."),
                        _("Name"),
                        _("Name in the other script"),
                        _("Registration number"),
                        _("Prison"),
                        _("Sentence"),
                        _("Release date"),
                        _("Programme"),
                        _("Requested by"),
                    ),
                    tuple(_line(number, file) for number, file in enumerate(files, 1)),
                ),
                Signatures((Signer(_("Prepared by"), str(by)), Signer(_("Checked by")))),
            ),
        )


def _line(number, file):
    """One file of the list, cell by cell."""
    inmate, round_of = file.inmate, _("Round %(number)s")
    return (
        str(number),
        inmate.name,
        known(inmate.other_name),
        pdf.code(inmate.registration_number) or UNKNOWN,
        inmate.facility.name if inmate.facility else UNKNOWN,
        file.sentence.term_in_words if file.sentence else UNKNOWN,
        inmate.release_on or inmate.get_release_basis_display(),
        round_of % {"number": file.enrolment.cohort.number} if file.enrolment else UNKNOWN,
        file.get_requester_display(),
    )
