"""A page and its organisations in; the ledger workbook as bytes out."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from coverage_census.files import xlsx
from coverage_census.model.choices import is_gone
from coverage_census.model.task import Task
from coverage_census.report.page.page import CoveragePage
from coverage_census.report.workbook import lists, organisations, summary, tasks
from coverage_census.report.workbook.organisations import OrganisationStanding
from coverage_census.report.workbook.sheets import SheetNames
from coverage_census.report.workbook.styles import WorkbookStyles
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_SHEETS = 60  # townships; more, and a single sheet with a column for the township serves people better


def workbook(
    page: CoveragePage,
    found: Sequence[OrganisationStanding],
    words: Words,
    made_at: datetime,
    work: Sequence[Task] | None = None,
) -> bytes:
    """`found` are the page's organisations, by township and name; `work` their tasks (None: no sheet of them)."""
    sink, names = io.BytesIO(), SheetNames()
    with xlsx.workbook(sink, "coverage") as book:
        book.set_properties({"title": page.heading.title, "created": made_at.replace(tzinfo=None)})
        styles = WorkbookStyles(book)

        def sheet(name: str) -> "Worksheet":
            made: Worksheet = book.add_worksheet(names.one(name))
            return made

        first = words("workbook.sheet.summary")
        summary.write(sheet(first), styles, page, words)
        if summary.has_chart(page):
            summary.chart(book, sheet(words("workbook.sheet.chart")), page, first, words)
        lists.indicators(sheet(words("workbook.sheet.indicators")), styles, page, words)
        if (progress := page.more.get("campaign")) is not None:
            lists.campaign(sheet(words("workbook.sheet.campaign")), styles, progress, words)
        lists.gaps(sheet(words("workbook.sheet.gaps")), styles, page, words)
        if work is not None:
            tasks.write(book, styles, names, work, words, made_at.astimezone().date())
        if page.proposals is not None:
            lists.plans(sheet(words("workbook.sheet.plans")), styles, page.proposals, words)
        living, gone = _told_apart(found)
        townships = dict.fromkeys(each.row["township"] for each in living)
        if len(townships) > MOST_SHEETS:
            organisations.write(sheet(words("workbook.sheet.ledger")), styles, living, words, place=True)
        else:
            for township in townships:
                mine = [each for each in living if each.row["township"] == township]
                organisations.write(sheet(township or words("report.not_stated")), styles, mine, words)
        if gone:
            organisations.write(sheet(words("gone.sheet")), styles, gone, words, place=True)
        lists.rules(sheet(words("workbook.sheet.rules")), styles, page, words)
        lists.sources(sheet(words("workbook.sheet.sources")), styles, page, words)
    return sink.getvalue()


def _told_apart(found: Sequence[OrganisationStanding]) -> tuple[list[OrganisationStanding], list[OrganisationStanding]]:
    """The living, and those that are gone (注销、迁出): who counts the rows of the others gets the figures above."""
    living = [each for each in found if not is_gone(each.row.get("operating_status"))]
    return living, [each for each in found if is_gone(each.row.get("operating_status"))]
