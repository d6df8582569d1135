"""Pages of classification: the assessor's form, the reviewers' queue and page, papers, appeals, oversight."""

from inmates.classification.views.appeals import appeal, appeal_new, appeal_paper
from inmates.classification.views.assess import assess
from inmates.classification.views.notices import notice, notice_pdf
from inmates.classification.views.oversight import oversight
from inmates.classification.views.person import new_information, postpone, tab_classification
from inmates.classification.views.queue import reviews
from inmates.classification.views.review import review

__all__ = [
    "appeal",
    "appeal_new",
    "appeal_paper",
    "assess",
    "new_information",
    "notice",
    "notice_pdf",
    "oversight",
    "postpone",
    "review",
    "reviews",
    "tab_classification",
]
