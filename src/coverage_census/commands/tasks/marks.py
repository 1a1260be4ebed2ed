"""`tasks --done`, `--void`, `--open` and `--assign`: what a person says of some tasks in; one round with it out.

All or nothing: an id that is not known, evidence that is missing or a day that has passed, and nothing is recorded.
"""

from collections.abc import Sequence

from coverage_census import __version__
from coverage_census.commands.session import Session
from coverage_census.commands.tasks.tasks import tasks
from coverage_census.errors import CensusError
from coverage_census.model.reading import Problem
from coverage_census.model.rounds import Entry
from coverage_census.model.task import TasksRecorded
from coverage_census.tasks.marks import KnownTasks, Marks, entries


def mark(session: Session, marks: Marks) -> TasksRecorded:
    """Ticks, voids and assignments as one round; an id that is not there stops the command, nothing is recorded."""
    return record(session, entries(KnownTasks(tasks(session)), marks, session.now))


def record(session: Session, entries: Sequence[Entry], problems: Sequence[Problem] = ()) -> TasksRecorded:
    """One round with these entries; raises `task_old_round` where a past period was asked for."""
    from coverage_census.ledger.write import next_round

    if session.round is not None or session.as_of is not None:
        raise CensusError("task_old_round")
    if not entries:
        return TasksRecorded(round=None, entries=(), problems=tuple(problems))
    made = next_round.record(session.settings.ledger, entries, now=session.now, tool=__version__)
    number = None if made.unchanged or made.round is None else made.round.number
    return TasksRecorded(round=number, entries=made.entries, problems=(*problems, *made.problems))
