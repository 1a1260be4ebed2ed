"""The jail: whatever a file does to its reader, it is refused by name, and the other files come through in order."""

import contextlib
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from coverage_census.errors import CensusError
from coverage_census.ingest.jail import parent
from coverage_census.model.incoming import Incoming
from coverage_census.words.catalogue import Words

pytestmark = pytest.mark.usefixtures("real_jail")

# A reader that does what the file says, in the place of the parser of workbooks.
STAND_IN = """
import os, sys, time
from coverage_census.ingest.jail import child as jailed
from coverage_census.ingest.refusal import Refused
from coverage_census.model.organisation import Organisation
from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.model.tables import table

kept = []

def read(data, incoming, columns):
    word, _, rest = data.decode().partition(" ")
    match word:
        case "abort":
            os.abort()
        case "panic":
            raise BaseException("合成样例机密")
        case "bug":
            raise ZeroDivisionError("合成样例机密")
        case "hog":
            kept.append(bytearray(int(rest) << 20))
        case "spoilt":  # by what an earlier file left behind
            os.abort() if kept else None
        case "deep":
            bytes(1 << 40)
        case "sleep":
            time.sleep(60)
        case "nonsense":
            os.write(3, b"?" * 10_000)
        case "print":
            print("合成样例机密")
            print("合成样例机密", file=sys.stderr)
            os.system("echo 合成样例机密; echo 合成样例机密 >&2")
        case "write":
            with open("planted.txt", "w") as file:
                file.write("x" * 100_000)
        case "refuse":
            raise Refused("encrypted")
    rows = table([Organisation(name=f"合成样例{rest or n}") for n in range(3)])
    note = Problem(code="suffix_mismatch", level=Level.NOTE, file=incoming.label, values={"child": os.getpid()})
    return FileReading(file="上报/别的.csv" if word == "other" else incoming.label, format="csv"), rows, (note,)

jailed.main(read)
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    monkeypatch.chdir(tmp_path)  # a stand-in tries to write where it stands
    script = tmp_path / "stand_in.py"
    script.write_text(STAND_IN, encoding="utf-8")
    return (sys.executable, "-I", "-X", "utf8", str(script))


def sent(folder: Path, *contents: str) -> list[Incoming]:
    """Files with these contents, named 0, 1, 2 …"""
    found = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.csv"
        path.write_text(content, encoding="utf-8")
        found.append(Incoming(path, f"上报/{number}.csv"))
    return found


def refusals(incoming: Sequence[Incoming], command: Sequence[str], wall_seconds: float = 60) -> list[str | None]:
    """How each file ended: the code of its refusal or None; all in order, rows exactly where nothing was refused."""
    found = []
    for each, (reading, table, problems) in zip(incoming, parent.run(incoming, {}, command, wall_seconds), strict=True):
        assert reading.file == each.label
        assert (table is None) == (reading.refused is not None)
        if reading.refused:
            assert [problem.code for problem in problems] == [reading.refused]
            words = Words("zh")
            assert words(f"problem.{reading.refused}.message", **problems[0].values)
        else:
            assert table is not None and table.num_rows == 3
        found.append(reading.refused)
    return found


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("abort", "reader_crashed"),
        ("panic", "reader_crashed"),
        ("bug", "reader_crashed"),
        ("nonsense", "reader_crashed"),
        ("other", "reader_crashed"),  # an answer that is about another file
        ("hog 3000", "too_much_memory"),
        ("deep", "too_much_memory"),
        ("write", "reader_crashed"),
        ("refuse", "encrypted"),
        ("print", None),
    ],
)
def test_the_others_come_through(tmp_path: Path, command: tuple[str, ...], deed: str, code: str | None) -> None:
    incoming = sent(tmp_path, deed, "good", deed, "good")
    assert refusals(incoming, command) == [code, None, code, None]


def test_one_child_reads_all_files(tmp_path: Path, command: tuple[str, ...]) -> None:
    incoming = sent(tmp_path, *["good", "refuse", "good"] * 4)
    children = {note.values.get("child") for _, _, notes in parent.run(incoming, {}, command) for note in notes}
    assert len(children - {None}) == 1


def test_one_that_never_ends_is_stopped(tmp_path: Path, command: tuple[str, ...]) -> None:
    started = time.monotonic()
    assert refusals(sent(tmp_path, "good", "sleep", "good"), command, wall_seconds=2) == [None, "too_slow", None]
    assert time.monotonic() - started < 8


def test_memory_left_by_others_does_not_refuse_a_file(tmp_path: Path, command: tuple[str, ...]) -> None:
    # Each keeps 150 MB; what a file may take counts from where it starts.
    assert refusals(sent(tmp_path, *["hog 150"] * 6), command) == [None] * 6


def test_what_others_left_behind_does_not_refuse_a_file(tmp_path: Path, command: tuple[str, ...]) -> None:
    """The child dies of it; read by a child of its own it comes through."""
    assert refusals(sent(tmp_path, "hog 1", "spoilt", "good"), command) == [None] * 3


def test_size_and_hash_are_of_the_bytes_read(tmp_path: Path, command: tuple[str, ...]) -> None:
    [(reading, _, problems)] = parent.run(sent(tmp_path, "good"), {}, command)
    assert reading.size == 4
    assert reading.sha256 == "770e607624d689265ca6c44884d0807d9b054d23c473c106c72be9de08b7376c"
    assert [problem.code for problem in problems] == ["suffix_mismatch"]


def test_what_is_no_file_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder, pipe, link, device, gone, secret = (tmp_path / name for name in ("d", "p", "l", "z", "g", "s"))
    folder.mkdir()
    os.mkfifo(pipe)
    (tmp_path / "real.csv").write_text("good", encoding="utf-8")
    link.symlink_to(tmp_path / "real.csv")
    device.symlink_to("/dev/zero")
    secret.write_text("good", encoding="utf-8")
    secret.chmod(0)
    paths = [folder, pipe, link, device, Path("/dev/zero"), gone, secret / "x"]
    files = [Incoming(each, each.name) for each in paths]
    found = [reading.refused for reading, _, _ in parent.run(files, {}, command)]
    assert found == ["not_a_file"] * 5 + ["no_such_file"] * 2
    if os.geteuid():  # the superuser may read it
        [(reading, _, _)] = parent.run([Incoming(secret, "s")], {}, command)
        assert reading.refused == "unreadable"


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path, command: tuple[str, ...]) -> None:
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(101 << 20)
    [(reading, _, problems)] = parent.run([Incoming(big, "big")], {}, command)
    assert reading.refused == "too_large"
    assert problems[0].values == {"limit_mb": 100}


def test_names_that_are_not_text(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xd1\xf9\n'$(x).csv"))
    path.write_text("good", encoding="utf-8")
    assert refusals([Incoming(path, "样例.csv")], command) == [None]


def test_nothing_from_the_child_reaches_the_terminal(tmp_path: Path, command: tuple[str, ...]) -> None:
    paths = [str(each.path) for each in sent(tmp_path, "print", "panic", "bug", "abort", "print")]
    script = textwrap.dedent(f"""
        from pathlib import Path
        from coverage_census.ingest.jail import parent as jail
        from coverage_census.model.incoming import Incoming
        files = [Incoming(Path(path), path) for path in {paths!r}]
        print([reading.refused for reading, _, _ in jail.run(files, {{}}, {command!r})])
    """)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=tmp_path, check=True)
    assert done.stderr == b""
    assert "机密" not in done.stdout.decode()
    assert done.stdout.count(b"None") == 2


def test_a_reader_that_does_not_start_stops_the_command(tmp_path: Path) -> None:
    with pytest.raises(CensusError) as stopped:
        list(parent.run(sent(tmp_path, "good"), {}, (sys.executable, "-c", "raise SystemExit(1)")))
    assert Words("zh")(f"errors.{stopped.value.key}")


def test_stopping_early_leaves_no_child(tmp_path: Path, command: tuple[str, ...]) -> None:
    outcomes = parent.run(sent(tmp_path, "good", "sleep"), {}, command)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    mine = os.fsencode(tmp_path / "stand_in.py")
    running = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            running.append(each.read_bytes())
    assert running
    assert not any(mine in line for line in running)


def test_importing_the_parent_side_is_cheap() -> None:
    script = "import sys, coverage_census.ingest.jail.parent; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pyarrow", "numpy", "pandas", "openpyxl", "python_calamine", "lxml"} & set(loaded)
