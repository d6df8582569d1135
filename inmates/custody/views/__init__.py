"""Pages of custody, by subject."""
