"""A decided round in; the coverage page as plain values out, worked out before any template sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coverage_census.model.decision import AreaCoverage, Decision, Indicator, PolicyStamp
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Round
from coverage_census.report import figures
from coverage_census.report.figures import Share
from coverage_census.report.page import areas, gap_lists
from coverage_census.report.page import heading as titles
from coverage_census.report.page import sources as origins
from coverage_census.report.page.areas import Line, Table
from coverage_census.report.page.charts import Chart
from coverage_census.report.page.excluded_and_owing import Excluded, Owing
from coverage_census.report.page.gap_lists import Basis, GapClass, Rule, UnknownRow
from coverage_census.report.page.heading import Heading
from coverage_census.report.page.proposals import Proposals
from coverage_census.report.page.sources import ProblemKind, QualityLine, SourceLine
from coverage_census.words import rates
from coverage_census.words.catalogue import Lang, Words


@dataclass(frozen=True)
class Card:
    """指标 as a card: the rate with its two numbers, their unit, and what stands behind them."""

    code: str
    label: str
    share: Share
    unit: str
    denominator_label: str
    as_of: str
    definition: str
    source: str
    by_total_basis: int
    unknown: int


@dataclass(frozen=True)
class CoveragePage:
    """Everything that the coverage page shows."""

    lang: Lang
    county: str | None
    heading: Heading
    conclusion: str
    intake: str
    change: str
    before: str  # what moves are compared with: 2026年第一季度（截至2026年3月31日）
    total: Line
    cards: tuple[Card, ...]
    townships: Table
    kinds: Table
    gaps: tuple[GapClass, ...]
    with_gap: int  # organisations with a gap of any class: one may have several
    both: int  # organisations with a gap of which something else is to be confirmed
    beside: str  # 组织覆盖率, which is easily taken for the headline
    to_confirm: tuple[UnknownRow, ...]
    unconfirmed: Share
    quality: tuple[QualityLine, ...]
    problems: tuple[ProblemKind, ...]
    sources: tuple[SourceLine, ...]
    basis: tuple[Basis, ...]
    charts: tuple[Chart, ...]
    excluded: tuple[Excluded, ...]
    owing: Owing | None
    proposals: Proposals | None
    rows_file: str
    links: Mapping[str, str]

    def chart(self, *codes: str) -> tuple[Chart, ...]:
        """The charts of these codes, in that order, as far as there are any."""
        return tuple(each for code in codes for each in self.charts if each.code == code)


def coverage(
    *,
    county: str | None,
    round: Round,
    before: Round | None,
    stamp: PolicyStamp,
    total: AreaCoverage,
    townships: Sequence[AreaCoverage],
    kinds: Sequence[AreaCoverage],
    indicators: Sequence[Indicator],
    gaps: Sequence[Decision],
    problems: Sequence[Problem],
    sources: Sequence[tuple[FileReading, Round]],
    rules: Sequence[Rule],
    generated_at: datetime,
    words: Words,
    title: str | None = None,
    policy: str | None = None,
    counts: gap_lists.Counts | None = None,
    charts: Sequence[Chart] = (),
    excluded: Sequence[Excluded] = (),
    owing: Owing | None = None,
    proposals: Proposals | None = None,
    owners: gap_lists.Owners | None = None,
    rows_file: str = "",
    links: Mapping[str, str] | None = None,
    earlier: Sequence[AreaCoverage] = (),
) -> CoveragePage:
    """The coverage page. `gaps` are the decisions with verdict gap, and on formation also unknown; `sources` the files
    that the round's organisations come from, each with the round that brought it; `policy` is the policy's title.

    `counts` None: `gaps` are all there are; else they are those to list. `rows_file` is the name of the file beside
    the page that lists every organisation, empty where there is none; `links` leads from an area to its own page;
    `earlier` is what `townships` was at the cut-off of the period before, under the same policy.
    """
    counts = counts or gap_lists.counted(gaps)
    table = areas.table(areas.by_rank(townships), total, words, earlier)
    basis = gap_lists.numbered(rules, gaps, words)
    # What a round tells of itself is not true of a part of it.
    whole = total.organisations + total.gone == round.organisations
    order = [line.label for line in table.lines]
    return CoveragePage(
        lang=words.lang,
        county=county,
        heading=titles.heading(
            title or (words("report.title", county=county) if county else words("report.title_plain")),
            policy or stamp.name,
            round,
            stamp,
            generated_at,
            words,
        ),
        conclusion=titles.conclusion(county, total, round, counts, words),
        intake=titles.intake(round, words) if whole else "",
        change=titles.change(total, before, earlier, words) if whole else "",
        before=titles.as_it_was(before, words) if before is not None else "",
        total=table.total,
        cards=tuple(_card(each, words) for each in indicators),
        townships=table,
        kinds=areas.table(kinds, total, words),
        gaps=gap_lists.gap_classes(gaps, order, total.organisations, counts, basis, words, owners),
        with_gap=counts.with_gap,
        both=counts.both,
        beside=titles.beside(indicators, words),
        to_confirm=gap_lists.unknown(gaps, order, words),
        unconfirmed=Share(counts.to_confirm, total.organisations),
        quality=origins.quality(problems),
        problems=origins.kinds(problems, words),
        sources=origins.sources(sources, problems, words),
        basis=tuple(basis.values()),
        charts=tuple(charts),
        excluded=tuple(excluded),
        owing=owing,
        proposals=proposals,
        rows_file=rows_file,
        links=links or {},
    )


def _card(each: Indicator, words: Words) -> Card:
    return Card(
        code=each.code,
        label=each.label,
        share=Share(each.numerator, each.denominator, rates.indicator_lacking(each, words)),
        unit=words(f"report.unit.{each.counted}"),
        denominator_label=each.denominator_label,
        as_of=figures.day(each.as_of, words),
        definition=each.definition,
        source=each.source,
        by_total_basis=each.by_total_basis,
        unknown=each.unknown,
    )
