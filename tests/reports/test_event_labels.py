"""Every verb that is written has words, and no words are kept for a verb that nobody writes."""

import ast
from pathlib import Path

import pytest

from reports.event_labels import WORDS

ROOT = Path(__file__).parents[2]
OUTSIDE = {".venv", "var", "tests", "bench", "bin", "docs", "migrations"}
WRITERS = {"record", "record_many", "viewed", "refused"}
# Refusals of a page are named after the page, whatever it is; see `audit/middleware.py`.
NAMED_AFTER_A_PAGE = "audit/middleware.py"


class Source:
    """One file of the service: the verbs that it hands to the trail, as literals or through its own functions."""

    def __init__(self, text):
        self.tree = ast.parse(text)
        self.owner = {}
        for function in ast.walk(self.tree):
            if isinstance(function, ast.FunctionDef):
                self.owner.update((node, function) for node in ast.walk(function))
        self.calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        imports = [node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom) and node.module == "audit"]
        self.trails = {name.asname or name.name for node in imports for name in node.names if name.name == "trail"}

    def verbs(self):
        """`(writer, verb)` for every call of the trail."""
        for call in self.calls:
            of = call.func
            if isinstance(of, ast.Attribute) and of.attr in WRITERS and getattr(of.value, "id", "") in self.trails:
                for verb in self.values(call.args[0]):
                    yield of.attr, verb

    def values(self, node):
        """The strings that an expression may be: a literal, a choice of two, or what the callers of a helper pass."""
        if isinstance(node, ast.Constant):
            return {node.value}
        if isinstance(node, ast.IfExp):
            return self.values(node.body) | self.values(node.orelse)
        if isinstance(node, ast.Name):
            function = self.owner.get(node)
            names = [argument.arg for argument in function.args.args] if function else []
            if node.id in names:
                place = names.index(node.id)
                calls = [call for call in self.calls if getattr(call.func, "id", "") == function.name]
                found = {value for call in calls for value in self.values(argument_of(call, place, node.id))}
                if found:
                    return found
        raise AssertionError(f"Cannot tell which verb this is: {ast.unparse(node)} (line {node.lineno})")


def argument_of(call, place, name):
    """What a call passes for a parameter, by name or by place."""
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None) or call.args[place]


def written():
    """Verbs as they are stored, of all rooms."""
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT)
        if not OUTSIDE.intersection(place.parts) and str(place) != NAMED_AFTER_A_PAGE:
            for writer, verb in Source(path.read_text()).verbs():
                yield {"viewed": f"{verb}.viewed"}.get(writer, verb)


def test_every_verb_has_words_and_all_words_are_in_use():
    verbs = set(written())
    assert verbs - WORDS.keys() == set()
    assert WORDS.keys() - verbs == set()


@pytest.mark.parametrize(
    ("source", "verbs"),
    [
        ("trail.record('a.b', by=by)", {("record", "a.b")}),
        ("trail.viewed('a' if x else 'b', by=by)", {("viewed", "a"), ("viewed", "b")}),
        (
            "def f(x): return _saved(x, 'a.b')\ndef g(x): return _saved(x, verb='c.d' if x else 'e.f')\n"
            "def _saved(x, verb): trail.record(verb, by=x)",
            {("record", "a.b"), ("record", "c.d"), ("record", "e.f")},
        ),
        (
            "def f(): g('a.b')\ndef g(verb): h(1, verb)\ndef h(n, verb): trail.record(verb, by=n)",
            {("record", "a.b")},
        ),
    ],
)
def test_verbs_are_found_behind_helpers(source, verbs):
    assert set(Source(f"from audit import trail\n{source}").verbs()) == verbs
    source = source.replace("trail.", "writing.")
    assert set(Source(f"from audit import trail as writing\n{source}").verbs()) == verbs


@pytest.mark.parametrize(
    "source", ["trail.record(verb)", "trail.record(f'{what}.seen')", "def f(verb): trail.record(verb)"]
)
def test_a_verb_that_cannot_be_told_is_refused(source):
    with pytest.raises(AssertionError, match="Cannot tell"):
        list(Source(f"from audit import trail\n{source}").verbs())
