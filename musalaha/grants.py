"""Of which tables of the programme the application may delete rows."""

DELETABLE = ("musalaha_session",)  # planned, and nobody was there yet
