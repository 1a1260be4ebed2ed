"""A ledger of 2,000 rounds beside shorter ones: files opened by `gaps`, and seconds and memory of `gaps` and `undo`.

What a round costs a reader must not grow with the rounds before it. The rounds are laid down directly, chained and
sealed as a writer would have done: writing them one by one through the front door would take an hour.
"""

import hashlib
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measure import census, cost, line

LENGTHS = (125, 500, 2000)
TOWNSHIPS, OF_EACH = 20, 20
MOST_OPENED, MOST_SECONDS, MOST_MEMORY = 50, 5.0, 400.0


def lay(folder: Path, rounds: int) -> None:
    """`rounds` rounds of twenty townships in turn, each naming its twenty organisations again, the head count moved."""
    import pyarrow as pa

    from coverage_census.files.disk import DRIVE
    from coverage_census.ledger.store import anchor, formats, manifest, parquet, problem_rows, rounds_folder, seal
    from coverage_census.model import tables
    from coverage_census.model.choices import Kind
    from coverage_census.model.organisation import Organisation, Source
    from coverage_census.model.reading import FileReading, SheetReading
    from coverage_census.model.rounds import Round, Scope

    names = [
        (f"第{town + 1}镇", f"合成样例{town:02d}{each:02d}号有限公司")
        for town in range(TOWNSHIPS)
        for each in range(OF_EACH)
    ]
    every = tables.table([
        Organisation(name=name, township=town, kind=Kind.ENTERPRISE, members_formal=index % 5, employees=10,
                     source=Source(file="x", sheet="S", row=2 + index % OF_EACH))
        for index, (town, name) in enumerate(names)
    ])  # fmt: skip
    files, confirmed = [""] * len(names), [0] * len(names)
    parent, problems = None, problem_rows.written(())
    (folder / "rounds").mkdir(parents=True)
    (folder / "tmp").mkdir()
    for number in range(1, rounds + 1):
        town = (number - 1) % TOWNSHIPS
        file, held = f"{number}.xlsx", min(number, TOWNSHIPS) * OF_EACH
        for at in range(town * OF_EACH, (town + 1) * OF_EACH):
            files[at], confirmed[at] = file, number
        state = every.slice(0, held)
        for name, values in (("source_file", files), ("confirmed_round", confirmed)):
            at = state.schema.get_field_index(name)
            state = state.set_column(at, state.schema.field(at), pa.array(values[:held], state.schema.field(at).type))
        day = f"{2020 + number // 400}-{1 + number // 40 % 10:02d}-{1 + number % 28:02d}"
        sheet = SheetReading(sheet="S", kind="ledger", data_rows=OF_EACH, as_of=day, speaks_for=day)
        reading = FileReading(
            file=file, format="xlsx", sha256=hashlib.sha256(file.encode()).hexdigest(),
            content_sha256=hashlib.sha256(file.encode() * 2).hexdigest(), sheets=(sheet,),
        )  # fmt: skip
        record = Round(
            number=number, name=None, parent=parent, nonce=f"{number:016x}", created_at=f"{day}T00:00:00+00:00",
            as_of=day, tool="bench", files=(reading,), organisations=held, confirmed=OF_EACH,
            new=OF_EACH if number <= TOWNSHIPS else 0, carried=held - OF_EACH, not_reported_again=0, day=day,
            scopes=(Scope(county=None, township=f"第{town + 1}镇", kind=Kind.ENTERPRISE, as_of=day),),
        )  # fmt: skip
        contents = {
            rounds_folder.ORGANISATIONS: parquet.written(state), rounds_folder.PROBLEMS: problems,
            rounds_folder.MANIFEST: manifest.written(record),
        }  # fmt: skip
        sums = seal.sums(contents)
        place = rounds_folder.round_folder(folder, number)
        place.mkdir()
        for name, data in {**contents, seal.SUMS: sums}.items():
            (place / name).write_bytes(data)
        parent = seal.sha256(sums)
    (folder / formats.FILE).write_bytes(formats.written())
    anchor.place(folder, anchor.Anchor(rounds, str(parent)), DRIVE)


def opened(command: list[str | Path], folder: Path) -> int | None:
    """How many files of the ledger a command opens; None where there is no strace."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as log:
        traced = ["strace", "-f", "-qq", "-y", "-e", "trace=open,openat", "-o", log.name, *map(str, command)]
        try:
            subprocess.run(traced, cwd=folder, check=False, capture_output=True)
        except FileNotFoundError:
            return None
        return sum(
            bool(re.search(r"ledger/[^>]*>?$", each)) or "/ledger/" in each for each in log if "= -1" not in each
        )


@contextmanager
def ledger_of(rounds: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([census(), "init", "."], cwd=folder, check=True, capture_output=True)
        (folder / "ledger").rmdir()
        lay(folder / "ledger", rounds)
        subprocess.run(
            [census(), "undo", str(rounds), "--reason", "bench"], cwd=folder, check=True, capture_output=True
        )
        yield folder


def main() -> None:
    for rounds in LENGTHS:
        with ledger_of(rounds) as folder:
            found = cost([census(), "gaps"], folder, 3)
            figures = f"{found.wall:.1f} s wall, {found.memory:.0f} MB"
            line(f"ledger of {rounds} rounds: gaps, seconds of CPU", found.cpu, MOST_SECONDS, figures)
            count = opened([census(), "gaps"], folder)
            if count is not None:
                line(
                    f"ledger of {rounds} rounds: files that gaps opens",
                    count,
                    MOST_OPENED,
                    "open and openat below ledger/",
                )
            for back in (0, 10):
                found = cost([census(), "undo", str(rounds - 1 - back), "--reason", "bench"], folder, 1)
                figures = f"{found.wall:.1f} s wall, {found.memory:.0f} MB"
                name = f"ledger of {rounds} rounds: undo of the last but {back + 1}"
                line(f"{name}, seconds of CPU", found.cpu, MOST_SECONDS, figures)
                line(f"{name}, MB", found.memory, MOST_MEMORY, figures)


if __name__ == "__main__":
    main()
