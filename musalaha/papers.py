"""Papers of the programme. Call them inside `documents.pdf.language(code)`: they speak the language of the paper."""

from django.utils import translation
from django.utils.translation import gettext as _

from config import clock
from documents import pdf
from musalaha import eligibility
from musalaha.models import Strand


def _who(inmate):
    """The lines that name somebody on a paper."""
    return [
        (_("Name"), inmate.name),
        (_("Name in the other script"), inmate.other_name),
        (_("Registration number"), pdf.code(inmate.registration_number)),
        (_("Prison"), str(inmate.facility) if inmate.facility else ""),
    ]


def _render(name, data):
    return pdf.render(name, data, translation.get_language())


def _place(facility):
    return (
        f"{facility}، {pdf.day(clock.today())}"
        if translation.get_language() == "ar"
        else f"{facility}, {pdf.day(clock.today())}"
    )


def consent(inmate):
    """The consent form: what the programme is, that no pardon is promised, and that leaving is free."""
    return _render(
        "letter",
        {
            "title": _("Musalaha programme: consent"),
            "subtitle": _("Consent form, version %(version)s. To be read out where the person wishes it.")
            % {"version": "1"},
            "issuer": str(inmate.facility),
            "place_and_day": _place(inmate.facility),
            "blocks": [
                pdf.facts(_who(inmate)),
                pdf.items(
                    [
                        _(
                            "I ask to take part in the Musalaha programme. Nobody obliged me to ask, and I "
                            "may ask at any time."
                        ),
                        _("The programme lasts about two months. I live in the programme unit for that time."),
                        _("It has three aims: reconciliation with oneself, with the religious text, and with society."),
                        _(
                            "No pardon and no reduction of the sentence is promised to me. Finishing the "
                            "programme has no effect on my sentence by itself."
                        ),
                        _("I may leave at any time, without giving a reason. I then return to the unit I came from."),
                        _(
                            "Leaving, or not being accepted, does not raise my risk tier, changes nothing in "
                            "how I am treated, and does not keep me from asking again."
                        ),
                        _("I may read what is written about my progress."),
                        _("I may also ask by letter, or through the National Human Rights Council (CNDH)."),
                    ],
                    heading=_("What I have been told"),
                ),
                pdf.text("\n\n".join(["." * 120] * 5), heading=_("In my own words")),
                pdf.facts(
                    [
                        (
                            _("Should my sentence end during the programme"),
                            "☐ " + _("I wish to finish outside") + "   ☐ " + _("I do not"),
                        ),
                    ]
                ),
                pdf.signatures(
                    [
                        _("Day, and signature of the inmate"),
                        _("Witness, where there is no signature"),
                        _("For the prison"),
                    ]
                ),
            ],
        },
    )


def receipt(application):
    """What the inmate keeps: that they asked, when, and the answer so far."""
    inmate = application.inmate
    rules = eligibility.check(inmate, application.cohort, application=application)
    open_rules = eligibility.against(rules)
    answer = [eligibility.sentence_of(rule) for rule in open_rules] or [_("All conditions are met.")]
    return _render(
        "letter",
        {
            "title": _("Receipt of an application to the Musalaha programme"),
            "reference": f"A-{application.pk:06d}",
            "issuer": str(application.facility),
            "place_and_day": _place(application.facility),
            "blocks": [
                pdf.facts(
                    [
                        *_who(inmate),
                        (_("Asked on"), application.asked_on),
                        (_("Channel"), application.get_channel_display()),
                        (_("Recorded by"), str(application.recorded_by)),
                    ]
                ),
                pdf.text(application.statement, heading=_("Statement")),
                pdf.items(answer, heading=_("Conditions, as they stand today")),
                pdf.text(
                    _(
                        "You may take this application back at any time and ask again at any time. "
                        "It changes neither your tier nor your regime. "
                        "You may also write to the National Human Rights Council (CNDH)."
                    )
                ),
                pdf.signatures([_("For the prison"), _("Received by the inmate")]),
            ],
        },
    )


def certificate(certificate):
    """The certificate: the person, the round, the number that can be checked."""
    enrolment = certificate.enrolment
    cohort, inmate = enrolment.cohort, enrolment.inmate
    return _render(
        "certificate",
        {
            "title": _("Certificate"),
            "programme": _("Musalaha programme"),
            "line_before": _("This certifies that"),
            "name": inmate.name,
            "other_name": inmate.other_name,
            "line_after": _(
                "took part in round %(number)s of the programme from %(start)s to %(end)s and completed it."
            )
            % {"number": cohort.number, "start": pdf.day(enrolment.started_on), "end": pdf.day(enrolment.ended_on)},
            "strands": [str(label) for _code, label in Strand.choices],
            "place_and_day": _place(cohort.facility)
            if certificate.issued_on == clock.today()
            else f"{cohort.facility}, {pdf.day(certificate.issued_on)}",
            "number_label": _("Certificate number"),
            "reference": certificate.number,
            "signatures": [_("The coordinator of the programme"), _("The director of the prison")],
            "note": _("This certificate grants nothing by itself. Its number can be checked with the service."),
        },
    )


def pardon_list(occasion, files):
    """The list of an occasion: each person, sentence, what is left of it, and the opinion."""
    rows = [
        [
            str(number),
            f"{file.inmate.name} {file.inmate.other_name}",
            pdf.code(file.inmate.registration_number),
            str(file.inmate.facility),
            file.sentence.term_in_words if file.sentence else "",
            pdf.day(file.inmate.release_on) or file.inmate.get_release_basis_display(),
            _("Round %(number)s") % {"number": file.enrolment.cohort.number} if file.enrolment else "",
            file.get_requester_display(),
        ]
        for number, file in enumerate(files, 1)
    ]
    return _render(
        "letter",
        {
            "landscape": True,
            "title": _("Pardon files: %(occasion)s") % {"occasion": occasion},
            "subtitle": _("%(count)s files. A list of files grants nothing.") % {"count": len(rows)},
            "place_and_day": pdf.day(clock.today()),
            "blocks": [
                pdf.table(
                    [
                        _("No."),
                        _("Name"),
                        _("Number"),
                        _("Prison"),
                        _("Sentence"),
                        _("Release"),
                        _("Programme"),
                        _("Requested by"),
                    ],
                    rows,
                ),
                pdf.signatures([_("Prepared by"), _("Checked by")]),
            ],
        },
    )
