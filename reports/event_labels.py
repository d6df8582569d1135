"""The trail in words: every verb that an action or a page writes, in the reader's language, under the permission that
lets somebody read it on a person's timeline. A verb that stands nowhere here is shown to inspectors only, as stored; a
test finds verbs without words.
"""

from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from audit.models import Event
from inmates.people.participation import may_know_participation, tells_of_participation

RECORD, CLASSIFICATION, PROGRAMME, TRAIL = (
    "inmates.view_record",
    "inmates.view_classification",
    "musalaha.view_programme",
    "audit.view_trail",
)

WORDS_BY_PERMISSION = {
    RECORD: {
        "case.closed": _("Case closed"),
        "case.opened": _("Case recorded"),
        "case.remand": _("Remand in a case changed"),
        "conduct.viewed": _("Conduct viewed"),
        "contact.recorded": _("Visit or call recorded"),
        "correction.confirmed": _("Correction confirmed"),
        "correction.decided": _("Correction put into effect on paper"),
        "correction.lapsed": _("Correction in effect on paper no longer: not confirmed in time"),
        "correction.made": _("Record corrected"),
        "correction.proposed": _("Correction sent to a second person"),
        "correction.refused": _("Correction not confirmed"),
        "correction.withdrawn": _("Correction withdrawn"),
        "correction_photo.viewed": _("Photo of a correction viewed"),
        "correction_scan.viewed": _("Scan of an act taken back viewed"),
        "correction.viewed": _("Correction viewed"),
        "correction_list.viewed": _("Corrections that wait viewed"),
        "corrections.viewed": _("Corrections of a person viewed"),
        "court_appeal.declared": _("Appeal against a judgment declared"),
        "court_appeal.decided": _("Court's answer to an appeal recorded"),
        "court_appeal.receipt_given": _("Receipt of a declaration of appeal given"),
        "court_appeal.sent": _("Declaration of appeal sent to the court"),
        "court_appeal_receipt.viewed": _("Receipt of a declaration of appeal printed"),
        "custody.viewed": _("Custody viewed"),
        "discipline.appeal_answered": _("Appeal against a disciplinary measure answered"),
        "discipline.appealed": _("Disciplinary measure appealed"),
        "discipline.decided": _("Disciplinary outcome decided"),
        "document.dropped": _("Document dropped"),
        "document.missing": _("File of a document missing"),
        "document.stored": _("Document stored"),
        "dossier.written": _("Returnee dossier written"),
        "duplicate.found": _("Possible duplicate found"),
        "duplicate.reported": _("Possible duplicate reported"),
        "duplicate.settled": _("Possible duplicate settled"),
        "history.viewed": _("Field history viewed"),
        "identity_card.viewed": _("Identity card seen at intake"),
        "incident.recorded": _("Incident recorded"),
        "incident.viewed": _("Incident viewed"),
        "fine.paid": _("Payment of a fine recorded"),
        "fine.recorded": _("Fine recorded"),
        "emergency_photo.viewed": _("Photo seen in an emergency from another prison"),
        "emergency_record.viewed": _("Record read in an emergency from another prison"),
        "inmate.opened_in_emergency": _("Record opened from another prison in an emergency"),
        "inmate.admitted": _("Admitted"),
        "inmate.corrected": _("Identity corrected"),
        "inmate.escaped": _("Absence recorded"),
        "inmate.imported": _("Entered by a register import"),
        "inmate.moved": _("Moved to another unit"),
        "inmate.registered": _("Entered in the register"),
        "inmate.released": _("Released"),
        "inmate.returned": _("Return recorded"),
        "inmate.viewed": _("Record viewed"),
        "judgment.scan_attached": _("Scan of a court's paper attached"),
        "judgment_scan.viewed": _("Scan of a court's paper viewed"),
        "keep_apart.closed": _("Non-association closed"),
        "keep_apart.opened": _("Non-association recorded"),
        "legal_status.changed": _("Legal status changed"),
        "merge.approved": _("Merge of two records approved"),
        "merge.proposed": _("Merge of two records proposed"),
        "merge.rejected": _("Merge of two records rejected"),
        "no_communication.lifted": _("Order of no communication lifted"),
        "no_communication.recorded": _("Order of no communication recorded"),
        "no_communication_scan.viewed": _("Scan of an order of no communication viewed"),
        "order.added": _("Detention order recorded"),
        "order.extended": _("Detention order extended"),
        "order.lifted": _("Detention order lifted"),
        "order.scan_attached": _("Scan of a detention order attached"),
        "order_scan.viewed": _("Scan of a detention order viewed"),
        "outing.back": _("Back from a temporary absence"),
        "outing.cancelled": _("Temporary absence cancelled"),
        "outing.left": _("Left on a temporary absence"),
        "outing.planned": _("Temporary absence planned"),
        "pardon.recorded": _("Pardon recorded"),
        "pardon.rejected": _("Pardon not confirmed"),
        "pardon.scan_attached": _("Scan of a pardon instrument attached"),
        "pardon.verified": _("Pardon verified"),
        "pardon.fine_named": _("Pardon applied to its fine"),
        "pardon.viewed": _("Pardon viewed"),
        "pardon_scan.viewed": _("Scan of a pardon instrument viewed"),
        "photo.changed": _("Photo changed"),
        "relation.answered": _("Prosecutor's answer on the sentences recorded"),
        "release.raised": _("Release to be carried out today"),
        "release.scan_attached": _("Scan of the release paper attached"),
        "release_date.computed": _("Release date computed"),
        "release_date.settled": _("Release date settled"),
        "release_date.settlement_ended": _("Settled release date ended"),
        "release_paper.viewed": _("Order of release printed"),
        "release_scan.viewed": _("Scan of the release paper viewed"),
        "sentence.final": _("Judgment final"),
        "sentence.recorded": _("Sentence recorded"),
        "sentence.reduced": _("Reduction of a term recorded"),
        "sentence.remand": _("Earlier custody counted or left out"),
        "sentence.related": _("Relation of sentences recorded"),
        "sentence.suspension_revoked": _("Suspended part of a term revoked"),
        "separation.authorised": _("Separation authorised"),
        "separation.breach": _("Separation past 15 days"),
        "separation.day": _("Day of separation recorded"),
        "separation.emergency": _("Separated in an emergency"),
        "separation.ended": _("Separation ended"),
        "separation.prolonged": _("Separation prolonged"),
        "separation.viewed": _("Separation viewed"),
        "separation_bar.ended": _("Bar to separation ended"),
        "separation_bar.recorded": _("Bar to separation recorded"),
        "tab_identity.viewed": _("Identity viewed"),
        "task.settled": _("Task settled"),
        "transfer.accepted": _("Transfer accepted"),
        "transfer.acknowledged": _("Transfer acknowledged"),
        "transfer.approved": _("Transfer approved"),
        "transfer.arrived": _("Arrived by transfer"),
        "transfer.cancelled": _("Transfer cancelled"),
        "transfer.departed": _("Departed by transfer"),
        "transfer.proposed": _("Transfer proposed"),
        "transfer.refused": _("Transfer refused"),
        "transfer.viewed": _("Transfer viewed"),
        "transfer_paper.viewed": _("Transfer order printed"),
    },
    CLASSIFICATION: {
        "appeal.decided": _("Appeal answered"),
        "appeal.lapsed": _("Appeal lapsed"),
        "appeal.recorded": _("Appeal recorded"),
        "appeal.viewed": _("Appeal viewed"),
        "appeal_paper.viewed": _("Answer to an appeal printed"),
        "assessment.given_up": _("Assessment given up"),
        "assessment.started": _("Assessment started"),
        "assessment.taken_over": _("Assessment taken over"),
        "assessment.viewed": _("Assessment viewed"),
        "classification.viewed": _("Classification viewed"),
        "decision.suspended": _("Tier decision suspended"),
        "decisions.imported": _("Tier decisions imported"),
        "notice.served": _("Notice served"),
        "notice.viewed": _("Notice viewed"),
        "notice.withheld": _("Part of a notice withheld"),
        "notice_paper.viewed": _("Notice printed"),
        "review.cancelled": _("Review cancelled"),
        "review.decided": _("Tier decided"),
        "review.no_longer_called": _("Early review no longer called for"),
        "review.postponed": _("Review postponed"),
        "review.resubmitted": _("Review submitted again"),
        "review.returned": _("Review returned with questions"),
        "review.submitted": _("Review submitted"),
        "review.triggered": _("Early review called for"),
        "review.viewed": _("Review viewed"),
        "tier.took_effect": _("Tier took effect"),
    },
    PROGRAMME: {
        "application.accepted": _("Application accepted"),
        "application.closed": _("Application closed"),
        "application.declined": _("Application declined"),
        "application.recorded": _("Application recorded"),
        "application.scan_attached": _("Scan attached to an application"),
        "application.taken_back": _("Application taken back"),
        "application.viewed": _("Application viewed"),
        "application.waiting": _("Application put on the waiting list"),
        "attendance.recorded": _("Attendance recorded"),
        "attendance.viewed": _("Attendance viewed"),
        "certificate.viewed": _("Certificate printed"),
        "consent_form.viewed": _("Consent form printed"),
        "consent_scan.viewed": _("Signed consent viewed"),
        "enrolment.graduated": _("Graduated"),
        "enrolment.scan_attached": _("Scan of a withdrawal attached"),
        "enrolment.started": _("Began a Musalaha round"),
        "enrolment.viewed": _("Participation viewed"),
        "enrolment.withdrawn": _("Withdrew from a Musalaha round"),
        "exception.asked": _("Written exception asked for"),
        "exception.granted": _("Written exception granted"),
        "exception.refused": _("Written exception refused"),
        "exception.viewed": _("Written exception viewed"),
        "follow_up.recorded": _("Follow-up recorded"),
        "follow_up.viewed": _("Follow-up viewed"),
        "pardon_file.closed": _("Pardon file closed"),
        "pardon_file.opened": _("Pardon file opened"),
        "pardon_file.sent": _("Pardon file sent"),
        "pardon_file.viewed": _("Pardon file viewed"),
        "programme.viewed": _("Programme viewed"),
        "progress.noted": _("Progress noted"),
        "receipt.viewed": _("Receipt printed"),
        "record_check.recorded": _("Criminal record read after release"),
        "reconviction.recorded": _("Reconviction recorded"),
        "removal.appeal_answered": _("Appeal against a removal answered"),
        "removal.appealed": _("Removal appealed"),
        "removal.confirmed": _("Removal confirmed"),
        "removal.dropped": _("Removal dropped"),
        "removal.proposed": _("Removal proposed"),
        "request_scan.viewed": _("Scan of a request to join viewed"),
        "withdrawal_scan.viewed": _("Scan of a withdrawal viewed"),
    },
    TRAIL: {
        "account.change_approved": _("Change to an account approved"),
        "account.change_asked": _("Change to an account asked for"),
        "account.change_refused": _("Change to an account refused"),
        "account.change_withdrawn": _("Change to an account taken back"),
        "account.closed": _("Account closed"),
        "account.enrolled": _("Password chosen with two codes"),
        "account.first_made": _("First administrator made"),
        "account.letter_printed": _("Letter with a code printed"),
        "account.password_changed": _("Own password changed"),
        "account.viewed": _("Account viewed"),
        "account_change.viewed": _("Change to an account viewed"),
        "account_list.viewed": _("Accounts viewed"),
        "alert.acknowledged": _("Alert acknowledged"),
        "appeal_list.viewed": _("List of appeals viewed"),
        "applications.viewed": _("Applications viewed"),
        "court_list.viewed": _("Court list viewed"),
        "demo.begun": _("Loading of demo data begun"),
        "demo.loaded": _("Demo data loaded"),
        "duplicates.viewed": _("Possible duplicates viewed"),
        "court_appeals.viewed": _("Register of appeals viewed"),
        "exception_list.viewed": _("List of placements against the rules viewed"),
        "exceptions.viewed": _("Written exceptions viewed"),
        "follow_ups.viewed": _("Follow-ups viewed"),
        "incident_list.viewed": _("List of incidents viewed"),
        "list.exported": _("List exported"),
        "list.viewed": _("List viewed"),
        "merges.viewed": _("Merges of records viewed"),
        "elsewhere": _("A record of another prison"),
        "emergency": _("A record of another prison, by a number that opened nothing"),
        "moment": _("An act at the wrong moment"),
        "order_list.viewed": _("List of detention orders viewed"),
        "outing_list.viewed": _("List of temporary absences viewed"),
        "oversight.viewed": _("Oversight viewed"),
        "page.viewed": _("Page viewed"),
        "pardon_list.exported": _("List of pardons exported"),
        "pardon_list.viewed": _("List of pardons viewed"),
        "pardons.viewed": _("Pardons viewed"),
        "failed_sign_ins.viewed": _("Failed sign-ins viewed"),
        "kept_form.gone": _("Kept form sent or thrown away"),
        "kept_form.kept": _("Form kept, not acted on"),
        "kept_form.viewed": _("Kept form viewed"),
        "night_code.acknowledged": _("Use of a night code acknowledged"),
        "night_code.printed": _("Night code printed"),
        "night_code.used": _("Signed in with the night code"),
        "night_code.viewed": _("Night code viewed"),
        "night_code_list.viewed": _("Night codes viewed"),
        "permanence.ended": _("Permanence ended"),
        "permanence.named": _("Permanence named"),
        "permanence_list.viewed": _("Permanences viewed"),
        "prison.viewed": _("Prison viewed"),
        "prison_as_of.viewed": _("Prison as of a day viewed"),
        "reference.loaded": _("Reference data loaded"),
        "import.viewed": _("Register import viewed"),
        "import_rest.viewed": _("Rows not imported taken out as a file"),
        "register.given_up": _("Uploaded register deleted"),
        "register.imported": _("Register imported"),
        "release_list.viewed": _("List of releases viewed"),
        "roll.counted": _("Roll counted"),
        "roll.explained": _("Difference of a roll count explained"),
        "roll.signed": _("Roll count signed"),
        "roll.viewed": _("Roll count viewed"),
        "round.cancelled": _("Round cancelled"),
        "round.completed": _("Round completed"),
        "round.extended": _("Round extended"),
        "round.opened": _("Round opened"),
        "round.planned": _("Round planned"),
        "round.started": _("Round started"),
        "round.viewed": _("Round viewed"),
        "search.viewed": _("Search"),
        "token": _("A form without its token"),
        "selection.viewed": _("Selection viewed"),
        "separation_list.viewed": _("List of separations viewed"),
        "session.added": _("Session planned"),
        "session.cancelled": _("Session cancelled"),
        "session.closed": _("Signed out"),
        "session.confirmed": _("Said again who they are"),
        "session.ended": _("Session ended by its length"),
        "session.locked": _("Screen locked"),
        "session.opened": _("Signed in"),
        "session.others_ended": _("Other sessions ended"),
        "session_list.viewed": _("Own sessions viewed"),
        "session.unlocked": _("Screen unlocked"),
        "second_factor": _("Second factor"),
        "second_factor.added": _("Second factor set up"),
        "second_factor.removed": _("Second factor removed"),
        "statistics.viewed": _("Statistics viewed"),
        "task_list.viewed": _("List of tasks viewed"),
        "timetable.made": _("Timetable made"),
        "reading.explained": _("Unusual reading explained"),
        "reading.unusual": _("Unusually many records opened"),
        "reading_list.viewed": _("Unusual reading viewed"),
        "trail.viewed": _("Trail viewed"),
        "trail_proof.viewed": _("Trail verified"),
        "trail_head.viewed": _("Signed head of the trail downloaded"),
        "transfer_list.viewed": _("List of transfers viewed"),
        "unit.viewed": _("Unit viewed"),
        "user.created": _("User created"),
    },
}
WORDS = {verb: words for group in WORDS_BY_PERMISSION.values() for verb, words in group.items()}


