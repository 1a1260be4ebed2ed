"""Totals rows and counted sections of a sheet in; those that disagree with the rows reported at their own cells."""

import re
from collections.abc import Sequence
from typing import Any

from coverage_census.ingest.cells import amounts, choices, counts, parsers
from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.grid import Cell, cell_name
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.layout.rows import Body, Total
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level

_COUNTED = re.compile(r"(?<!\d)(\d{1,7})[家户]")


def check(
    facts: Facts, columns: Sequence[Column], body: Body, rows: Sequence[Sequence[Cell]], repeated: set[int], name: int
) -> None:
    """Totals compare with distinct organisations (not `repeated`); under a yes/no column a total counts the yes."""
    for total in body.totals:
        _organisations(facts, total, body, rows, repeated, name)
        for column in columns:
            if column.field is not None and column.field != "name":
                nameless = [rows[row][column.index] for row in body.blank_names if row < total.row]
                _column(facts, column, total, rows[total.row][column.index], repeated, nameless)
    for number, section in enumerate(body.sections):
        if section.stated is not None:
            end = body.sections[number + 1].row if number + 1 < len(body.sections) else None
            found = _covered(facts, section.row, end, repeated)
            if found and len(found) != section.stated:
                facts.report(
                    "section_count",
                    Level.WARNING,
                    cell_name(section.row, section.column),
                    "name",
                    stated=section.stated,
                    counted=len(found),
                )


def _covered(facts: Facts, start: int, end: int | None, repeated: set[int]) -> list[int]:
    return [
        index
        for index, row in enumerate(facts.rows)
        if row >= start and (end is None or row < end) and index not in repeated
    ]


def _organisations(
    facts: Facts, total: Total, body: Body, rows: Sequence[Sequence[Cell]], repeated: set[int], name: int
) -> None:
    """合计（92家）, or a bare number under the names."""
    for column, cell in enumerate(rows[total.row][: name + 1]):
        text = bare(cell)
        match = _COUNTED.search(text) or (re.fullmatch(r"(\d{1,7})", text) if column == name else None)
        if match:
            options = [len(_covered(facts, start, end, repeated)) for start, end in _spans(total)]
            if int(match[1]) not in options:
                facts.report(
                    "total_mismatch",
                    Level.WARNING,
                    cell_name(total.row, column),
                    "name",
                    stated=int(match[1]),
                    counted=options[0],
                )
            return


def _spans(total: Total) -> tuple[tuple[int, int], ...]:
    """Rows a total may cover: 小计 those after the last one, 合计 all before it (some sheets: after the last one)."""
    if total.end is not None:
        return ((total.start, total.end),)
    spans = ((0, total.row), (total.start, total.row))
    return spans if total.grand else spans[::-1]


def _column(
    facts: Facts, column: Column, total: Total, cell: Cell, repeated: set[int], nameless: Sequence[Cell]
) -> None:
    """`nameless` rows are reported as such; a total that counts them in is right all the same."""
    field = column.field or ""
    holds = about()[field].holds if field in about() else ""
    if holds not in ("count", "flag", "number") and column.label is None:
        return
    stated = _stated(cell)
    if stated is None:
        return
    if holds == "number":  # in the unit of its heading, as the rows are
        amount = parsers.parser(field, column.meaning.hint)(stated)
        stated = amount.value if isinstance(amount, amounts.Amount) else stated
    sums = [_sum(facts, column, _covered(facts, start, end, repeated)) for start, end in _spans(total)]
    known = [each for each in sums if each is not None]
    extra = sum(_stated(each) or 0 for each in nameless)
    if known and not any(low - 0.01 <= stated <= high + 0.01 + extra for low, high in known):
        low, high = known[0]
        counted = f"{low:g}" if low == high else f"≥{low:g}" if high == float("inf") else f"{low:g}–{high:g}"
        facts.report(
            "total_mismatch",
            Level.WARNING,
            cell_name(total.row, column.index),
            field,
            stated=f"{stated:g}",
            counted=counted,
            heading=column.heading,
        )


_LEAD = re.compile(r"^(?:合计|总计|小计|累计|共计|共有|合|共|计)[:为是]?")


def _stated(cell: Cell) -> float | None:
    """The number of a totals row, also with a word before it (共13人)."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell) if abs(cell) < counts.MOST else None
    if not isinstance(cell, str):
        return None
    text = _LEAD.sub("", bare(cell))
    read = counts.parse(text) if text[:1].isdecimal() or text != bare(cell) else None
    return float(read.value) if isinstance(read, counts.Count) and read.qualifier is None else None


def _sum(facts: Facts, column: Column, rows: list[int]) -> tuple[float, float] | None:
    """The least and the most that the rows can add up to, for what is blank or could not be read may be anything;
    None where a column has no values of its own."""
    raw = facts.ticks.get(column.index)
    unread = facts.doubtful.get(column.index, set())
    if raw is not None:  # ticks: one a row
        ticks = sum(1 for row in rows if choices.flag(raw[row]) is True)
        return ticks, ticks + len(unread.intersection(rows))
    field = column.field or ""
    read = next((each.read for each in facts.sources.get(field, ()) if each.column == column.index), None)
    if read is None:
        return None
    if about()[field].holds == "flag":
        yes = sum(1 for row in rows if read[row])
        return yes, yes + sum(1 for row in rows if read[row] is None)
    return _added(facts, field, read, rows, about()[field].holds == "number")


def _added(facts: Facts, field: str, read: Sequence[object], rows: list[int], money: bool) -> tuple[float, float]:
    low = high = 0.0
    for row in rows:
        bottom, top = _bounds(read[row])
        if money and facts.qualifiers.get(field, {}).get(row) is not None:
            bottom, top = 0.0, float("inf")
        low += bottom
        high += top
    return low, high


def _bounds(value: Any) -> tuple[float, float]:
    """What one cell stands for."""
    if value is None:
        return 0.0, float("inf")
    if not isinstance(value, counts.Count):
        return float(value), float(value)
    if value.qualifier is None:
        return float(value.value), float(value.value)
    return float(value.low or 0), float("inf") if value.high is None else float(value.high)
