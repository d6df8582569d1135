"""Papers as types: whatever is left out, blank or of another kind is refused when the paper is built."""

from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import gettext_lazy

from documents import letters
from documents.letters import (
    UNKNOWN,
    Certificate,
    Choice,
    Fact,
    Facts,
    Issuer,
    Items,
    Letter,
    Lines,
    Person,
    Signatures,
    Signer,
    Table,
    Text,
    known,
)

SAMPLES = [
    Issuer(name_ar="المؤسسة السجنية سلا 2", name_fr="Salé 2"),
    Fact("Name", "Omar"),
    Person(name_ar="عمر", name_latin="Omar", facts=(Fact("Number", "12"),)),
    Facts((Fact("Day", date(2026, 8, 3)), Fact("Card", UNKNOWN)), heading="About"),
    Text("One.\n\nTwo.", heading=gettext_lazy("Reasons")),
    Items(("First", "Second"), heading="List", numbered=True, apart=True),
    Table(("Left", "Right"), (("a", "1"), ("b", UNKNOWN)), heading="Table"),
    Choice("Which?", ("This", "That")),
    Lines(3, heading="In my own words"),
    Signer("Director", "N. Benali", "Stamp"),
    Signatures((Signer("Inmate"), Signer("Officer"))),
]
PARTS = {type(sample): sample for sample in SAMPLES}
SAME = {
    "language": "fr",
    "title": "Notice",
    "issuer": PARTS[Issuer],
    "place": "Salé 2",
    "day": date(2026, 8, 3),
    "reference": "2026/TD-118",
    "recipient": "Omar",
}
PARTS[Letter] = Letter(
    **SAME,
    subtitle="Copy",
    blocks=tuple(PARTS[kind] for kind in (Person, Facts, Text, Items, Table, Choice, Lines, Signatures)),
)
PARTS[Certificate] = Certificate(
    **SAME,
    programme="Musalaha",
    before="This certifies that",
    other_name="عمر",
    after="completed it.",
    strands=("Law", "Religion"),
    signatures=PARTS[Signatures],
    note="Grants nothing.",
)


def parts(required=None):
    """Every field of every part, those with or without a default alone where asked."""
    return [
        pytest.param(sample, field, id=f"{kind.__name__}.{field.name}")
        for kind, sample in PARTS.items()
        for field in fields(kind)
        if required is None or (field.default is MISSING) is required
    ]


def test_every_part_has_a_sample():
    kinds = {kind for kind in vars(letters).values() if is_dataclass(kind)} - {letters.Paper}
    assert kinds == set(PARTS)


@pytest.mark.parametrize(("sample", "field"), parts(required=True))
def test_nothing_required_may_be_left_out(sample, field):
    whole = {one.name: getattr(sample, one.name) for one in fields(sample)}
    assert type(sample)(**whole) == sample
    whole.pop(field.name)
    with pytest.raises(TypeError, match=field.name):
        type(sample)(**whole)


@pytest.mark.parametrize(("sample", "field"), parts())
@pytest.mark.parametrize("wrong", [None, {"title": "x"}, ["x"], object()], ids=["None", "dict", "list", "object"])
def test_nothing_of_another_kind_is_taken(sample, field, wrong):
    with pytest.raises(TypeError, match=rf"{type(sample).__name__}\.{field.name}"):
        replace(sample, **{field.name: wrong})


@pytest.mark.parametrize(("sample", "field"), parts(required=True))
def test_nothing_required_may_be_blank(sample, field):
    value = getattr(sample, field.name)
    for blank in ("", " \n", gettext_lazy(" ")) if isinstance(value, letters.Words) else [()]:
        # a name that is a plain string takes no lazy text at all; what is not text is not blank but of another kind
        with pytest.raises((TypeError, ValueError), match=rf"{type(sample).__name__}\.{field.name}"):
            replace(sample, **{field.name: blank})


@pytest.mark.parametrize(("sample", "field"), parts(required=False))
def test_what_has_a_default_may_be_left_out(sample, field):
    assert getattr(replace(sample, **{field.name: field.default}), field.name) == field.default


@pytest.mark.parametrize(
    "build",
    [
        lambda: Fact("Card", ""),
        lambda: Facts((Fact("Card", "x"), ("Day", "y"))),
        lambda: Items(("First", " ")),
        lambda: Table(("Left", ""), (("a", "1"),)),
        lambda: Table(("Left", "Right"), (("a", ""),)),
        lambda: Table(("Left", "Right"), (("a",),)),
        lambda: Signatures((Signer(""),)),
        lambda: Signer("Director", ""),
        lambda: Lines(0, heading="x"),
        lambda: Person(name_ar=UNKNOWN, name_latin=UNKNOWN, facts=PARTS[Person].facts),
        lambda: replace(PARTS[Letter], language="de"),
        lambda: replace(PARTS[Letter], day=datetime(2026, 8, 3, 12, tzinfo=UTC)),
        lambda: replace(PARTS[Letter], blocks=({"kind": "text"},)),
        lambda: replace(PARTS[Letter], blocks=(PARTS[Fact],)),
    ],
)
def test_refused(build):
    with pytest.raises((TypeError, ValueError)):
        build()


def test_one_script_is_enough_for_a_name():
    assert replace(PARTS[Person], name_ar=UNKNOWN).name_latin == "Omar"


@pytest.mark.parametrize("blank", [None, "", "  ", gettext_lazy(" ")])
def test_what_the_record_does_not_hold_is_said(blank):
    assert known(blank) is UNKNOWN
    assert known("x") == "x"
    assert known(date(2026, 8, 3)) == date(2026, 8, 3)
