"""How things are shown on every page: names, days, tiers, shares. Loaded in all templates (a builtin of the engine).

Filters
    {{ day_value|day }}                         12 Mar 2015 · 12 mars 2015 · 12 مارس 2015, in a <bdi> that never breaks
    {{ day_value|day_text }}                    the same as plain text, for attributes
    {{ moment_value|moment }}                   12 Mar 2015, 09:12 in Morocco's time
    {{ inmate.birth_date|birth:inmate.birth_precision }}         7 Jun 1979 · 1985 (year only) · presumed 1988
    {{ inmate.birth_date|birth_short:inmate.birth_precision }}   the same without the words in brackets, for lists
    {{ n|number }}                              1,204 by the reader's rules
    {{ text|dash }}                             the value, or a soft dash when there is none
    {{ inmate|name }}, {{ inmate|other_name }}  plain text: the reader's script first, then the other one
    {{ names|listed }}                          one after the other, with the comma of the language
    {{ inmate|initial }}                        one letter, where there is no photograph

Tags
    {% tier 2 %}  {% tier 2 short=True %}  {% tier 2 long=True %}  {% tier None due=day %}   word, shape and colour
    {% due day %}  {% due day short=True %}  {% due day soon=7 %}     pill: in 21 days · today · 12 days late
    {% due_on day %}                            the day, then its pill when it is late or within `soon` (30) days
    {% pill "Overdue" "late" %}                 a word in a pill: late, soon, ok or nothing
    {% person inmate %}  {% person inmate link=False %}     name in both scripts, linked to the profile
    {% pct n of %}                              64.9 % (155 of 239): a share always with its denominator
    {% occupancy held places %}                 57 of 60 with a bar: green, amber from 90 %, red above the places
    {% profile_tabs inmate "inmates:tab_custody" %}    the row of tabs of a person's record, one marked as current
    {% to %}  {% comma %}  {% colon %}          an arrow in the direction of reading, a comma and a colon of the language
    {% bar n of %}  {% bar n of tone="tier-1" %}    a plain bar for statistics, without words
"""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, npgettext
from django.utils.translation import gettext_lazy as _

from audit import sight
from config import clock
from config.formats.ar.formats import MONTHS as MOROCCAN_MONTHS
from core import panels

register = template.Library()

SHAPES = {1: "▲", 2: "◆", 3: "●"}
TIERS = {1: _("Tier 1"), 2: _("Tier 2"), 3: _("Tier 3")}
LONG_TIERS = {1: _("Tier 1, most dangerous"), 2: _("Tier 2, reconcilable"), 3: _("Tier 3, lower risk")}
NEARLY_FULL = 0.9

# Named here so that the Arabic catalogue carries Moroccan months for whatever Django formats itself.
MONTH_NAMES = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)


# Days and moments


def _local(value):
    """A moment in Morocco's time; a day as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _arabic() -> bool:
    return (get_language() or "").startswith("ar")


@register.filter
def day_text(value) -> str:
    """A day as plain text with its month in letters; nothing for no day."""
    if not isinstance(value, date):
        return ""
    value = _local(value)
    if _arabic():
        return f"{value.day} {MOROCCAN_MONTHS[value.month - 1]} {value.year}"
    text = formats.date_format(value, "DATE_FORMAT")
    return text.replace("1", "1er", 1) if value.day == 1 and get_language() == "fr" else text


def _bdi(text) -> SafeString:
    return format_html('<bdi class="day">{}</bdi>', text) if text else mark_safe("")


@register.filter
def day(value) -> SafeString:
    """A day, safe beside either script."""
    return _bdi(day_text(value))


@register.filter
def moment(value) -> SafeString:
    """A day with hours and minutes in Morocco's time; a mere day stays a day."""
    return _bdi(moment_text(value)) if isinstance(value, datetime) else day(value)


def moment_text(value) -> str:
    """The same as plain text, for sentences."""
    value = _local(value)
    return f"{day_text(value)}{'،' if _arabic() else ','} {value:%H:%M}"


def _month_text(value) -> str:
    if _arabic():
        return f"{MOROCCAN_MONTHS[value.month - 1]} {value.year}"
    return formats.date_format(value, "YEAR_MONTH_FORMAT")


