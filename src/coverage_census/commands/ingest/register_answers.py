"""Answers on lines of a comparison (核对表) in; those whose row the register still has, and problems of others, out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coverage_census.commands.session import Session
from coverage_census.model.reading import Answer, FileReading, Level, Problem, Subject
from coverage_census.model.register import BETWEEN, COVERS

if TYPE_CHECKING:
    from coverage_census.ingest.read import FilesRead


@dataclass(frozen=True)
class _Listed:
    """Whom a register in force lists."""

    names: frozenset[str]
    codes: frozenset[str]

    def holds(self, subject: Subject) -> bool:
        return subject.name in self.names or (subject.uscc is not None and subject.uscc in self.codes)


def standing(session: Session, intake: "FilesRead") -> "FilesRead":
    """The intake without answers on rows that their register has no more; each of these is a problem at its cell.

    What a person adds to the ledger is so always a row that was read, freed of persons and kept.
    """
    asked = {each.whose for file in intake.files for each in file.answers if each.whose}
    if not asked or not session.settings.ledger.exists():
        return intake
    known = {each: _listed(session, each) for each in asked}
    files, problems = list[FileReading](), list[Problem]()
    for file in intake.files:
        gone = [each for each in file.answers if not _stands(each, known)]
        problems += [_gone(file, each) for each in {each.at: each for each in gone}.values()]  # a cell may answer twice
        left = tuple(each for each in file.answers if each not in gone)
        files.append(file.model_copy(update={"answers": left}) if gone else file)
    return replace(intake, files=tuple(files), problems=(*intake.problems, *problems))


def _stands(answer: Answer, known: Mapping[str, _Listed]) -> bool:
    row = _row(answer)
    return answer.whose is None or row is None or known[answer.whose].holds(row)


def _row(answer: Answer) -> Subject | None:
    """The register's side; None: the answer is that it lists the organisation not."""
    return answer.subject if answer.does in ("listed", "out_of_scope") else answer.other


def _gone(file: FileReading, answer: Answer) -> Problem:
    row = _row(answer)
    sheet, _, cell = answer.at.rpartition("!")
    return Problem(
        code="register_row_gone",
        level=Level.ERROR,
        file=file.file,
        sheet=sheet,
        cell=cell,
        values={"name": row.name if row else None},
    )


def _listed(session: Session, register: str) -> _Listed:
    from coverage_census.ledger.registers import kept

    ledger = session.settings.ledger
    found = kept.newest(ledger, register)
    if not found:
        return _Listed(frozenset(), frozenset())
    rows = kept.rows(ledger, found)
    codes = (each for each in rows["uscc"].to_pylist() if each)
    covers = rows[COVERS].to_pylist() if COVERS in rows.column_names else ()
    return _Listed(frozenset(_names(rows["name"].to_pylist(), covers)), frozenset(codes))


def _names(own: list[str | None], covers: "list[str | None] | tuple[()]") -> Iterator[str]:
    yield from (each for each in own if each)
    for each in covers:
        yield from each.split(BETWEEN) if each else ()
