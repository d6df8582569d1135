"""The separate system: who belongs in it and why, proposed by one and decided by another; who left it, why and where to."""
