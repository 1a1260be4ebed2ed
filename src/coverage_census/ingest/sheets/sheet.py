"""What is known of one sheet: its reading, the facts of its tables, and the problems of the sheet itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from coverage_census.ingest.cells.clean import as_text
from coverage_census.ingest.checks import totals
from coverage_census.ingest.grid import Grid, cell_name, column_letters
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.layout import kinds, offices, sheet_day
from coverage_census.ingest.layout.context import Context
from coverage_census.ingest.layout.rows import Body
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import about
from coverage_census.model.reading import ColumnReading, Level, Problem, SheetReading, Understood
from coverage_census.model.register import COVERS

_FEEDS = {"coverage": "has_org", "mass_orgs": "has_union", "joint_names": "joint_units", COVERS: "joint_units"}


@dataclass
class Sheet:
    """A sheet as read: its reading, and the facts of its tables (none where it was set aside)."""

    reading: SheetReading
    facts: list[Facts] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tables: list[tuple[Facts, Sequence[Column], Body, int]] = field(default_factory=list)
    grid: Grid | None = None
    checks: list[Callable[[], None]] = field(default_factory=list)  # what reports and changes no fact: it can wait

    def check(self) -> None:
        """What contradicts itself within its tables, reported."""
        for check in self.checks:
            check()

    def joined(self, other: "Sheet") -> "Sheet":
        """This and a further table of the same sheet; the header shown is the first one's."""
        more = {
            "columns": self.reading.columns + other.reading.columns,
            "data_rows": self.reading.data_rows + other.reading.data_rows,
            "as_of": self.reading.as_of or other.reading.as_of,
            "split_rows": self.reading.split_rows + other.reading.split_rows,
            "understood": _both(self.reading, other.reading),
            "register_of": self.reading.register_of if other.reading.register_of else None,
        }
        reading = self.reading.model_copy(update=more)
        return Sheet(
            reading,
            self.facts + other.facts,
            self.problems + [each for each in other.problems if each not in self.problems],
            self.tables + other.tables,
            self.grid,
            self.checks + other.checks,
        )

    def check_totals(self, repeated: Mapping[int, set[int]]) -> None:
        """Totals against distinct organisations; `repeated` holds the duplicates of each of the facts."""
        for number, (facts, read, body, name) in enumerate(self.tables):
            if self.grid is not None:
                totals.check(facts, read, body, self.grid.rows, repeated.get(number, set()), name)


def _both(one: SheetReading, other: SheetReading) -> Understood:
    """Of two tables of a sheet the poorer one: an average would hide what was not read of it."""
    pairs = (
        (one.understood.columns, other.understood.columns),
        (one.understood.cells, other.understood.cells),
    )
    columns, cells = (min((each for each in pair if each is not None), default=None) for pair in pairs)
    return Understood(columns=columns, cells=cells)


def reading_of(
    grid: Grid,
    kind: kinds.Sort,
    found: Context,
    read_columns: Sequence[Column],
    rows_: tuple[int, int] | None,
    count: int,
) -> SheetReading:
    """How a sheet was understood: `rows_` are the first and last header row (from 1), `count` its organisations."""
    return SheetReading(
        sheet=grid.name,
        kind=kind,
        header_rows=rows_,
        data_rows=count,
        unit=found.unit,
        county=found.county,
        county_from=found.county_from,
        township=found.township,
        as_of=found.as_of,
        register_of=offices.register(
            found.unit, found.around, [each.field for each in read_columns], [each.heading for each in read_columns]
        ),
        columns=tuple(column_reading(each, column_letters(each.index)) for each in read_columns),
    )


def column_reading(column: Column, place: str) -> ColumnReading:
    """How a column was understood; `place` is its letter, or the cell of a card."""
    known = column.field if column.field in about() else _FEEDS.get(column.field or "")
    return ColumnReading(
        column=place,
        heading=column.heading,
        field=known,
        dropped="personal" if column.dropped else None,
        skipped=column.meaning.ignored and not column.dropped,
    )


def lines_of(grid: Grid, first: int, last: int) -> list[list[str]]:
    """The texts of the rows above a table."""
    return [[as_text(cell) for cell in row if cell is not None] for row in grid.rows[first:last]]


def day_told(grid: Grid, found: Context, incoming: Incoming) -> list[Problem]:
    """A warning where the day of the sheet is still to come, or is written and is none, at the cell that says it."""
    told = []
    if found.day is not None and incoming.today is not None and sheet_day.ahead(found.day, incoming.today):
        values: dict[str, str | int | float | None] = {"found": found.day.day, "today": incoming.today}
        told.append(("day_ahead", found.day.text, values))
    if found.doubt is not None:
        code = "day_unread" if found.as_of is None else "day_read_as"
        told.append((code, found.doubt.text, {"found": found.doubt.written, "used": found.as_of}))
    return [
        Problem(
            code=code,
            level=Level.WARNING,
            file=incoming.label,
            sheet=grid.name,
            cell=_said_at(grid, text),
            values=values,
        )
        for code, text, values in told
    ]


def _said_at(grid: Grid, text: str) -> str | None:
    return next(
        (
            cell_name(row, column)
            for row, cells in enumerate(grid.rows)
            for column, cell in enumerate(cells)
            if cell is not None and sheet_day.folded(cell) == text
        ),
        None,
    )
