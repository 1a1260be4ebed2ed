"""`plan liaison --step` and `--steps`: how far assignments have come in, entries beside the ledger out."""

from collections.abc import Sequence
from pathlib import Path

from coverage_census import __version__
from coverage_census.commands.basis import basis
from coverage_census.commands.plan.liaison import before
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.liaison_plan import StepsRecorded
from coverage_census.model.officers import STEPS, duty_code
from coverage_census.model.reading import Problem, Subject
from coverage_census.model.rounds import Entry
from coverage_census.policy.decided.for_plans import organisations


def step(session: Session, name: str, code: str, said: str, reason: str | None) -> StepsRecorded:
    """One assignment's step; going back needs a reason."""
    from coverage_census.plan.liaison import steps as assignments

    new, found = assignments.step_of(said), basis(session)
    if new is None:
        raise WrongUsage("unknown_step", step=said, known="、".join(assignments.labels(session.words)))
    those = [row for row in organisations(found, []) if name in (row["name"], row["uscc"])]
    if len(those) != 1:
        raise CensusError("step_organisation", name=name, count=len(those))
    held = before(session, found.round).get(Subject.of(those[0]).key)
    made = assignments.one(those[0], held, duty_code(code), new, reason, session.now, session.words)
    return _record(session, made, ())


def steps(session: Session, file: Path) -> StepsRecorded:
    """The table that `plan liaison --csv` wrote, read back with its column 进展."""
    from coverage_census.ingest import read_forms
    from coverage_census.plan.liaison import steps as assignments

    read, found = read_forms.read(file, [STEPS]), basis(session)
    held, rows = before(session, found.round), organisations(found, [])
    entries, problems = assignments.said(read.lines, rows, held, session.now, session.words)
    return _record(session, entries, (*read.problems, *problems))


def _record(session: Session, entries: Sequence[Entry], problems: tuple[Problem, ...]) -> StepsRecorded:
    from coverage_census.ledger.write import next_round

    if not entries:
        return StepsRecorded(round=None, entries=(), problems=problems)
    made = next_round.record(session.settings.ledger, entries, now=session.now, tool=__version__)
    number = None if made.unchanged or made.round is None else made.round.number
    return StepsRecorded(round=number, entries=made.entries, problems=(*problems, *made.problems))
