"""Coverage of areas or kinds in; the tables of the page out, ranked and with only the gap columns that they need."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from coverage_census.model.decision import AreaCoverage, Gap
from coverage_census.report import figures
from coverage_census.report.figures import Share
from coverage_census.report.page import gap_lists
from coverage_census.words.catalogue import Words
from coverage_census.words.rates import coverage_lacking


@dataclass(frozen=True)
class CoverageLine:
    """One line of a coverage table. `gaps` follows the columns of its table; rank None: nothing to rank.

    `moved` is how many places it rose since the round before (below zero: fell), None where that is not known.
    """

    label: str
    rank: int | None
    organisations: int
    covered: int
    not_covered: int
    unknown: int
    gaps: tuple[int, ...]
    to_confirm: int
    share: Share
    moved: int | None = None
    gone: int = 0  # 注销、迁出, in none of these counts

    @property
    def unknown_share(self) -> Share:
        return Share(self.unknown, self.organisations)


@dataclass(frozen=True)
class GapColumn:
    """A gap class as a column; `code` leads to its list."""

    code: str
    label: str


@dataclass(frozen=True)
class CoverageTable:
    """Coverage by group with its total. Classes of which there is no gap get no column; `absent` names them."""

    columns: tuple[GapColumn, ...]
    absent: tuple[str, ...]
    lines: tuple[CoverageLine, ...]
    total: CoverageLine
    gone: str = ""  # the sentence on those that are gone, empty where nobody is

    @property
    def moves(self) -> bool:
        """Whether it is known of any line how its place changed."""
        return any(line.moved is not None for line in self.lines)


def table(
    areas: Sequence[AreaCoverage], total: AreaCoverage, words: Words, earlier: Sequence[AreaCoverage] = ()
) -> CoverageTable:
    """`earlier`: the same areas in the round before, under the same policy."""
    shown = [gap for gap in gap_lists.CLASSES if any(each.gaps.get(gap) for each in (total, *areas))]
    ranks, before = _ranks(areas), _ranks(earlier)
    moved = {area: before[area] - rank for area, rank in ranks.items() if area in before}
    return CoverageTable(
        columns=tuple(GapColumn(gap.value, words(f"report.short.{gap.value}")) for gap in shown),
        absent=tuple(words(f"term.gap.{gap.value}") for gap in gap_lists.CLASSES if gap not in shown),
        lines=tuple(_line(each, ranks.get(each.group), shown, words, moved.get(each.group)) for each in areas),
        total=_line(total.model_copy(update={"group": words("report.total")}), None, shown, words),
        gone=words("gone.line", count=figures.number(total.gone, words.lang)) if total.gone else "",
    )


def by_rank(areas: Sequence[AreaCoverage]) -> list[AreaCoverage]:
    """By place; areas without organisations come after, what belongs to no area comes last."""
    ranks = _ranks(areas)
    return sorted(areas, key=lambda each: ranks.get(each.group, len(areas) + 1 + (each.group is None)))


def _ranks(areas: Sequence[AreaCoverage]) -> dict[str | None, int]:
    """Place by rate, equal rates sharing a place; an area without a name or without organisations has none, nor has
    one of which less than half is known."""
    told = [each for each in areas if each.group is not None and each.covered + each.not_covered >= each.unknown]
    shares = {each.group: Share(each.covered, each.organisations).exact for each in told}
    known = {group: share for group, share in shares.items() if share is not None}
    first: dict[Fraction, int] = {}
    for place, share in enumerate(sorted(known.values(), reverse=True), start=1):
        first.setdefault(share, place)
    return {group: first[share] for group, share in known.items()}


def _line(
    each: AreaCoverage, rank: int | None, shown: Sequence[Gap], words: Words, moved: int | None = None
) -> CoverageLine:
    kind = f"term.kind.{each.group}"
    return CoverageLine(
        label=words("report.not_stated") if each.group is None else words(kind) if words.has(kind) else each.group,
        rank=rank,
        organisations=each.organisations,
        covered=each.covered,
        not_covered=each.not_covered,
        unknown=each.unknown,
        gaps=tuple(each.gaps.get(gap, 0) for gap in shown),
        to_confirm=each.to_confirm,
        share=Share(each.covered, each.organisations, coverage_lacking(each, words)),
        moved=moved,
        gone=each.gone,
    )
