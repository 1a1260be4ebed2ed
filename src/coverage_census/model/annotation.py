"""The plain data of a return workbook (退回表): what is marked, asked and remembered in it, apart from any format."""

import hashlib
import json

from coverage_census.model.reading import Level, Problem, Subject
from coverage_census.model.record import Record

LINES = 5_000
"""Problems in one list; beyond that nobody answers one by one."""

_WHERE = frozenset({"row", "rows", "cells", "other", "other_row", "other_file", "other_sheet", "places"})


class ListedProblem(Record):
    """One problem as a row of 问题清单, in the language of the workbook, and what the answer to it needs to know."""

    number: int
    level: Level
    level_label: str
    place: str
    organisation: str
    problem: str
    found: str
    expected: str
    fix: str
    code: str
    finding: str
    sheet: str | None = None
    title: str | None = None  # of the sheet in the sender's workbook, where that is hidden from everybody else
    cell: str | None = None
    also: str = ""  # the other cells it is about, as a spreadsheet lists them: F24:F30 F33
    row: int | None = None  # of the organisation, on its sheet
    field: str | None = None
    subject: Subject | None = None


class Wording(Record):
    """The words of one workbook; the hidden sheet keeps those by which the answers are found again."""

    list_name: str
    title: str
    guidance: tuple[str, ...]
    headings: tuple[str, ...]  # of the list, as many as it has columns
    opinion: str  # 核验意见
    corrected: str  # 改正
    confirmed: str  # 属实
    how: str  # “怎么改：”
    colon: str
    between: str  # between two opinions on one row


class Annotation(Record):
    """Everything that is written into one return workbook."""

    original: str  # name of the file it is made of
    sha256: str | None
    round: str
    words: Wording
    lines: tuple[ListedProblem, ...]
    headers: dict[str, tuple[int, int]]  # sheet → its header rows


class MarkOutcome(Record):
    """`whole`: the sender's workbook is in it; else the list alone, and `why` names what would have been lost."""

    whole: bool
    why: str | None = None


def finding(problem: Problem) -> str:
    """A hash of what a problem found, wherever it stands: equal as long as the figures are."""
    said = {name: value for name, value in problem.values.items() if name not in _WHERE}
    text = json.dumps([problem.code, problem.field, said], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
