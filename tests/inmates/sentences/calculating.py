"""Sentences to calculate with, and the steps of an answer as a test compares them."""

from datetime import date as d

from inmates.sentences.calculation import Sentenced
from inmates.terms import Term

START = d(2018, 1, 1)


def one(years, start=d(2014, 1, 1), **extra):
    """A sentence of so many years, or of a term."""
    return Sentenced(start, Term(years) if isinstance(years, int) else years, **extra)


def reasoning(release, *names):
    """The steps as `(code, date, *values)`, of the values those named that the step has."""
    return [
        (step.code, step.date, *(step.values[name] for name in names if name in step.values)) for step in release.steps
    ]
