"""What is easily forgotten when something is added: a page without a way to it, a state nobody reaches, a paper nobody prints.

CONTRIBUTING.md has the recipes. Rights of a page are held by the roles matrix, words of an event by
`tests/reports/test_event_labels.py`, a field of a person by `tests/inmates/people/test_fields.py`.
"""

import ast
import inspect
import re
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import UniqueConstraint
from django.urls import URLPattern, get_resolver
from django.utils.functional import Promise

from core.workflow import live_states
from tests.matrix.test_matrix import OUTSIDE, all_names

ROOT = Path(__file__).parents[1]
ROOMS = ("accounts", "audit", "config", "core", "documents", "facilities", "inmates", "musalaha", "reports")
# Acts that no page offers yet: decisions of an imported register.
NO_PAGE_YET = {("inmates.classification.actions.imported_decisions", "import_decision")}


@cache
def sources():
    """`{path: text}` of the service's own Python files."""
    return {
        path: path.read_text()
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    }


@cache
def templates():
    return {path: path.read_text() for path in sorted((ROOT / "templates").rglob("*")) if path.is_file()}


def module_of(path):
    return import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))


def functions(path):
    """The functions at the top of a file."""
    return [node for node in ast.parse(sources()[path]).body if isinstance(node, ast.FunctionDef)]


def named_in(node):
    """Every name and attribute that a piece of code mentions."""
    return {getattr(one, "id", None) or getattr(one, "attr", None) for one in ast.walk(node)}


# Pages


def views():
    """Every function that is guarded as a page, under its full name."""
    for path in sources():
        if "views" in path.parts or path.stem == "views" or path.parent.name == "reports":
            for name, value in inspect.getmembers(module_of(path), inspect.isfunction):
                if hasattr(value, "requires") and value.__module__ == module_of(path).__name__:
                    yield f"{value.__module__}.{name}"


def addressed(resolver=None):
    """The full names of all functions that an address leads to."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{entry.callback.__module__}.{entry.callback.__name__}"
        else:
            yield from addressed(entry)


def test_every_page_has_an_address():
    assert set(views()) - set(addressed()) == set()


def named_to_helpers():
    """Last parts of addresses that are handed to a room's own helper: `offer("inmates.place", _("Move"), "move")`."""
    for path, text in sources().items():
        if "urls" not in path.name:
            for call in ast.walk(ast.parse(text)):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id != "_":
                    yield from (one.value for one in call.args if isinstance(one, ast.Constant))


def test_every_address_is_led_to():
    """By a link, a form, a panel, or a view that goes there."""
    texts = [text for path, text in sources().items() if "urls" not in path.name] + list(templates().values())
    led_to = set(re.findall(r"""["']([\w:]+)["']""", "\n".join(texts)))
    short = set(named_to_helpers())
    names = {name for name in all_names() if not name.startswith(OUTSIDE)}
    assert {name for name in names if name not in led_to and name.split(":")[-1] not in short} == set()


def test_every_template_is_used():
    everything = "\n".join([*sources().values(), *templates().values()])
    ours = [path.relative_to(ROOT / "templates") for path in templates() if path.suffix == ".html"]
    overridden = ("account", "admin", "allauth", "bootstrap5", "mfa")
    by_django = {"403.html", "403_csrf.html", "404.html", "500.html", "503.html"}
    assert [
        str(path)
        for path in ours
        if path.parts[0] not in overridden and str(path) not in by_django and f'"{path}' not in everything
    ] == []


# States


def machines():
    return [model for model in apps.get_models() if getattr(model, "TRANSITIONS", None)]


def pairs(model):
    """The steps of a state machine, as pairs of states."""
    yield from model.TRANSITIONS


@cache
def taken():
    """Every state that some action takes a record to: named in a function that calls `transition` or `follow`."""
    states = set()
    for path in sources():
        for function in ast.walk(ast.parse(sources()[path])):
            if isinstance(function, ast.FunctionDef) and named_in(function) & {"transition", "follow"}:
                for node in ast.walk(function):
                    if isinstance(node, ast.Attribute) and node.attr.isupper():
                        states.update(_member(path, node))
    return states


