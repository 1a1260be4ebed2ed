"""How rates moved from round to round in; the chart of the periods and that of the causes out."""

from collections.abc import Iterable

from coverage_census.model.movement import Movement, Trend
from coverage_census.model.rounds import Round
from coverage_census.report.figures import Share
from coverage_census.report.page import charts
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called, label_before, label_of, spoken_as


def drawn(before: Round, after: Round, trend: Iterable[Trend], way: Movement, words: Words) -> tuple[charts.Chart, ...]:
    """From the round before to this one; a chart that has too little to show is left out."""
    return tuple(each for each in (_trend(trend, words), _waterfall(before, after, way, words)) if each is not None)


def _trend(trend: Iterable[Trend], words: Words) -> charts.Chart | None:
    points = [
        charts.Point(label, Share(each.covered, each.organisations))
        for each in trend
        for label in (label_of(spoken_as(each.name, each.period, each.round), words),)
    ]
    return charts.trend(points, words)


def _waterfall(before: Round, after: Round, way: Movement, words: Words) -> charts.Chart | None:
    causes = [
        charts.ChartCause(words(f"console.diff.cause.{step.cause.value}"), step.organisations, step.rate or 0.0)
        for step in way.steps
    ]
    ends = [
        charts.Point(label, share)
        for label, share in (
            (label_before(before, after, words), Share(way.numerator_before, way.denominator_before)),
            (called(after, words), Share(way.numerator_after, way.denominator_after)),
        )
    ]
    return charts.waterfall(ends[0], causes, ends[1], words)
