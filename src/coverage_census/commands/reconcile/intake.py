"""Files of another office in; its register as one sealed entry of the ledger, and what is wrong with it, out."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census import __version__
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, ExitCode, WrongUsage
from coverage_census.inbox.files import gather
from coverage_census.model import days
from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.model.register import RegisterEntry
from coverage_census.registers import kinds
from coverage_census.results import RegisterReceipt
from coverage_census.settings import REGISTERS

if TYPE_CHECKING:
    import pyarrow as pa

    from coverage_census.ingest.read import FilesRead
    from coverage_census.model.incoming import Incoming

_OWN_WORDS = {"social": "social_security"}  # as `ingest.layout.offices` calls it
_ALIKE = ({"market", "tax", "social_security", "civil"},)
"""Offices of which one may send the list of another: a county's tax office sends what the market office registered."""
_OF_SURVEYS = frozenset({"other_register", "county_unknown", "day_unread", "uscc_length"})
"""What is said of a survey's sheet alone; a tax number of 15 digits is an old code and no slip."""


def keep(session: Session, paths: Sequence[Path], register: str) -> RegisterReceipt:
    """The register that lies in these files, read, freed of everything that no register needs, and kept.

    Raises CensusError `no_round` without a ledger; nothing is kept of a file that is another office's register.
    """
    from coverage_census.ingest import read
    from coverage_census.ledger.registers import kept

    if not session.settings.ledger.exists():
        raise CensusError("no_round")
    words = {**kinds.headings(session.settings, register), **session.settings.columns}
    incoming = gather(paths, session.settings.county, session.now)
    intake = read.read(incoming, words)
    wrong = tuple(_of_another(intake.files, register))
    out = {each.file for each in wrong}
    problems = (*wrong, *(each for each in intake.problems if each.code not in _OF_SURVEYS and each.file not in out))
    code = (
        ExitCode.SET_ASIDE if out or any(each.gave_nothing or each.refused for each in intake.files) else ExitCode.DONE
    )
    rows, persons = _without_person_rows(_rows(intake, out))
    problems = (*problems, *persons)
    if not rows.num_rows:
        likely = None if out else _whose(session, incoming, register)
        return RegisterReceipt(register, intake.files, problems, None, False, ExitCode.SET_ASIDE, likely)
    if session.as_of is not None and session.as_of.isoformat() > session.today:
        raise WrongUsage("register_ahead", day=session.as_of.isoformat(), today=session.today)
    day, stated = _day(session, [each for each in intake.files if each.file not in out])
    entry = RegisterEntry(
        whose=register,
        as_of=day,
        stated=stated,
        received_at=session.now.isoformat(timespec="seconds"),
        tool=__version__,
        rows=rows.num_rows,
        files=tuple(each for each in intake.files if each.file not in out),
    )
    done, new = kept.keep(session.settings.ledger, rows, entry)
    return RegisterReceipt(register, intake.files, problems, done.entry, new, code)


def _whose(session: Session, incoming: "Sequence[Incoming]", register: str) -> str | None:
    """Which other office's words make a register of what the asked one's do not: the wrong --register."""
    from coverage_census.ingest import read

    for other in REGISTERS:
        if other == register:
            continue
        found = read.read(incoming, kinds.headings(session.settings, other))
        if found.table.num_rows:
            said = {sheet.register_of for file in found.files for sheet in file.sheets if sheet.register_of}
            return next((_OWN_WORDS.get(each, each) for each in sorted(said)), other)
    return None


def _without_person_rows(rows: "pa.Table") -> "tuple[pa.Table, list[Problem]]":
    """Whom a register of tax payers or of the insured lists as a person is none of ours: no name of him is kept."""
    import pyarrow as pa

    from coverage_census.ingest.privacy import names

    pairs = zip(rows["name"].to_pylist(), rows["uscc"].to_pylist(), strict=True)
    alone = [code is None and names.is_name(name) for name, code in pairs]
    if not any(alone):
        return rows, []
    found: dict[tuple[str, str | None], int] = {}
    for row in (row for row, person in enumerate(alone) if person):
        place = rows["source_file"][row].as_py(), rows["source_sheet"][row].as_py()
        found[place] = found.get(place, 0) + 1
    told = [
        Problem(code="register_persons", level=Level.NOTE, file=file, sheet=sheet, values={"count": count})
        for (file, sheet), count in found.items()
    ]
    return rows.filter(pa.array([not person for person in alone])), told


def _rows(intake: "FilesRead", out: set[str]) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    if not out:
        return intake.table
    there = pc.is_in(intake.table["source_file"], value_set=pa.array(sorted(out), pa.string()))
    return intake.table.filter(pc.invert(there))


def _of_another(files: Sequence[FileReading], register: str) -> Iterator[Problem]:
    """Sheets whose title says that they are the register of somebody else."""
    for file in files:
        for sheet in file.sheets:
            said = _OWN_WORDS.get(sheet.register_of or "", sheet.register_of)
            if said is None or said == register or register not in REGISTERS:
                continue
            if not any({said, register} <= group for group in _ALIKE):
                values: dict[str, str | int | float | None] = {
                    "office": sheet.register_of,
                    "asked": register,
                    "said": said,
                }
                yield Problem(
                    code="register_of_another", level=Level.ERROR, file=file.file, sheet=sheet.sheet, values=values
                )


def _day(session: Session, files: Sequence[FileReading]) -> tuple[str, bool]:
    """--as-of, else the newest day that a sheet states, else today."""
    if session.as_of is not None:
        return session.as_of.isoformat(), True
    stated = [days.last_of(sheet.as_of) for file in files for sheet in file.sheets if sheet.as_of and sheet.data_rows]
    past = [each for each in stated if each <= session.today]  # of a day to come nobody knows anything
    return max(past, default=session.today), bool(past)
