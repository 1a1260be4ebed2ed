"""Another office's register (名册) and a state of the ledger in; what contradicts, and whom the ledger has not, out.

Nothing of it is entered: each source keeps its own word, and what a township answered only the township or a person
changes. The full comparison has a command of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coverage_census.ledger.identity import findings, match
from coverage_census.ledger.identity.duplicates import columns_of
from coverage_census.ledger.identity.findings import Letters
from coverage_census.ledger.intake.intake import Intake, distinct, keys
from coverage_census.ledger.registers.value_cells import ValueCells
from coverage_census.model.organisation import about
from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.model.record import Row
from coverage_census.model.rounds import Round
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN = 12  # names in one sentence
_COMPARED = tuple(
    name
    for name, note in about().items()
    if (note.holds != "text" and name not in ("kind", "county", "township")) or name == "uscc"
)
Sheets = Mapping[tuple[str | None, str | None], str]
"""(file, sheet) → whose register it is."""


def split(intake: Intake) -> tuple[Intake, Intake]:
    """What is to be entered, and the registers beside it; a file with both stands in both."""
    sheets = _sheets(intake.files)
    if not sheets:
        return intake, replace(intake, table=intake.table.slice(0, 0), files=())
    import pyarrow as pa

    rows = zip(intake.table["source_file"].to_pylist(), intake.table["source_sheet"].to_pylist(), strict=True)
    ours = pa.array([place not in sheets for place in rows], pa.bool_())
    theirs = pa.array([not each for each in ours.to_pylist()], pa.bool_())
    entered = tuple(each for each in intake.files if not each.only_registers)
    registers = tuple(each for each in intake.files if any(sheet.register_of for sheet in each.sheets))
    mine = replace(intake, table=intake.table.filter(ours), files=entered)
    return mine, replace(intake, table=intake.table.filter(theirs), files=registers)


def alone(ledger: Path, rows: Intake) -> tuple[Problem, ...] | None:
    """Whom registers name, where an intake holds nothing else and no ledger was begun; else None."""
    if not rows.table.num_rows or ledger.exists():
        return None
    ours, others = split(rows)
    return None if ours.table.num_rows else strangers(others)


def compared(
    registers: Intake, table: "pa.Table", rounds: Sequence[Round], news: Sequence[FileReading]
) -> tuple[Problem, ...]:
    """Each contradiction at the register's cell, with the ledger's value and cell; then, sheet by sheet, the rest.

    `table`: the state; `rounds` and `news` (of the round that is being written) tell where its values were read.
    """
    if not registers.table.num_rows:
        return ()
    cores = Cores()
    lines = distinct(registers, cores)
    partners = match.across(lines.keys, keys(table, cores)).of
    wanted = [row for row in partners if row is not None]
    held = dict(zip(wanted, table.take(wanted).to_pylist() if wanted else (), strict=True))
    sheets, letters = _sheets(registers.files), findings.letters(registers.files)
    places = ValueCells(held.values(), rounds, news)
    told: list[Problem] = []
    unheard: dict[tuple[object, object], list[str]] = {place: [] for place in sheets}
    offered: dict[tuple[object, object], list[str]] = {place: [] for place in sheets}
    for line, row in zip(lines.table.to_pylist(), partners, strict=True):
        place = line["source_file"], line["source_sheet"]
        if row is None:
            unheard[place].append(line["name"])
            continue
        offered[place] += (name for name in _COMPARED if _states(line, name) and not _states(held[row], name))
        told += _contradictions(line, held[row], sheets[place], letters, places)
    return (*told, *_unheard(unheard), *_offers(offered, sheets))


def strangers(registers: Intake) -> tuple[Problem, ...]:
    """All that they name, where there is no ledger yet to compare them with."""
    names: dict[tuple[object, object], list[str]] = {place: [] for place in _sheets(registers.files)}
    for row in registers.table.select(["source_file", "source_sheet", "name"]).to_pylist():
        names[row["source_file"], row["source_sheet"]].append(row["name"])
    return tuple(_unheard(names))


def _sheets(files: Iterable[FileReading]) -> Sheets:
    return {(file.file, each.sheet): each.register_of for file in files for each in file.sheets if each.register_of}


def _contradictions(line: Row, held: Row, office: str, letters: Letters, places: ValueCells) -> Iterator[Problem]:
    for name in _COMPARED:
        if not _states(line, name) or not _states(held, name) or _agree(line, held, name):
            continue
        values: Row = {"name": held["name"], "office": office, "where": places.of(held, name)}
        values |= {side: _plain(row[name]) for side, row in (("stated", line), ("held", held))}
        yield Problem(
            code="register_contradicts",
            level=Level.WARNING,
            file=line["source_file"] or "",
            sheet=line["source_sheet"],
            cell=findings.cell(line, name, letters),
            field=name,
            values=values,
        )


def _unheard(names: Mapping[tuple[Any, Any], Sequence[str]]) -> Iterator[Problem]:
    for (file, sheet), each in names.items():
        if each:
            shown = "、".join(each[:_SHOWN]) + ("…" if len(each) > _SHOWN else "")
            values: Row = {"count": len(each), "names": shown}
            yield Problem(code="register_unheard", level=Level.WARNING, file=file or "", sheet=sheet, values=values)


def _offers(offered: Mapping[tuple[Any, Any], Sequence[str]], sheets: Sheets) -> Iterator[Problem]:
    for (file, sheet), fields in offered.items():
        if fields:
            values: Row = {"count": len(fields), "office": sheets[file, sheet]}
            values["fields"] = ",".join(dict.fromkeys(fields))
            yield Problem(code="register_offers", level=Level.NOTE, file=file or "", sheet=sheet, values=values)


def _states(row: Row, name: str) -> bool:
    return row[name] is not None


def _agree(one: Row, other: Row, name: str) -> bool:
    """Equal, told with more or less care, or intervals that share a number."""
    if about()[name].holds == "date":
        return bool(one[name].startswith(other[name]) or other[name].startswith(one[name]))
    if about()[name].holds != "count":
        return bool(one[name] == other[name])
    (low, high), (bottom, top) = (_interval(row, name) for row in (one, other))
    return (high is None or high >= bottom) and (top is None or top >= low)


def _interval(row: Row, name: str) -> tuple[int, int | None]:
    value, low, high = (row[column] for column in columns_of(name))
    return (value, value) if low is None and high is None else (low or 0, high)


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value
