"""A province of 379,300 organisations in one workbook: ingest as a ratio to calamine alone, in the same run."""

import statistics
import tempfile
from pathlib import Path

import beside
from measure import Cost, census, cost, line, python

ORGANISATIONS = 379_300
FLOOR = """
import sys
from python_calamine import CalamineWorkbook
with open(sys.argv[1], "rb") as file:
    book = CalamineWorkbook.from_filelike(file)
rows = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = [str(census()), "sample", "--organisations", str(ORGANISATIONS), "--one-file", "--out", "sample"]
        cost(made, folder, 1)
        workbook = next((folder / "sample").rglob("*.xlsx"))
        floors, ingests = _ingested(workbook, folder)
        beside.table(workbook, folder, floors, ingests)
        gaps = cost([census(), "gaps", "--county"], folder / "run0", 3)
        line("province: gaps by county, in seconds of CPU", gaps.cpu, 3, f"{gaps.cpu:.2f} s CPU, {gaps.memory:.0f} MB")
        card = cost([census(), "explain", _joint(folder / "run0")], folder / "run0", 3)
        line(
            "province: explain one of a joint branch, seconds", card.wall, 1, f"{card.wall:.2f} s, {card.cpu:.2f} s CPU"
        )


def _ingested(workbook: Path, folder: Path) -> tuple[list[Cost], list[Cost]]:
    """Each ingest right after its floor: what else the machine does then falls on both."""
    floors, ingests = list[Cost](), list[Cost]()
    for run in range(3):
        place = folder / f"run{run}"
        place.mkdir()
        floors.append(cost([*python(FLOOR), workbook], folder, 1))
        ingests.append(cost([census(), "ingest", workbook], place, 1, (0, 3)))
    _ratio(
        "province: ingest, wall", [(each.wall, other.wall) for each, other in zip(ingests, floors, strict=True)], "s"
    )
    memory = [(each.memory, other.memory) for each, other in zip(ingests, floors, strict=True)]
    _ratio("province: ingest, largest process", memory, "MB")
    cpu = ", ".join(f"{each.cpu / other.cpu:.2f}" for each, other in zip(ingests, floors, strict=True))
    print(f"  CPU of all processes of ingest to that of calamine: {cpu}")  # noqa: T201
    return floors, ingests


def _ratio(what: str, pairs: list[tuple[float, float]], unit: str) -> None:
    ratios = sorted(one / other for one, other in pairs)
    found, floor = (statistics.median(each) for each in zip(*pairs, strict=True))
    figures = f"{found:.1f} to {floor:.1f} {unit}, ratios {' '.join(f'{each:.2f}' for each in ratios)}"
    line(what, statistics.median(ratios), 2.5, figures)


def _joint(workspace: Path) -> str:
    """The code of an organisation in a joint branch: its card takes the most work."""
    import duckdb

    (file,) = (workspace / "ledger").rglob("organisations.parquet")
    table = duckdb.connect().read_parquet(str(file), hive_partitioning=False)
    found = table.filter("org_form = 'joint' AND org_name IS NOT NULL AND uscc IS NOT NULL").project("uscc")
    return str(found.limit(1).fetchall()[0][0])


if __name__ == "__main__":
    main()
