"""Pages of the separate system."""
