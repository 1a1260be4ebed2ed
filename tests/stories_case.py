"""Small stories of a ledger in a test: sheets as tables of rows, entered one after the other; all names invented."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kit import Census, Workbook

HEAD = ("单位名称", "统一社会信用代码", "从业人员", "党员总数", "正式党员", "预备党员", "是否建立党组织")
Row = Sequence[str | int | None]


def firm(name: str, code: str | None = None, formal: int = 3, staff: int = 40, built: str = "否") -> Row:
    return name, code, staff, formal, formal, 0, built


def book(
    workbook: Workbook, file: str, title: str, day: str | None, rows: Sequence[Row], head: Sequence[str] = HEAD
) -> Path:
    """A township's ledger as a workbook: title, a line with its day, the heading, the organisations."""
    lines = [title, *([f"截止日期：{day}"] if day else [])]
    table = [[line] for line in lines] + [list(head)] + [list(row) for row in rows]
    return workbook(file, "\n".join(" | ".join("" if cell is None else str(cell) for cell in row) for row in table))


def records(census: Census) -> list[dict[str, Any]]:
    """Every organisation, as `export` gives it."""
    ran = census("export", "--format", "jsonl")
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines() if line.strip()]


def record(census: Census, name: str) -> dict[str, Any]:
    (found,) = [each for each in records(census) if each["name"] == name]
    return found


def document(census: Census, *words: str) -> Any:
    ran = census(*words, "--json")
    assert ran.code in (0, 3), ran.err
    return json.loads(ran.out)
