"""What accounts put into the frame around each page."""

from accounts import unusual_reading


def reading_question(request):
    """The reasons to choose from, where the reader is asked why they open so many records; nothing otherwise."""
    user = getattr(request, "user", None)
    asked = user is not None and user.is_authenticated and request.session.get(unusual_reading.SESSION_KEY)
    return {"reading_reasons": unusual_reading.REASONS if asked else {}}
