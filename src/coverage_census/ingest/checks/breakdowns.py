"""Columns that split a number by age, schooling or source in; sums that are not that number, at its cell, out.

The census keeps no field for the parts (35岁及以下, 高中及以下, 党费 …), but what contradicts itself is said.
"""

import re
from collections.abc import Callable, Sequence

from coverage_census.ingest.grid import Cell
from coverage_census.ingest.headings import vocabulary
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.layout.statistics import figure
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.reading import Level

_TO = "[-—–~至到]"
_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("members_total", (r"^35岁(?:及)?以下", rf"^36岁?{_TO}50岁", rf"^51岁?{_TO}60岁", r"^6[01]岁(?:及)?以上")),
    ("members_total", (r"^高中及以下|^高中以下", r"^本科及专科|^专科及本科|^大专及本科", r"^硕士及以上|^研究生及以上")),
    (
        "members_total",
        (r"^业务主管单位党组织$", r"^挂靠单位党组织$", r"^属地党组织$", r"^原工作单位党组织$", r"^其他(?:党组织)?$"),
    ),
    ("funds_yuan", (r"^党费", r"^上级党组织支持", r"^业务经费", r"^财政支持", r"^其他(?:形式|途径|来源)?$")),
)


def check(facts: Facts, columns: Sequence[Column], cells: Callable[[int], Sequence[Cell]]) -> None:
    """Every breakdown against its total; a part that is blank, unreadable or not asked for may be anything."""
    for field, patterns in _PARTS:
        total = next(
            (column for column in columns if column.field == field and column.index == facts.columns.get(field)), None
        )
        found = [_part(columns, pattern) for pattern in patterns]
        parts = [column for column in found if column is not None]
        if total is not None and len(parts) > 1:
            _sums(facts, total, parts, len(parts) == len(patterns), cells)


def _part(columns: Sequence[Column], pattern: str) -> Column | None:
    """The one column that the pattern means, if it counts no employees."""
    found = [
        each for each in columns if re.search(pattern, vocabulary.key(each.path[-1])) and "职工" not in each.heading
    ]
    return found[0] if len(found) == 1 else None


def _sums(
    facts: Facts, total: Column, parts: Sequence[Column], whole: bool, cells: Callable[[int], Sequence[Cell]]
) -> None:
    """`whole`: these are all the parts there are, so they may not stay below the total either."""
    stated_, split = cells(total.index), [cells(part.index) for part in parts]
    names = "＋".join(part.path[-1] for part in parts)
    for row, (stated, *values) in enumerate(zip(stated_, *split, strict=True)):
        known, figures = figure(stated), [figure(value) for value in values]
        numbers = [each for each in figures if isinstance(each, float)]
        if not isinstance(known, float) or not numbers:
            continue
        over = sum(numbers) - known
        if over > 1e-6 or (whole and len(numbers) == len(parts) and over < -1e-6):
            given = {"heading": total.heading, "parts": names, "sum": f"{sum(numbers):g}", "found": f"{known:g}"}
            facts.report("breakdown_sum", Level.ERROR, facts.at(total.index, row), total.field, **given)
