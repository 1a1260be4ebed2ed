"""What the reader handed over in; the rows that are news, one an organisation, with keys, scopes and problems out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from coverage_census.ledger import export
from coverage_census.ledger.identity import duplicates, findings, match
from coverage_census.ledger.identity import keys as identity_keys
from coverage_census.ledger.identity.answers import NOBODY, Answered
from coverage_census.ledger.identity.keys import PLACED, Keys
from coverage_census.ledger.intake import scopes
from coverage_census.ledger.periods import cut_off
from coverage_census.ledger.periods.cut_off import NOT_AHEAD, Ahead, Default, ReturnedRound, Sheet
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Scope
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    import pyarrow as pa


_NOBODY = Default("")


@dataclass(frozen=True)
class Intake:
    """Rows of several files; whatever order the files were named in, they are taken by name.

    `default` tells the day of sheets that state none, `asked` which round each return workbook answers, and `older`
    whether sheets are wanted of which the ledger holds something newer. `whole`: the intake that this is one step of.
    `again`: files that are in the ledger and are only read otherwise now; `rank`: the rounds whose word sheets of
    theirs repeat. `ahead`: which may state a day too far ahead.
    """

    table: "pa.Table"
    files: tuple[FileReading, ...]
    default: Default = _NOBODY
    asked: Mapping[str, ReturnedRound] = field(default_factory=dict)
    older: bool = False
    whole: "Intake | None" = None
    again: frozenset[str] = frozenset()
    rank: Mapping[Sheet, int] = field(default_factory=dict)
    ahead: Ahead = NOT_AHEAD

    def without(self, names: Sequence[str]) -> "Intake":
        """The same without some files and their rows."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if not names:
            return self
        out = pc.is_in(self.table["source_file"], value_set=pa.array(names, pa.string()))
        files = tuple(each for each in self.files if each.file not in names)
        return replace(self, table=self.table.filter(pc.invert(out)), files=files)

    def keeping(self, wanted: Callable[[Sheet], bool]) -> "pa.Table":
        """The rows of some sheets."""
        import pyarrow as pa

        pairs = zip(self.table["source_file"].to_pylist(), self.table["source_sheet"].to_pylist(), strict=True)
        known: dict[Sheet, bool] = {}
        rows = [row for row, pair in enumerate(pairs) if known.setdefault(pair, wanted(pair))]
        return self.table if len(rows) == self.table.num_rows else self.table.take(pa.array(rows, pa.int64()))

    @cached_property
    def days(self) -> dict[Sheet, str]:
        """(file, sheet) → the day that it speaks for."""
        return cut_off.days_of(self.files)

    def day_of(self, sheet: Sheet) -> str:
        return self.days.get(sheet, self.default.day)

    @cached_property
    def places(self) -> dict[Sheet, list[scopes.Place]]:
        return scopes.by_sheet(self.table)

    @cached_property
    def newest(self) -> str | None:
        """The newest day that any of its sheets speaks for."""
        return max(map(self.day_of, self.places), default=None)

    @cached_property
    def scopes(self) -> dict[str, tuple[Scope, ...]]:
        """File → every kind of organisation in every township that it names one of."""
        return scopes.touched(self.places)


def steps(intake: Intake) -> list[Intake]:
    """The same in the order in which it has to be entered, the oldest first; usually it is one step.

    What is only read again goes first, the newest before the older: that finds its place behind it. What brings no
    rows (a file that nobody could read, an empty sheet) goes with the last step.
    """
    returns = {each.file for each in intake.files if each.return_of}
    sheets = {sheet: ((intake.day_of(sheet), sheet[0] in returns), places) for sheet, places in intake.places.items()}
    again = {sheet: each for sheet, each in sheets.items() if sheet[0] in intake.again}
    news = {sheet: each for sheet, each in sheets.items() if sheet not in again}
    parts = (reversed(cut_off.order(again)) if again else (), cut_off.order(news) if news else ())
    ordered = [step for part in parts for step in part]
    if len(ordered) < 2:
        return [intake]
    last = {file: step for step, each in enumerate(ordered) for file, _ in each}
    return [_step(intake, each, step, last, len(ordered) - 1) for step, each in enumerate(ordered)]


def _step(intake: Intake, sheets: set[Sheet], step: int, last: Mapping[str | None, int], end: int) -> Intake:
    files = []
    for file in intake.files:
        own = {name for each, name in sheets if each == file.file}
        if last.get(file.file, end) == step:
            own |= {each.sheet for each in file.entering if (file.file, each.sheet) not in intake.places}
        if own or last.get(file.file, end) == step:
            files.append(with_sheets(file, own))
    return replace(intake, table=intake.keeping(sheets.__contains__), files=tuple(files), whole=intake)


def with_sheets(file: FileReading, entering: set[str | None]) -> FileReading:
    """The reading of a file of which only these sheets enter the ledger."""
    sheets = (
        each if each.sheet in entering or each.speaks_for is None else each.model_copy(update={"speaks_for": None})
        for each in file.sheets
    )
    return file.model_copy(update={"sheets": tuple(sheets)})


@dataclass(frozen=True)
class Distinct:
    """An intake without its duplicates."""

    table: "pa.Table"
    keys: Keys
    duplicates: int
    problems: tuple[Problem, ...]


def ordered(table: "pa.Table", files: Sequence[FileReading]) -> Intake:
    """An intake by file name, rows of a file in their order."""
    import pyarrow as pa

    several = len(table["source_file"].unique()) > 1
    names = [each or "" for each in table["source_file"].to_pylist()] if several else []
    if any(before > after for before, after in pairwise(names)):
        table = table.take(pa.array(sorted(range(len(names)), key=names.__getitem__), pa.int64()))
    return Intake(table, tuple(sorted(files, key=lambda each: each.file)))


def distinct(intake: Intake, cores: Cores, answers: Answered = NOBODY) -> Distinct:
    """One row an organisation; what the others added or contradicted."""
    found = match.within(keys(intake.table, cores), answers, _lists(intake))
    table, contradicted = duplicates.merged(intake.table, found.of)
    letters = findings.letters(intake.files)
    problems = findings.duplicates(intake.table, found.of, contradicted, letters)
    problems += findings.shared_codes(intake.table, intake.table, found.shared, letters)
    holding = [row for row, holder in enumerate(found.of) if row == holder]
    left = found.keys if table is intake.table else found.keys.at(holding)
    return Distinct(table, left, intake.table.num_rows - table.num_rows, tuple(problems))


def _lists(intake: Intake) -> list[str | None]:
    """For each row the file, where that is an export: a ledger holds every organisation once, however alike two are."""
    exported = {each.file for each in intake.files if any(map(export.is_export, each.sheets))}
    if not exported:
        return []
    return [file if file in exported else None for file in intake.table["source_file"].to_pylist()]


def keys(table: "pa.Table", cores: Cores) -> Keys:
    return identity_keys.keys({name: table[name].to_pylist() for name in PLACED if name in table.column_names}, cores)