@register.filter
def birth(value, precision="day") -> SafeString:
    """A birth date no more exactly than it is known. `precision`: day, month, year or presumed."""
    if not isinstance(value, date):
        return mark_safe(gettext("not known"))
    if precision == "year":
        return _bdi(gettext("%(year)s (year only)") % {"year": value.year})
    if precision == "month":
        return _bdi(gettext("%(month)s (month only)") % {"month": _month_text(value)})
    return birth_short(value, precision)


@register.filter
def birth_short(value, precision="day") -> SafeString:
    """As `birth`, for a column: 1985, March 1985, presumed 1988."""
    if not isinstance(value, date):
        return dash(None)
    if precision == "year":
        return _bdi(str(value.year))
    if precision == "month":
        return _bdi(_month_text(value))
    if precision == "presumed":
        return _bdi(gettext("presumed %(year)s") % {"year": value.year})
    return day(value)


# Numbers


@register.filter
def number(value) -> str:
    """A count or an amount with its thousands parted, no hundredths where they are none; a dash for nothing."""
    if value is None or value == "":
        return "—"
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    return formats.number_format(value, use_l10n=True, force_grouping=True)


@register.simple_tag
def signed(value) -> SafeString:
    """A difference with its sign, apart from the words around it."""
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return format_html('<bdi dir="ltr">{}{}</bdi>', sign, number(abs(value)))


@register.filter
def dash(value):
    """The value, or a soft dash where there is none (zero is a value)."""
    if value is None or value == "":
        return format_html('<span class="none">—<span class="visually-hidden"> {}</span></span>', gettext("none"))
    return value


@register.simple_tag
def to():
    """An arrow from what was to what is, in the direction of reading."""
    return "←" if _arabic() else "→"


@register.simple_tag
def comma():
    """A comma of the language and a space, between two things shown one after the other."""
    return "، " if _arabic() else ", "


@register.simple_tag
def colon():
    """A colon of the language and a space, between a label and what it names: French puts a space before it too."""
    return "\N{NO-BREAK SPACE}: " if get_language() == "fr" else ": "


@register.filter
def listed(items):
    """The items one after the other, with the comma of the language."""
    return comma().join(map(str, items))


@register.simple_tag
def pct(n, of) -> SafeString:
    """A share with its denominator; without a denominator there is no share."""
    n, of = n or 0, of or 0
    # Rounded here: Django's number_format cuts decimals off.
    share = f"{formats.number_format(f'{100 * n / of:.1f}', use_l10n=True)} %" if of else "—"
    counts = gettext("%(n)s of %(of)s") % {"n": number(n), "of": number(of)}
    return format_html('<span class="pct"><bdi dir="ltr">{}</bdi> <span class="soft">({})</span></span>', share, counts)


def _bar(n, of, tone) -> SafeString:
    """A bar of `n` in `of`, drawn with attributes alone, as the content policy wants."""
    width = max(0, min(100, round(100 * n / of))) if of else (100 if n else 0)
    return format_html(
        '<svg class="bar bar-{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bar-ground" width="100" height="6"/><rect class="bar-part" width="{}" height="6"/></svg>',
        tone,
        width,
    )


@register.simple_tag
def bar(n, of, tone="ok") -> SafeString:
    """A plain bar; the number beside it says the same in words. `tone`: ok, soon, late, none, tier-1, -2, -3."""
    return _bar(n or 0, of or 0, tone)


@register.simple_tag
def occupancy(held, places) -> SafeString:
    """People held of the working places, with a bar: amber from 90 %, red only above the places."""
    held, places = held or 0, places or 0
    tone = "late" if held > places else "soon" if places and held >= NEARLY_FULL * places else "ok"
    words = gettext("%(n)s of %(of)s") % {"n": number(held), "of": number(places)}
    over = ngettext("%(n)s over", "%(n)s over", held - places) % {"n": number(held - places)} if held > places else ""
    return format_html(
        '<span class="occupancy"><span class="occupancy-text">{} {}</span>{}</span>',
        words,
        pill(over, "late") if over else "",
        _bar(held, places, tone),
    )


# Tiers, pills, days that fall due


@register.simple_tag
def pill(text, tone="none") -> SafeString:
    """A word in a pill. `tone`: late, soon, ok or none."""
    return format_html('<span class="pill pill-{}">{}</span>', tone or "none", text)


@register.simple_tag
def restricted() -> SafeString:
    """What stands where a record is closed to its reader."""
    return pill(gettext("restricted"), "none")


