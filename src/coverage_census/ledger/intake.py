"""What the reader handed over in; the rows that are news, one an organisation, with keys, scopes and problems out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from coverage_census.ledger import duplicates, findings, identity, identity_keys, scopes
from coverage_census.ledger.answered import NOBODY, Answered
from coverage_census.ledger.core_name import Cores
from coverage_census.ledger.identity_keys import IDENTITY, Keys
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Scope

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Intake:
    """Rows of several files; whatever order the files were named in, they are taken by name."""

    table: "pa.Table"
    files: tuple[FileReading, ...]

    def without(self, names: Sequence[str]) -> "Intake":
        """The same without some files and their rows."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if not names:
            return self
        out = pc.is_in(self.table["source_file"], value_set=pa.array(names, pa.string()))
        return Intake(self.table.filter(pc.invert(out)), tuple(each for each in self.files if each.file not in names))

    @cached_property
    def scopes(self) -> dict[str, tuple[Scope, ...]]:
        """File → every kind of organisation in every township that it names one of."""
        return scopes.touched(self.table)


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
    found = identity.within(keys(intake.table, cores), answers)
    table, contradicted = duplicates.merged(intake.table, found.of)
    letters = findings.letters(intake.files)
    problems = findings.duplicates(intake.table, found.of, contradicted, letters)
    problems += findings.shared_codes(intake.table, intake.table, found.shared, letters)
    holding = [row for row, holder in enumerate(found.of) if row == holder]
    left = found.keys if table is intake.table else found.keys.at(holding)
    return Distinct(table, left, intake.table.num_rows - table.num_rows, tuple(problems))


def keys(table: "pa.Table", cores: Cores) -> Keys:
    return identity_keys.keys({name: table[name].to_pylist() for name in IDENTITY}, cores)
