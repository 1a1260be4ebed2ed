"""A province of 379,300 organisations and twelve rounds: diff, verify, the size of a round, the search for pairs.

Seconds of CPU are held, and seconds of wall beside them: on an idle machine of two cores they are the issue's figures.
Verify is a ratio to hashing the same files with hashlib alone, in the same run.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from measure import census, cost, line

ORGANISATIONS, ROUNDS, PART = 379_300, 12, 30  # each later round names one in thirty anew
FLOOR = """
import hashlib, sys
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*.*"):
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
"""
SEARCH = """
import sys
from pathlib import Path
from coverage_census.ledger.identity import candidates; from coverage_census.ledger import rounds
ledger = Path(sys.argv[1])
candidates.find(ledger, rounds.find(ledger, None), rounds.all_rounds(ledger))
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample: list[str | Path] = [
            census(),
            "sample",
            "--organisations",
            str(ORGANISATIONS),
            "--one-file",
            "--out",
            "sample",
        ]
        cost(sample, folder, 1)
        cost([census(), "ingest", next((folder / "sample").rglob("*.xlsx"))], folder, 1, (0, 3))
        ledger = folder / "ledger"
        grow(ledger)
        found = cost([census(), "diff"], folder, 3)
        figures = f"{found.wall:.1f} s wall, {found.memory:.0f} MB"
        line("ledger: diff of a province, seconds of CPU", found.cpu, 4, figures)
        line("ledger: diff of a province, seconds of wall", found.wall, 3, f"{found.cpu:.1f} s CPU")
        floor = cost([sys.executable, "-c", FLOOR, ledger / "rounds"], folder, 3)
        found = cost([census(), "verify"], folder, 3)
        line("ledger: verify twelve rounds, to hashing alone", found.cpu / floor.cpu, 6, f"{found.cpu:.2f} s CPU")
        line("ledger: verify twelve rounds, seconds of wall", found.wall, 2, f"{found.cpu:.2f} s CPU")
        size = max(sum(file.stat().st_size for file in each.iterdir()) for each in (ledger / "rounds").iterdir())
        line("ledger: the largest round, MB", size / 1e6, 15, f"{ROUNDS} rounds of {ORGANISATIONS}")
        found = cost([sys.executable, "-c", SEARCH, ledger], folder, 3)
        line("ledger: search for pairs, seconds of CPU", found.cpu, 2, f"{found.wall:.1f} s wall")


def grow(ledger: Path) -> None:
    """Eleven more rounds, each with other figures for other organisations."""
    import numpy as np
    import pyarrow as pa

    from coverage_census.ledger import rounds
    from coverage_census.ledger.store import parquet
    from coverage_census.ledger.write import next_round

    first = rounds.find(ledger, "1")
    table = parquet.read(rounds.parquet(ledger, first).read_bytes())
    for number in range(2, ROUNDS + 1):
        part = table.take(np.arange(number, table.num_rows, PART))
        label, sha = f"第{number}轮.xlsx", f"{number:064x}"
        news = {
            "source_file": pa.array([label] * part.num_rows),
            "employees": pa.array(np.arange(part.num_rows) % 97),
            "members_formal": pa.array(np.arange(part.num_rows) % 5),
            "confirmed_round": pa.nulls(part.num_rows),
        }
        for column, values in news.items():
            at = part.schema.get_field_index(column)
            part = part.set_column(at, part.schema.field(at), values.cast(part.schema.field(at).type))
        reading = first.files[0].model_copy(update={"file": label, "sha256": sha, "content_sha256": sha})
        next_round.write(
            ledger, part, [reading], [], name=None, as_of=f"2026-{number:02d}-28", tool="bench",
            now=datetime(2026, number, 28, tzinfo=UTC),
        )  # fmt: skip


if __name__ == "__main__":
    main()
