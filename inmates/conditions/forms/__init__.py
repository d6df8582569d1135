"""Forms of conditions, by subject."""
