"""What is said and recorded of an act that came at the wrong moment, wherever it is answered."""

import logging

from django.db import IntegrityError
from django.utils.translation import gettext

from audit import trail
from core.workflow import InvalidTransition, StaleRecord

logger = logging.getLogger(__name__)

WRONG_MOMENT = (InvalidTransition, StaleRecord, IntegrityError)
"""A violated constraint is the database's own way of saying that somebody else was faster."""


def wrong_moment_text(error):
    """The reason of one of `WRONG_MOMENT` in the reader's language."""
    if isinstance(error, IntegrityError):
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        logger.warning("Refused by the database: %s", constraint)
    elif str(error):
        return str(error)
    return gettext(
        "Nothing was changed: the record no longer allows this. Somebody may have been faster; please look again."
    )


def record_wrong_moment(request):
    """Write the refusal into the trail; the form may be sent again."""
    request.refused = True
    by = request.user if request.user.is_authenticated else None
    trail.refused("moment", by=by, detail={"view": request.resolver_match.view_name})
