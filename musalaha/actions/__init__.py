"""Everything that changes the programme, by subject."""
