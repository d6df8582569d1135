"""Conditions of detention: incidents, discipline, separation, visits and calls."""
