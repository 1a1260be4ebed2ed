"""Every write goes through one seam, `files`: nobody else opens a file for writing; what a person has open stays."""

import ast
import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coverage_census.errors import ExitCode
from coverage_census.files.disk import Drive
from kit import Census, Workbook

SOURCE = Path(__file__).parents[1] / "src" / "coverage_census"

# What changes a drive: methods of a path whatever it is called, functions of `os` and `shutil`, writers by path.
OF_A_PATH = {
    "write_text", "write_bytes", "touch", "mkdir", "rename", "unlink", "rmdir", "symlink_to", "hardlink_to", "chmod",
    "makedirs", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "to_csv", "to_excel", "to_parquet",
    "to_json", "write_csv", "write_parquet", "sink_parquet", "utime", "rmtree", "copytree", "copyfile",
}  # fmt: skip
OF_A_MODULE = {"remove", "renames", "removedirs", "replace", "link", "symlink", "truncate", "copy", "copy2", "move"}
BY_PATH = {"Workbook", "save", "ZipFile", "write_table", "ExcelWriter"}
ALLOWED = {
    ("files/disk.py", "*"): "it is the seam",
    ("cli/line/process.py", "os.open"): "streams that are closed are pointed at nothing",
    ("cli/line/process.py", "open"): "the streams of this process, by their numbers",
    ("ingest/jail/child.py", "os.open"): "its own streams are pointed at nothing",
    ("cli/report_rounds_export.py", "rounds_rename.rename"): "ours: an entry of the ledger renames a period",
    ("plan/quiet.py", "pathlib.Path(os.devnull).open"): "what solvers print goes nowhere",
    ("sample/make.py", "truth.save"): "a function of ours, which writes through the seam",
}