@register.simple_tag
def tier(value, short=False, long=False, due=None) -> SafeString:
    """A tier by word, shape and colour. Unclassified is a dash and, when given, the day the first tier is due."""
    try:
        value = int(value) if value not in (None, "") else None
    except (TypeError, ValueError):
        value = None
    if value not in SHAPES:
        if due:
            return pill(gettext("first due %(day)s") % {"day": day_text(due)}, _tone(due, 30) or "soon")
        return format_html(
            '<span class="pill pill-soon">—<span class="visually-hidden"> {}</span></span>',
            gettext("not yet classified"),
        )
    if short:
        words = format_html(
            '<span class="visually-hidden">{}</span><span aria-hidden="true">{}</span>', TIERS[value], value
        )
    else:
        words = LONG_TIERS[value] if long else TIERS[value]
    return format_html(
        '<span class="tier tier-{}"><span class="tier-shape" aria-hidden="true">{}</span> {}</span>',
        value,
        SHAPES[value],
        words,
    )


def _tone(value, soon) -> str:
    """late after the day, soon from `soon` days before it to the day itself, else nothing."""
    left = (_day_of(value) - clock.today()).days
    return "late" if left < 0 else "soon" if left <= soon else ""


def _day_of(value) -> date:
    value = _local(value)
    return value.date() if isinstance(value, datetime) else value


def _due_words(left, short) -> str:
    if left == 0:
        return gettext("today")
    if left > 0:
        if short:
            return npgettext("days left, short", "%(days)s d", "%(days)s d", left) % {"days": left}
        return ngettext("in %(days)s day", "in %(days)s days", left) % {"days": left}
    if short:
        return npgettext("days late, short", "%(days)s d late", "%(days)s d late", -left) % {"days": -left}
    return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}


@register.simple_tag
def due(value, short=False, soon=30) -> SafeString:
    """A pill that says how far off a day is. Overdue after the day, never on it."""
    if not isinstance(value, date):
        return mark_safe("")
    left = (_day_of(value) - clock.today()).days
    words = _due_words(left, short)
    return format_html(
        '<span class="pill pill-{}" title="{}">{}</span>', _tone(value, soon) or "none", day_text(value), words
    )


@register.simple_tag
def due_on(value, short=False, soon=30) -> SafeString:
    """The day and, when it is late or near, its pill."""
    if not isinstance(value, date):
        return dash(None)
    if not _tone(value, soon):
        return day(value)
    return format_html('<span class="due">{} {}</span>', day(value), due(value, short=short, soon=soon))


# People


def _names(inmate) -> tuple[str, str]:
    """The two writings of a name, the reader's script first; when only one is known, it stands alone."""
    sight.named(inmate)
    latin = " ".join(part for part in (inmate.family_name_latin.upper(), inmate.given_name_latin) if part)
    arabic = " ".join(part for part in (inmate.given_name_ar, inmate.family_name_ar) if part)
    first, second = (arabic, latin) if _arabic() else (latin, arabic)
    if not first:
        first, second = second, ""
    return first or gettext("name not recorded"), second


@register.filter
def name(inmate) -> str:
    """The name in the reader's script, as plain text."""
    return _names(inmate)[0] if inmate else ""


@register.filter
def other_name(inmate) -> str:
    """The name in the other script, or nothing."""
    return _names(inmate)[1] if inmate else ""


@register.filter
def initial(inmate) -> str:
    """The first letter of the name, for the place of a photograph."""
    return name(inmate)[:1]


@register.simple_tag
def person(inmate, link=True) -> SafeString:
    """A name in both scripts, each in a <bdi>, the first linked to the profile."""
    if not inmate:
        return dash(None)
    first, second = _names(inmate)
    shown = format_html("<bdi>{}</bdi>", first)
    if link:
        shown = format_html('<a href="{}">{}</a>', inmate.get_absolute_url(), shown)
    parts = [shown] + ([format_html('<bdi class="other-name">{}</bdi>', second)] if second else [])
    return format_html('<span class="person">{}</span>', format_html_join(" ", "{}", ((part,) for part in parts)))


@register.inclusion_tag("_tabs.html", takes_context=True)
def profile_tabs(context, inmate, tab):
    """The tabs of a person's record, with `tab` (a URL name) marked as current."""
    closed = getattr(inmate, "closed", False)
    return {"inmate": inmate, "tab": tab, "tabs": [] if closed else panels.tabs(context["request"].user, inmate)}
