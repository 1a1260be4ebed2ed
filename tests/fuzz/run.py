"""`make fuzz`: invented sheets and damaged files for so many seconds; what broke the reader lies in build/fuzz/.

A reader that dies on damage is what the jail is for, and is only counted; an exception of our own code is a finding.
"""

# ruff: noqa: T201   (it is a command)

import argparse
import hashlib
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from coverage_census.ingest.jail import parent
from coverage_census.model.incoming import Incoming
from fuzz.checked import complaint
from fuzz.material import as_csv, as_xlsx, damaged, tables
from fuzz.seeds import seeds

KEPT = Path("build/fuzz")
BATCH = 60
SLOWEST = 5.0
ALONE = """
import sys
from pathlib import Path
from fuzz.checked import complaint
print(complaint(Path(sys.argv[1]).read_bytes(), sys.argv[1]) or "")
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--seed", type=int, default=None)
    given_ = options.parse_args()
    number = given_.seed if given_.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {number}")
    chance, counts, began = random.Random(number), Counter[str](), time.monotonic()
    while time.monotonic() - began < given_.seconds:
        grids(chance, counts)
        containers(chance, counts)
    for what, count in sorted(counts.items()):
        print(f"{count:9,}  {what}")
    sys.exit(1 if any(what.startswith("FOUND") for what in counts) else 0)


def grids(chance: random.Random, counts: Counter[str]) -> None:
    """Cells as nobody would type them, through the whole reader."""

    @seed(chance.randrange(1 << 32))
    @settings(
        max_examples=BATCH,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(tables(), st.booleans())
    def one(rows: list[list[object]], as_text: bool) -> None:
        data, name = (as_csv(rows), "表.csv") if as_text else (as_xlsx(rows), "表.xlsx")
        counts["sheets of invented cells"] += 1
        try:
            wrong = complaint(data, name)
        except Exception:  # noqa: BLE001 (any exception is the finding)
            wrong = traceback.format_exc(limit=-2)
        if wrong:
            keep(data, Path(name).suffix, wrong, counts)

    one()


def containers(chance: random.Random, counts: Counter[str]) -> None:
    """Files with damage, through the jail as `census check` would send them."""
    found = seeds()
    with tempfile.TemporaryDirectory() as folder:
        incoming = []
        for number in range(BATCH):
            suffix, data = chance.choice(found)
            path = Path(folder, f"{number}{suffix}")
            path.write_bytes(damaged(data, chance))
            incoming.append(Incoming(path, path.name))
        began = time.monotonic()
        for each, (reading, _, _) in zip(incoming, parent.run(incoming, {}), strict=True):
            spent, began = time.monotonic() - began, time.monotonic()
            counts[f"damaged files: {reading.refused or 'read'}"] += 1
            if spent > SLOWEST and (alone := cpu_of(each.path)) > SLOWEST:  # not only because the machine is busy
                keep(each.path.read_bytes(), each.path.suffix, f"{alone:.1f} s of CPU", counts)
            if reading.refused == "reader_crashed" and (wrong := fault(each.path)):
                keep(each.path.read_bytes(), each.path.suffix, wrong, counts)


def cpu_of(path: Path) -> float:
    """Seconds of CPU that reading this file alone takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    fault(path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def fault(path: Path) -> str | None:
    """The exception of our own code that ended the child; None for an abort or panic of the third-party reader."""
    command = [sys.executable, "-X", "utf8", "-c", ALONE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[1], check=False)
    if done.returncode < 0 or "PanicException" in done.stderr:
        return None
    return (done.stderr or done.stdout).strip() or None


def keep(data: bytes, suffix: str, wrong: str, counts: Counter[str]) -> None:
    lines = wrong.strip().splitlines()
    counts[f"FOUND {lines[-1][:100]}"] += 1
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{hashlib.sha256(data).hexdigest()[:16]}{suffix}"
    path.write_bytes(data)
    path.with_suffix(path.suffix + ".txt").write_text(wrong, encoding="utf-8")
    print(f"{path}: {lines[-1][:200]}", flush=True)


if __name__ == "__main__":
    main()
