"""Pages of classification, by subject."""
