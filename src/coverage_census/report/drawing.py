"""A Vega-Lite specification in; an inline SVG out that takes the page's colours and fits its column."""

import re

from coverage_census.report.charts import Chart

# The SVG has a size in px; in a page its viewBox is enough, and what reads the screen is told by the page instead.
_SIZE = re.compile(r'^<svg [^>]*?width="([\d.]+)" height="([\d.]+)" viewBox="([^"]+)">')
_SPOKEN = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


def svg(chart: Chart) -> str:
    """The drawing alone, hidden from screen readers: the table beside it says the same."""
    import vl_convert

    drawn = _SPOKEN.sub("", str(vl_convert.vegalite_to_svg(dict(chart.spec))))
    match = _SIZE.match(drawn)
    if match is None:
        raise AssertionError(drawn[:200])
    wide, _, box = match.groups()
    opening = f'<svg class="chart" aria-hidden="true" focusable="false" viewBox="{box}" style="max-width:{wide}px">'
    return opening + drawn[match.end() :]
