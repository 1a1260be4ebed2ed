"""Figures of a page in; few charts out, each a Vega-Lite specification with the table that says the same in numbers.

Colours are the page's own CSS variables, so that a chart follows light, dark and print. Specifications are plain
data: building them with altair cost 0.66 s of CPU at import, and gave the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from coverage_census.model.choices import OrgForm
from coverage_census.model.decision import AreaCoverage
from coverage_census.model.record import Json, JsonView
from coverage_census.report.figures import Share, plain
from coverage_census.report.page import areas
from coverage_census.report.page.areas import CoverageLine
from coverage_census.words.catalogue import Words
from coverage_census.words.width import width

INK, SOFT, RULE, DATA, TRACK, RED = (f"var(--{name})" for name in ("ink", "soft", "line", "data", "track", "red"))
TYPE = 13  # px; a Chinese character is as wide as it is high
ROW = 24  # px from bar to bar
WIDE = 440  # px of the whole drawing, so that type is as large in every chart
MOST = 40  # bars that anybody can compare
ROOMY = 260  # px that five figures below a scale need
NAME_GAP = 8  # px from a name to its bar

Spec = JsonView

INDUSTRIES = 12  # the largest ones; the many small ones would hide them


@dataclass(frozen=True)
class Chart:
    """One chart. `head` and `rows` are the table beside it, for those who cannot see it."""

    code: str
    title: str
    note: str
    spec: Spec
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, str], ...] = ()  # of bars whose name and figure are set beside them once they are drawn


@dataclass(frozen=True)
class Point:
    """One round in the trend."""

    label: str
    share: Share


@dataclass(frozen=True)
class ChartCause:
    """What one cause did to the rate: `moved` is a fraction of 1, `organisations` are those concerned."""

    label: str
    organisations: int
    moved: float


def coverage(code: str, of: str, lines: Sequence[CoverageLine], words: Words) -> Chart | None:
    """Coverage of areas, kinds or industries as bars on one scale from 0 to 100 %; None for fewer than two."""
    told = [line for line in lines if line.share.percent is not None]
    if not 2 <= len(told) <= MOST:
        return None
    values = [{"label": str(at), "rate": float(line.share.exact or 0)} for at, line in enumerate(told)]
    names = tuple((plain(line.label), line.share.text) for line in told)
    rows = [(line.label, str(line.organisations), str(line.covered), line.share.text) for line in told]
    heads = (of, *(words(f"report.column.{key}") for key in ("organisations", "covered", "rate")))
    title = words(f"report.chart.{code}")
    return Chart(code, title, "", _bars(values, [name for name, _ in names]), _plain(heads), tuple(rows), names)


def of_page(
    by_township: Sequence[AreaCoverage],
    by_kind: Sequence[AreaCoverage],
    by_industry: Sequence[AreaCoverage],
    total: AreaCoverage,
    org_forms: Mapping[str | None, int],
    words: Words,
) -> tuple[Chart, ...]:
    """The charts of a page: its coverage by township, kind and industry, and the forms of Party organisation
    (None: not known), each with how many organisations have it."""
    industries = sorted(by_industry, key=lambda each: -each.organisations)
    groups = (
        ("townships", "township", areas.by_rank(by_township)),
        ("kinds", "kind", by_kind),
        ("industries", "industry", [each for each in industries if each.group][:INDUSTRIES]),
    )
    known = {words(f"term.org_form.{form.value}"): org_forms.get(form.value, 0) for form in OrgForm}
    counts = dict(sorted(known.items(), key=lambda pair: -pair[1])) | {words("report.unknown"): org_forms.get(None, 0)}
    drawn = forms(counts, words)
    return (*of_coverage(groups, total, words), *((drawn,) if drawn is not None else ()))


def of_coverage(
    groups: Iterable[tuple[str, str, Sequence[AreaCoverage]]], total: AreaCoverage, words: Words
) -> tuple[Chart, ...]:
    """A chart of bars for each group: its code, what it groups by, its lines."""
    drawn = (
        coverage(code, words(f"report.column.{of}"), areas.table(lines, total, words).lines, words)
        for code, of, lines in groups
    )
    return tuple(each for each in drawn if each is not None)


def trend(points: Sequence[Point], words: Words) -> Chart | None:
    """The rate round by round; None for fewer than two."""
    told = [point for point in points if point.share.exact is not None]
    if len(told) < 2:
        return None
    values = [{"label": point.label, "rate": float(point.share.exact or 0), "text": point.share.text} for point in told]
    rows = [(point.label, f"{point.share.part}/{point.share.whole}", point.share.text) for point in told]
    heads = [words(f"report.chart.head.{key}") for key in ("round", "counts", "rate")]
    return Chart("trend", words("report.chart.trend"), _cut(words), _line(values), _plain(heads), tuple(rows))


def waterfall(before: Point, causes: Sequence[ChartCause], after: Point, words: Words) -> Chart | None:
    """Why the rate moved from one round to the next, cause by cause; None where it is not known or nothing did."""
    if before.share.exact is None or after.share.exact is None or not any(each.moved for each in causes):
        return None
    start = float(before.share.exact)
    steps = [_step(before.label, 0.0, start, "total", before.share.text)]
    for each in causes:
        if each.organisations:
            kind = "up" if each.moved >= 0 else "down"
            steps.append(_step(each.label, start, start + each.moved, kind, _points(each.moved)))
            start += each.moved
    steps.append(_step(after.label, 0.0, float(after.share.exact), "total", after.share.text))
    rows = [(before.label, "", before.share.text)]
    rows += [(each.label, str(each.organisations), _points(each.moved)) for each in causes if each.organisations]
    rows.append((after.label, "", after.share.text))
    heads = [words(f"report.chart.head.{key}") for key in ("cause", "concerned", "moved")]
    return Chart("moved", words("report.chart.moved"), _cut(words), _steps(steps), _plain(heads), tuple(rows))


def forms(counts: Mapping[str, int], words: Words) -> Chart | None:
    """How those with a Party organisation are organised, as parts of one bar; None where there are none."""
    told = {form: count for form, count in counts.items() if count}
    whole = sum(told.values())
    if not whole:
        return None
    rows = [(form, str(count), Share(count, whole).text) for form, count in told.items()]
    values = [
        {"form": form, "count": count, "shade": 1 - order / (len(told) + 1)}
        for order, (form, count) in enumerate(told.items())
    ]
    heads = [words(f"report.chart.head.{key}") for key in ("form", "organisations", "share")]
    return Chart("forms", words("report.chart.forms"), "", _parts(values), _plain(heads), tuple(rows))


def _plain(labels: Sequence[str]) -> tuple[str, ...]:
    return tuple(label.replace("\u00ad", "") for label in labels)


def _cut(words: Words) -> str:
    return words("report.chart.cut")


def _points(moved: float) -> str:
    return f"{moved * 100:+.1f}".replace("-", "−")


def _step(label: str, low: float, high: float, kind: str, text: str) -> Json:
    return {"label": label, "from": low, "to": high, "kind": kind, "text": text}


def _base(values: Sequence[JsonView], **more: object) -> Json:
    """What all charts share: no frame, quiet rules, one size of type."""
    axis = {
        "labelColor": INK,
        "labelFontSize": TYPE,
        "labelLimit": 0,
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": RULE,
        "titleColor": SOFT,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [dict(each) for each in values]},
        "background": None,
        "padding": 4,
        "config": {
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": axis,
            "text": {"color": INK, "fontSize": TYPE},
        },
        **more,
    }


def _room(values: Sequence[JsonView], field: str) -> float:
    """px that the longest name needs: the program that draws has no Chinese font to measure it with."""
    return max(width(str(each[field])) for each in values) * TYPE / 2 + 8


def _bars_wide(values: Sequence[JsonView], field: str) -> float:
    """px for the bars: what names on the left and figures on the right leave."""
    return max(WIDE - _room(values, field) - 8 - 48, WIDE / 3)


def _share(field: str, wide: float) -> Json:
    """A scale from 0 to 100 %, with as many figures below it as stand apart."""
    ticks = [0, 0.25, 0.5, 0.75, 1] if wide >= ROOMY else [0, 0.5, 1]
    axis = {"title": None, "format": ".0%", "values": ticks, "domain": False, "ticks": False}
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}


def _bars(values: Sequence[JsonView], names: Sequence[str]) -> Spec:
    """Bars alone, with room for the names on their left and the figures on their right (`drawing` sets both)."""
    room = max(width(name) for name in names) * TYPE / 2 + NAME_GAP
    wide = max(WIDE - room - 48, WIDE / 3)
    axis = {"title": None, "ticks": False, "domain": False, "labels": False}
    y = {"field": "label", "type": "nominal", "sort": None, "axis": axis, "scale": {"padding": 0.25}}
    mark = {"mark": {"type": "bar", "color": DATA}, "encoding": {"x": _share("rate", wide), "y": y}}
    return _base(values, width=wide, height=ROW * len(values), **mark) | {
        "padding": {"left": room + 4, "right": 48, "top": 4, "bottom": 4}
    }


def _domain(values: Sequence[float]) -> list[float]:
    """A scale that shows small movements, with room for what stands beside the ends, inside 0 to 1."""
    low, high = min(values), max(values)
    room = max((high - low) * 0.3, 0.02)
    return [max(0.0, low - room), min(1.0, high + room)]


def _line(values: Sequence[JsonView]) -> Spec:
    x = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "labelAngle": 0 if len(values) <= 4 else -40, "grid": False, "labelOverlap": False},
    }
    scale = {"domain": _domain([each["rate"] for each in values]), "nice": True, "zero": False}
    y = {
        "field": "rate",
        "type": "quantitative",
        "scale": scale,
        "axis": {"title": None, "format": ".0%", "tickCount": 4},
    }
    point = {"filled": True, "size": 50, "color": DATA}
    layers = [
        {"mark": {"type": "line", "color": DATA, "strokeWidth": 2, "point": point}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "text", "dy": -12}, "encoding": {"x": x, "y": y, "text": {"field": "text"}}},
    ]
    return _base(values, layer=layers, width=WIDE - 60, height=200)


def _floating(
    values: Sequence[JsonView],
    names: str,
    x: JsonView,
    shown: JsonView,
    *,
    ends_at: str,
    **bar: object,
) -> Spec:
    """Bars from `from` to `to`, one below the other, each with its name on the left and its figure at `ends_at`."""
    axis = {"title": None, "ticks": False, "domain": False, "minExtent": _room(values, names), "labelPadding": 8}
    y = {"field": names, "type": "nominal", "sort": None, "axis": axis}
    text = {"type": "text", "align": "left", "dx": 6, "baseline": "middle"}
    layers = [
        {"mark": {"type": "bar", "height": 14, **bar}, "encoding": {"x": x, "x2": {"field": "to"}, "y": y, **shown}},
        {"mark": text, "encoding": {"x": {**x, "field": ends_at}, "y": y, "text": {"field": "text"}}},
    ]
    return _base(values, layer=layers, width=_bars_wide(values, names), height=ROW * len(values))


def _steps(values: Sequence[JsonView]) -> Spec:
    """Floating bars; the scale begins above 0, so that totals are drawn down to its edge."""
    ends = [each[key] for each in values for key in ("from", "to") if each[key]]
    low, high = _domain(ends)
    drawn = [
        {**each, "from": max(each["from"], low), "top": max(each["from"], each["to"]), "hue": each["kind"]}
        for each in values
    ]
    scale = {"domain": [low, high], "zero": False}
    axis = {"title": None, "format": ".1%", "tickCount": 4, "domain": False}
    x = {"field": "from", "type": "quantitative", "scale": scale, "axis": axis}
    hue = {
        "field": "hue",
        "type": "nominal",
        "scale": {"domain": ["total", "up", "down"], "range": [SOFT, DATA, RED]},
        "legend": None,
    }
    return _floating(drawn, "label", x, {"color": hue}, ends_at="top")


def _parts(values: Sequence[JsonView]) -> Spec:
    """One bar of shades of one colour, the largest part first; a light edge parts them."""
    whole = sum(each["count"] for each in values)
    parts, start = [], Fraction(0)
    for each in values:
        end = start + Fraction(each["count"], whole)
        parts.append({**each, "from": float(start), "to": float(end), "text": Share(each["count"], whole).text})
        start = end
    x = _share("from", _bars_wide(values, "form"))
    shade = {"field": "shade", "type": "quantitative", "scale": {"domain": [0, 1], "range": [0.25, 1]}, "legend": None}
    return _floating(parts, "form", x, {"opacity": shade}, ends_at="to", color=DATA)
