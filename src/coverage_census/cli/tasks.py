"""`tasks`: every gap as a task: the table by owner, the list, the wall chart, the 销号台账, and what people say."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.line.unprinted import printing
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command."""

    def tasks(
        areas: list[str] | None = o.areas,
        list_: bool = o.task["list"],
        by_due: bool = o.task["due"],
        overdue: bool = o.task["overdue"],
        owner: str | None = o.task["owner"],
        state: list[str] | None = o.task["state"],
        class_: list[str] | None = o.task["class"],
        unbuilt: bool = o.task["unbuilt"],
        done: list[str] | None = o.task["done"],
        evidence: str | None = o.task["evidence"],
        void: list[str] | None = o.task["void"],
        reason: str | None = o.task["reason"],
        open_: list[str] | None = o.task["open"],
        assign: list[str] | None = o.task["assign"],
        until: str | None = o.task["until"],
        step: str | None = o.task["step"],
        who: str | None = o.task["who"],
        read: Path | None = o.task["read"],
        html: bool = o.task["html"],
        xlsx: bool = o.task["xlsx"],
        out: Path | None = o.report_out,
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.tasks.listing import TaskQuery
        from coverage_census.tasks.marks import Marks

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy)
        marks = Marks(done or (), void or (), open_ or (), assign or (), evidence, reason, owner, until, step, who)
        if marks.any and read is not None:
            raise WrongUsage("tasks_one_way")
        if read is not None or marks.any:
            return _record(run, marks, read, json)
        asked = TaskQuery(owner, tuple(state or ()), tuple(class_ or ()), overdue, unbuilt)
        if html or xlsx:
            return _write(run, areas or [], asked, {"html": html, "xlsx": xlsx}, out, json)
        return _show(run, areas or [], asked, list_ or overdue or bool(state), by_due, json, csv)

    add(tasks)


def _record(run: Session, marks: "object", read: Path | None, json: bool) -> int:
    from coverage_census.commands.tasks import marks as tasks_marking
    from coverage_census.commands.tasks import sheet
    from coverage_census.console import tasks as console
    from coverage_census.tasks import marks as marks_tasks

    assert isinstance(marks, marks_tasks.Marks)
    made = sheet.read_back(run, read, marks.who) if read is not None else tasks_marking.mark(run, marks)
    with printing(made.round):
        return console.recorded(made, run.words, as_json=json)


def _write(
    run: Session, areas: list[str], asked: "object", wanted: dict[str, bool], out: Path | None, json: bool
) -> int:
    from coverage_census.commands.report import task_chart
    from coverage_census.console import ingest_and_written
    from coverage_census.tasks import listing as listing_tasks

    assert isinstance(asked, listing_tasks.TaskQuery)
    ingest_and_written.reports(task_chart.write(run, areas, asked, wanted, out), run.words, as_json=json)
    return 0


def _show(run: Session, areas: list[str], asked: "object", listed: bool, by_due: bool, json: bool, csv: bool) -> int:
    from dataclasses import replace

    from coverage_census.commands import basis as facts
    from coverage_census.commands.tasks import listing
    from coverage_census.commands.tasks import tasks as commands
    from coverage_census.console import tasks as console
    from coverage_census.tasks import listing as listing_tasks

    assert isinstance(asked, listing_tasks.TaskQuery)
    basis = facts.basis(run)
    every = commands.of(run, basis, areas, everything=listed or by_due)
    rules = tuple(basis.policy.rules)
    if listed or by_due:
        found = listing_tasks.chosen(every, replace(asked, finished=False), rules, run.words)
        console.listed(listing.listed(run, basis, found, by_due=by_due), run.words, as_json=json, as_csv=csv)
    else:
        console.table(listing_tasks.chosen(every, asked, rules, run.words), run.words, as_json=json, as_csv=csv)
    return 0
