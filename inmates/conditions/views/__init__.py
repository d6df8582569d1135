"""Pages of conditions, by subject."""
