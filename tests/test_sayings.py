"""What the system says is kept as code and parameters: written by one reader, read by the others in their own language."""

import ast
import importlib
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from config import clock
from core import sayings
from core.sayings import Saying, as_written, read, words
from inmates.classification.actions.effects import apply_standing
from inmates.conditions.actions import separations
from inmates.custody import daily
from inmates.custody.actions import keep_apart, outings, releases
from inmates.custody.models import DetentionOrder, Placement
from inmates.duplicates.actions import pairs
from inmates.duplicates.models import PossibleDuplicate
from inmates.people.actions import tasks
from inmates.people.models import Alert, Inmate, Task
from tests import factories

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "documents", "facilities", "accounts", "inmates", "musalaha", "reports", "demo")
TRANSLATE = {"_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_lazy", "ngettext_lazy", "pgettext_lazy"}
WRITE = {
    "create", "update", "get_or_create", "update_or_create",
    "raise_task", "raise_alert", "open_placement", "place",
}  # fmt: skip
TODAY = clock.today


def in_each_language(written):
    """What `written()` reads as in the three languages."""
    texts = {}
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            texts[language] = written()
    return texts


# One way to make each kind of sentence, and where it is read; acted in Arabic, read by all.


def untried(unit, officer, days):
    inmate = factories.make_inmate(unit, by=officer, legal_status="remand")
    DetentionOrder.objects.filter(inmate=inmate).update(expires_on=TODAY() + timedelta(days=days))
    return inmate


def without_title(inmate, unit, officer, director):
    untried(unit, officer, -2)
    daily.run()
    return lambda: Alert.objects.filter(kind="no_title").first().text


def title_task(inmate, unit, officer, director):
    untried(unit, officer, -2)
    daily.run()
    return lambda: Task.objects.get(kind="no_title").text


def expiring(inmate, unit, officer, director):
    untried(unit, officer, 3)
    daily.run()
    return lambda: Alert.objects.get(kind="order_expiring").text


def breach(inmate, unit, officer, director):
    separation = separations.authorise(
        inmate, reason="R", starts_on=TODAY(), until=TODAY() + timedelta(days=3), health_checked=True, by=director
    )
    separations.alert_breach(separation, today=TODAY())
    return lambda: Alert.objects.filter(kind="separation_breach").first().text


def together(inmate, unit, officer, director):
    other = factories.make_inmate(unit, by=officer)
    keep_apart.open_pair(inmate, other, scope="prison", reason="Querelle", by=director)
    return lambda: Alert.objects.filter(kind="keep_apart").first().text


def not_fitting(inmate, unit, officer, director):
    unit.tiers = [1]
    unit.save()
    Inmate.objects.filter(pk=inmate.pk).update(tier=2, tier_since=TODAY())
    apply_standing(Inmate.objects.get(pk=inmate.pk), by=None)
    return lambda: Task.objects.get(kind="placement").text


def exception_over(inmate, unit, officer, director):
    Placement.objects.filter(inmate=inmate).update(
        exceptions=["full"], exception_reason="Travaux", exception_until=TODAY() - timedelta(days=1)
    )
    daily.run()
    return lambda: Task.objects.get(kind="placement").text


def outcome_of_absence(inmate, unit, officer, director):
    outing = outings.plan(inmate, kind="hospital", planned_on=TODAY(), place="CHU", by=officer)
    outings.leave(outing, at=clock.now() - timedelta(hours=3), by=officer)
    outings.record_escape(inmate, account="R", at=clock.now() - timedelta(hours=1), by=officer)
    return lambda: words(inmate.outings.get(kind="hospital").outcome)


def reason_after_return(inmate, unit, officer, director):
    outcome_of_absence(inmate, unit, officer, director)
    outings.record_return(inmate, unit=unit, by=officer)
    return lambda: words(Placement.objects.current().get(inmate=inmate).reason)


