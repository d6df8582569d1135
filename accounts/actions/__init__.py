"""Changes to users: what they choose themselves, and what two administrators decide."""
