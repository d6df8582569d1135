"""What classification does when custody acts: a release ends what is under way, a move lets it follow."""


def register():
    """Put this room's reactions into custody's lists; called once, when the app is ready."""
