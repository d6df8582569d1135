"""What the programme asks of custody: a move out of a running round is said before it is confirmed."""


def register():
    """Put this room's checks and reactions into custody's lists; called once, when the app is ready."""
