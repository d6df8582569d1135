"""Forms of people's records, by subject."""
