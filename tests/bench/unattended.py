"""A county of 384, and an inbox of 5,000 files, of which nothing is new: `ingest` and `run` in seconds."""

import shutil
import sys
import tempfile
from pathlib import Path

from measure import census, cost, line

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "yuexi"
MOST_SECONDS = 1.0  # wall on an idle machine; CPU is held to the same, so that a busy one can be believed too


MANY, MOST_FOR_MANY = 5_000, 10.0  # files that nobody ever cleared away


def main() -> None:
    county()
    inbox_that_nobody_empties()


def inbox_that_nobody_empties() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cost([census(), "init"], folder, 1)
        good = next(SAMPLE.rglob("*.xlsx")).read_bytes()
        for number in range(MANY):
            place = folder / "inbox" / f"旧{number // 500}" / (f"{number}.xlsx" if number % 100 else f"{number}.docx")
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(good)
        first = cost([census(), "run"], folder, 1, (0, 3))
        found = cost([census(), "run"], folder, 3, (0, 3))
        figures = f"{found.cpu:.2f} s CPU, {found.wall:.2f} s wall; the first run {first.cpu:.2f}"
        line(f"census run, {MANY:,} files, nothing new, seconds", found.cpu, MOST_FOR_MANY, figures)


def county() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cost([census(), "init"], folder, 1)
        shutil.copytree(SAMPLE, folder / "inbox", dirs_exist_ok=True)
        (folder / "inbox" / "truth.json").unlink()
        floor = cost([sys.executable, "-c", "import typer"], folder, 9)
        first = cost([census(), "run"], folder, 1, (0, 3))
        for words in (("run",), ("ingest", "inbox")):
            found = cost([census(), *words], folder, 7, (0, 3))
            beside = f"import typer {floor.cpu:.2f}; the first run {first.cpu:.2f}"
            figures = f"{found.cpu:.2f} s CPU, {found.wall:.2f} s wall; {beside}"
            line(f"census {' '.join(words)}, nothing new, seconds", found.cpu, MOST_SECONDS, figures)


if __name__ == "__main__":
    main()
