"""Pages on cases, judgments and the release date, by subject."""
