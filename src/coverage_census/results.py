"""What a command hands to the console: records of the census with what is needed to present them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coverage_census.errors import ExitCode
from coverage_census.model import AreaCoverage, Decision, FileReading, Organisation, PolicyStamp, Problem, Round


@dataclass(frozen=True)
class Checked:
    """How the files were understood and what is wrong with them."""

    files: tuple[FileReading, ...]
    problems: tuple[Problem, ...]
    code: ExitCode


@dataclass(frozen=True)
class Receipt:
    """What an ingest did: `round` is the new one, or the one that already held everything."""

    files: tuple[FileReading, ...]
    problems: tuple[Problem, ...]
    round: Round | None
    unchanged: bool
    ledger_begun: Path | None  # set when this ingest began the ledger
    counts: Mapping[str, int] = field(default_factory=dict)
    code: ExitCode = ExitCode.DONE


@dataclass(frozen=True)
class GapTable:
    """Coverage and gaps of a round, by one grouping."""

    by: str
    rows: tuple[AreaCoverage, ...]
    total: AreaCoverage
    round: Round
    stamp: PolicyStamp


@dataclass(frozen=True)
class GapList:
    """Decisions one by one."""

    decisions: tuple[Decision, ...]
    round: Round
    stamp: PolicyStamp


@dataclass(frozen=True)
class Explanation:
    """One organisation, the decisions on it, and where its facts were read."""

    organisation: Organisation
    decisions: tuple[Decision, ...]
    places: Mapping[str, str]  # field → file!sheet!cell
    round: Round
    stamp: PolicyStamp


@dataclass(frozen=True)
class SampleMade:
    """Files of a synthetic county and how many organisations they hold."""

    folder: Path
    files: tuple[Path, ...]
    organisations: int
    left_out: tuple[str, ...] = ()
