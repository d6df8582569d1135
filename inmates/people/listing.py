"""The list of people: filters that combine, their counts, an order, and pages by key (never by offset).

A page's address carries filters, the order and the last person's uuid; a name stands in none of them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config import clock
from facilities.models import Facility, Unit
from inmates.people.models import GroupRole, Inmate, LegalStatus
from inmates.people.participation import may_know_participation
from inmates.people.search import MOST

ROWS = 50
COUNT_UP_TO = 1000
FACETS_UP_TO = 2000
EVERYONE = "all"
TIERS = [("1", _("Tier 1")), ("2", _("Tier 2")), ("3", _("Tier 3")), ("0", _("Not yet classified"))]
RETURNEE = {"yes": True, "no": False, "unknown": None}
# name: the column it orders by; the ones that may be empty are walked in two parts
SORTS = {
    "name": "sort_key",
    "number": "registration_number",
    "born": "birth_date",
    "admitted": "admitted_on",
    "release": "release_on",
    "review": "next_review_on",
}
MAY_BE_EMPTY = {"birth_date", "admitted_on", "release_on", "next_review_on"}
# What one person is, as far as the filters ask.
COLUMNS = (
    "facility__code", "unit_id", "tier", "status", "legal_status", "is_returnee", "group_role",
    "next_review_on", "release_on", "closed",
)  # fmt: skip
# Filters and orders by what a record holds: nobody is found by them whose record is closed to the reader.
OF_RECORDS = {"tier", "returnee", "role", "review"}


@dataclass
class Option:
    """One value of a filter, with how many people it would leave (None where that is not counted)."""

    value: str
    label: str | Promise
    chosen: bool = False
    count: int | None = None


@dataclass
class Filter:
    """One select above the list."""

    name: str
    label: str | Promise
    any_label: str | Promise
    options: list[Option]

    @property
    def value(self):
        return next((option.value for option in self.options if option.chosen), "")


def _days(text, allowed):
    return int(text) if text in allowed else 0


class Listing:
    """What one address of the list means for one user. `params` is a query string; nonsense in it is ignored."""

    def __init__(self, user, params, search=None):
        self.user = user
        self.params = {key: params.get(key, "") for key in ("q", "sort", "after", "before", *self.FILTERS)}
        self.text = search.text if search else None
        self.today = clock.today()
        sort = self.params["sort"]
        self.sort = sort if sort.lstrip("-") in SORTS else ("" if search else "name")

    # What the filters mean

    FILTERS = ("prison", "unit", "tier", "status", "legal", "returnee", "role", "review", "release")

    @cached_property
    def facilities(self):
        """Prisons to choose from; none where the user serves in one."""
        if not self.user.sees_nation and len(self.user.facility_ids) < 2:
            return []
        return list(Facility.objects.visible_to(self.user))

    @cached_property
    def facility(self):
        """The prison chosen."""
        return next((one for one in self.facilities if one.code == self.params["prison"]), None)

    @cached_property
    def units(self):
        """Units of the prison chosen, or of the only one in scope; those of the programme for whoever may know of it."""
        only = [] if self.user.sees_nation else self.user.facility_ids
        chosen = only[0] if len(only) == 1 else self.facility.pk if self.facility else None
        if not chosen:
            return []
        units = Unit.objects.filter(facility=chosen).order_by("name")
        if not may_know_participation(self.user):
            units = units.exclude(purpose=Unit.Purpose.PROGRAMME)
        return list(units)

    def _options(self, name):
        """Values and labels of one filter."""
        return {
            "prison": lambda: [(one.code, one.name) for one in self.facilities],
            "unit": lambda: [(str(one.pk), one.name) for one in self.units],
            "tier": lambda: TIERS,
            "status": lambda: [*Inmate.Status.choices, (EVERYONE, _("Everyone"))],
            "legal": lambda: LegalStatus.choices,
            "returnee": lambda: [("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))],
            "role": lambda: GroupRole.choices,
            "review": lambda: [("overdue", _("Overdue")), ("soon", _("Due within 30 days"))],
            "release": lambda: [
                ("7", _("Within 7 days")), ("30", _("Within 30 days")), ("90", _("Within 90 days")),
            ],
        }[name]()  # fmt: skip

    @cached_property
    def chosen(self):
        """{filter: value} of the filters that are set to something known."""
        chosen = {}
        for name in self.FILTERS:
            value = self.params[name]
            if value and value in {option for option, _label in self._options(name)}:
                chosen[name] = value
        return chosen

    def _left(self, people, name, value):
        """The people whom one filter's value leaves."""
        if name == "review" and value == "overdue":
            return people.review_overdue(self.today)
        if name == "review":
            return people.review_due(self.today, self.today + timedelta(days=30))
        if name == "release":
            return people.releases_until(self.today + timedelta(days=_days(value, {"7", "30", "90"})))
        return people.filter(self._condition(name, value))

    def _condition(self, name, value):
        """The rows that the value of another filter leaves, as a Q."""
        if name == "status":
            return Q() if value == EVERYONE else Q(status=value)
        if name == "tier":
            return Q(tier=None if value == "0" else int(value))
        if name == "returnee":
            return Q(is_returnee=RETURNEE[value])
        if name == "unit":
            return Q(unit=int(value))
        if name == "prison":
            return Q(facility=self.facility.pk)
        return Q(**{{"legal": "legal_status", "role": "group_role"}[name]: value})

    def _values(self, row):
        """For one person's columns: {filter: the values which that person answers to}."""
        facility, unit, tier, status, legal, returnee, role, review, release, closed = row
        held = status == Inmate.Status.IN_CUSTODY
        reviews, releases = (), ()
        if held and review and not closed:
            left = (review - self.today).days
            reviews = ("overdue",) if left < 0 else ("soon",) if left <= 30 else ()
        if held and release:
            left = (release - self.today).days
            releases = tuple(days for days in ("7", "30", "90") if left <= int(days))
        return {
            "prison": (facility,),
            "unit": (str(unit),) if unit else (),
            "tier": () if closed else (str(tier or 0),),
            "status": (status, EVERYONE),
            "legal": (legal,),
            "returnee": () if closed else ({True: "yes", False: "no", None: "unknown"}[returnee],),
            "role": () if closed else (role,),
            "review": reviews,
            "release": releases,
        }

    # Whom the list holds

    @property
    def by_default_present(self):
        """Without a search and without a status asked for, the list is the register: people held or absent."""
        return self.text is None and "status" not in self.chosen

    @property
    def _in_scope(self):
        """Whoever asks for a tier, a review or a role finds the records that are open to them."""
        people = Inmate.objects.on_duty(self.user)
        of_records = OF_RECORDS & self.chosen.keys() or self.sort.lstrip("-") in OF_RECORDS
        return people.filter(closed=False) if of_records else people

    @cached_property
    def base(self):
        """Everybody whom the filters choose from: the user's scope, narrowed by the search.

        People with a restricted record too, for holding and counting, where nothing is asked for that their record holds.
        """
        people = self._in_scope
        return people if self.text is None else people.filter(pk__in=self.ranked)

    @cached_property
    def ranked(self):
        """Primary keys that the search found, best first. A full answer is asked again inside the filters."""
        people = self._in_scope
        keys = list(people.search(self.text).values_list("pk", flat=True))
        if len(keys) >= MOST and self.chosen:
            keys = list(self._narrowed(people).search(self.text).values_list("pk", flat=True))
        return keys

    def _narrowed(self, people):
        for name, value in self.chosen.items():
            people = self._left(people, name, value)
        return people.on_register() if self.by_default_present else people

    @cached_property
    def people(self):
        """Everybody on the list, in no order."""
        return self._narrowed(self.base)

    def ordered(self, reading=None):
        """Everybody on the list in its order, for an export. `reading` adds to the queryset what a row needs."""
        people = reading(self.people) if reading else self.people.for_list()
        if not self.sort:
            place = {pk: number for number, pk in enumerate(self.ranked)}
            return sorted(people, key=lambda person: place[person.pk])
        minus = "-" if self.sort.startswith("-") else ""
        return people.order_by(f"{minus}{self.column}", f"{minus}pk").iterator(chunk_size=2000)

    # How many

    @cached_property
    def _rows(self):
        """Columns of everybody the filters choose from, or None when they are too many to count at each page."""
        rows = list(self.base.order_by().values_list(*COLUMNS)[: FACETS_UP_TO + 1])
        return rows if len(rows) <= FACETS_UP_TO else None

    @cached_property
    def counts(self):
        """(people on the list up to the cap, {filter: Counter of values}), each filter counted under all the others."""
        if self._rows is None:
            return self.people.order_by()[: COUNT_UP_TO + 1].count(), {}
        total, facets = 0, {name: Counter() for name in self.FILTERS}
        for row in self._rows:
            values = self._values(row)
            failing = [name for name, value in self.chosen.items() if value not in values[name]]
            if self.by_default_present and row[3] not in Inmate.ON_REGISTER:
                failing.append("status")
            if not failing:
                total += 1
            if len(failing) > 1:
                continue
            for name in failing or self.FILTERS:
                facets[name].update(values[name])
        return total, facets

    @property
    def total(self):
        """How many people are on the list; more than COUNT_UP_TO stands for "1,000+"."""
        return self.counts[0]

    @cached_property
    def filters(self):
        """The selects above the list, without those that have nothing to choose."""
        facets = self.counts[1]
        labels = {
            "prison": (_("Prison"), _("All prisons")),
            "unit": (_("Unit"), _("All units")),
            "tier": (_("Tier"), _("All tiers")),
            "status": (_("Status"), _("On the register") if self.text is None else _("Any status")),
            "legal": (_("Legal status"), _("Any")),
            "returnee": (_("Returnee"), _("Any")),
            "role": (_("Role in the group"), _("Any")),
            "review": (_("Tier review"), _("Any")),
            "release": (pgettext_lazy("over a day", "Release"), _("Any")),
        }
        filters = []
        for name in self.FILTERS:
            options = [
                Option(value, label, self.chosen.get(name) == value, facets[name][value] if facets else None)
                for value, label in self._options(name)
            ]
            if options:
                filters.append(Filter(name, *labels[name], options))
        return filters

    # One page

    @property
    def column(self):
        return SORTS[self.sort.lstrip("-")]

    @cached_property
    def _walk(self):
        """(people of this page, is there an earlier page, is there a later one)."""
        after, before = _uuid(self.params["after"]), _uuid(self.params["before"])
        if not self.sort:
            return self._walk_ranked(after or before, back=bool(before and not after))
        mark = None
        if after or before:
            mark = self.base.filter(uuid=after or before).values_list(self.column, "pk").first()
        back = mark is not None and after is None
        descending = self.sort.startswith("-")
        taken = self._take(mark, descending=descending != back)
        more, page = len(taken) > ROWS, taken[:ROWS]
        if back:
            page.reverse()
        return page, (more if back else mark is not None), (True if back else more)

    def _take(self, mark, *, descending):
        """ROWS + 1 people after the mark (value, pk) in one direction, empty values last (first when descending)."""
        column, people = self.column, self.people.for_list()
        minus, beyond = ("-", "lt") if descending else ("", "gt")
        parts = [False, True] if column in MAY_BE_EMPTY else [False]
        if descending:
            parts.reverse()
        if mark is not None and (mark[0] is None) != parts[0]:
            parts = parts[1:]
        reached = []
        for number, empty in enumerate(parts):
            rows = people.order_by(f"{minus}{column}", f"{minus}pk")
            if column in MAY_BE_EMPTY:
                rows = rows.filter(**{f"{column}__isnull": empty})
            if mark is not None and number == 0:
                step = Q(**{f"pk__{beyond}": mark[1]})
                if not empty:
                    # The first condition lets the index start there; the second is the rule.
                    rows = rows.filter(**{f"{column}__{beyond}e": mark[0]})
                    step |= Q(**{f"{column}__{beyond}": mark[0]})
                rows = rows.filter(step)
            reached += rows[: ROWS + 1 - len(reached)]
            if len(reached) > ROWS:
                break
        return reached

    def _walk_ranked(self, mark, *, back):
        """The same for people in the order in which the search found them."""
        left = set(self.people.values_list("pk", flat=True))
        ids = [pk for pk in self.ranked if pk in left]
        start = 0
        if mark:
            at = self._in_scope.filter(uuid=mark).values_list("pk", flat=True).first()
            if at in left:
                start = max(0, ids.index(at) - ROWS) if back else ids.index(at) + 1
        shown = ids[start : start + ROWS]
        people = {person.pk: person for person in self.people.for_list().filter(pk__in=shown)}
        return [people[pk] for pk in shown if pk in people], start > 0, start + ROWS < len(ids)

    @property
    def page(self):
        """The people of this page."""
        return self._walk[0]

    # Addresses

    def address(self, **changes):
        """The query string of this list with some parameters changed; empty ones fall away, pages start over."""
        kept = {"q": self.params["q"], **self.chosen, "sort": self.params["sort"] and self.sort} | changes
        text = urlencode({key: value for key, value in kept.items() if value})
        return f"?{text}" if text else "?"

    @property
    def previous_address(self):
        page, earlier, _later = self._walk
        return self.address(before=page[0].uuid) if earlier and page else ""

    @property
    def next_address(self):
        page, _earlier, later = self._walk
        return self.address(after=page[-1].uuid) if later and page else ""

    @property
    def link(self):
        """An address to keep: filters and order, never a search."""
        return self.address(q="")


def _uuid(text):
    """The UUID that a parameter holds, or None."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
