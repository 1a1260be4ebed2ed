"""The material of a report in; its files out: the page with its rows beside it, the workbook, the bulletin."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from coverage_census.commands.report.page import Material, page
from coverage_census.commands.session import Session
from coverage_census.errors import NotReplaced
from coverage_census.files import disk
from coverage_census.model.decision import Gap
from coverage_census.policy.decided.classes import classes, gathered
from coverage_census.policy.decided.pairs import Pair
from coverage_census.report.bulletin import Bulletin, DueTask, Moved
from coverage_census.report.page import rows as listing
from coverage_census.report.page.page import CoveragePage
from coverage_census.report.page.rows import RowsPage, unknown_last
from coverage_census.report.workbook.organisations import OrganisationStanding
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import label_before

File = tuple[str, bytes]
"""The name of a file and what is in it."""


def name(what: str, areas: Sequence[str], ending: str) -> str:
    """A file's name that every share takes, however many areas it is about."""
    return disk.safe_name("-".join([what, *map(disk.safe_name, areas)])) + f".{ending}"


def html(session: Session, made: Material, called: str = "coverage") -> list[File]:
    """The page and its rows; each links to the other by name, so they stay together."""
    from coverage_census.report import render

    own, beside = name(called, made.areas, "html"), name(f"{called}-rows", made.areas, "html")
    words, office = session.words, session.settings.templates
    shown = page(session, made, beside)
    listed = rows(made, shown, own, words)
    return [
        (beside, render.rows(listed, words, office).encode("utf-8")),
        (own, render.coverage(shown, words, office).encode("utf-8")),
    ]


def xlsx(session: Session, made: Material, shown: CoveragePage) -> list[File]:
    """The ledger workbook (台账)."""
    from coverage_census.commands.tasks import listing as tasks
    from coverage_census.report.workbook import book

    standing = [_standing(pair, session.words) for pair in sorted(made.pairs, key=lambda pair: unknown_last(pair[0]))]
    work = tasks.for_workbook(session, made.found, made.areas)
    return [(name("coverage", made.areas, "xlsx"), book.workbook(shown, standing, session.words, session.now, work))]


def docx(session: Session, made: Material, shown: CoveragePage) -> list[File]:
    """The bulletin (通报) for Word."""
    from coverage_census.report import render

    said = told(session, made, shown)
    return [(name("bulletin", made.areas, "docx"), render.document(said, session.words, session.settings.templates))]


def replaced(folder: Path, documents: Iterable[File]) -> dict[str, NotReplaced]:
    """All that can be written is; what could not be replaced (somebody has it open) is given back by its name."""
    stopped = dict[str, NotReplaced]()
    for called, content in documents:
        try:
            disk.replace(folder / called, content)
        except NotReplaced as stop:
            stopped[called] = stop
    return stopped


def told(session: Session, made: Material, shown: CoveragePage) -> Bulletin:
    """What the bulletin says."""
    from coverage_census.report import bulletin

    today = session.now.astimezone().date().isoformat()
    return bulletin.bulletin(shown, _due(session, made), _moved(made, session.words), made.silent, today, session.words)


def rows(made: Material, shown: CoveragePage, page_file: str, words: Words) -> RowsPage:
    """Every living organisation as a line of the file beside the page, by township and name."""
    living = [row for row, _ in made.living]
    return listing.page(list(zip(living, gathered(made.living), strict=True)), shown.heading, page_file, words)


def _standing(pair: Pair, words: Words) -> OrganisationStanding:
    row, ends = pair
    gaps = tuple(words(f"term.gap.{gap.value}") for gap in Gap if gap in classes(ends))
    return OrganisationStanding(row, "" if row["excluded"] else words(f"term.advice.{row['advice']}"), gaps)


def _due(session: Session, made: Material) -> list[DueTask]:
    """Every task that has a day and is not done: the one list that tasks, wall chart and digest are made from too."""
    from coverage_census.commands.tasks import tasks
    from coverage_census.tasks.items import what

    every, untold = tasks.of(session, made.found, made.areas), session.words("report.not_stated")
    return [
        DueTask(
            each.facts["name"],
            each.facts["township"] or untold,
            what(each.rule, each.gap, session.words, each.facts.get("org_name")),
            each.due.isoformat(),
            every.calendar.overdue(each),
        )
        for each in every.items
        if each.due is not None and each.running
    ]


def _moved(made: Material, words: Words) -> Moved | None:
    """How the rate of all moved since the period before; of a part of the round that is not worked out."""
    from coverage_census.commands.report.material import RATE
    from coverage_census.report.figures import Share, day

    between = made.between
    if between is None:
        return None
    way = next(each for each in between.movements if each.code == RATE)
    causes = {words(f"console.diff.cause.{step.cause.value}"): step.organisations for step in way.steps}
    before = Share(way.numerator_before, way.denominator_before)
    after = Share(way.numerator_after, way.denominator_after)
    return Moved(
        label_before(between.before, between.after, words), day(between.before.as_of, words), before, after, causes
    )
