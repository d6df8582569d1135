"""Fines: recorded from a judgment, paid against receipts, put right. Their records are those of `inmates.sentences`."""
