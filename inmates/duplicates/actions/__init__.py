"""Acts on the same person twice: pairs that may be one, and merges."""
