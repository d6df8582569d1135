"""Forms of custody, by subject."""
