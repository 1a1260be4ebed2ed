"""A province of 379,300 organisations in one workbook: ingest as a ratio to calamine alone, in the same run."""

import sys
import tempfile
from pathlib import Path

from measure import census, cost, line

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
        floor = cost([sys.executable, "-c", FLOOR, workbook], folder, 3)
        found = []
        for run in range(3):
            place = folder / f"run{run}"
            place.mkdir()
            found.append(cost([census(), "ingest", workbook], place, 1, (0, 3)))
        wall, memory = min(each.wall for each in found), min(each.memory for each in found)
        line("province: ingest, wall", wall / floor.wall, 2.5, f"{wall:.1f} s to calamine {floor.wall:.1f} s")
        line(
            "province: ingest, largest process", memory / floor.memory, 2.5, f"{memory:.0f} MB to {floor.memory:.0f} MB"
        )
        gaps = cost([census(), "gaps", "--county"], folder / "run0", 3)
        line("province: gaps by county, in seconds of CPU", gaps.cpu, 3, f"{gaps.cpu:.2f} s CPU, {gaps.memory:.0f} MB")
        card = cost([census(), "explain", _joint(folder / "run0")], folder / "run0", 3)
        line(
            "province: explain one of a joint branch, seconds", card.wall, 1, f"{card.wall:.2f} s, {card.cpu:.2f} s CPU"
        )


def _joint(workspace: Path) -> str:
    """The code of an organisation in a joint branch: its card takes the most work."""
    import duckdb

    (file,) = (workspace / "ledger").rglob("organisations.parquet")
    table = duckdb.connect().read_parquet(str(file), hive_partitioning=False)
    found = table.filter("org_form = 'joint' AND org_name IS NOT NULL AND uscc IS NOT NULL").project("uscc")
    return str(found.limit(1).fetchall()[0][0])


if __name__ == "__main__":
    main()
