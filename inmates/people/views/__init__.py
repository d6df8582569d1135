"""Pages of people's records, by subject."""
