"""What may be corrected: each room says which of its records, which fields, who may, and what follows.

A room describes its records in a module of its own, `corrections.py`, and registers them when the app is ready. A value
is stored as the database would write it as text; `in_words` shows it in the reader's language.
"""

from copy import copy
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.fields import DateTimeRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import Event
from core import sayings
from core.checks import to_ask
from core.templatetags.display import day_text, listed, moment
from inmates.people.models import Inmate
from inmates.people.participation import may_know_participation

_known = {}

# Of the rooms: what a correction must not move without a second person.
# `moved_by`: `check(record)`, codes of what rests on a record. `watched`: `{code: look(person)}`, compared before and after.
moved_by = []
watched = {}

# Of what is watched the days: `{code: days(look before, look after)}`, `[before, after]`, each a list of `[name, day or None]`.
days_of = {}

# Of custody: `look(person)`, keys of what holds a person today. A correction on paper that alone holds somebody lapses.
titles = []

# Of the rooms: papers that are handed out, `{what the trail calls it: words}`. A correction names those printed before it.
papers = {}


@dataclass(frozen=True)
class Correctable:
    """Records of one model that may be corrected.

    key: how addresses and stored corrections call it. name: what it is called, if not as its model. fields: what may be
    changed. permission: who may, at the prison of the person. person: the way from the record to the person; empty of a
    person, and of records about several: then `prison` leads to its prison. annul: it may be annulled as entered for the
    wrong person. after: `after(record, by=...)`, in the same transaction: what rests on the record is worked out again.
    annulled: the same after it was annulled, or that was taken back; as `after` where left out. refuse: `refuse(record)`,
    a reason why this one cannot be annulled, or nothing. check: `check(stored, record)` raises ValidationError for what
    is no correction but an act with a page of its own, and prepares what is stored. page: `page(record)`, where it is
    corrected if not on the page of all. among: conditions that such records meet. shown: `{field: words(value as
    stored)}` where the value alone says nothing. describe: `describe(record)`, words that tell one record from another.
    people: `people(record)`, who is told of a correction that waits. of_place: fields that tell where somebody was (see
    `participation`).
    weighty: `{field: code}`, of what a change of this field moves each time. constraints: `{name: (field, words)}`, how a
    refusal of the database is said, at which field. choices: `{field: choose(record)}`, the records a key may lead to.
    late: `late(record)`, a reason why a new record that waited cannot count any longer, or nothing.
    history: `history(record)`, whether a later act has taken its place: what a correction wrote is written back there all
    the same, and `check` is not asked.
    Of an act that may be taken back: undo: `undo(record)`, what that writes, `[(record, {field: value})]`, the act's own
    record first. always: codes of what it moves each time. foretold: `foretold(record)`, lines on what follows.
    not_by: `not_by(record)`, keys of users whose act it was and who do not confirm that it is taken back.
    """

    key: str
    model: type
    fields: tuple
    permission: str
    person: str = "inmate"
    prison: str = ""
    annul: bool = False
    after: object = None
    annulled: object = None
    refuse: object = None
    check: object = None
    page: object = None
    weighty: dict = field(default_factory=dict)
    constraints: dict = field(default_factory=dict)
    choices: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)
    describe: object = str
    people: object = None
    of_place: tuple = ()
    among: tuple = ()
    name: object = None
    undo: object = None
    always: tuple = ()
    foretold: object = None
    not_by: object = None
    late: object = None
    history: object = None

    @property
    def about_a_person(self):
        """Whether each record is one person's."""
        return bool(self.person) or self.model is Inmate

    @property
    def label(self):
        """What it is called, in the reader's language."""
        return self.name or self.model._meta.verbose_name

    @property
    def label_plural(self):
        """What several are called, in the reader's language."""
        return self.name or self.model._meta.verbose_name_plural

    @property
    def is_act(self):
        """Whether its records are acts that are taken back, not entries that are annulled."""
        return self.undo is not None

    @property
    def may_go(self):
        """Whether its records can be annulled or taken back."""
        return self.annul or self.is_act

    def person_of(self, record):
        """The person the record is about, or None where it is about several."""
        for name in filter(None, self.person.split("__")):
            record = getattr(record, name)
        return record if self.about_a_person else None

    def told_about(self, record):
        """The people whose prison is told of a correction of this record."""
        if self.people is not None:
            return list(self.people(record))
        return [self.person_of(record)]

    def prison_of(self, record):
        """The prison whose staff correct it."""
        person = self.person_of(record)
        return person.facility if person else getattr(record, self.prison)

    def visible_to(self, user):
        """Records of people whose record the user may open."""
        if self.model is Inmate:
            return Inmate.objects.visible_to(user)
        if self.person:
            mine = {f"{self.person}__in": Inmate.objects.visible_to(user)}
            return self.model._default_manager.filter(**mine, **dict(self.among))
        if user.sees_nation:
            return self.model._default_manager.all()
        return self.model._default_manager.filter(**{f"{self.prison}__in": user.facility_ids})

    def of(self, inmate):
        """The records of one person."""
        if self.model is Inmate:
            return [inmate] if any(stored(inmate, name) for name in self.fields) else []
        if not self.person:
            return []
        return self.model._default_manager.filter(**{self.person: inmate}, **dict(self.among))


