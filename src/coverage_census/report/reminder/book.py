"""What townships owe in; the workbook of reminders (催报单), an overview and a sheet a township to send, out."""

import io
from datetime import date, datetime
from typing import Any

from coverage_census.files import xlsx
from coverage_census.model.outstanding import Missing, Owing, TownshipReport
from coverage_census.report.reminder.sheet import ReminderSheet, ReminderStyles
from coverage_census.report.workbook.sheets import SheetNames
from coverage_census.words.catalogue import Words
from coverage_census.words.missing import deadline, facts, last_report, left_open, period, problem
from coverage_census.words.numbers import percent

MOST_SHEETS = 200
"""Beyond that nobody finds a sheet; a province names its counties one by one."""

_OVERVIEW = ("number", "township", "state", "first_on", "last", "late", "named", "completeness", "not_again", "errors",
             "repeated", "to_confirm")  # fmt: skip
_OVERVIEW_WIDTHS = (5, 16, 11, 11, 20, 11, 13, 9, 10, 8, 8, 8)
_LIST = ("number", "name", "uscc", "standing", "facts", "problems", "done")
_LIST_WIDTHS = (5, 26, 20.5, 13, 28, 42, 10)


def workbook(found: Missing, words: Words, today: date) -> bytes:
    """The same figures give the same bytes."""
    sink = io.BytesIO()
    with xlsx.workbook(sink, "reminder") as book:
        title = words("missing.sheet.overview_title", period=period(found, words))
        book.set_properties({"title": title, "created": datetime(today.year, today.month, today.day)})
        styles = ReminderStyles(book)
        owing = [each for each in found.townships if owes(each)]
        names = SheetNames()
        _overview(book.add_worksheet(names.one(words("missing.sheet.overview"))), styles, found, words, today)
        for each in owing:
            _township(book.add_worksheet(names.one(each.township)), styles, each, found, words, today)
    return sink.getvalue()


def owes(each: TownshipReport) -> bool:
    """Whether it gets a sheet."""
    return each.owes or bool(each.organisations or each.findings)


def _overview(area: object, styles: ReminderStyles, found: Missing, words: Words, today: date) -> None:
    sheet = ReminderSheet(area, styles, _OVERVIEW_WIDTHS, words)
    sheet.title(words("missing.sheet.overview_title", period=period(found, words)))
    made = words("missing.sheet.made", day=today.isoformat())
    sheet.line(words("missing.sheet.both", one=_asked(found, "", words), other=made))
    sheet.header([words(f"missing.head.{head}") for head in _OVERVIEW])
    for number, each in enumerate(found.townships, start=1):
        cells = [
            number, each.township, words(f"missing.state.{each.state}"), each.first_on or "", last_report(each, words),
            deadline(each, words), f"{each.named}/{each.expected}", percent(each.named, each.expected), each.not_again,
            each.errors, each.repeated, each.to_confirm,
        ]  # fmt: skip
        sheet.row(cells, marked=each.state != "reported")
    sheet.row(_total(found, words), marked=False)
    sheet.finish()


def _total(found: Missing, words: Words) -> list[object]:
    every = found.townships
    reported = sum(1 for each in every if each.state == "reported")
    named, expected = sum(each.named for each in every), sum(each.expected for each in every)
    sums = [sum(getattr(each, name) for each in every) for name in ("not_again", "errors", "repeated", "to_confirm")]
    late = sum(1 for each in every if each.late)
    shown = ["", words("missing.total"), f"{reported}/{len(every)}", "", "", str(late or "")]
    return [*shown, f"{named}/{expected}", percent(named, expected), *sums]


def _asked(found: Missing, late: str, words: Words) -> str:
    name = period(found, words)
    if found.due is None:
        return words("missing.sheet.asked_open", period=name)
    return words("missing.sheet.asked", period=name, due=found.due, late=late)


def _township(
    area: Any, styles: ReminderStyles, each: TownshipReport, found: Missing, words: Words, today: date
) -> None:
    sheet = ReminderSheet(area, styles, _LIST_WIDTHS, words)
    sheet.title(words("missing.sheet.title", township=each.township))
    for line in _said(each, found, words):
        sheet.line(line)
    if each.findings:
        sheet.group(words("missing.sheet.on_sheet"))
        for finding in each.findings:
            sheet.wide(problem(finding, words))
    if each.organisations:
        sheet.group(words("missing.sheet.organisations"))
        sheet.header([words(f"missing.head.{head}") for head in _LIST])
        for number, one in enumerate(sorted(each.organisations, key=_first), start=1):
            sheet.row(_cells(number, one, words), marked=one.standing != "named")
    sheet.line("")
    sheet.line(words("missing.sheet.signed"))
    sheet.line(words("missing.sheet.made", day=today.isoformat()))
    sheet.finish()


_ORDER = ("not_reported", "never", "not_again", "named")


def _first(each: Owing) -> tuple[int, bool, bool]:
    """Who is to be reported, then whose figures contradict each other, then whose facts are open."""
    return _ORDER.index(each.standing), not each.findings, not each.facts


def _cells(number: int, each: Owing, words: Words) -> list[object]:
    problems = "\n".join(problem(one, words) for one in each.findings)
    return [
        number,
        each.name,
        each.uscc or "",
        words(f"missing.standing.{each.standing}"),
        facts(each, words),
        problems,
        "",
    ]


def _said(each: TownshipReport, found: Missing, words: Words) -> list[str]:
    """What is asked of the township, from the first line to where it is to be sent."""
    late = ""
    if each.late:
        late = words("missing.sheet.was_late" if each.state == "reported" else "missing.sheet.late", count=each.late)
    lines = [_asked(found, late, words), *_state(each, words)]
    if each.kinds_owed:
        kinds = words("console.separator").join(words(f"term.kind.{kind}") for kind in each.kinds_owed)
        lines.append(words("missing.sheet.kinds", kinds=kinds))
    if each.left_open:
        lines.append(left_open(each, words))
    silent = sum(1 for one in each.organisations if one.standing != "named")
    lacking = sum(1 for one in each.organisations if one.facts or one.more)
    repeated = words("missing.sheet.repeated", count=each.repeated) if each.repeated else ""
    lines.append(words("missing.sheet.counts", silent=silent, facts=lacking, errors=each.errors, repeated=repeated))
    lines.append(words("missing.sheet.how"))
    if found.answer_to:
        lines.append(words("missing.sheet.answer_to", office=found.answer_to))
    return lines


def _state(each: TownshipReport, words: Words) -> list[str]:
    lines = []
    if each.state == "reported":
        rate = percent(each.named, each.expected)
        said = {"reports": each.reports, "first": each.first_on, "expected": each.expected, "named": each.named}
        lines.append(words("missing.sheet.reported", **said, rate=rate))
    elif each.last_round is None:
        lines.append(words("missing.sheet.never_reported"))
    else:
        lines.append(words("missing.sheet.not_reported", last=last_report(each, words)))
    if each.unreadable:
        lines.append(words("missing.sheet.unreadable", files=words("console.separator").join(each.unreadable)))
    return lines
