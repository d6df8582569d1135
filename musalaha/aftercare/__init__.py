"""Aftercare: contacts after release, checks of the criminal record, and new convictions; for everybody, graduate or not."""
