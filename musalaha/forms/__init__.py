"""Forms of the programme, by subject. Rules live in the actions."""
