"""A prison's register read from a spreadsheet: planned, matched with who is known, written, or kept waiting."""
