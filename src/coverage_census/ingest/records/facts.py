"""The columns of one sheet in the making: field by field what its rows say, and in which cell it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from coverage_census.ingest.cells.clean import DITTO, bare
from coverage_census.ingest.cells.counts import Count
from coverage_census.ingest.grid import Down, areas, cell_name
from coverage_census.model.choices import Qualifier
from coverage_census.model.reading import Level, Problem

Bounds = tuple[int, int | None]


class FieldSource(NamedTuple):
    """One column that says something of a field: where it stands, its heading, the last part of it, what it says."""

    column: int
    heading: str
    leaf: str
    read: list[Any]


@dataclass
class Facts:
    """`values[field][i]` is what the i-th organisation says; rows are 0-based rows of the grid."""

    file: str
    sheet: str
    rows: list[int]
    values: dict[str, list[Any]] = field(default_factory=dict)
    bounds: dict[str, dict[int, Bounds]] = field(default_factory=dict)
    qualifiers: dict[str, dict[int, Qualifier]] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)  # where a field stands
    cells: dict[int, str] = field(default_factory=dict)  # in a card: the cell of each column
    ticks: dict[int, list[Any]] = field(default_factory=dict)  # columns of one option: what stands in them
    doubtful: dict[int, set[int]] = field(default_factory=dict)  # column → rows that could not be read
    sources: dict[str, list[FieldSource]] = field(default_factory=dict)  # by field, every column that feeds it
    splits: list[Count | None] = field(default_factory=list)  # totals of members that say how many are formal
    besides: list[tuple[str, list[Any], int]] = field(default_factory=list)  # what a column says of other fields
    dispatched: list[tuple[list[int], int]] = field(default_factory=list)  # rows that must have an instructor
    denied: dict[int, int] = field(default_factory=dict)  # rows whose form says that there is none, and its column
    ended: dict[int, FieldSource] = field(default_factory=dict)  # rows with a day of dissolution, and its column
    problems: list[Problem] = field(default_factory=list)

    def of(self, name: str) -> list[Any]:
        """The column of a field; all unknown where there is none."""
        return self.values.get(name) or [None] * len(self.rows)

    def put(self, name: str, column: list[Any], index: int | None = None) -> None:
        self.values[name] = column
        if index is not None:
            self.columns.setdefault(name, index)

    def qualify(self, name: str, row: int, qualifier: Qualifier, bounds: Bounds | None = None) -> None:
        self.qualifiers.setdefault(name, {})[row] = qualifier
        if bounds is not None:
            self.bounds.setdefault(name, {})[row] = bounds

    def interval(self, name: str, row: int) -> Bounds:
        """What a known count stands for."""
        value = self.values[name][row]
        return self.bounds.get(name, {}).get(row, (value, value))

    def holds(self, name: str, row: int, value: int) -> bool:
        """Whether a known count may be `value`."""
        low, high = self.interval(name, row)
        return low <= value and (high is None or value <= high)

    def split_rows(self) -> list[int]:
        """The rows (0-based, of the grid) whose total of members says how many of them are formal."""
        return [self.rows[number] for number, count in enumerate(self.splits) if count is not None]

    def cell(self, name: str, row: int) -> str | None:
        """The cell of a field in the i-th row; the name's cell where the field has none of its own."""
        index = self.columns.get(name, self.columns.get("name"))
        return self.at(index, row) if index is not None else None

    def at(self, index: int, row: int) -> str:
        return self.cells.get(index) or cell_name(self.rows[row], index)

    def places(self, index: int, rows: Sequence[int]) -> str:
        """All cells that one problem is about, for them to be marked."""
        return self.cells.get(index) or areas([self.rows[row] for row in rows], index)

    def report(self, code: str, level: Level, cell: str | None = None, field: str | None = None, **values: Any) -> None:
        self.problems.append(
            Problem(code=code, level=level, file=self.file, sheet=self.sheet, cell=cell, field=field, values=values)
        )


def by_distinct(column: Sequence[Any], parse: Callable[[Any], Any]) -> tuple[list[Any], dict[Any, Any]]:
    """`parse` once for every distinct value, 同上 and 〃 filled down first; also what each of them became."""
    table: dict[Any, Any] = dict(column.distinct) if isinstance(column, Down) else dict.fromkeys(column)
    if (0 in table or 1 in table) and bool in set(map(type, column)):  # True is not 1 here
        column = ["是" if value is True else "否" if value is False else value for value in column]
        table = dict.fromkeys(column)
    if ditto := {value for value in table if isinstance(value, str) and len(value) < 6 and bare(value) in DITTO}:
        column = _filled_down(column, ditto)
        table = dict.fromkeys(column)
    for value in table:
        table[value] = parse(value)
    if len(table) == len(column):  # names, codes: no two are the same
        return list(table.values()), table
    return list(map(table.__getitem__, column)), table


def _filled_down(cells: Sequence[Any], ditto: set[Any]) -> list[Any]:
    filled: list[Any] = []
    for value in cells:
        filled.append((filled[-1] if filled else None) if value in ditto else value)
    return filled
