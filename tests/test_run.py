"""`census run` on an inbox as people leave it: what is read, what stays, what is moved, when it refuses to begin."""

import fcntl
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from coverage_census.files import file_hash
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.inbox import archive
from coverage_census.inbox import look as inbox
from coverage_census.inbox.open_files import OpenFiles
from kit import Census
from run_case import BAISHUI, HEKOU, QINGSHI, QINGSHI_LATER, book, with_password

NOW = "2026-11-21T09:00:00+08:00"
LATER = "2026-11-21T09:30:00+08:00"
TOMORROW = "2026-11-22T09:00:00+08:00"


@pytest.fixture
def office(tmp_path: Path, census: Census) -> Path:
    """A workspace with one good workbook; its inbox."""
    census("init", tmp_path)
    book(tmp_path / "inbox" / "青石镇" / "青石镇.xlsx", QINGSHI)
    return tmp_path / "inbox"


def digest(office: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((office.parent / "reports" / "digest.json").read_text(encoding="utf-8"))
    return found


def left(office: Path) -> dict[str, str]:
    return {each["file"]: each["code"] for each in digest(office)["left_out"]}


def test_what_changed_is_printed_and_what_did_not_is_silent(office: Path, census: Census) -> None:
    first, second = census("run"), census("run")
    assert (first.code, second.code, second.out, second.err) == (0, 0, "", "")
    assert "已记入2026年第" in first.out
    assert "没有新的内容" in (office.parent / "reports" / "digest.txt").read_text(encoding="utf-8")
    assert json.loads(census("run", "--json").out) == digest(office)


def test_the_folder_gives_the_place_that_the_sheet_leaves_out(office: Path, census: Census) -> None:
    shutil.rmtree(office / "青石镇")
    book(office / "云岭县" / "白水乡" / "台账.xlsx", "\n".join(BAISHUI.splitlines()[2:]))
    census("run")
    rows = [json.loads(line) for line in census("export").out.splitlines()]
    assert {(row["county"], row["township"]) for row in rows} == {("云岭县", "白水乡")}
    assert rows[0]["source_file"] == "云岭县/白水乡/台账.xlsx"


def test_without_init_it_begins_nothing(tmp_path: Path, census: Census) -> None:
    ran = census("run")
    assert (ran.code, ran.out, list(tmp_path.iterdir())) == (5, "", [])
    assert "census init" in ran.err


@pytest.mark.parametrize("gone", ["inbox", "ledger"])
def test_a_folder_that_is_missing_is_a_share_that_is_away(office: Path, census: Census, gone: str) -> None:
    shutil.rmtree(office.parent / gone)
    assert census("run").code == 5
    assert not (office.parent / gone).exists()


def test_an_empty_mount_point_is_not_a_new_ledger(office: Path, census: Census) -> None:
    census("run")
    shutil.move(office.parent / "ledger", office.parent / "elsewhere")
    (office.parent / "ledger").mkdir()
    ran = census("run")
    assert ran.code == 5
    assert list((office.parent / "ledger").iterdir()) == []


def test_a_ledger_that_lost_a_round_is_said_and_left_alone(office: Path, census: Census) -> None:
    census("run")
    book(office / "河口镇.xlsx", HEKOU)
    census("run")
    shutil.rmtree(office.parent / "ledger" / "rounds" / "round=000002")
    ran = census("run")
    assert ran.code == 6
    assert digest(office)["error"] is not None
    assert len(list((office.parent / "ledger" / "rounds").iterdir())) == 1


def test_two_runs_at_once(office: Path, census: Census) -> None:
    census("run")
    with (office.parent / ".census" / "run.lock").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        ran = census("run")
    assert (ran.code, ran.out) == (5, "")
    assert "census run" in ran.err
    assert census("run").code == 0  # the lock died with its holder


def test_each_file_that_stays_is_reported_once_a_day(
    office: Path, census: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(office / "加密.xlsx")
    printed = []
    for when in (NOW, LATER, TOMORROW):
        monkeypatch.setenv("CENSUS_NOW", when)
        ran = census("run")
        assert ran.code == 3
        printed.append("密码" in ran.out)
    assert printed == [True, False, True]
    assert digest(office)["left_out"][0]["since"] == "2026-11-21"


def test_without_its_memory_it_only_says_again_what_it_said(office: Path, census: Census) -> None:
    with_password(office / "加密.xlsx")
    census("run")
    for content in ("", "{}", "[]", '{"format": 1, "met": {"x": 1}}', "\0"):
        (office.parent / ".census" / "run.json").write_text(content, encoding="utf-8")
        ran = census("run")
        assert (ran.code, ran.err) == (3, "")
        assert digest(office)["standing"]["round"] == 1


def test_what_others_are_doing_is_left_alone(office: Path, census: Census) -> None:
    whole = book(office.parent / "whole.xlsx", HEKOU).read_bytes()
    (office / "half.xlsx").write_bytes(whole[: len(whole) // 2])
    (office / "room.xlsx").write_bytes(bytes(9000))
    (office / "empty.xlsx").write_bytes(b"")
    (office / "open.xlsx").write_bytes(whole)
    (office / ".~lock.open.xlsx#").write_text(",clerk,", encoding="utf-8")
    (office / "A.xlsx").write_bytes(whole)
    book(office / "a.xlsx", BAISHUI)
    for name in ("~$x.xlsx", "~WRL0001.tmp", ".~wps1234", "Thumbs.db", "5B1D2F30", "x.xlsx.part", ".DS_Store"):
        (office / name).write_bytes(b"?")
    before = sorted(office.rglob("*"))
    assert census("run").code == 3
    assert sorted(office.rglob("*")) == before
    assert left(office) == {
        "A.xlsx": "case_clash",
        "a.xlsx": "case_clash",
        "empty.xlsx": "empty_file",
        "half.xlsx": "half_copied",
        "open.xlsx": "being_edited",
        "room.xlsx": "half_copied",
    }
    (office / "half.xlsx").write_bytes(whole)
    (office / "A.xlsx").unlink()
    census("run")
    assert digest(office)["accepted"] == ["a.xlsx", "half.xlsx"]


def test_an_old_mark_of_an_editor_is_not_believed_for_ever(office: Path, census: Census) -> None:
    mark = office / "青石镇" / "~$青石镇.xlsx"
    mark.write_bytes(b"x")
    census("run")
    assert left(office) == {"青石镇/青石镇.xlsx": "being_edited"}
    os.utime(mark, (time.time() - 2 * 86_400,) * 2)
    census("run")
    assert left(office) == {}


@pytest.mark.parametrize(
    ("mark", "name"),
    [("~$表.xlsx", "表.xlsx"), (".~lock.表.xls#", "表.xls"), (".~表.et", "表.et"), ("~$cument.xlsx", "Document.xlsx")],
)
def test_marks_of_editors(tmp_path: Path, mark: str, name: str) -> None:
    (tmp_path / mark).touch()
    assert OpenFiles([tmp_path / mark]).editing(tmp_path / name, 0)
    assert not OpenFiles([tmp_path / mark]).editing(tmp_path / f"other-{name}", 0)


class _Writing(Drive):
    """Somebody goes on writing while we wait."""

    def __init__(self, path: Path) -> None:
        self.path, self.slept = path, 0.0

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        with self.path.open("ab") as file:
            file.write("又一家,3\n".encode())


class _Still(Drive):
    def __init__(self) -> None:
        self.slept = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


def test_a_text_file_that_is_young_is_looked_at_twice(tmp_path: Path) -> None:
    path = tmp_path / "报表.csv"
    path.write_text("单位名称,从业人员\n", encoding="utf-8")
    writing, still = _Writing(path), _Still()
    assert [each.code for each in inbox.look(tmp_path, writing, time.time()).left] == ["still_moving"]
    assert list(inbox.look(tmp_path, still, time.time()).ready) == [path]
    assert writing.slept == still.slept == inbox.BETWEEN_LOOKS
    old = _Still()
    assert list(inbox.look(tmp_path, old, time.time() + 3600).ready) == [path]
    assert old.slept == 0


def test_archive_moves_what_is_entered_and_nothing_else(office: Path, census: Census) -> None:
    with_password(office / "加密.xlsx")
    assert census("run", "--archive").code == 3
    moved = [path.relative_to(office).as_posix() for path in office.rglob("*.xlsx")]
    assert sorted(moved) == ["加密.xlsx", "已处理/2026-11-21-010000/青石镇/青石镇.xlsx"] or any(
        name.startswith("已处理/2026-11-21-") and name.endswith("/青石镇/青石镇.xlsx") for name in moved
    )
    book(office / "青石镇" / "青石镇.xlsx", QINGSHI_LATER)
    assert census("run", "--archive").code == 3
    kept = [path for path in office.rglob("青石镇.xlsx") if "已处理" in path.parts]
    assert len(kept) == 2  # the same second, the same name: nothing was overwritten
    assert census("rounds", "--json").out.count('"number"') == 2


def test_a_returned_workbook_is_an_answer(office: Path, census: Census) -> None:
    book(office / "白水乡.xlsx", BAISHUI)
    census("run")
    made = digest(office)["returns"]
    assert len(made) == 1
    shutil.copy(office.parent / "returns" / made[0], office / made[0])
    assert census("run").code in (0, 3)
    assert made[0] not in left(office)


def test_a_report_that_is_open_elsewhere(office: Path, census: Census, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as held:
        real = Drive.replace
        held.setattr(Drive, "sleep", lambda *_: None)
        held.setattr(Drive, "replace", lambda d, s, t: refused() if t.name == "coverage.html" else real(d, s, t))
        ran = census("run")
    assert ran.code == 4
    assert "WPS" in ran.out
    assert census("rounds", "--json").out.count('"number"') == 1
    again = census("run")  # the next run makes it
    assert again.code == 0
    assert (office.parent / "reports" / "000001" / "coverage.html").exists()


@pytest.mark.parametrize(("day", "news"), [("9月30日", True), ("10月31日", False)])
def test_an_old_file_given_again_alone_is_news(office: Path, census: Census, day: str, news: bool) -> None:
    """As with `ingest`: A, then B in its place, then A again means A; unless B is of a later day."""
    path = office / "青石镇" / "青石镇.xlsx"
    first = path.read_bytes()
    census("run")
    book(path, QINGSHI_LATER.replace("10月31日", day))
    census("run")
    path.write_bytes(first)
    census("run")
    assert digest(office)["round_made"] is news
    assert digest(office)["standing"]["round"] == 2 + news


def test_what_a_killed_run_left_half_written_goes_after_a_day(office: Path, census: Census) -> None:
    old, young = (office.parent / "reports" / f".census-{name}.tmp" for name in ("0a", "0b"))
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 2 * 86_400,) * 2)
    census("run")
    assert (old.exists(), young.exists()) == (False, True)


def test_an_empty_inbox_is_no_trouble(tmp_path: Path, census: Census) -> None:
    census("init", tmp_path)
    ran = census("run")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert "inbox" in (tmp_path / "reports" / "digest.txt").read_text(encoding="utf-8")


class Unmoved(Drive):
    def rename(self, source: Path, target: Path) -> None:
        raise AssertionError(source, target)


def test_what_was_changed_since_it_was_read_is_not_archived(tmp_path: Path) -> None:
    source, target = tmp_path / "青石镇.csv", tmp_path / "已处理" / "青石镇.csv"
    source.write_text("单位名称", encoding="utf-8")
    read = str(file_hash.sha256(source))
    source.write_text("单位名称,从业人员", encoding="utf-8")
    assert not archive._moved(source, target, read, Unmoved())
    assert source.exists() and not target.exists()
    assert archive._moved(source, target, str(file_hash.sha256(source)), DRIVE)
    assert target.exists() and not source.exists()


def test_what_changes_at_the_moment_of_the_move_goes_back_where_it_was(tmp_path: Path) -> None:
    class Saving(Drive):
        def rename(self, source: Path, target: Path) -> None:
            if source == read:
                source.write_text("单位名称,从业人员", encoding="utf-8")
            super().rename(source, target)

    read, target = tmp_path / "青石镇.csv", tmp_path / "已处理" / "青石镇.csv"
    read.write_text("单位名称", encoding="utf-8")
    assert not archive._moved(read, target, str(file_hash.sha256(read)), Saving())
    assert read.read_text(encoding="utf-8") == "单位名称,从业人员"
    assert not target.exists()


@pytest.mark.parametrize(
    "name",
    [
        "~$台账.xlsx", ".~台账.et", ".~lock.台账.xlsx#", "~wps8a3f.xls", "~WRL0003.xls", "desktop.ini", "Thumbs.db",
        "5B1D2F30", "台账.xlsx.tmp", "台账.xlsx.part", "台账.partial", "台账.crdownload", "台账.download", ".DS_Store",
    ],
)  # fmt: skip
def test_what_programs_leave_is_passed_over_without_a_word(tmp_path: Path, name: str) -> None:
    book(tmp_path / "whole.xlsx", HEKOU).rename(tmp_path / name)
    looked = inbox.look(tmp_path, _Still(), time.time() + 3600)
    assert (dict(looked.ready), dict(looked.open), looked.left) == ({}, {}, ())
    assert (tmp_path / name).exists()


@pytest.mark.parametrize("what", ["size", "mtime"])
def test_either_of_size_and_time_tells_that_a_file_is_being_written(tmp_path: Path, what: str) -> None:
    """A copy may keep the time of its source, and room may have been made for the whole file before."""
    path = tmp_path / "报表.csv"
    path.write_text("单位名称,从业人员\n", encoding="utf-8")

    class Copying(Drive):
        def sleep(self, seconds: float) -> None:
            before = path.stat()
            if what == "size":
                path.write_text("单位名称,从业人员\n甲,3\n", encoding="utf-8")
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            else:
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))

    found = inbox.look(tmp_path, Copying(), time.time())
    assert [(each.code, each.waiting) for each in found.left] == [("still_moving", True)]
    assert not found.ready


def test_a_file_that_was_put_right_is_read_on_the_same_day(office: Path, census: Census) -> None:
    with_password(office / "河口镇.xlsx")
    assert census("run").code == 3
    book(office / "河口镇.xlsx", HEKOU)
    assert census("run").code == 0
    assert digest(office)["accepted"] == ["河口镇.xlsx"]


def test_what_was_not_understood_is_read_again_once_the_settings_say_more(office: Path, census: Census) -> None:
    book(office / "河口镇.xlsx", HEKOU.replace("单位名称", "户头"))
    census("run")
    assert left(office) == {"河口镇.xlsx": "no_organisation"}
    (office.parent / "census.toml").write_text('[columns]\n"户头" = "name"\n', encoding="utf-8")
    census("run")
    assert (digest(office)["accepted"], left(office)) == (["河口镇.xlsx"], {})


# 33 members where there are 3; its sum is right, so nothing else tells that it is wrong.
WRONG = QINGSHI.replace("| 32 | 3 | 3 | 0 |", "| 32 | 33 | 33 | 0 |")


def members(census: Census, name: str = "云岭县澄溪茶业有限公司") -> int | None:
    rows = [json.loads(line) for line in census("export").out.splitlines()]
    return next((row["members_formal"] for row in rows if row["name"] == name), None)


def wrong_and_undone(office: Path, census: Census) -> Path:
    """A wrong sheet in the place of the right one, entered by `run` and undone by a person; it still lies there."""
    census("run")
    wrong = book(office / "青石镇" / "青石镇更新.xlsx", WRONG)
    census("run")
    assert members(census) == 33
    assert census("undo", "2", "--reason", "报错表了").code == 0
    return wrong


def test_what_a_person_undid_does_not_come_back_overnight(
    office: Path, census: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong_and_undone(office, census)
    label = "青石镇/青石镇更新.xlsx"
    ran = census("run")
    assert (ran.code, left(office), digest(office)["round_made"]) == (3, {label: "undone"}, False)
    assert f"{label}" in ran.out
    assert "该文件对应的记录（第 2 号）已撤销，未再入账" in ran.out
    assert "census ingest" in ran.out
    assert digest(office)["files"]["set_aside"] == 1
    assert census("run").out == ""  # once a day
    monkeypatch.setenv("CENSUS_NOW", TOMORROW)
    book(office / "河口镇.xlsx", HEKOU)  # others go on as ever
    assert "未再入账" in census("run").out
    assert (digest(office)["accepted"], members(census)) == (["河口镇.xlsx"], 3)


def test_what_was_undone_is_entered_by_hand_or_when_it_was_put_right(office: Path, census: Census) -> None:
    wrong = wrong_and_undone(office, census)
    census("run")
    assert census("ingest", wrong).code == 0
    assert members(census) == 33
    census("run")
    assert (left(office), members(census)) == ({}, 33)
    census("undo", "4")
    census("run")
    assert (list(left(office).values()), members(census)) == (["undone"], 3)
    book(wrong, QINGSHI_LATER)
    census("run")
    assert (left(office), members(census)) == ({}, 4)


def test_undoing_the_undoing_brings_it_back_without_a_word(office: Path, census: Census) -> None:
    wrong_and_undone(office, census)
    census("run")
    census("undo", "3")
    census("run")
    assert (left(office), members(census)) == ({}, 33)


def test_handed_in_by_itself_and_undone(office: Path, census: Census) -> None:
    """By itself it is called by its name alone, in the inbox with its folder."""
    census("run")
    census("ingest", book(office / "青石镇" / "青石镇更新.xlsx", WRONG))
    census("undo", "2")
    census("run")
    assert (list(left(office).values()), members(census)) == (["undone"], 3)


@pytest.mark.parametrize("day", ["截止日期：2026年9月30日", ""])
@pytest.mark.parametrize("again", ["returned", "saved_again"])
def test_an_unanswered_return_rolls_nothing_back(
    office: Path, census: Census, monkeypatch: pytest.MonkeyPatch, day: str, again: str
) -> None:
    """Total 3, formal 5; the township mends the cell in its return workbook; then the unmended one comes as well."""
    from openpyxl import load_workbook

    path = book(office / "青石镇" / "青石镇.xlsx", WRONG.replace("| 33 | 33 |", "| 3 | 5 |"))
    if not day:
        book(path, WRONG.replace("| 33 | 33 |", "| 3 | 5 |").replace("截止日期：2026年9月30日", ""))
    census("run")
    [name] = digest(office)["returns"]
    mended = load_workbook(office.parent / "returns" / name)
    mended["Sheet"]["D5"] = 3
    mended.save(office / "改.xlsx")
    census("run")
    assert members(census) == 3
    monkeypatch.setenv("CENSUS_NOW", "2027-01-08T09:00:00+08:00")
    if again == "returned":
        shutil.copy(office.parent / "returns" / name, office / "未改.xlsx")
    else:
        load_workbook(path).save(office / "未改.xlsx")
    census("run")
    assert (members(census), digest(office)["round_made"], digest(office)["standing"]["round"]) == (3, False, 2)
    assert digest(office)["files"]["known"] == 3
