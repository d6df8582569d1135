"""Charts as inline SVG: mirrored where the page reads from the right, readable in grey, with a title and a description.

Every chart stands beside a table that says the same. Colours and patterns come from classes (`static/css/charts.css`), so
that the content policy needs no exception. The root is drawn from left to right; what mirrors is mirrored here, and text is
isolated, so that browsers and printers that do not know the page's direction draw the same.
"""

from dataclasses import dataclass
from math import ceil, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from core.templatetags.display import number

WIDTH, HEIGHT = 720, 260
AXIS, FOOT, TOP = 56, 34, 12  # room for the scale, for the days, above the highest bar
KINDS = 9  # classes of colour and pattern; a tenth part looks like the first
ISOLATE, END = "\u2068", "\u2069"


@dataclass(frozen=True)
class Bar:
    """One bar: its label and the number of each part, in the order of the chart's parts."""

    label: str
    parts: tuple[int, ...]


def scale(highest):
    """The top of a scale that holds `highest`, and its step: 1, 2 or 5 times a power of ten, at most five steps."""
    if highest <= 0:
        return 1, 1
    rough = highest / 5
    power = 10 ** max(0, ceil(log10(rough)) - 1) if rough >= 1 else 1
    step = next(n * power for n in (1, 2, 5, 10, 20, 50) if n * power >= rough)
    return ceil(highest / step) * step, step


def stacked_bars(bars, *, name, title, description, marks=()) -> SafeString:
    """Stacked bars, each with a line across it at the height that `marks` gives, where there are such.

    `name` tells the chart's patterns from another's on the page; `title` and `description` are read aloud.
    """
    mirrored = get_language_bidi()
    top, step = scale(max([*(sum(bar.parts) for bar in bars), *marks], default=0))
    room, height = WIDTH - AXIS, HEIGHT - FOOT - TOP

    def across(x, width=0):
        return WIDTH - x - width if mirrored else x

    def down(n):
        return round(TOP + height * (1 - n / top), 1)

    slot = room / max(1, len(bars))
    lines = format_html_join(
        "",
        '<line class="chart-line" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="chart-text" x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (across(AXIS), across(WIDTH), down(n), down(n), across(AXIS - 8), down(n) + 4, "start" if mirrored else "end",
             _isolated(number(n)))
            for n in range(0, top + 1, step)
        ),
    )  # fmt: skip
    width, every = round(slot * 0.72, 1), ceil(len(bars) * 62 / room) or 1  # a label takes 62 units
    drawn, labels = [], []
    for at, bar in enumerate(bars):
        x, below = AXIS + at * slot + slot * 0.14, 0
        for part, people in enumerate(bar.parts):
            if people:
                drawn.append((part % KINDS + 1, round(across(x, width), 1), down(below + people), width,
                              round(down(below) - down(below + people), 1), name, part % KINDS + 1))  # fmt: skip
            below += people
        if (len(bars) - 1 - at) % every == 0:  # the last one is always named
            labels.append((round(across(x + width / 2), 1), HEIGHT - 12, _isolated(bar.label)))
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" direction="ltr" role="img" aria-labelledby="{}-title {}-about">'
        '<title id="{}-title">{}</title><desc id="{}-about">{}</desc><defs>{}</defs>{}{}{}{}</svg>',
        WIDTH, HEIGHT, name, name, name, title, name, description,
        patterns(name),
        lines,
        format_html_join(
            "",
            '<rect class="chart-{}" x="{}" y="{}" width="{}" height="{}"/>'
            '<rect fill="url(#{}-{})" x="{}" y="{}" width="{}" height="{}"/>',
            ((kind, x, y, w, h, of, mark, x, y, w, h) for kind, x, y, w, h, of, mark in drawn),
        ),
        format_html_join(
            "", '<line class="chart-limit" x1="{}" x2="{}" y1="{}" y2="{}"/>',
            ((round(across(AXIS + at * slot), 1), round(across(AXIS + (at + 1) * slot), 1), down(n), down(n))
             for at, n in enumerate(marks)),
        ),
        format_html_join(
            "", '<text class="chart-text" x="{}" y="{}" text-anchor="middle">{}</text>', labels
        ),
    )  # fmt: skip


# Marks over the colour, so that parts differ in grey too: none, strokes in four directions, dots, a grid.
MARKS = (
    "", "M0 6L6 0", "M0 0L6 6", "M0 3H6", "M3 0V6", "M2 2h2v2h-2z", "M0 3H6M3 0V6", "M0 0L6 6M0 6L6 0",
    "M1 1h1v1h-1zM4 4h1v1h-1z",
)  # fmt: skip


def patterns(name) -> SafeString:
    """The marks of the parts, under names of this chart."""
    return format_html_join(
        "",
        '<pattern id="{}-{}" width="6" height="6" patternUnits="userSpaceOnUse"><path class="chart-mark" d="{}"/></pattern>',
        ((name, n, mark or "M0 0") for n, mark in enumerate(MARKS, start=1)),
    )


def key(labels, *, name) -> SafeString:
    """The legend: each part's colour, mark and name, in the order of the parts."""
    return format_html(
        '<ul class="chart-key">{}</ul>',
        format_html_join(
            "",
            '<li><svg class="chart-swatch" viewBox="0 0 18 12" aria-hidden="true" focusable="false">'
            '<rect class="chart-{}" width="18" height="12"/><rect fill="url(#{}-{})" width="18" height="12"/></svg> {}</li>',
            ((n % KINDS + 1, name, n % KINDS + 1, label) for n, label in enumerate(labels)),
        ),
    )


def _isolated(text):
    """The text apart from what stands around it, whatever its direction."""
    return f"{ISOLATE}{text}{END}"