def printed(inmate):
    """Papers about a person that were printed, `[{"paper", "number", "on"}]`, each once, with its last day, newest first."""
    found = {}
    verbs = [f"{what}.viewed" for what in papers]
    for event in Event.objects.about(inmate).filter(verb__in=verbs).order_by("-id"):
        what, number = event.verb.removesuffix(".viewed"), event.detail.get("number", "")
        one = {"paper": what, "number": number, "on": event.on.isoformat()}
        found.setdefault((what, number or event.object_id), one)
    return list(found.values())


def issued_before(inmate):
    """`{(paper, number): correction}`: papers of a person issued before a correction in effect, the newest of them."""
    return {
        (paper["paper"], paper["number"]): correction
        for correction in inmate.corrections.filter(state__in=("done", "decided")).order_by("id")
        for paper in correction.issued_before
    }


def paper_in_words(paper):
    """A printed paper by kind, number and day."""
    words = [str(papers.get(paper["paper"], paper["paper"])), paper["number"]]
    return " ".join(filter(None, [*words, f"({day_text(date.fromisoformat(paper['on']))})"]))


def register(*correctables):
    """Add records that may be corrected; registering twice does nothing."""
    _known.update({one.key: one for one in correctables})


def find(key):
    """The `Correctable` of this key, or None."""
    return _known.get(key)


def not_for(user):
    """Keys of what a user is told nothing of: what the programme keeps, of those who may not know who took part in it."""
    if may_know_participation(user):
        return []
    return [key for key, one in _known.items() if one.model._meta.app_label != Inmate._meta.app_label]


def all_of(inmate):
    """`(Correctable, records)` of a person, in the order in which the rooms registered."""
    return [(one, list(one.of(inmate))) for one in _known.values() if one.about_a_person]


def stored(record, name):
    """A field's value as JSON keeps it: text, None, or a sorted list of keys."""
    field = record._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(record, name).values_list("pk", flat=True))
    value = field.value_from_object(record)
    return None if value is None else field.value_to_string(record)


def as_stored(record, name, value):
    """A value, or a record that a foreign key leads to, as JSON keeps it for a field of `record`."""
    like = copy(record)
    setattr(like, record._meta.get_field(name).attname, getattr(value, "pk", value))
    return stored(like, name)


def says(record, name, value):
    """Whether a field of the record has this stored value."""
    field = record._meta.get_field(name)
    return field.value_from_object(record) == field.to_python(value)


def write_value(record, name, value):
    """Write a stored value back into the record, unsaved; of a many-to-many field at once."""
    field = record._meta.get_field(name)
    if field.many_to_many:
        getattr(record, name).set(value)
    else:
        setattr(record, field.attname, field.to_python(value))


def check_constraints(correctable, record, *, exclude=None):
    """Refuse what the database would, in words and at the field; the name of a constraint says nothing to anybody."""
    for constraint in to_ask(record, exclude=exclude):
        try:
            constraint.validate(type(record), record, exclude=exclude)
        except ValidationError as error:
            at, words = correctable.constraints.get(constraint.name, ("", ""))
            if at:
                raise ValidationError({at: words}) from error
            if constraint.name in str(error):
                raise ValidationError(_("These values do not go together.")) from error
            raise


def in_words(correctable, name, value):
    """A stored value as a reader sees it."""
    column = correctable.model._meta.get_field(name)
    if value in (None, "", []):
        return ""
    if name in correctable.shown:
        return correctable.shown[name](value)
    if column.many_to_many:
        return listed(column.related_model._default_manager.filter(pk__in=value))
    if column.is_relation:
        return str(column.related_model._base_manager.filter(pk=value).first() or value)
    if isinstance(column, DateTimeRangeField):
        ends = column.to_python(value)
        return " – ".join(day_text(timezone.localdate(end)) if end else "…" for end in (ends.lower, ends.upper))
    if isinstance(column, models.DateTimeField):
        return moment(column.to_python(value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.DateField):
        return day_text(column.to_python(value))
    return sayings.words(str(value))
