"""The trail in words: every verb that an action writes, in the reader's language. A test finds verbs without words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from audit.models import Event

# Verbs that only those with the permission may read on a person's timeline.
GUARDED = {
    "musalaha.view_programme": (
        "application.",
        "enrolment.",
        "cohort.",
        "progress.",
        "pardon_file.",
        "programme.",
        "attendance.",
        "certificate.",
    ),
    "inmates.view_classification": ("assessment.", "review.", "tier.", "notice.", "appeal.", "tab_classification."),
}

WORDS = {
    "inmate.registered": _("Entered in the register"),
    "inmate.corrected": _("Identity corrected"),
    "inmate.admitted": _("Admitted"),
    "inmate.moved": _("Moved to another unit"),
    "inmate.released": _("Released"),
    "inmate.viewed": _("Record viewed"),
    "case.opened": _("Case recorded"),
    "sentence.recorded": _("Sentence recorded"),
    "release_date.computed": _("Release date computed"),
    "release_date.settled": _("Release date settled"),
    "pardon.recorded": _("Pardon recorded"),
    "pardon.verified": _("Pardon verified"),
    "pardon.rejected": _("Pardon not confirmed"),
    "legal_status.changed": _("Legal status changed"),
    "task.settled": _("Task settled"),
    "session.opened": _("Signed in"),
    "session.closed": _("Signed out"),
    "statistics.viewed": _("Statistics viewed"),
    "trail.viewed": _("Trail viewed"),
    "trail_proof.viewed": _("Trail verified"),
}


@dataclass(frozen=True)
class Told:
    """An event with its words."""

    event: Event
    words: str
    refused: bool


def told(events):
    """Events with their words; refusals say what was refused."""
    return [Told(event, words(event.verb), event.verb.startswith("refused.")) for event in events]


def words(verb):
    """A verb in the reader's language; one without words is shown as it is stored."""
    if verb.startswith("refused."):
        return _("Refused: %(what)s") % {
            "what": WORDS.get(verb.removeprefix("refused."), verb.removeprefix("refused."))
        }
    return WORDS.get(verb, verb)
