"""Writing through the one seam: all or nothing, never onto what somebody else has, and names that every share takes."""

import errno
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage_census.errors import Busy, CensusError, ExitCode, NotReplaced
from coverage_census.files import csv_text, disk
from coverage_census.files.disk import Drive


class Grumpy(Drive):
    """A drive that answers one call with an error, the first `times` times; pauses take no time."""

    def __init__(self, call: str, code: int, times: int = 1000) -> None:
        self.call, self.code, self.times, self.slept = call, code, times, 0.0

    def __getattribute__(self, name: str) -> object:
        if name in ("rename", "replace", "fsync", "create", "write", "close") and name == self.call and self.times > 0:
            self.times -= 1
            return self._refuse
        return super().__getattribute__(name)

    def _refuse(self, *_: object) -> None:
        raise OSError(self.code, os.strerror(self.code))

    def sleep(self, seconds: float) -> None:
        self.slept += seconds

    def now(self) -> datetime:
        return datetime(2026, 7, 1, 18, 15, 2, tzinfo=UTC)


class Slow(Drive):
    """A drive that takes three bytes at a time."""

    def write(self, handle: int, data: memoryview) -> int:
        return super().write(handle, data[:3])


def test_write_new_writes_every_byte(tmp_path: Path) -> None:
    disk.write_new(tmp_path / "a", b"0123456789", Slow())
    assert (tmp_path / "a").read_bytes() == b"0123456789"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) & 0o137 == 0


def test_write_new_takes_neither_an_existing_file_nor_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("there", "link"):
        with pytest.raises(FileExistsError):
            disk.write_new(tmp_path / name, b"new")
    assert (tmp_path / "there").read_bytes() == b"old"
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("call", ["write", "fsync", "close"])
def test_write_new_tells_of_every_failure(tmp_path: Path, call: str) -> None:
    with pytest.raises(OSError, match="No space"):
        disk.write_new(tmp_path / "a", b"data", Grumpy(call, errno.ENOSPC))


class TestPublish:
    @pytest.fixture
    def staging(self, tmp_path: Path) -> Path:
        (tmp_path / "staging").mkdir()
        (tmp_path / "staging" / "data").write_bytes(b"mine")
        return tmp_path / "staging"

    def test_a_free_name(self, staging: Path, tmp_path: Path) -> None:
        disk.publish(staging, tmp_path / "final")
        assert (tmp_path / "final" / "data").read_bytes() == b"mine"

    @pytest.mark.parametrize("there", ["empty folder", "full folder", "file"])
    def test_a_taken_name(self, staging: Path, tmp_path: Path, there: str) -> None:
        final = tmp_path / "final"
        if there == "file":
            final.write_bytes(b"theirs")
        else:
            final.mkdir()
            if there == "full folder":
                (final / "data").write_bytes(b"theirs")
        with pytest.raises(FileExistsError):
            disk.publish(staging, final)
        assert (staging / "data").exists()

    def test_it_waits_for_what_passes(self, staging: Path, tmp_path: Path) -> None:
        drive = Grumpy("rename", errno.EBUSY, times=3)
        disk.publish(staging, tmp_path / "final", drive)
        assert (tmp_path / "final").exists()
        assert drive.slept > 0

    def test_it_does_not_wait_for_what_stays(self, staging: Path, tmp_path: Path) -> None:
        drive = Grumpy("rename", errno.EROFS)
        with pytest.raises(OSError, match="Read-only"):
            disk.publish(staging, tmp_path / "final", drive)
        assert drive.slept == 0


class TestReplace:
    def test_new_and_old(self, tmp_path: Path) -> None:
        path = tmp_path / "reports" / "coverage.html"
        disk.replace(path, b"one")
        disk.replace(path, b"two")
        assert path.read_bytes() == b"two"
        assert [each.name for each in path.parent.iterdir()] == ["coverage.html"]

    def test_a_target_that_somebody_holds_open(self, tmp_path: Path) -> None:
        path = tmp_path / "覆盖情况.xlsx"
        path.write_bytes(b"old")
        for ending in ("", "-2"):
            with pytest.raises(NotReplaced) as stop:
                disk.replace(path, b"new", Grumpy("replace", errno.EACCES))
            assert stop.value.values["copy"] == f"覆盖情况.20260701-181502{ending}.xlsx"
            assert (tmp_path / f"覆盖情况.20260701-181502{ending}.xlsx").read_bytes() == b"new"
        assert stop.value.exit_code is ExitCode.NOT_REPLACED
        assert path.read_bytes() == b"old"
        assert len(list(tmp_path.iterdir())) == 3

    @pytest.mark.parametrize(
        ("code", "key", "kind"),
        [
            (errno.ENOSPC, "disk_full", CensusError),
            (errno.EDQUOT, "disk_full", CensusError),
            (errno.EROFS, "no_permission", CensusError),
            (errno.ESTALE, "share_away", Busy),
            (errno.ENAMETOOLONG, "name_too_long", CensusError),
        ],
    )
    @pytest.mark.parametrize("call", ["create", "write", "fsync", "close"])
    def test_nothing_half_written_and_a_sentence(
        self, tmp_path: Path, call: str, code: int, key: str, kind: type[CensusError]
    ) -> None:
        path = tmp_path / "report.html"
        path.write_bytes(b"old")
        with pytest.raises(kind) as stop:
            disk.replace(path, b"new", Grumpy(call, code))
        assert (stop.value.key, path.read_bytes()) == (key, b"old")
        assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("富民食品有限公司", "富民食品有限公司"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("CON", "_CON"),
        ("nul.xlsx", "_nul.xlsx"),
        ("~$报表", "报表"),
        ("...", "_"),
        ("", "_"),
        ("结尾. . ", "结尾"),
        ("a\u202eb\x1b[31m\n", "ab[31m"),
    ],
)
def test_safe_name(text: str, name: str) -> None:
    assert disk.safe_name(text) == name


@given(st.text(max_size=300))
def test_safe_name_always_fits(text: str) -> None:
    name = disk.safe_name(text)
    assert 1 <= len(name) <= 81
    assert len(name.encode("utf-8", "surrogatepass")) <= 241
    assert not set(name) & set('\\/:*?"<>|\n\x00')
    assert name not in (".", "..")
    assert disk.safe_name(name) in (name, f"_{name}")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"),
        ("  +1+1", "'  +1+1"),
        ("\u00a0@SUM(A1)", "'\u00a0@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "'\t=1"),
        ("富民\n=1+1", "富民\n'=1+1"),
        ("-5", "-5"),
        ("-5.5", "-5.5"),
        ("富民-食品", "富民-食品"),
        (-5, "-5"),
        (2.5, "2.5"),
        (True, "true"),
        (False, "false"),
        (None, ""),
    ],
)
def test_no_cell_runs_as_a_formula(value: object, text: str) -> None:
    assert csv_text.cell(value) == text


def test_a_csv_document_opens_in_the_right_script() -> None:
    made = csv_text.document(["单位名称", "备注"], [["富民", 'a"b'], ["和顺", None]])
    assert made == '\ufeff"单位名称","备注"\r\n"富民","a""b"\r\n"和顺",""\r\n'.encode()
