"""Acts of conditions, by subject."""
