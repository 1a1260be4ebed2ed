"""Registers of other offices: how many links are right, how many names are asked; seconds and memory; beside Splink.

Names are made to be hard to tell apart. Half of the kinds of families are never looked at while matching is changed:
they are the last lines (`aside`). A market register has all codes, the survey three of five; a union register has none.
"""

import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import cost, line

from registers_score import LinkScore, counties, registers, scored

SIZE, PROVINCE = 60_000, 292_000
LIMITS = {"market": (5.0, 1.5, 5.0), "union": (15.0, 5.0, 15.0)}  # of 100: not linked, not even asked, names asked
MATCH = """
import json, resource, sys, time
sys.path[:0] = {paths!r}
from registers_score import names, registers
from coverage_census.registers.matching.match import match
ours, theirs = registers({what!r}, {size}, aside=False)
mine, others = names(ours.first({first})), names(theirs)
before, wall = time.process_time(), time.perf_counter()
found = match(mine, others)
open("took.json", "w").write(json.dumps([time.process_time() - before, time.perf_counter() - wall]))
"""


def main() -> None:
    for aside in (False, True):
        for what, limits in LIMITS.items():
            _right(what, limits, scored(*registers(what, SIZE, aside=aside)), "aside" if aside else "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what in LIMITS:
            _took(folder, what, PROVINCE, PROVINCE, 15)
        _took(folder, "union", 5_000, 400, 1)
        if find_spec("splink"):
            from registers_splink import beside

            beside(folder)
        else:
            print("registers: Splink is not installed here (pip install -e '.[bench]')")  # noqa: T201


def _right(what: str, limits: tuple[float, float, float], found: LinkScore, aside: str) -> None:
    name = " ".join(("registers:", what, *aside.split()))
    figures = found.line()
    line(f"{name}, wrong of 10,000 links", 1e4 * found.wrong / found.links, 1, figures)
    for each, value, limit in zip(
        ("not linked of 100", "nor asked of 100", "names asked of 100"),
        (100 - 100 * found.recall, 100 - 100 * found.recall_asked, 100 * found.asked),
        limits,
        strict=True,
    ):
        line(f"{name}, {each}", value, limit, "")


def _took(folder: Path, what: str, size: int, first: int, limit: float) -> None:
    """A survey's first names against a whole register, seconds without reading; the peak with what is read."""
    paths = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]
    script = MATCH.format(paths=paths, what=what, size=size, first=first)
    found = cost([sys.executable, "-c", script], folder, 1)
    cpu, wall = json.loads((folder / "took.json").read_text(encoding="utf-8"))
    name = f"registers: {what} {first:,} × {size:,}"
    line(f"{name}, seconds of CPU", cpu, limit, f"{wall:.1f} s wall in {len(counties(size))} counties")
    line(f"{name}, GB", found.memory / 1000, 1.2, "")


if __name__ == "__main__":
    main()
