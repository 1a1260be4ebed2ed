"""The files that are to be read anew: those at hand, and those that lie nowhere and on which the ledger rests."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coverage_census.ledger import rounds
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.model.rounds import Round
from coverage_census.settings import FILE

LOST = "not_read_anew"
"""What is said of files that settings make read otherwise and that are not at hand."""
_SHOWN = 6


@dataclass(frozen=True)
class Again:
    """`incoming`: to be read again, called as when they came in; `lost`: those that lie neither in the inbox nor in its
    archive, the newest first."""

    incoming: tuple[Incoming, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, str | int | float | None]:
        """How many are lost, and the first of them."""
        more = "…" if len(self.lost) > _SHOWN else ""
        return {"count": len(self.lost), "files": "、".join(self.lost[:_SHOWN]) + more}

    @property
    def told(self) -> tuple[Problem, ...]:
        """One warning for all that are lost."""
        said = Problem(code=LOST, level=Level.WARNING, file=FILE, values=self.values)
        return (said,) if self.lost else ()


NOTHING = Again()


def still_resting(ledger: Path, head: Round, files: Sequence[FileReading]) -> tuple[str, ...]:
    """Those of the files on which an organisation of the newest round (`head`) rests."""
    if not files:
        return ()
    resting = {each.file.sha256 for each in rounds.sources(ledger, head)}
    return tuple(file.file for file in files if file.sha256 in resting)
