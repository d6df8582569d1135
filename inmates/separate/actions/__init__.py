"""Acts of the separate system."""
