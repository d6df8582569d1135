"""Roll counts: everybody in a prison counted, unit by unit, and the count signed by its director."""
