"""Acts of custody, by subject."""
