"""Prisons as places: who is inside, unit by unit, and the regimes of the tiers. It only shows; custody counts."""
