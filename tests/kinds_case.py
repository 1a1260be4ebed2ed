"""The sheets of `cases/sheet_kinds.toml`, each read as a workbook; which of what is true of them does not come out."""

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kit import cells
from reading_case import understand

FILE = Path(__file__).with_name("cases") / "sheet_kinds.toml"


@cache
def every() -> dict[str, dict[str, Any]]:
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
    return {case["name"]: case for case in found}


def is_aside(name: str) -> bool:
    """Whether a case was looked at only when the code was done."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def failures(case: dict[str, Any]) -> Iterator[str]:
    """What is not as the case says, a line each."""
    sheets = {name: cells(table) for name, table in case["sheets"].items()}
    read = understand(sheets, case.get("merges", ()))
    kinds = [sheet.kind for sheet in read.file.sheets]
    if not (kinds[0] in case["kind"] if case.get("any_kind") else kinds == case["kind"]):
        yield f"kind {kinds}, not {case['kind']}"
    names = [each.name for each in read.organisations]
    if names != (wanted := case.get("organisations", [])):
        yield f"organisations {names}, not {wanted}"
    for each in read.organisations:
        for field, value in case.get("fields", {}).get(each.name, {}).items():
            found = getattr(each, field)
            if found != (None if value == "null" else value):
                yield f"{each.name} {field} {found!r}, not {value!r}"
    for person in ("张明亮", "李国强", "王春生", "139000001"):
        if person in str(read):
            yield f"{person} stands in what was read"
