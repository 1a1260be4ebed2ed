"""`doctor`: files that somebody cannot read in; what each of them is out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.commands.session import Session
from coverage_census.errors import ExitCode
from coverage_census.inbox.files import gather
from coverage_census.results import Examination, Examined

if TYPE_CHECKING:
    from coverage_census.ledger.share.probe import ShareProbe


def doctor(session: Session, paths: Sequence[Path]) -> Examination:
    """From outside, from inside, and as the reader understands it: as far as each file lets itself be looked at."""
    from coverage_census.ingest import doctor, read

    found = []
    for incoming in gather(paths, session.settings.county):
        reading, facts = doctor.examine(incoming)
        if reading.refused:
            found.append(Examined(reading, facts, ()))
        else:
            intake = read.read([incoming], session.settings.columns)
            found.append(Examined(intake.files[0], facts, intake.problems))
    refused = any(each.file.refused for each in found)
    return Examination(tuple(found), ExitCode.SET_ASIDE if refused else ExitCode.DONE)


def share(folder: Path) -> "ShareProbe":
    """Every primitive of the ledger tried out there; nothing of the folder's own is touched."""
    from coverage_census.ledger.share import probe

    return probe.examine(folder)
