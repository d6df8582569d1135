"""Forms of classification, by subject."""
