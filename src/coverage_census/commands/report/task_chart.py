"""`tasks --html` and `--xlsx`: tasks in; the wall chart (挂图) and the 销号台账 as files out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from coverage_census.commands.basis import basis
from coverage_census.commands.report.report import written
from coverage_census.commands.session import Session
from coverage_census.commands.tasks.listing import listed
from coverage_census.commands.tasks.tasks import of
from coverage_census.files import disk
from coverage_census.model.task import UNFINISHED, Task
from coverage_census.policy.decided.basis import Basis
from coverage_census.results import Reports
from coverage_census.tasks.items import Tasks
from coverage_census.tasks.listing import TaskQuery, chosen


def write(
    session: Session, areas: Sequence[str], asked: TaskQuery, wanted: Mapping[str, bool], out: Path | None
) -> Reports:
    """Into `reports/<round>/` or `out`."""
    found = basis(session)
    every = chosen(of(session, found, areas, everything=True), asked, tuple(found.policy.rules), session.words)
    tasks = sorted(listed(session, found, every), key=lambda each: each.state not in UNFINISHED)
    folder = out or session.settings.reports / f"{found.round.number:06d}"
    documents = []
    if wanted["xlsx"]:
        documents.append((_name(session, "sheet", areas, "xlsx"), workbook(session, tasks, every)))
    if wanted["html"]:
        documents.append((_name(session, "chart", areas, "html"), _chart(session, found, areas, tasks, every)))
    return Reports(written(folder, documents))


def _name(session: Session, what: str, areas: Sequence[str], ending: str) -> str:
    return "-".join([session.words(f"tasks.{what}.file"), *map(disk.safe_name, areas)]) + f".{ending}"


def workbook(session: Session, tasks: Sequence[Task], every: Tasks) -> bytes:
    from coverage_census.report.workbook import tasks as sheets

    return sheets.workbook(tasks, session.words, every.calendar.today, session.now)


def _chart(session: Session, found: Basis, areas: Sequence[str], tasks: Sequence[Task], every: Tasks) -> bytes:
    from coverage_census.report import render
    from coverage_census.report import tasks as charts

    words = session.words
    counties = {each.county for each in tasks if each.county}
    county = (
        words("console.separator").join(areas)
        or session.settings.county
        or (counties.pop() if len(counties) == 1 else None)
    )
    page = charts.chart(
        tasks, county, found.round, found.stamp, getattr(found.policy.title, words.lang), every.calendar.today,
        every.calendar.soon, every.calendar.since, session.now.astimezone(), words,
    )  # fmt: skip
    return render.filled("tasks.html.j2", page, words, session.settings.templates).encode("utf-8")
