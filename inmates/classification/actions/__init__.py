"""Acts of classification, by subject."""
