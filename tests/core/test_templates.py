"""Templates know their own room: tags of `core` and of the room, pages and partials of the room, shared ones at the root."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
ROOMS = (
    "inmates/classification",
    "inmates/conditions",
    "inmates/court_appeals",
    "inmates/custody",
    "inmates/duplicates",
    "inmates/people",
    "inmates/register_import",
    "inmates/roll_counts",
    "inmates/sentences",
    "inmates/transfers",
    "musalaha/aftercare",
    "musalaha",
    "reports",
)
# Tags of Django and of others, by the name under which they are loaded.
TAGS_OF_OTHERS = {"i18n", "l10n", "static", "crispy_forms_tags"}
TAGS_OF_CORE = {path.stem for path in (TEMPLATES.parent / "core/templatetags").glob("[a-z]*.py")}

# A person is shown by the room of people: its identity card and its questions at intake stand on pages of custody.
PARTIALS_FOR_OTHERS = {
    "inmates/people/identity/_card.html",
    "inmates/duplicates/_likely_box.html",
    "inmates/people/identity/_same_cin.html",
    "inmates/sentences/judgments/_bounds.html",
    "inmates/separate/_stands.html",  # whoever decides a tier reads whether the ground still stands
    "inmates/sentences/judgments/_cases.html",  # on the tab of custody, which tells of the stay as a whole
}

LOAD = re.compile(r"{%\s*load\s+(.+?)\s*%}")
NAMED = re.compile(r"{%\s*(?:include|extends)\s+(.+?)\s*%}")
TEMPLATE = re.compile(r"[\w./-]+\.(?:html|typ)")


def room_of(name):
    """The room of a template by its path; empty for the shared ones at the root."""
    return next((room for room in ROOMS if name.startswith(f"{room}/")), "")


def tags_of(room):
    """Tag libraries that a room brings itself."""
    return {path.stem for path in (TEMPLATES.parent / room / "templatetags").glob("[a-z]*.py")}


def templates():
    """Every template of a room, by its name."""
    names = (str(path.relative_to(TEMPLATES)) for path in sorted(TEMPLATES.rglob("*.html")))
    return [name for name in names if room_of(name)]


def strangers(name, source):
    """What a template takes from another room: tag libraries and templates."""
    room = room_of(name)
    tags = {tag for loaded in LOAD.findall(source) for tag in loaded.partition(" from ")[2].split() or loaded.split()}
    known = TAGS_OF_OTHERS | TAGS_OF_CORE | tags_of(room)
    named = {one for arguments in NAMED.findall(source) for one in TEMPLATE.findall(arguments)}
    return sorted(tags - known) + sorted(
        one for one in named - PARTIALS_FOR_OTHERS if "/" in one and room_of(one) != room and not shared(one)
    )


def shared(name):
    """Whether a template in a folder belongs to no room: a look that a package asks for, as `bootstrap5/errors.html`."""
    return name.startswith("bootstrap5/")


@pytest.mark.parametrize("name", templates())
def test_a_template_takes_from_core_and_its_own_room_alone(name):
    assert strangers(name, (TEMPLATES / name).read_text()) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% include "musalaha/_pager.html" %}', ["musalaha/_pager.html"]),
        ('{% extends request.htmx|yesno:"_fragment.html,reports/today.html" %}', ["reports/today.html"]),
        ("{% load i18n humanize %}", ["humanize"]),
        ("{% load intcomma from humanize %}", ["humanize"]),
        ('{% load display %}{% extends "base.html" %}{% include "inmates/prisons/_takes.html" %}', []),
    ],
)
def test_what_is_another_rooms_is_seen(source, expected):
    assert strangers("inmates/prisons/unit.html", source) == expected


def test_partials_for_others_are_there_and_used():
    elsewhere = "".join((TEMPLATES / name).read_text() for name in templates() if room_of(name) != "inmates/people")
    for name in PARTIALS_FOR_OTHERS:
        assert (TEMPLATES / name).is_file()
        assert name in elsewhere
