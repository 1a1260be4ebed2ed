"""A statistics table in; every figure that contradicts the others, with expected and found, out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coverage_census.ingest.cells.clean import ERRORS, bare
from coverage_census.ingest.grid import Grid, cell_name
from coverage_census.ingest.layout import statistics_rules
from coverage_census.ingest.layout.statistics import Statistics, StatisticsLine
from coverage_census.ingest.layout.statistics_rules import TOTAL
from coverage_census.model.reading import Level, Problem

_COUNTED = re.compile(r"\(?(?:共|等)?(\d{1,7})[家户]\)?")
_ROLES = 3  # from here on, rows with a meaning of their own are no list of places
Place = tuple[int, int]
At = Callable[[StatisticsLine, StatisticsLine], Place]


def check(found: Statistics, grid: Grid, file: str) -> list[Problem]:
    """The identities of the annual tables both ways round, totals of rows and columns, numbers in labels."""
    return _Check(found, grid, file).all()


@dataclass(frozen=True)
class _Broken:
    """A sum that does not hold: where its total and its parts stand, and how it is reported."""

    total: Place
    parts: tuple[Place, ...]
    expected: float
    stated: float
    code: str
    values: Mapping[str, str]


class _Check:
    """One table; a figure that is wrong is said once, however many sums it spoils."""

    def __init__(self, found: Statistics, grid: Grid, file: str) -> None:
        self.table, self.grid, self.file = found, grid, file
        self.problems: list[Problem] = []
        self.broken: list[_Broken] = []
        self.sums: dict[Place, list[tuple[Place, ...]]] = {}
        self.said: set[Place] = set()

    def all(self) -> list[Problem]:
        for row, column, text in self.table.unread:
            self._unread(row, column, text)
        by_row: At = lambda row, column: (row.index, column.index)  # noqa: E731
        by_column: At = lambda column, row: (row.index, column.index)  # noqa: E731
        for lines, across, place in (
            (self.table.rows, self.table.columns, by_row),
            (self.table.columns, self.table.rows, by_column),
        ):
            self._sums(lines, across, place)
            self._labels(lines, across, place)
        self._totals()
        self._say_broken()
        self._withins(self.table.rows, self.table.columns, by_row)
        self._withins(self.table.columns, self.table.rows, by_column)
        return self.problems

    def _unread(self, row: int, column: int, text: str) -> None:
        broken = bool(ERRORS.match(text))
        heading = next(line.leaf for line in self.table.columns if line.index == column)
        code = "formula_error" if broken else "unreadable_value"
        self._report(code, Level.ERROR, (row, column), heading=heading, found=text if broken else "（略）")

    def _sums(self, lines: Sequence[StatisticsLine], across: Sequence[StatisticsLine], place: At) -> None:
        """What `lines` are called tells which of them must add up, in each of the lines `across`."""
        for each in statistics_rules.sums(lines):
            # rows may be people: only words of the tables themselves are given out
            plain = all(statistics_rules.is_word(line) for line in each.parts)
            names = "＋".join(line.leaf for line in each.parts) if plain else "∑"
            for other in across:
                if not other.ratio and statistics_rules.adds_up(other):
                    parts = tuple(place(line, other) for line in each.parts)
                    said = {"name": each.total.leaf, "parts": names}
                    self._compare(place(each.total, other), [parts], "crosstab_sum", said)

    def _compare(self, total: Place, options: Sequence[tuple[Place, ...]], code: str, said: Mapping[str, str]) -> None:
        """A total against what it may be the sum of; a blank is not zero: then the known parts can only be too many."""
        figures = self.table.figures
        stated = figures.get(total)
        known = [[figures[where] for where in parts if where in figures] for parts in options]
        if stated is None or not all(known):
            return
        self.sums.setdefault(total, []).extend(options)
        pairs = [(sum(each), len(each) == len(parts)) for each, parts in zip(known, options, strict=True)]
        if not any(stated == expected if complete else stated >= expected for expected, complete in pairs):
            self.broken.append(_Broken(total, options[0], pairs[0][0], stated, code, said))

    def _say_broken(self) -> None:
        """Sums that do not hold only because another figure is wrong are left out."""
        mended = {each.total: each.expected for each in self.broken}
        for each in self.broken:
            if each.total in self.said or self._follows(each, mended):
                continue
            figures = {"expected": f"{each.expected:g}", "found": f"{each.stated:g}"}
            self._report(each.code, Level.ERROR, each.total, **each.values, **figures)

    def _follows(self, each: _Broken, mended: Mapping[Place, float]) -> bool:
        """Whether it would hold if the other wrong figures were right: its parts, or what else adds up to its total."""

        def right(parts: tuple[Place, ...]) -> float | None:
            if not any(where in mended for where in parts):
                return None
            return sum(mended.get(where, self.table.figures.get(where, 0.0)) for where in parts)

        others = [parts for parts in self.sums[each.total] if parts != each.parts]
        return right(each.parts) == each.stated or any(right(parts) == each.expected for parts in others)

    def _withins(self, lines: Sequence[StatisticsLine], across: Sequence[StatisticsLine], place: At) -> None:
        for part, whole in statistics_rules.within(lines):
            for other in across:
                small, large = place(part, other), place(whole, other)
                found, limit = self.table.figures.get(small), self.table.figures.get(large)
                if found is not None and limit is not None and found > limit and small not in self.said:
                    figures = {"found": f"{found:g}", "limit": f"{limit:g}"}
                    self._report("crosstab_within", Level.ERROR, small, name=part.leaf, whole=whole.leaf, **figures)

    def _totals(self) -> None:
        """合计 and 小计 among rows that are places or kinds."""
        lines = self.table.rows
        if len(statistics_rules.roles(lines)) >= _ROLES:
            return
        above = bool(lines) and _is_total(lines[0])
        start, subtotals, every = list[StatisticsLine](), list[StatisticsLine](), list[StatisticsLine]()
        within = self._within_another(lines)
        for line in lines[1:] if above else lines:
            if line.ratio or line.index in within:
                continue
            if not _is_total(line):
                start.append(line)
                every.append(line)
                continue
            if line.leaf.startswith("小计"):
                self._row(line, [start])
                subtotals.append(line)
            else:
                self._row(line, [every, subtotals] if subtotals else [every])
            start = []
        if above:
            self._row(lines[0], [every, subtotals] if subtotals else [every])

    def _within_another(self, lines: Sequence[StatisticsLine]) -> set[int]:
        """Rows that the one above them counts: 其中：规上, and what follows it until they add up to that one."""
        found = set[int]()
        for number, line in enumerate(lines):
            if line.index in found or not self._said(line.label).startswith("其中"):
                continue
            found.add(line.index)
            above = next((each for each in reversed(lines[:number]) if each.index not in found), None)
            for end in range(number + 2, len(lines) + 1) if above is not None else ():
                if _is_total(lines[end - 1]):
                    break
                if self._adds_up(above, lines[number:end]):
                    found |= {each.index for each in lines[number:end]}
                    break
        return found

    def _adds_up(self, whole: StatisticsLine | None, parts: Sequence[StatisticsLine]) -> bool:
        figures = self.table.figures
        columns = [each.index for each in self.table.columns if not each.ratio]
        return whole is not None and all(
            figures.get((whole.index, column), 0.0) == sum(figures.get((part.index, column), 0.0) for part in parts)
            for column in columns
        )

    def _said(self, place: Place) -> str:
        return bare(self.grid.rows[place[0]][place[1]])

    def _row(self, total: StatisticsLine, options: Sequence[Sequence[StatisticsLine]]) -> None:
        for column in self.table.columns:
            if not column.ratio and all(options):
                parts = [tuple((line.index, column.index) for line in lines) for lines in options]
                self._compare((total.index, column.index), parts, "crosstab_total", {"heading": column.leaf})

    def _labels(self, lines: Sequence[StatisticsLine], across: Sequence[StatisticsLine], place: At) -> None:
        """文峰镇（92家） beside its 单位数."""
        known = statistics_rules.roles(across)
        units = known.get("units") or known.get("total")
        for line in lines if units is not None else ():
            match = _COUNTED.search(line.leaf)
            where = place(line, units)  # type: ignore[arg-type]
            figure = self.table.figures.get(where)
            if match and figure is not None and figure != int(match[1]):
                stated, other = int(match[1]), cell_name(*where)
                said = {"found": f"{figure:g}", "other": other}
                self._report("words_disagree", Level.WARNING, line.label, stated=stated, **said)

    def _report(self, code: str, level: Level, place: Place, **values: str | int) -> None:
        if level is Level.ERROR:
            self.said.add(place)
        cell = cell_name(*place)
        found = Problem(code=code, level=level, file=self.file, sheet=self.grid.name, cell=cell, values=dict(values))
        self.problems.append(found)


def _is_total(line: StatisticsLine) -> bool:
    return bool(TOTAL.match(line.leaf))
