"""The geometry of charts: heights, order, mirroring, grey marks and words."""

import re
from itertools import pairwise

import pytest
from django.utils import translation

from reports import charts

BARS = [charts.Bar("01/2026", (10, 5)), charts.Bar("02/2026", (0, 20)), charts.Bar("03/2026", (0, 0))]


def drawn(svg):
    """`(class, x, y, width, height)` of the coloured parts."""
    found = re.findall(r'<rect class="chart-(\d)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg)
    return [(int(kind), *map(float, rest)) for kind, *rest in found]


def chart(bars=BARS):
    return charts.stacked_bars(bars, name="c", title="People <b>", description="All")


def test_heights_are_in_proportion_and_parts_stand_on_each_other():
    first, second, third = drawn(chart())
    assert first[4] == pytest.approx(2 * second[4], abs=0.2)
    assert third[4] == pytest.approx(2 * first[4], abs=0.2)
    assert second[2] + second[4] == pytest.approx(first[2], abs=0.2)
    assert first[2] + first[4] == pytest.approx(charts.HEIGHT - charts.FOOT, abs=0.2)


def test_nothing_is_drawn_outside_and_bars_do_not_touch():
    parts = drawn(chart([charts.Bar(str(n), (n + 1,)) for n in range(61)]))
    assert len(parts) == 61
    assert all(x >= 0 and x + width <= charts.WIDTH and y >= 0 for _kind, x, y, width, _height in parts)
    assert all(one[1] + one[3] < other[1] for one, other in pairwise(parts))


def test_arabic_mirrors_the_bars_and_not_the_heights():
    plain = drawn(chart())
    with translation.override("ar"):
        mirrored = drawn(chart())
    for one, other in zip(plain, mirrored, strict=True):
        assert other[1] == pytest.approx(charts.WIDTH - one[1] - one[3], abs=0.2)
        assert other[2:] == one[2:]


@pytest.mark.parametrize(
    ("highest", "top", "step"), [(0, 1, 1), (1, 1, 1), (7, 8, 2), (812, 1000, 200), (99_999, 100_000, 20_000)]
)
def test_the_scale_holds_the_highest_in_round_steps(highest, top, step):
    assert charts.scale(highest) == (top, step)


def test_words_are_escaped_and_read_aloud_and_no_style_is_needed():
    svg = chart()
    assert "<title" in svg
    assert "People &lt;b&gt;" in svg
    assert "style=" not in svg
    assert len(set(re.findall(r'<path class="chart-mark" d="([^"]+)"', svg))) == charts.KINDS


def test_an_empty_register_draws_an_empty_chart():
    assert drawn(chart([])) == []
