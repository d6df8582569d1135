"""Grounds for the separate system, exits from it, appeals against either, and whether a ground was found to stand."""

from inmates.separate.models.appeals import SeparateAppeal
from inmates.separate.models.steps import GroundReview, SeparateStep

__all__ = ["GroundReview", "SeparateAppeal", "SeparateStep"]
