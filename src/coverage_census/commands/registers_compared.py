"""A kept register and a round in; how the two agree, and of what they contradict each other, out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from coverage_census.commands.session import Session
from coverage_census.model.register import MASS, Compared, ListedSide
from coverage_census.model.rounds import Round
from coverage_census.results import RegisterCompared

if TYPE_CHECKING:
    from coverage_census.ledger.registers.kept import KeptRegister

_COLUMNS = (
    "name", "uscc", "code", "county", "township", "kind", "operating_status", "employees", "employees_min",
    "employees_max", "union_members", "union_members_min", "union_members_max", "league_members", "league_members_min",
    "league_members_max", "has_union", "has_league", "has_women_org", "source_file", "source_sheet", "source_row",
    "confirmed_round",
)  # fmt: skip


def compared(session: Session, found: Round, register: str, entries: "tuple[KeptRegister, ...]") -> RegisterCompared:
    """One register in force, compared with a round; what people have answered is marked."""
    from coverage_census.commands import registers_said as said
    from coverage_census.ledger import rounds
    from coverage_census.ledger.registers import kept
    from coverage_census.ledger.registers.value_cells import RegisterCells, StateCells
    from coverage_census.registers import answered, comparison
    from coverage_census.registers.side import Side

    ledger = session.settings.ledger
    state = rounds.relation(ledger, found).project(", ".join(_COLUMNS)).to_arrow_table()
    rows = kept.rows(ledger, entries)
    files = [file for each in entries for file in each.entry.files]
    theirs = Side(rows, RegisterCells(rows, files))
    ours = Side(state, StateCells(state, session.rounds()))
    entries_ = [entry for _, entry in rounds.all_entries(ledger, found)]
    made = answered.marked(comparison.compare(register, theirs, ours, said.by(entries_, register)), entries_)
    return RegisterCompared(register, tuple(each.entry for each in entries), found, made, theirs)


Contradicted = Mapping[str, Mapping[int, tuple[ListedSide, Compared]]]
"""Field → row of the round → the organisation, and what register and sheet say of it."""


def contradicted(session: Session, found: Round) -> Contradicted:
    """Whether organisations have a union, league or women's organisation (群团), where the register of that office and
    their own sheet contradict each other and nobody has answered: until then it is unknown."""
    from coverage_census.ledger.registers import kept

    ledger = session.settings.ledger
    there = {each.entry.whose for each in kept.entries(ledger)} & {*MASS}
    return {MASS[whose]: _of_mass(compared(session, found, whose, kept.newest(ledger, whose))) for whose in there}


def _of_mass(each: RegisterCompared) -> dict[int, tuple[ListedSide, Compared]]:
    return {
        line.ledger.row: (line.ledger, differs)
        for line in each.comparison.lines
        if line.ledger is not None and line.answer is None
        for differs in line.differs
        if differs.field == MASS[each.register]
    }