def readable(user):
    """The verbs that this user may read on a person's timeline; None for all of them (inspectors)."""
    if user.can(TRAIL):
        return None
    verbs = [verb for needed, group in WORDS_BY_PERMISSION.items() if user.can(needed) for verb in group]
    if may_know_participation(user):
        return verbs
    return [verb for verb in verbs if not tells_of_participation(verb)]


@dataclass(frozen=True)
class DescribedEvent:
    """An event with its words."""

    event: Event
    words: str
    refused: bool

    @property
    def later(self):
        """Whether it was entered on another day than the one it is about (imported history, a moved clock)."""
        return localdate(self.event.at) != self.event.on


def described(events):
    """Events with their words; refusals say what was refused, a page without a word of its own its address."""
    return [DescribedEvent(event, _in_words(event), event.verb.startswith("refused.")) for event in events]


def _in_words(event):
    text = words(event.verb)
    if event.verb == "page.viewed" and "path" in event.detail:
        return f"{text} · {event.detail['path']}"
    if event.verb.startswith("session.") and "factor" in event.detail:
        return f"{text} · {second_factor.WORDS.get(event.detail['factor'], event.detail['factor'])}"
    return text


def words(verb):
    """A verb in the reader's language; one without words is shown as it is stored."""
    if verb.startswith("refused."):
        what = verb.removeprefix("refused.")
        return translate("Refused: %(what)s") % {"what": WORDS.get(what, what)}
    return WORDS.get(verb, verb)
