"""Somebody convicted and not yet finally, an appeal declared, and the court's answer."""

from tests.inmates.sentences.conftest import decide, declare, tried

__all__ = ["decide", "declare", "tried"]
