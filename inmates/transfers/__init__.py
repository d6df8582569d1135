"""Transfers from prison to prison: proposed, approved, accepted, departed, arrived. The record is custody's."""
