"""`tasks --read`: the 处理 columns of a 销号台账 that came back in; a round with what they say out.

The sheet passes the guard and the jail like any foreign workbook.
"""

from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.commands.tasks.marks import record
from coverage_census.commands.tasks.tasks import tasks
from coverage_census.model.task import TASK_SHEET, TasksRecorded
from coverage_census.tasks import sheet
from coverage_census.tasks.marks import KnownTasks


def read_back(session: Session, file: Path, who: str | None) -> TasksRecorded:
    """The 处理 columns of a workbook that came back; a wrong line is a problem at its cell."""
    from coverage_census.ingest import read_forms

    read = read_forms.read(file, [TASK_SHEET])
    entries, problems = sheet.said(read.lines, KnownTasks(tasks(session)), who, session.now, session.words)
    return record(session, entries, [*read.problems, *problems])