def found(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of each call that could change something on a drive."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            owner, _, last = name.rpartition(".")
            if (
                (last == "open" and (for_writing(node) if owner != "os" else "O_WR" in (whole := ast.unparse(node)) or
                 "O_RDWR" in whole or "O_CREAT" in whole))
                or (last in OF_A_PATH and owner not in {"drive", "self.drive", "files"})
                or (last in OF_A_MODULE and owner in {"os", "shutil"})
                or (last == "replace" and owner.endswith(("path", "target", "Path")) and len(node.args) == 1)
                or (last in BY_PATH and by_path(node))
            ):  # fmt: skip
                yield node.lineno, name


def for_writing(node: ast.Call) -> bool:
    """Whether a mode with w, a, x or + is asked for."""
    modes = [*node.args[:2], *(each.value for each in node.keywords if each.arg == "mode")]
    texts = [each.value for each in modes if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    known = any(set(text) <= set("rwaxbt+U") and set(text) & set("wax+") for text in texts)
    return known or any(isinstance(each, ast.Name) and each.id == "mode" for each in modes)


def by_path(node: ast.Call) -> bool:
    """Whether an argument looks like a place rather than a stream."""
    words = [ast.unparse(each).lower() for each in node.args[:2]]
    return any(word in text for text in words for word in ("path", "str(", "folder", "out"))


def strays() -> list[str]:
    return [
        f"{where}:{line} {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for line, name in found(path)
        if not {(where := path.relative_to(SOURCE).as_posix(), "*"), (where, name)} & ALLOWED.keys()
    ]


def test_nobody_else_writes() -> None:
    assert strays() == []


@pytest.mark.parametrize(
    "line",
    [
        "open(path, 'w')", "path.open('ab')", "path.open(mode='x')", "path.write_text(text)", "os.replace(a, b)",
        "path.replace(other)", "path.mkdir(parents=True)", "shutil.copy(a, b)", "tempfile.mkdtemp()",
        "xlsxwriter.Workbook(str(path))", "book.save(path)", "frame.to_csv(path)", "os.open(path, os.O_WRONLY)",
        "zipfile.ZipFile(path, 'w')", "pq.write_table(table, path)",
    ],
)  # fmt: skip
def test_a_planted_writer_is_found(tmp_path: Path, line: str) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(f"def f():\n    {line}\n", encoding="utf-8")
    assert [at for at, _ in found(planted)]


@pytest.mark.parametrize(
    "line",
    ["open(path)", "path.open('rb')", "text.replace('a', 'b')", "drive.mkdir(path)", "found.copy()", "rows.remove(1)"],
)
def test_reading_is_not_writing(tmp_path: Path, line: str) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(f"def f():\n    {line}\n", encoding="utf-8")
    assert not list(found(planted))


LEDGER = """
| 乡镇 | 单位名称 | 正式党员 | 从业人员 |
| 首阳镇 | 合成样例富民食品有限公司 | 3 | 12 |
| 首阳镇 | 合成样例兴旺建材有限公司 | 5 | 多 |
"""
# A command and the file that it writes for a person, who has it open when it is run again.
WRITTEN = {
    "a page": (["report", "--html"], "reports/*/*.html"),
    "a workbook": (["report", "--xlsx"], "reports/*/*.xlsx"),
    "a bulletin": (["report", "--docx"], "reports/*/*.docx"),
    "the annual tables": (["report", "--annual"], "reports/*/*.xlsx"),
    "an export": (["export", "--format", "csv", "--out", "全县.csv"], "全县.csv"),
    "reminders": (["missing", "--xlsx", "--out", "催报单.xlsx"], "催报单.xlsx"),
    "the blank form": (["template", "--force", "--out", "填报表.xlsx"], "填报表.xlsx"),
    "a sample": (["sample", "--organisations", "30", "--one-file", "--out", "samples"], "samples/*.xlsx"),
    "the settings": (["check", "首阳镇.xlsx", "--remember"], "census.toml"),
}


@pytest.fixture
def workspace(census: Census, workbook: Workbook, tmp_path: Path) -> Path:
    census("init", tmp_path)
    assert census("ingest", workbook("首阳镇.xlsx", LEDGER)).code in (ExitCode.DONE, ExitCode.SET_ASIDE)
    return tmp_path


def held_open(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    """As a Windows share answers while somebody has that file open in WPS."""
    real = Drive.replace

    def refuse(self: Drive, source: Path, to: Path) -> None:
        if to.resolve() == target.resolve():
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(to))
        real(self, source, to)

    monkeypatch.setattr(Drive, "replace", refuse)
    monkeypatch.setattr(Drive, "sleep", lambda self, seconds: None)


@pytest.mark.parametrize("what", WRITTEN)
def test_a_target_open_in_wps(census: Census, workspace: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """The old one stays whole, the new one lies beside it under a dated name, and the exit code says so."""
    words, pattern = WRITTEN[what]
    if what != "the settings":
        assert census(*words).code == ExitCode.DONE
    target = max(workspace.glob(pattern), key=lambda path: path.stat().st_mtime_ns)
    target.write_bytes(b"what somebody is looking at")
    if what == "the settings":
        target.write_bytes("county = '天等县'\n".encode())
        workspace.joinpath("首阳镇.xlsx").write_bytes(unheard_of(workspace).read_bytes())
    before, beside = target.read_bytes(), {path.name for path in target.parent.iterdir()}
    held_open(monkeypatch, target)
    ran = census(*words)
    assert ran.code == ExitCode.NOT_REPLACED, ran
    assert target.read_bytes() == before
    (copy,) = {path.name for path in target.parent.iterdir()} - beside
    assert copy.startswith(f"{target.stem}.20") and copy.endswith(target.suffix)
    assert copy in ran.err + ran.out and target.name in ran.err + ran.out
    assert (target.parent / copy).stat().st_size > 0


def test_a_return_workbook_open_in_wps(census: Census, workbook: Workbook, workspace: Path,
                                       monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """The round is in the ledger; of its return workbooks one could not be replaced."""
    (made,) = (workspace / "returns").glob("*.xlsx")
    real = Drive.replace

    def refuse(self: Drive, source: Path, to: Path) -> None:
        if to.parent.name == "returns":
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(to))
        real(self, source, to)

    monkeypatch.setattr(Drive, "replace", refuse)
    monkeypatch.setattr(Drive, "sleep", lambda self, seconds: None)
    before = made.read_bytes()
    ran = census("ingest", workbook("中关镇.xlsx", LEDGER.replace("首阳镇", "中关镇")))
    assert ran.code == ExitCode.NOT_REPLACED
    assert made.read_bytes() == before
    assert "2" in census("rounds").out
    assert len(list((workspace / "returns").iterdir())) == 2


def unheard_of(folder: Path) -> Path:
    """A sheet with a heading that nobody knows: what `--remember` would write into the settings."""
    from openpyxl import Workbook as Book

    book = Book()
    sheet = book.worksheets[0]
    for row in (["乡镇", "单位名称", "党员总数目", "从业人员"], ["首阳镇", "合成样例富民食品有限公司", 3, 12]):
        sheet.append(row)
    book.save(folder / "新表.xlsx")
    return folder / "新表.xlsx"
