"""What the system says in tasks and alerts about appeals to courts."""

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying

ANSWER_MISSING = Saying(
    "sentences.answer_missing",
    _("The case ended at the release, and the appeal of %(day)s is still open: enter the answer."),
)
COURT_ANSWERED = Saying("sentences.court_answered", _("The court's answer is recorded."))
APPEAL_NOT_SENT = Saying("sentences.appeal_not_sent", _("Declared on %(day)s and not sent to the court."))
