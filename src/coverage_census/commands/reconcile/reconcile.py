"""`reconcile`: every register that is kept against a round of the ledger; each row of both in one class out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round
from coverage_census.results import RegisterCompared

if TYPE_CHECKING:
    import pyarrow as pa

    from coverage_census.ledger.registers.kept import KeptRegister

_COLUMNS = (
    "name", "uscc", "code", "county", "township", "kind", "operating_status", "employees", "employees_min",
    "employees_max", "union_members", "union_members_min", "union_members_max", "league_members", "league_members_min",
    "league_members_max", "has_union", "has_league", "has_women_org", "source_file", "source_sheet", "source_row",
    "confirmed_round",
)  # fmt: skip


def reconcile(session: Session, register: str | None) -> tuple[RegisterCompared, ...]:
    """Each register in force (or the one that is asked for) against the round that is asked for.

    Raises CensusError `no_register` where none is kept.
    """
    from coverage_census.ledger.registers import kept

    found = session.find(session.round, session.as_of)
    ledger = session.settings.ledger
    wanted = [register] if register else sorted({each.entry.whose for each in kept.entries(ledger)})
    newest = {each: kept.newest(ledger, each) for each in wanted}
    if not any(newest.values()):
        raise CensusError("no_register_of" if register else "no_register", register=register or "")
    return tuple(_compared(session, found, each, entries) for each, entries in newest.items())


def _stated(rows: "pa.Table", files: Sequence[FileReading]) -> "pa.Table":
    """Without kinds that only the word 企业名称 above a column suggests."""
    import pyarrow as pa

    asked = {column.field for file in files for sheet in file.sheets for column in sheet.columns}
    if asked & {"kind", "subtype"} or "kind" not in rows.column_names:
        return rows
    place = rows.column_names.index("kind")
    return rows.set_column(place, "kind", pa.nulls(rows.num_rows, pa.string()))


def _compared(session: Session, found: Round, register: str, entries: "tuple[KeptRegister, ...]") -> RegisterCompared:
    from coverage_census.commands.reconcile import said
    from coverage_census.ledger import rounds
    from coverage_census.ledger.registers import kept
    from coverage_census.ledger.registers.value_cells import RegisterCells, StateCells
    from coverage_census.registers import answered, comparison
    from coverage_census.registers.side import Side

    ledger = session.settings.ledger
    state = rounds.relation(ledger, found).project(", ".join(_COLUMNS)).to_arrow_table()
    rows = kept.rows(ledger, entries)
    files = [file for each in entries for file in each.entry.files]
    theirs = Side(_stated(rows, files), RegisterCells(rows, files))
    ours = Side(state, StateCells(state, session.rounds()))
    entries_ = [entry for _, entry in rounds.all_entries(ledger, found)]
    made = answered.marked(comparison.compare(register, theirs, ours, said.by(entries_)), entries_)
    return RegisterCompared(register, tuple(each.entry for each in entries), found, made, theirs)
