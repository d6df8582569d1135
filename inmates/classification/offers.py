"""What this room puts on shared pages: acts on a profile, things to beware of, the day's work."""


def offers(user, inmate):
    """Acts that `user` may take now for `inmate`, as `Offer`s."""
    return []


def warnings(user, inmate):
    """What to beware of with this person, as `Beware`s."""
    return []


def work(user):
    """What waits for this user today, as `Work`s."""
    return []
