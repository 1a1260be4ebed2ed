"""The truth about a survey and a seed in; a workbook a register, and which row means whom, out."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from coverage_census.files import disk
from coverage_census.sample.registers.offices import OfficeRegister, Surveyed, registers
from coverage_census.sample.sheets.grid import SampleGrid
from coverage_census.sample.sheets.write import write

FOLDER = "registers"
"""Below the sample's own: its workbooks are no sheets of a survey."""


def write_registers(
    out: Path, surveyed: Sequence[Surveyed], as_of: str, seed: int
) -> tuple[list[Path], list[dict[str, Any]]]:
    """The files, and one entry a row for truth.json: register, file, sheet, row, name, the surveyed organisations that
    it means, and what it is an example of."""
    folder = out / FOLDER
    disk.make_folder(folder)
    files, truth = [], []
    for each in registers(surveyed, int(as_of[:4]), Random(f"office registers {seed}")):
        grid = SampleGrid(name=each.title[:31], width=len(each.headings), titles=1)
        grid.across(f"{each.title}（合成样例）")
        grid.head([(heading,) for heading in each.headings])
        for line in each.lines:
            row = grid.add(list(line.cells)) + 1
            truth.append(_entry(each, grid, row, line.organisations, line.case, line.cells))
        files.append(write(folder, each.file, [grid]))
    return files, truth


def _entry(
    register: OfficeRegister, grid: SampleGrid, row: int, means: Sequence[str], case: str, cells: Sequence[object]
) -> dict[str, Any]:
    name = str(cells[1] if register.kind == "tax" else cells[0])
    source = {"file": register.file, "sheet": grid.name, "row": row}
    return {"register": register.kind, **source, "name": name, "organisations": list(means), "case": case}
