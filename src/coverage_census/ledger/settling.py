"""A state and new decisions in; the state with them in it, and those of them that could be taken, out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ledger import corrections, findings, merging
from coverage_census.ledger.answered import IDENTITY, Answered
from coverage_census.ledger.core_name import Cores
from coverage_census.ledger.merging import Merged
from coverage_census.ledger.subjects import Subjects
from coverage_census.model.reading import Problem
from coverage_census.model.rounds import Entry

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Settled:
    """What decisions made of a state."""

    table: "pa.Table"
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    merged: Merged = ()


def settle(table: "pa.Table", fresh: Sequence[Entry], answers: Answered, cores: Cores) -> Settled:
    """Corrections are entered, those that are one organisation joined; who is not in the ledger becomes a problem."""
    entered, unknown = corrections.enter(table, fresh)
    unknown += _strangers(entered, fresh)
    joined = merging.join(entered, answers, cores)
    return Settled(
        joined.table,
        tuple(each for each in fresh if each not in unknown),
        tuple(findings.unknown_subjects(unknown)),
        joined.merged,
    )


def _strangers(table: "pa.Table", fresh: Iterable[Entry]) -> list[Entry]:
    """Answers on identity of which a side is in no row."""
    asked = [each for each in fresh if each.kind in IDENTITY]
    if not asked:
        return []
    subjects = Subjects(table)
    return [each for each in asked if not all(side and subjects.any(side) for side in (each.subject, each.other))]
