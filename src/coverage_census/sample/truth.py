"""What the rows of the sheets tell in; the truth beside the sheets out: what a perfect reader obtains from them."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from coverage_census.files import disk
from coverage_census.sample.sheets.layouts import MASS
from coverage_census.sample.sheets.sheet import Shown
from coverage_census.sample.sheets.style import CellTells

NOTE = "合成样例：单位、编码、数字均为虚构，行政区划为真实名称。"
_LARGE = 1000
# What a reader may conclude from a name, a code's first digits, a township, or from what a ticked list leaves out.
_IMPLIED = ("kind", "org_level", "industry_code", "county", *MASS)


def organisations(shown: Iterable[Shown]) -> list[dict[str, Any]]:
    """One entry an organisation: the fields of its first row, `source`, `cases`, and under `again` its other rows."""
    found: dict[int, dict[str, Any]] = {}
    for row in shown:
        entry = _entry(row)
        first = found.setdefault(id(row.unit), entry)
        if first is entry:
            entry["cases"] = list(row.unit.cases)
            entry["again"] = []
        else:
            first["again"].append(entry)
    return list(found.values())


def _entry(row: Shown) -> dict[str, object]:
    """The fields that this row tells; under `may` those that follow from it, which a reader may leave unknown."""
    told = {"name": CellTells(row.unit.name), **row.told}
    entry: dict[str, Any] = {name: each.value for name, each in told.items() if each.value is not None}
    entry["qualifiers"] = {name: each.qualifier for name, each in told.items() if each.qualifier}
    entry["bounds"] = {name: list(each.bounds) for name, each in told.items() if each.bounds}
    entry["may"] = _may(row, told)
    entry["source"] = {"file": row.plan.file, "sheet": row.plan.name or None, "row": row.row}
    return entry


def _may(row: Shown, told: dict[str, CellTells]) -> dict[str, Any]:
    unit = row.unit
    may = {name: unit.get(name) for name in _IMPLIED if name not in told}
    for whole, parts in (
        ("members_total", ("members_formal", "members_probationary")),
        ("members_total", ("members_relation_in", "members_relation_out")),
        ("members_total", ("members_fulltime", "members_parttime")),
        ("employees", ("employees_fulltime", "employees_parttime")),
    ):
        if whole not in told and all(part in told for part in parts):
            may[whole] = sum(told[part].value for part in parts)
    may |= {name: None for name in ("subtype", "instructors") if name not in told}  # None: any value
    if unit.written_code and "code" not in told:
        may["code"] = None
    return may


def document(
    about: Mapping[str, object], reported: list[dict[str, object]], rows: list[dict[str, object]]
) -> dict[str, object]:
    """The whole truth of a sample; `about` says which it is and what it adds up to."""
    return {"note": NOTE, **about, "reported": reported, "organisations": rows}


def save(folder: Path, truth: dict[str, Any]) -> Path:
    """Writes truth.json, one organisation a line; packed as truth.json.gz where there are many."""
    rows = truth["organisations"]
    about = {key: value for key, value in truth.items() if key != "organisations"}
    head = json.dumps(about, ensure_ascii=False, indent=1)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    text = f'{head[:-2]},\n "organisations": [\n{lines}\n ]\n}}\n'
    if len(rows) <= _LARGE:
        path = folder / "truth.json"
        disk.replace(path, text.encode("utf-8"))
    else:
        path = folder / "truth.json.gz"
        disk.replace(path, gzip.compress(text.encode("utf-8"), 9, mtime=0))
    return path


def load(folder: Path) -> dict[str, Any]:
    """The truth of the sample in `folder`."""
    packed = folder / "truth.json.gz"
    text = gzip.decompress(packed.read_bytes()).decode("utf-8") if packed.exists() else None
    found: dict[str, Any] = json.loads(text or (folder / "truth.json").read_text(encoding="utf-8"))
    return found
