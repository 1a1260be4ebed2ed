"""A Vega-Lite specification in; an inline SVG out that takes the page's colours and fits its column."""

import re

from markupsafe import escape

from coverage_census.report.page import svg_process
from coverage_census.report.page.charts import NAME_GAP, TYPE, Chart

# The SVG has a size in px; in a page its viewBox is enough, and what reads the screen is told by the page instead.
_SIZE = re.compile(r'^<svg [^>]*?width="([\d.]+)" height="([\d.]+)" viewBox="([^"]+)">')
_SPOKEN = re.compile(r' (?:role|aria-[a-z]+|pointer-events)="[^"]*"')
_PLACES = re.compile(r' (?:d|transform)="[^"]*"')
_EXACT = re.compile(r"(\d\.\d)\d+")  # a tenth of a px is enough
_BAR = re.compile(r'<path [^>]*aria-roledescription="bar" d="M0,([\d.]+)h([\d.]+)v([\d.]+)h[^>]*/>')


def svg(chart: Chart) -> str:
    """The drawing alone, hidden from screen readers: the table beside it says the same."""
    drawn = _PLACES.sub(lambda found: _EXACT.sub(r"\1", found[0]), svg_process.draw(chart.spec))
    drawn = _SPOKEN.sub("", _named(drawn, chart) if chart.names else drawn)
    match = _SIZE.match(drawn)
    if match is None:
        raise AssertionError(drawn[:200])
    wide, _, box = match.groups()
    opening = f'<svg class="chart" aria-hidden="true" focusable="false" viewBox="{box}" style="max-width:{wide}px">'
    return opening + drawn[match.end() :]


def _named(drawn: str, chart: Chart) -> str:
    """The name before and the figure behind each bar. The program that draws takes a millisecond and a half for every
    text that it measures, which would be two thirds of a county's page; what is set here is not measured."""
    names = iter(chart.names)

    def bar(found: re.Match[str]) -> str:
        (name, figure), (top, long, high) = next(names), map(float, found.groups())
        middle = f'y="{top + high / 2:.1f}" dy=".35em"'
        before = f'<text x="-{NAME_GAP}" {middle} text-anchor="end">{escape(name)}</text>'
        return f'{found[0]}{before}<text x="{long + 6:.1f}" {middle}>{escape(figure)}</text>'

    type_ = f'<g font-family="sans-serif" font-size="{TYPE}px" fill="var(--ink)">'
    found = _BAR.sub(bar, drawn)
    if next(names, None) is not None:
        raise AssertionError("a bar is missing")
    return found.replace('<g class="mark-rect', f'{type_}<g class="mark-rect', 1).replace("</svg>", "</g></svg>")
