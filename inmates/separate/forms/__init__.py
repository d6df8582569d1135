"""Forms of the separate system."""