def _member(path, node):
    try:
        value = eval(ast.unparse(node), dict(vars(module_of(path))))
    except (NameError, AttributeError):  # of something that the function itself holds
        return
    if isinstance(value, Enum):
        yield type(value), value.value


@pytest.mark.parametrize("model", machines(), ids=lambda model: model.__name__)
def test_every_state_is_reached_and_every_step_is_taken_by_an_act(model):
    reached = {to for _from, to in pairs(model)}
    first = model._meta.get_field("state").default
    assert set(model.State) - reached - {first} == set()
    assert {to for to in reached if (model.State, to.value) not in taken()} == set()


@pytest.mark.parametrize("model", machines(), ids=lambda model: model.__name__)
def test_every_state_has_words_in_every_language(model):
    assert [state for state in model.State if not isinstance(state._label_, Promise)] == []


def live_in_constraints(model):
    """`(name, states)` of the model's constraints "one live at a time"."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.name.endswith(("_one_live", "_one_open")):
            for name, value in filter(lambda child: isinstance(child, tuple), constraint.condition.children):
                if name in ("state", "state__in"):
                    yield constraint.name, {value} if isinstance(value, str) else set(value)


@pytest.mark.parametrize("model", machines(), ids=lambda model: model.__name__)
def test_one_at_a_time_means_every_live_state(model):
    live = {str(state) for state in getattr(model, "LIVE", live_states(model.TRANSITIONS))}
    assert [name for name, states in live_in_constraints(model) if {str(one) for one in states} != live] == []


# Acts


def acts():
    """Acts that somebody takes: functions of a room's actions with a `by`."""
    for path in sources():
        if "actions" in path.parts or path.stem == "actions":
            for function in functions(path):
                if "by" in {one.arg for one in function.args.kwonlyargs} and not function.name.startswith("_"):
                    yield path, function


def meant(node, names):
    """What a name, or an attribute of a module or class, stands for among `names`; None of what only a run knows."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        holder = meant(node.value, names)
        return getattr(holder, node.attr, None) if inspect.ismodule(holder) or inspect.isclass(holder) else None
    return None


def functions_mentioned():
    """`(module, name)` of each function that the service's code mentions, by whatever name it was imported."""
    for path, text in sources().items():
        for part in ast.parse(text).body:
            if isinstance(part, ast.Import | ast.ImportFrom):
                continue
            names = dict(vars(module_of(path)))
            for node in ast.walk(part):
                if isinstance(node, ast.Import | ast.ImportFrom):  # inside a function
                    exec(ast.unparse(node), names)
            for node in ast.walk(part):
                if inspect.isfunction(function := meant(node, names)):
                    yield function.__module__, function.__name__


def test_every_act_is_called_by_a_page_a_command_or_another_act():
    """As the function it is: two rooms may each have an act called `suspend`."""
    mentioned = set(functions_mentioned())
    all_acts = {(module_of(path).__name__, function.name) for path, function in acts()}
    assert {act for act in all_acts if act not in mentioned} == NO_PAGE_YET


# Papers


def builders():
    """Functions of the rooms' `papers.py` that build a whole paper."""
    for path in sources():
        if path.name == "papers.py":
            for function in functions(path):
                if not function.name.startswith("_") and named_in(function) & {"Letter", "Certificate"}:
                    yield path, function.name


def printers(path, name):
    """The views of the same room that print this paper."""
    return [
        view
        for place in sources()
        if place.parent == path.parent / "views" or place == path.parent / "views.py"
        for view in functions(place)
        if f"papers.{name}(" in ast.unparse(view)
    ]


@pytest.mark.parametrize(("path", "name"), [pytest.param(*one, id=one[1]) for one in builders()])
def test_every_paper_is_printed_by_a_page_that_is_recorded_and_read_by_a_test(path, name):
    pages = printers(path, name)
    assert pages != []
    assert [page.name for page in pages if not ast.unparse(page).count("trail.")] == []
    room = ROOT / "tests" / path.relative_to(ROOT).parent
    assert [test for test in room.rglob("test_*.py") if f"papers.{name}" in test.read_text()] != []
