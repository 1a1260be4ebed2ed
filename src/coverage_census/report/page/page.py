"""A decided round in; the coverage page as plain values out, worked out before any template sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coverage_census.model.decision import Indicator
from coverage_census.model.record import Facts, Row
from coverage_census.report import figures
from coverage_census.report.figures import Share
from coverage_census.report.page import areas, gap_lists
from coverage_census.report.page import heading as titles
from coverage_census.report.page import sources as origins
from coverage_census.report.page.areas import CoverageLine, CoverageTable
from coverage_census.report.page.charts import Chart
from coverage_census.report.page.excluded_and_owing import Excluded, OwingSection
from coverage_census.report.page.facts import PageFacts
from coverage_census.report.page.gap_lists import CitedRule, GapClass, UnknownRow
from coverage_census.report.page.heading import Heading
from coverage_census.report.page.proposals import Proposals
from coverage_census.report.page.sections import COVERAGE, Section
from coverage_census.report.page.sources import ProblemKind, QualityLine, SourceLine
from coverage_census.words import rates
from coverage_census.words.catalogue import Lang, Words


@dataclass(frozen=True)
class IndicatorCard:
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
    total: CoverageLine
    cards: tuple[IndicatorCard, ...]
    townships: CoverageTable
    kinds: CoverageTable
    gaps: tuple[GapClass, ...]
    with_gap: int  # organisations with a gap of any class: one may have several
    both: int  # organisations with a gap of which something else is to be confirmed
    beside: str  # 组织覆盖率, which is easily taken for the headline
    to_confirm: tuple[UnknownRow, ...]
    unconfirmed: Share
    quality: tuple[QualityLine, ...]
    problems: tuple[ProblemKind, ...]
    sources: tuple[SourceLine, ...]
    basis: tuple[CitedRule, ...]
    charts: tuple[Chart, ...]
    excluded: tuple[Excluded, ...]
    owing: OwingSection | None
    proposals: Proposals | None
    rows_file: str
    links: Mapping[str, str]
    more: Facts  # what sections of their own show, by name

    def chart(self, *codes: str) -> tuple[Chart, ...]:
        """The charts of these codes, in that order, as far as there are any."""
        return tuple(each for code in codes for each in self.charts if each.code == code)


def coverage(facts: PageFacts, words: Words, listed: Sequence[Section] = COVERAGE) -> CoveragePage:
    """The coverage page with these sections."""
    counts = facts.counts or gap_lists.counted(facts.gaps)
    table = areas.table(areas.by_rank(facts.townships), facts.total, words, facts.earlier)
    basis = gap_lists.numbered(facts.rules, facts.gaps, words)
    order = [line.label for line in table.lines]
    return CoveragePage(
        lang=words.lang,
        county=facts.county,
        **_head(facts, counts, words),
        total=table.total,
        cards=tuple(_card(each, words) for each in facts.indicators),
        townships=table,
        kinds=areas.table(facts.kinds, facts.total, words),
        gaps=gap_lists.gap_classes(facts.gaps, order, facts.total.organisations, counts, basis, words, facts.owners),
        with_gap=counts.with_gap,
        both=counts.both,
        to_confirm=gap_lists.unknown(facts.gaps, order, words),
        unconfirmed=Share(counts.to_confirm, facts.total.organisations),
        quality=origins.quality(facts.problems),
        problems=origins.kinds(facts.problems, words),
        sources=origins.sources(facts.sources, facts.problems, words),
        basis=tuple(basis.values()),
        charts=tuple(facts.charts),
        excluded=tuple(facts.excluded),
        owing=facts.owing,
        proposals=facts.proposals,
        rows_file=facts.rows_file,
        links=facts.links,
        more={each.name: each.make(facts, words) for each in listed if each.make is not None},
    )


def _head(facts: PageFacts, counts: gap_lists.GapCounts, words: Words) -> Row:
    """The title block and the sentences at the head."""
    plain = words("report.title", county=facts.county) if facts.county else words("report.title_plain")
    title, policy = facts.title or plain, facts.policy or facts.stamp.name
    before = facts.before
    return {
        "heading": titles.heading(title, policy, facts.round, facts.stamp, facts.generated_at, words),
        "conclusion": titles.conclusion(facts.county, facts.total, facts.round, counts, words),
        "intake": titles.intake(facts.round, words) if facts.whole else "",
        "change": titles.change(facts.total, before, facts.earlier, words) if facts.whole else "",
        "before": titles.as_it_was(before, words) if before is not None else "",
        "beside": titles.beside(facts.indicators, words),
    }


def _card(each: Indicator, words: Words) -> IndicatorCard:
    return IndicatorCard(
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
