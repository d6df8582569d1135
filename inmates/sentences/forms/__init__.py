"""Forms of cases, judgments and the release date, by subject."""
