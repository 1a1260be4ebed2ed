"""Organisations of a round in; where each of their values was read, as file!sheet!cell, out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coverage_census.ledger.identity import findings
from coverage_census.model.organisation import at
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, Any]
_WHERE = ("source_file", "source_sheet", "source_row", "confirmed_round")


class ValueCells:
    """The cells of organisations: on the sheet that named each of them last."""

    def __init__(self, rows: Iterable[Row], rounds: Sequence[Round], news: Sequence[FileReading] = ()) -> None:
        """`news`: the files of the round that is being written, after `rounds`."""
        now = len(rounds) + 1
        files: dict[int, Sequence[FileReading]] = {each.number: each.files for each in rounds} | {now: news}
        numbers = {row["confirmed_round"] for row in rows}
        self._letters = {number: findings.letters(files.get(number, ())) for number in numbers}

    def of(self, row: Row, field: str) -> str:
        """Where `field` of an organisation stands; its name's cell where the field has none of its own."""
        letters = self._letters[row["confirmed_round"]]
        cell = findings.cell(row, field, letters) or findings.cell(row, "name", letters)
        return at(row["source_file"] or "", at(row["source_sheet"], cell))


class StateCells:
    """The same of a whole state, by the place of a row in it."""

    def __init__(self, table: "pa.Table", rounds: Sequence[Round]) -> None:
        columns = {name: table[name].to_pylist() for name in _WHERE}
        self._columns, numbers = columns, set(columns["confirmed_round"])
        self._cells = ValueCells(({"confirmed_round": each} for each in numbers), rounds)

    def __call__(self, row: int, field: str) -> str:
        return self._cells.of({name: self._columns[name][row] for name in _WHERE}, field)


class RegisterCells:
    """The cells of a register's rows; `files` are the readings of its manifest."""

    def __init__(self, table: "pa.Table", files: Sequence[FileReading]) -> None:
        self._columns = {name: table[name].to_pylist() for name in _WHERE[:3]}
        self._letters = findings.letters(files)

    def __call__(self, row: int, field: str) -> str:
        where = {name: self._columns[name][row] for name in _WHERE[:3]}
        cell = findings.cell(where, field, self._letters) or findings.cell(where, "name", self._letters)
        return at(where["source_file"] or "", at(where["source_sheet"], cell))
