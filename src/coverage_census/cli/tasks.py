"""`tasks`: every gap as a task: the table by owner, the list, the wall chart, the 销号台账, and what people say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.line.unprinted import printing
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage

if TYPE_CHECKING:
    from coverage_census.tasks.listing import TaskQuery
    from coverage_census.tasks.marks import Marks


@dataclass(frozen=True)
class TaskView:
    """Which tasks are shown, and in which order."""

    PREFIX: ClassVar = "task_"

    list_: bool
    due: bool
    overdue: bool
    owner: str | None
    state: list[str] | None
    class_: list[str] | None
    unbuilt: bool

    @property
    def listed(self) -> bool:
        """Whether a list was asked for, and not the table by owner."""
        return self.list_ or self.overdue or bool(self.state)

    @property
    def query(self) -> "TaskQuery":
        from coverage_census.tasks.listing import TaskQuery

        return TaskQuery(self.owner, tuple(self.state or ()), tuple(self.class_ or ()), self.overdue, self.unbuilt)


@dataclass(frozen=True)
class TaskMarks:
    """What a person says of some tasks."""

    PREFIX: ClassVar = "task_"

    done: list[str] | None
    evidence: str | None
    void: list[str] | None
    reason: str | None
    open_: list[str] | None
    assign: list[str] | None
    until: str | None
    step: str | None
    who: str | None

    def marks(self, owner: str | None) -> "Marks":
        from coverage_census.tasks.marks import Marks

        done, void, opened, assign = (each or () for each in (self.done, self.void, self.open_, self.assign))
        return Marks(done, void, opened, assign, self.evidence, self.reason, owner, self.until, self.step, self.who)


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command."""

    def tasks(
        areas: list[str] | None = o.areas,
        view: TaskView = o[TaskView],
        said: TaskMarks = o[TaskMarks],
        read: Path | None = o.task_read,
        html: bool = o.task_html,
        xlsx: bool = o.task_xlsx,
        out: Path | None = o.report_out,
        which: Which = o.which["round", "as_of", "policy"],
        shown: Shown = o.shown,
    ) -> int:
        run, marks = session(shown, which), said.marks(view.owner)
        if marks.any and read is not None:
            raise WrongUsage("tasks_one_way")
        if read is not None or marks.any:
            return _record(run, marks, read, shown)
        if html or xlsx:
            return _write(run, areas or [], view.query, {"html": html, "xlsx": xlsx}, out, shown)
        return _show(run, areas or [], view, shown)

    add(tasks)


def _record(run: Session, marks: "Marks", read: Path | None, shown: Shown) -> int:
    from coverage_census.commands.tasks import marks as marking
    from coverage_census.commands.tasks import sheet
    from coverage_census.console import tasks as console

    made = sheet.read_back(run, read, marks.who) if read is not None else marking.mark(run, marks)
    with printing(made.round):
        return console.recorded(made, run.words, as_json=shown.json)


def _write(
    run: Session, areas: list[str], asked: "TaskQuery", wanted: dict[str, bool], out: Path | None, shown: Shown
) -> int:
    from coverage_census.commands.report import task_chart
    from coverage_census.console import ingest_and_written

    ingest_and_written.reports(task_chart.write(run, areas, asked, wanted, out), run.words, as_json=shown.json)
    return 0


def _show(run: Session, areas: list[str], view: TaskView, shown: Shown) -> int:
    from coverage_census.commands.tasks import listing
    from coverage_census.console import tasks as console

    if view.listed or view.due:
        console.listed(listing.list_of(run, areas, view.query, by_due=view.due), run.words, **shown.form)
    else:
        console.table(listing.table_of(run, areas, view.query), run.words, **shown.form)
    return 0
