"""Scans of what courts said: attached to the record they stand on, read by all who may read it."""
