"""A state and new decisions in; the state with them in it, and those of them that could be taken, out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ledger.identity import findings, merging, reunion
from coverage_census.ledger.identity.answers import IDENTITY, Answered
from coverage_census.ledger.identity.findings import Letters
from coverage_census.ledger.identity.merging import When
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.periods.row_places import Merged
from coverage_census.ledger.store.subjects import Subjects
from coverage_census.ledger.write import corrections, listed
from coverage_census.model.reading import Problem
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    import pyarrow as pa

NO_LETTERS: Letters = {}


@dataclass(frozen=True)
class SettledState:
    """What decisions made of a state."""

    table: "pa.Table"
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    merged: Merged = ()


def settle(
    table: "pa.Table",
    fresh: Sequence[Entry],
    answers: Answered,
    cores: Cores,
    past: Past,
    letters: Letters = NO_LETTERS,
    when: When | None = None,
) -> SettledState:
    """Corrections are entered, who was left out is added, those that are one organisation joined; who is not in the
    ledger becomes a problem.

    `table` is the state after those of `past`; `letters` are of the sheets that came in now, and `when` tells their
    moments beside those of the past.
    """
    entered, unknown = corrections.enter(table, fresh)
    unknown += _strangers(entered, fresh)
    taken = listed.refused(entered, fresh, cores)
    entered = listed.added(entered, (each for each in fresh if each not in taken), answers, cores)
    late = reunion.find(entered, past.head, past.rounds, answers, cores)
    joined = merging.join(entered, answers, cores, when or past.moment, late.one)
    return SettledState(
        joined.table,
        tuple(each for each in fresh if each not in unknown and each not in taken),
        (
            *findings.unknown_subjects(unknown),
            *findings.codes_taken(taken),
            *findings.shared_codes(entered, entered, late.open, letters),
        ),
        joined.merged,
    )


def _strangers(table: "pa.Table", fresh: Iterable[Entry]) -> list[Entry]:
    """Answers on identity, and values that hold, of which a side of the ledger is in no row."""
    asked = [each for each in fresh if each.kind in (*IDENTITY, EntryKind.LEDGER_HOLDS)]
    if not asked:
        return []
    subjects = Subjects(table)

    def known(each: Entry) -> bool:
        sides = (each.subject,) if each.whose is not None else (each.subject, each.other)
        return all(side and subjects.any(side) for side in sides)

    return [each for each in asked if not known(each)]
