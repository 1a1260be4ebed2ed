"""Cells of one column with what is right for them, as data files under cases/values: read by the reader itself.

    python tests/values_case.py [FILE ...]    the scores of both halves; what fails in the half that is looked at

Every second cell, chosen by a hash, is set aside: it is read and counted, and shown only with --all.
"""

# ruff: noqa: T201    (its scores are its document)

import datetime
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.sheets import any_sheet
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import Level

FOLDER = Path(__file__).with_name("cases") / "values"
FILES = ("polarity", "options", "counts", "amounts", "dates", "roles")
_LOUD = (Level.ERROR, Level.WARNING)


@dataclass(frozen=True)
class Case:
    """One row under some headings: what stands in it, and what its field (and others) must be."""

    file: str
    line: str  # above the table
    headings: tuple[str, ...]
    field: str
    plain: str
    right: str
    cell: str

    @property
    def aside(self) -> bool:
        """Whether it belongs to the half that is not looked at while the code is written."""
        return hashlib.sha256(f"{self.headings}{self.cell}".encode()).digest()[0] % 2 == 1

    def __str__(self) -> str:
        return f"{self.file}: {';'.join(self.headings)} | {self.cell} → {self.right}"


def cases(name: str) -> Iterator[Case]:
    line, headings, field, plain = "", tuple[str, ...](), "", ""
    for text in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if text.startswith("== "):
            head, field, plain = (part.strip() for part in text[3:].split(" | "))
            line, _, head = head.rpartition(" ") if head.startswith("@") else ("", "", head)
            headings, plain = tuple(head.split(" ; ")), plain.removeprefix("plain ")
        elif text and not text.startswith("#"):
            right, _, cells = text.partition(": ")
            for cell in cells.split(" | "):
                yield Case(name, line[1:], headings, field, plain, right, cell.strip(" "))


def grid(case: Case) -> Grid:
    """A plain row, then the row that is asked about."""
    deep = any(">" in heading for heading in case.headings)
    width = 2 + len(case.headings)
    leaves = [heading.rpartition(">")[2] for heading in case.headings]
    groups = [heading.rpartition(">")[0] for heading in case.headings]
    rows: list[list[Cell]] = [["某镇两新组织党建台账", *[None] * (width - 1)]]
    if case.line:
        rows.append([case.line, *[None] * (width - 1)])
    top = len(rows)
    merges = []
    if deep:
        rows.append([
            "序号",
            "单位名称",
            *[None if group in groups[:number] else group for number, group in enumerate(groups)],
        ])
        rows.append([None, None, *leaves])
        merges = [(top, 0, top + 1, 0), (top, 1, top + 1, 1)]
        merges += [
            (top, 2 + groups.index(group), top, 1 + groups.index(group) + groups.count(group)) for group in set(groups)
        ]
    else:
        rows.append(["序号", "单位名称", *leaves])
    for number, (name, text) in enumerate((("青禾纸箱厂", case.plain), ("云岭茶叶厂", case.cell)), 1):
        cells = [_cell(part) for part in text.split(";")] if len(case.headings) > 1 else [_cell(text)]
        rows.append([number, name, *cells, *[None] * (len(case.headings) - len(cells))])
    return Grid("表", rows, tuple(sorted(merges)))


def _cell(text: str) -> Cell:
    if text.startswith("d:"):
        return datetime.datetime(1899, 12, 30) + datetime.timedelta(days=int(text[2:]))
    if text.startswith("n:"):
        return float(text[2:])
    text = text.strip().replace("\\n", "\n")
    try:
        return float(text) if text and (not text.startswith("0") or text in ("0", "0.5", "0.1")) else text or None
    except ValueError:
        return text


def wrong(case: Case) -> str | None:
    """What is wrong with how the row was read; None where it is right."""
    made = grid(case)
    row = len(made.rows) - 1
    sheet = any_sheet.read(made, Incoming(path=Path("表.xlsx"), label="表.xlsx"), {})
    sheet.check()
    facts = sheet.facts[0] if sheet.facts else None
    if facts is None or row not in facts.rows:
        return f"the row was not read ({sheet.reading.kind})"
    here = facts.rows.index(row)
    said = [each for each in (*sheet.problems, *facts.problems) if each.cell and each.cell.endswith(str(row + 1))]
    loud = [each for each in said if each.level in _LOUD]
    for number, part in enumerate(case.right.split(" ")):
        field, _, value = part.rpartition("=") if number else (case.field, "", part)
        if field == "q":
            held = facts.qualifiers.get(case.field, {}).get(here)
            if str(held) != value:
                return f"qualifier {held}"
            continue
        held = facts.of(field)[here]
        asked = value.endswith("~")
        if not any(_is(held, each, bool(loud)) for each in value.removesuffix("~").split("/")):
            return f"{field} is {held}" + (f" {[each.code for each in loud]}" if loud else "")
        if asked and not loud:
            return "no problem was said"
    errors = [each.code for each in loud if each.level is Level.ERROR]
    if errors and "?" not in case.right and "~" not in case.right and not case.right.startswith("!"):
        return f"said {errors}"
    return None


def _is(held: Any, value: str, loud: bool) -> bool:
    if value == "?":
        return held is None and loud
    if value.startswith("!"):
        return not _is(held, value[1:], loud)
    if value == "null":
        return held is None
    if value in ("true", "false"):
        return held is (value == "true")
    if isinstance(held, (int, float)) and not isinstance(held, bool):
        return abs(held - float(value)) < 1e-6 if value.replace(".", "").isdecimal() else False
    return str(held) == value if held is not None else False


def main() -> None:
    names = [each for each in sys.argv[1:] if not each.startswith("-")] or FILES
    for name in names:
        done = [(case, wrong(case)) for case in cases(name)]
        for aside in (False, True):
            half = [(case, found) for case, found in done if case.aside is aside]
            held = sum(found is None for _, found in half)
            print(f"{name} {'set aside' if aside else 'looked at'}: {held} of {len(half)}")
            for case, found in half:
                if found is not None and (not aside or "--all" in sys.argv):
                    print(f"   {case}: {found}")


if __name__ == "__main__":
    main()
