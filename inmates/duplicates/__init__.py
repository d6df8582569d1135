"""Duplicates: whether two records are of one person, what people say of a pair, and two records merged by two people."""
