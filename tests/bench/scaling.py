"""What a sender controls, four times as much of it: the CPU may grow by about four, never by sixteen.

Problems, headings, sheets, files and rounds; from each figure the cost of next to nothing is taken off, so that the
start of the program hides no growth. The figures are ratios of two runs of the same minute.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measure import census, cost, line

FACTOR, LIMIT = 4, 6.0  # a line gives 4; what is sorted a little more; a square 16
HEAD = ["单位名称", "所属乡镇", "从业人数", "党员总数", "正式党员人数", "是否组建党组织"]


def problems(folder: Path, size: int) -> list[list[str | Path]]:
    """Rows of one name with different facts: each is a problem of its own."""
    rows = (f"样例重名商贸有限公司,响肠镇,{number},3,x{number},否" for number in range(size))
    _csv(folder / "inbox" / "problems.csv", HEAD, rows)
    return [["check", "inbox", "--json"], ["ingest", "inbox"], ["report", "--html"], ["missing"]]


def headings(folder: Path, size: int) -> list[list[str | Path]]:
    """Columns that nobody knows, and one that everybody knows many times."""
    head = ["单位名称", *(f"未知栏目{number}" if number % 2 else "党员总数" for number in range(size))]
    _csv(folder / "inbox" / "headings.csv", head, [",".join(["样例宽表商贸有限公司", *["1"] * size])])
    return [["check", "inbox", "--json"], ["ingest", "inbox"]]


def sheets(folder: Path, size: int) -> list[list[str | Path]]:
    """One workbook of many sheets."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for number in range(size):
        sheet = book.create_sheet(f"表{number}")
        sheet.append(HEAD)
        sheet.append([f"样例{number}号商贸有限公司", f"第{number % 20}镇", 12, 3, 3, "否"])
    (folder / "inbox").mkdir(exist_ok=True)
    book.save(folder / "inbox" / "sheets.xlsx")
    return [["check", "inbox", "--json"], ["ingest", "inbox"]]


def many_files(folder: Path, size: int) -> list[list[str | Path]]:
    """An inbox of many little files."""
    for number in range(size):
        _csv(
            folder / "inbox" / str(number // 100) / f"表{number}.csv",
            HEAD,
            [f"样例{number}号商贸有限公司,第{number % 20}镇,12,3,3,否"],
        )
    return [["run"], ["run"]]


def rounds(folder: Path, size: int) -> list[list[str | Path]]:
    """A ledger that has been written many times."""
    from datetime import UTC, datetime, timedelta

    from coverage_census.ledger.write import next_round as ledger
    from coverage_census.model.organisation import Organisation
    from coverage_census.model.tables import table

    for number in range(size + 1):
        rows = table([Organisation(name="样例一号商贸有限公司", township="响肠镇", employees=number + 1)])
        ledger.write(
            folder / "ledger", rows, (), (), name=None, as_of="2026-01-01", tool="bench",
            now=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
        )  # fmt: skip
    return [["gaps"], ["undo", str(size), "--reason", "bench"], ["verify"]]


CURVES: dict[str, tuple[Callable[[Path, int], list[list[str | Path]]], int]] = {
    "problems": (problems, 15_000),
    "headings": (headings, 4_096),
    "sheets": (sheets, 250),
    "files": (many_files, 1_000),
    "rounds": (rounds, 500),
}


def main() -> None:
    for name, (make, size) in CURVES.items():
        nothing, once, more = (_spent(make, each) for each in (1, size, FACTOR * size))
        for words, idle, small, large in zip(*nothing[:1], nothing[1], once[1], more[1], strict=True):
            growth = (large - idle) / max(small - idle, 0.02)
            line(
                f"scaling: {name}, {words}, {FACTOR} times as many",
                growth,
                LIMIT,
                f"{idle:.2f}, {small:.2f}, {large:.2f} s CPU for 1, {size:,}, {FACTOR * size:,}",
            )


def _spent(make: Callable[[Path, int], list[list[str | Path]]], size: int) -> tuple[list[str], list[float]]:
    """The commands and the seconds of CPU of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cost([census(), "init", "."], folder, 1)
        shutil.rmtree(folder / "inbox")
        (folder / "inbox").mkdir()
        commands = make(folder, size)
        hour_ago = time.time() - 3600  # nobody is still copying them
        for path in (folder / "inbox").rglob("*.*"):
            os.utime(path, (hour_ago, hour_ago))
        return [str(words[0]) for words in commands], [
            cost([census(), *words], folder, 1, (0, 1, 3)).cpu for words in commands
        ]


def _csv(path: Path, head: list[str], rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([",".join(head), *rows]) + "\n", encoding="utf-8")  # type: ignore[misc]


if __name__ == "__main__":
    main()