def closed_by_release(inmate, unit, officer, director):
    tasks.raise_task(inmate, kind="other", due_on=TODAY(), note="N", by=officer)
    releases.release(inmate, ground="death", by=officer)
    return lambda: words(Task.objects.get().done_note)


def lifted_by_release(inmate, unit, officer, director):
    releases.release(inmate, ground="death", by=officer)
    return lambda: words(DetentionOrder.objects.first().lifted_reason)


def alike(inmate, unit, officer, director):
    other = factories.make_inmate(unit, by=officer)
    pairs.report(inmate, other, by=officer)
    return lambda: " ".join(sayings.read_each(PossibleDuplicate.objects.get().reasons))


KINDS = [
    without_title, title_task, expiring, breach, together, not_fitting, exception_over, outcome_of_absence,
    reason_after_return, closed_by_release, lifted_by_release, alike,
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_reader_reads_their_own_language(kind, inmate, unit, officer, director):
    with translation.override("ar"):
        reading = kind(inmate, unit, officer, director)
    texts = in_each_language(reading)
    assert len(set(texts.values())) == 3
    assert not any(sign in text for text in texts.values() for sign in ("§", "%(", "…"))
    assert sayings.ARABIC.search(texts["ar"])
    assert not sayings.ARABIC.search(texts["en"].replace("محمد", ""))


def test_days_left_are_counted_when_read(unit, officer, settings):
    untried(unit, officer, 3)
    daily.run()
    alert, today = Alert.objects.get(), TODAY()
    assert "3 days left" in alert.text
    settings.TODAY = today + timedelta(days=2)
    assert "1 day left" in alert.text
    settings.TODAY = today + timedelta(days=5)
    assert "ran out on" in alert.text


def test_a_place_keeps_both_its_names_and_a_reference_does_not_turn_round(prison):
    said = sayings.known()["custody.unit_other_prison"](prison=prison)
    assert said == [{"code": "custody.unit_other_prison", "params": {"prison": {"ar": "سلا 2", "fr": "Salé 2"}}}]
    texts = in_each_language(lambda: read(said))
    assert "سلا 2" in texts["ar"]
    assert "Salé 2" in texts["fr"]
    ran_out = sayings.known()["custody.order_ran_out"](order="2027/01-11", day=TODAY())
    assert "\u20682027/01-11\u2069" in in_each_language(lambda: read(ran_out))["ar"]


def test_nothing_frozen_in_a_language_is_taken(prison):
    saying = sayings.known()["custody.order_ran_out"]
    for params in ({}, {"order": "1"}, {"order": "1", "day": TODAY(), "more": 1}):
        with pytest.raises(TypeError, match="takes"):
            saying(**params)
    for frozen in (_("Death"), Task.Kind.OTHER, object()):
        with pytest.raises(TypeError):
            saying(order=frozen, day=TODAY())
    with pytest.raises(ValueError, match="Two sayings"):
        Saying("custody.order_ran_out", _("Death"))
    with pytest.raises(TypeError, match="no mark"):
        assert saying.mark


def test_a_code_that_is_gone_and_a_persons_own_words_break_no_page():
    assert read([{"code": "custody.gone", "params": {}}]) == "custody.gone"
    assert read(as_written("Comme écrit")) == "Comme écrit"
    assert (words("Vu"), words("§custody.gone"), words("")) == ("Vu", "§custody.gone", "")


@pytest.mark.parametrize("model", [Task, Alert])
def test_a_task_or_alert_without_words_is_refused(model, inmate):
    fields = {"due_on": TODAY()} if model is Task else {"audience": "prison", "reference": "1"}
    kind = "other" if model is Task else "no_title"
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(inmate=inmate, kind=kind, **fields)
    assert model.objects.create(inmate=inmate, kind=kind, note="N", **fields).text == "N"


# The source: every code has a template, every call passes its parameters, nothing translated is stored.


def sources():
    """`(place, tree, module)` of every module of the rooms."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            place = path.relative_to(ROOT)
            if "migrations" not in place.parts and path.name != "__main__.py":
                name = ".".join(place.with_suffix("").parts).removesuffix(".__init__")
                yield place, ast.parse(path.read_text()), importlib.import_module(name)


def resolved(node, module):
    """What a name or a dotted name in a module's source stands for, if that can be told."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    return getattr(resolved(node.value, module), node.attr, None) if isinstance(node, ast.Attribute) else None


def mismatches(tree, module):
    """Lines where a saying is called with other parameters than its template has."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        saying = resolved(call.func, module)
        if isinstance(saying, Saying):
            passed = {keyword.arg for keyword in call.keywords}
            if call.args or passed != set(saying.parameters):
                yield call.lineno


def translated(node):
    """Whether an expression calls a translation."""
    return any(isinstance(one, ast.Call) and getattr(one.func, "id", "") in TRANSLATE for one in ast.walk(node))


def text_columns():
    """Names of the columns that hold text or JSON."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return {field.name for model in apps.get_models() for field in model._meta.fields if isinstance(field, kinds)}


def frozen(tree, module, columns):
    """Lines where a translated sentence is written to a column: in the language of whoever acts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            target = resolved(node.func, module)
            writes = name in WRITE or (isinstance(target, type) and issubclass(target, models.Model))
            values = [keyword.value for keyword in node.keywords if keyword.arg in columns]
            if writes and any(map(translated, values)):
                yield node.lineno
        if isinstance(node, ast.Assign):
            targets = [one for target in node.targets for one in getattr(target, "elts", [target])]
            if any(getattr(one, "attr", "") in columns for one in targets) and translated(node.value):
                yield node.lineno


def test_every_saying_is_called_with_its_parameters():
    assert [f"{place}:{line}" for place, tree, module in sources() for line in mismatches(tree, module)] == []


def test_no_translated_sentence_is_stored():
    columns = text_columns()
    found = [
        f"{place}:{line}"
        for place, tree, module in sources()
        if "actions" in str(place) or place.name in ("daily.py", "hooks.py", "writing.py", "timetable.py")
        for line in frozen(tree, module, columns)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("sayings.ORDER_RAN_OUT(order='1', day=today)", False),
        ("sayings.ORDER_RAN_OUT(order='1')", True),
        ("sayings.ORDER_RAN_OUT(**params)", True),
        ("ORDER_RAN_OUT('1', today)", True),
    ],
)
def test_a_wrong_call_is_seen(source, wrong):
    module = importlib.import_module("inmates.custody.daily" if "sayings." in source else "inmates.custody.sayings")
    assert bool(list(mismatches(ast.parse(source), module))) is wrong


@pytest.mark.parametrize(
    "source", ["task.note = _('x')", "a.b, c.outcome = 1, _('x')", "raise_task(i, note=_('x'))", "Task(note=_('x'))"]
)
def test_a_frozen_sentence_is_seen(source):
    assert list(frozen(ast.parse(source), daily, text_columns()))


SAME = {"Rabita Mohammadia des Oulémas"}  # a name of its own in both


def test_every_template_reads_in_all_languages():
    for saying in sayings.known().values():
        if saying.code == "core.as_written":
            continue
        said = saying(**{name: _sample(name) for name in saying.parameters})
        texts = in_each_language(lambda said=said: read(said))
        assert all(texts.values()), saying.code
        assert sayings.ARABIC.search(texts["ar"]), saying.code
        assert texts["en"] != texts["fr"] or texts["en"] in SAME, saying.code
        assert not any("%(" in text or "…" in text for text in texts.values()), saying.code


def _sample(name):
    if name.endswith("_at"):
        return clock.now() - timedelta(hours=5)
    if name in {"day", "until", "release", "end"} or name.endswith("_on"):
        return TODAY() - timedelta(days=3)
    return [] if name == "why" else 3


def test_all_sayings_are_known_from_the_start():
    started = "import django; django.setup(); from core import sayings; print(*sayings.known())"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", started], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert list(sources())  # imports whatever the start did not
    assert sayings.known().keys() - set(done.stdout.split()) == set()
