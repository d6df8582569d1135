"""Sentences of the system in the reader's language; a builtin of the engine beside `display`.

{{ problem.said|read }}          stored sayings (a list) as text
{{ pair.reasons|read_each|join:" · " }}   the same, sentence by sentence
{{ outing.outcome|words }}       a column with a person's words, or the mark of a saying
"""

from django import template

from core import sayings

register = template.Library()
register.filter("read", sayings.read)
register.filter("read_each", sayings.read_each)
register.filter("words", sayings.words)
