"""A file name and its sheets in; the file in the format that its name and a sheet's encoding ask for out."""

import io
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from coverage_census.files import disk
from coverage_census.sample.sheets.grid import SampleGrid
from coverage_census.sample.sheets.write_other import text, write_biff, write_ods
from coverage_census.sample.sheets.write_xlsx import write_xlsx

# Writers that only development needs; where one is missing, the workbook is written as .xlsx.
_NEEDS = {".xls": "xlwt", ".et": "xlwt", ".ods": "odf"}
_BOOKS: dict[str, Callable[[io.BytesIO, list[SampleGrid]], None]] = {
    ".xlsx": write_xlsx,
    ".xls": write_biff,
    ".et": write_biff,
    ".ods": write_ods,
}


def file_name(name: str) -> str:
    """The name under which the file will be written here: .xlsx where the writer of its own format is missing."""
    needed = _NEEDS.get(Path(name).suffix)
    return name if needed is None or find_spec(needed) else f"{Path(name).stem}.xlsx"


def write(folder: Path, name: str, grids: list[SampleGrid]) -> Path:
    """Writes one file of the sample; `name` is what `file_name` gave."""
    path = folder / name
    suffix = path.suffix
    if suffix in _BOOKS:
        sink = io.BytesIO()
        _BOOKS[suffix](sink, grids)
        data = sink.getvalue()
    elif suffix == ".tsv":
        data = text(grids[0], "utf-16", "\t")
    else:
        data = text(grids[0], "gb18030" if "gb18030" in name else "utf-8-sig", ",")
    disk.replace(path, data)
    return path
