"""Acts on people's records, by subject."""
