"""A decided round in; the coverage page as plain values out, worked out before any template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coverage_census.model import (
    AreaCoverage,
    Decision,
    FileReading,
    Gap,
    Indicator,
    PolicyStamp,
    Problem,
    Round,
    Verdict,
)
from coverage_census.report import figures, lists, origins
from coverage_census.report.figures import Share
from coverage_census.report.lists import Basis, GapClass, Rule, UnknownRow
from coverage_census.report.origins import ProblemKind, QualityLine, SourceLine
from coverage_census.words.catalogue import Lang, Words


@dataclass(frozen=True)
class Heading:
    """Title block: what is reported, as of when, by which policy, worked out when."""

    title: str
    as_of: str
    round: str
    policy: str
    version: str
    generated_at: str
    intake: str


@dataclass(frozen=True)
class Line:
    """One line of a coverage table. `gaps` follows the columns of its table; rank None: nothing to rank."""

    label: str
    rank: int | None
    organisations: int
    covered: int
    not_covered: int
    unknown: int
    gaps: tuple[int, ...]
    to_confirm: int

    @property
    def share(self) -> Share:
        return Share(self.covered, self.organisations)

    @property
    def unknown_share(self) -> Share:
        return Share(self.unknown, self.organisations)


@dataclass(frozen=True)
class Column:
    """A gap class as a column; `code` leads to its list."""

    code: str
    label: str


@dataclass(frozen=True)
class Table:
    """Coverage by group with its total. Classes of which there is no gap get no column; `absent` names them."""

    columns: tuple[Column, ...]
    absent: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line


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
    heading: Heading
    conclusion: str
    change: str
    total: Line
    cards: tuple[Card, ...]
    townships: Table
    kinds: Table
    gaps: tuple[GapClass, ...]
    to_confirm: tuple[UnknownRow, ...]
    quality: tuple[QualityLine, ...]
    problems: tuple[ProblemKind, ...]
    sources: tuple[SourceLine, ...]
    basis: tuple[Basis, ...]

    @property
    def unconfirmed(self) -> Share:
        return Share(len(self.to_confirm), self.total.organisations)


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
) -> CoveragePage:
    """The coverage page. `gaps` are the decisions with verdict gap, and on formation also unknown; `sources` the files
    that the round's organisations come from, each with the round that brought it; `policy` is the policy's title."""
    table = _table(_by_rank(townships), total, words)
    basis = lists.numbered(rules, gaps, words)
    order = [line.label for line in table.lines]
    return CoveragePage(
        lang=words.lang,
        heading=_heading(
            title or (words("report.title", county=county) if county else words("report.title_plain")),
            policy or stamp.name,
            round,
            stamp,
            generated_at,
            words,
        ),
        conclusion=_conclusion(county, total, stamp, gaps, words),
        change=_change(round, before, words),
        total=table.total,
        cards=tuple(_card(each, words) for each in indicators),
        townships=table,
        kinds=_table(kinds, total, words),
        gaps=lists.gap_classes(gaps, order, total.organisations, basis, words),
        to_confirm=lists.unknown(gaps, order, words),
        quality=origins.quality(problems),
        problems=origins.kinds(problems, words),
        sources=origins.sources(sources, problems, words),
        basis=tuple(basis.values()),
    )


def _heading(
    title: str, policy: str, round: Round, stamp: PolicyStamp, generated_at: datetime, words: Words
) -> Heading:
    return Heading(
        title=title,
        as_of=figures.day(round.as_of, words),
        round=_round(round, words),
        policy=policy,
        version=stamp.version,
        generated_at=figures.minute(generated_at, words),
        intake=words(
            "report.intake",
            confirmed=_organisations(round.confirmed, words),
            new=figures.number(round.new, words.lang),
            carried=_organisations(round.carried, words),
            silent=figures.number(round.not_reported_again, words.lang),
        ),
    )


def _round(round: Round, words: Words) -> str:
    key = "report.round_named" if round.name else "report.round_numbered"
    return words(key, number=round.number, name=round.name)


def _conclusion(
    county: str | None, total: AreaCoverage, stamp: PolicyStamp, decisions: Sequence[Decision], words: Words
) -> str:
    if not total.organisations:
        return words("report.conclusion.nothing", county=county or words("report.here"))
    found = [each for each in decisions if each.verdict is Verdict.GAP]
    with_gap = lists.organisations(each.model_copy(update={"gap": None}) for each in found)
    clauses = [
        words(
            "report.conclusion.coverage",
            as_of=figures.day(stamp.as_of, words),
            county=county or words("report.here"),
            organisations=_organisations(total.organisations, words),
            covered=figures.number(total.covered, words.lang),
            rate=Share(total.covered, total.organisations).text,
            not_covered=figures.number(total.not_covered, words.lang),
        )
    ]
    if total.unknown:
        clauses.append(words("report.conclusion.unknown", unknown=figures.number(total.unknown, words.lang)))
    key = "report.conclusion.gaps" if found else "report.conclusion.no_gaps"
    clauses.append(words(key, organisations=_organisations(with_gap, words)))
    if total.to_confirm:
        clauses.append(words("report.conclusion.confirm", organisations=_organisations(total.to_confirm, words)))
    return "".join(clauses) + words("report.conclusion.stop")


def _change(round: Round, before: Round | None, words: Words) -> str:
    if before is None:
        return ""
    more = round.organisations - before.organisations
    key = "report.change." + ("more" if more > 0 else "fewer" if more < 0 else "same")
    return words(
        key,
        round=_round(before, words),
        as_of=figures.day(before.as_of, words),
        organisations=_organisations(abs(more), words),
    )


def _organisations(count: int, words: Words) -> str:
    """Organisations with their unit: 384家, never 个."""
    unit = words("report.unit.organisation" if count == 1 else "report.unit.organisations")
    return words("report.counted", number=figures.number(count, words.lang), unit=unit)


def _card(each: Indicator, words: Words) -> Card:
    return Card(
        code=each.code,
        label=each.label,
        share=Share(each.numerator, each.denominator),
        unit=words(f"report.unit.{each.counted}"),
        denominator_label=each.denominator_label,
        as_of=figures.day(each.as_of, words),
        definition=each.definition,
        source=each.source,
        by_total_basis=each.by_total_basis,
        unknown=each.unknown,
    )


def _table(areas: Sequence[AreaCoverage], total: AreaCoverage, words: Words) -> Table:
    shown = [gap for gap in lists.CLASSES if any(each.gaps.get(gap) for each in (total, *areas))]
    ranks = _ranks(areas)
    return Table(
        columns=tuple(Column(gap.value, words(f"report.short.{gap.value}")) for gap in shown),
        absent=tuple(words(f"term.gap.{gap.value}") for gap in lists.CLASSES if gap not in shown),
        lines=tuple(_line(each, ranks.get(each.group), shown, words) for each in areas),
        total=_line(total.model_copy(update={"group": words("report.total")}), None, shown, words),
    )


def _by_rank(areas: Sequence[AreaCoverage]) -> list[AreaCoverage]:
    """By place; areas without organisations come after, what belongs to no area comes last."""
    ranks = _ranks(areas)
    return sorted(areas, key=lambda each: ranks.get(each.group, len(areas) + 1 + (each.group is None)))


def _ranks(areas: Sequence[AreaCoverage]) -> dict[str | None, int]:
    """Place by rate, equal rates sharing a place; an area without a name or without organisations has none."""
    shares = {each.group: Share(each.covered, each.organisations).exact for each in areas if each.group is not None}
    known = {group: share for group, share in shares.items() if share is not None}
    return {group: 1 + sum(other > share for other in known.values()) for group, share in known.items()}


def _line(each: AreaCoverage, rank: int | None, shown: Sequence[Gap], words: Words) -> Line:
    kind = f"term.kind.{each.group}"
    return Line(
        label=words("report.not_stated") if each.group is None else words(kind) if words.has(kind) else each.group,
        rank=rank,
        organisations=each.organisations,
        covered=each.covered,
        not_covered=each.not_covered,
        unknown=each.unknown,
        gaps=tuple(each.gaps.get(gap, 0) for gap in shown),
        to_confirm=each.to_confirm,
    )
