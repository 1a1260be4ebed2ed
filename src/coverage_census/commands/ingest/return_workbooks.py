"""What an ingest found in; the return workbooks (退回表) that the township gets back, in `returns/`, out; and what
their answers settle."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Round
from coverage_census.results import SentBack
from coverage_census.words.periods import called

if TYPE_CHECKING:
    import pyarrow as pa

    from coverage_census.ingest.read import FilesRead
    from coverage_census.model.annotation import Annotation
    from coverage_census.model.incoming import Incoming


def send_back(
    session: Session,
    incoming: Sequence["Incoming"],
    readings: Sequence[FileReading],
    table: "pa.Table",
    problems: Sequence[Problem],
    round_: Round | None,
    left_out: Collection[str] = (),
    since: float | None = None,
) -> tuple[SentBack, ...]:
    """One workbook for each file with problems that somebody should look at.

    Files that were refused have nothing to be marked, and those that came in before (`left_out`) have theirs. One that
    was written `since` then is of the command that is being finished, from before it was cut off.
    """
    from coverage_census.ingest.jail import parent
    from coverage_census.returns import marks

    rows, label = marks.Rows(table, readings, problems), _label(round_, session)
    of_file = defaultdict[str | None, list[Problem]](list)
    for problem in problems:
        of_file[problem.file].append(problem)
    wanted: list[tuple[Path, Annotation]] = []
    for each, reading in zip(incoming, readings, strict=True):
        if reading.refused or reading.file in left_out:
            continue
        if annotation := marks.annotation(reading, of_file[reading.file], rows, session.words, label):
            wanted.append((each.path, annotation))
    made, taken = list[SentBack](), set[Path]()
    for (_, annotation), answer in zip(wanted, parent.annotate(wanted), strict=True):
        if answer is None:
            made.append(SentBack(annotation.original, None, None))
            continue
        wished = session.settings.returns / marks.name(annotation, session.words)
        if written_since(wished, since) and wished not in taken:
            taken.add(wished)
            made.append(SentBack(annotation.original, wished, answer[0].why))
            continue
        path = _free(wished, taken, round_)
        try:
            disk.replace(path, answer[1])
        except CensusError:  # the round is written; of its return workbooks one is missing, and that is said
            made.append(SentBack(annotation.original, None, None, owed=True))
        else:
            taken.add(path)
            made.append(SentBack(annotation.original, path, answer[0].why))
    return tuple(made)


def unanswered(session: Session, intake: "FilesRead") -> tuple[Problem, ...]:
    """The problems, without the warnings that a return workbook among the files answers itself (属实)."""
    if not any(file.answers for file in intake.files):
        return intake.problems
    from coverage_census.ledger.store import entries
    from coverage_census.ledger.store.subjects import Subjects
    from coverage_census.returns import answers

    decided = answers.entries(intake.files, intake.table, session.now)
    silent = entries.silenced(intake.problems, decided, Subjects(intake.table, intake.files))
    return tuple(each for each in intake.problems if each not in silent)


def written_since(path: Path, since: float | None) -> bool:
    """Whether a file is there that is no older; None: nothing is being finished."""
    try:
        return since is not None and path.lstat().st_mtime >= since
    except OSError:
        return False


def _label(round_: Round | None, session: Session) -> str:
    if round_ is None:
        return session.words("returns.no_round")
    return called(round_, session.words)


def _free(path: Path, taken: Collection[Path], round_: Round | None) -> Path:
    """A name that no other file of this run has; and of another round, in which somebody may be writing answers."""
    number = 2
    first = path
    while path in taken or (round_ is not None and path.exists()):
        path = first.with_stem(f"{first.stem}_{number}")
        number += 1
    return path
