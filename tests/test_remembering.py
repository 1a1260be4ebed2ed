"""What a workspace remembers of a township's own headings, and that it says when a layout changed. All invented."""

import json
import multiprocessing
from pathlib import Path
from typing import Any

import pytest

from coverage_census import settings
from coverage_census.errors import CensusError
from coverage_census.files import amend as amending
from coverage_census.ingest.headings import remember
from coverage_census.model.reading import Level, Problem
from kit import Census, Workbook

TABLE = "| 企业名称 | 从业人员 | 党员总数目 | 所属行业门类别 |\n| 晨曦电子厂 | 5 | 1 | 制造业 |"


def test_a_heading_that_means_just_that_is_remembered_with_all_comments_kept(
    census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    workbook("云溪镇.xlsx", TABLE)
    assert census("init").code == 0
    held = (tmp_path / "census.toml").read_text(encoding="utf-8")

    ran = census("check", "云溪镇.xlsx", "--remember")
    assert "已记入 census.toml：『党员总数目』按“党员总数”（members_total）读取" in ran.out
    written = (tmp_path / "census.toml").read_text(encoding="utf-8")
    assert "猜测的不记：『所属行业门类别』" in ran.out  # a text: only a person can say so
    added = ['"党员总数目" = "members_total"']
    assert set(added) <= set(written.splitlines())
    assert [line for line in written.splitlines() if line not in added] == held.splitlines()

    again = json.loads(census("check", "云溪镇.xlsx", "--json").out)["files"][0]
    assert [each["field"] for each in again["sheets"][0]["columns"]][:3] == ["name", "employees", "members_total"]
    assert [each["cell"] for each in again["problems"] if each["code"] == "unmapped_column_near"] == ["D1"]
    assert "没有需要记住的表头" in census("check", "云溪镇.xlsx", "--remember").out
    assert (tmp_path / "census.toml").read_text(encoding="utf-8") == written


def test_without_a_workspace_it_says_how_to_make_one(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    workbook("云溪镇.xlsx", TABLE)
    ran = census("check", "云溪镇.xlsx", "--remember")
    assert (ran.code, ran.out) == (1, "")
    assert "census init" in ran.err
    assert not (tmp_path / "census.toml").exists()


def guess(heading: str, near: str) -> Problem:
    values: dict[str, str | int | float | None] = {"heading": heading, "near": near, "sure": 1}
    return Problem(code="unmapped_column_near", level=Level.NOTE, file="表.xlsx", values=values)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[columns]\n"在 编" = "employees"\n'),
        ('county = "某某县"  # 县\n', 'county = "某某县"  # 县\n\n[columns]\n"在 编" = "employees"\n'),
        ('[columns]\n# 说明\n"甲" = "name"\n\n', '[columns]\n# 说明\n"甲" = "name"\n"在 编" = "employees"\n'),
        ('[ columns ] # 表头\r\n"甲" = "name"\r\n', '[ columns ] # 表头\r\n"甲" = "name"\r\n"在 编" = "employees"\r\n'),
    ],
)
def test_lines_are_added_and_nothing_else_changes(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "census.toml"
    path.write_bytes(before.encode())
    loaded = settings.load(tmp_path, {})
    assert remember.remember(loaded, [guess("在 编", "employees")]) == {"在 编": "employees"}
    assert path.read_bytes().decode() == after


def test_quotes_and_backslashes_in_a_heading(tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text("[columns]\n", encoding="utf-8")
    heading = '党员"在册"\\情况'
    remember.remember(settings.load(tmp_path, {}), [guess(heading, "members_total")])
    assert settings.load(tmp_path, {}).columns == {heading: "members_total"}


def test_a_file_written_in_another_form_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "census.toml"
    path.write_text('columns = { "甲" = "name" }\n', encoding="utf-8")
    with pytest.raises(CensusError) as stopped:
        remember.remember(settings.load(tmp_path, {}), [guess("在编", "employees")])
    assert stopped.value.key == "remember_not_written"
    assert path.read_text(encoding="utf-8") == 'columns = { "甲" = "name" }\n'


def test_a_text_is_never_remembered_and_a_guess_neither(tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text("", encoding="utf-8")
    loaded = settings.load(tmp_path, {})
    assert remember.remember(loaded, [guess("村里", "village"), guess("代码号", "uscc"), guess("片", "township")]) == {}
    unsure = guess("在 编", "employees")
    unsure = unsure.model_copy(update={"values": {"heading": "在 编", "near": "employees"}})
    assert remember.remember(loaded, [unsure]) == {}
    assert (tmp_path / "census.toml").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    "heading", ["村支书", "经营者", "帮扶人", "账号", "会计", "党员名单", "连絡人", "签名", "人员", "牵头领导", "店主"]
)
def test_persons_are_neither_guessed_nor_remembered(
    heading: str, census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    rows = "\n".join(f"| 晨曦{n}厂 | 5 | {name} |" for n, name in enumerate(["宓菀蘅", "竺旻翀", "厍霁珺"]))
    workbook("云溪镇.xlsx", f"| 企业名称 | 从业人员 | {heading} |\n{rows}")
    census("init")
    held = (tmp_path / "census.toml").read_text(encoding="utf-8")
    ran = census("check", "云溪镇.xlsx", "--remember")
    assert "没有需要记住的表头" in ran.out
    assert "整栏不读、不存" in ran.out
    assert (tmp_path / "census.toml").read_text(encoding="utf-8") == held
    said = ran.out + census("check", "云溪镇.xlsx", "--json").out + census("ingest", "云溪镇.xlsx", "--json").out
    assert not any(name in said for name in ("宓菀蘅", "竺旻翀", "厍霁珺"))


def test_what_an_older_version_remembered_of_a_person_does_no_harm(
    census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    workbook("云溪镇.xlsx", "| 企业名称 | 从业人员 | 村支书 |\n| 晨曦电子厂 | 5 | 宓菀蘅 |")
    census("init")
    settings_file = tmp_path / "census.toml"
    held = settings_file.read_text(encoding="utf-8")
    settings_file.write_text(held.replace("[columns]\n", '[columns]\n"村支书" = "village"\n'), encoding="utf-8")
    ran = census("check", "云溪镇.xlsx")
    assert "census.toml 的 [columns] 把它记作 village，这一行不起作用" in ran.out
    assert "宓菀蘅" not in ran.out + census("check", "云溪镇.xlsx", "--json").out


def test_what_the_office_decided_stands(tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('[columns]\n"在编" = "employees"\n', encoding="utf-8")
    assert remember.remember(settings.load(tmp_path, {}), [guess("在编", "members_total")]) == {}


def test_a_changed_layout_is_said(census: Census, workbook: Workbook) -> None:
    workbook("云溪镇.xlsx", "| 企业名称 | 从业人员 | 党员 | 行业 |\n| 晨曦电子厂 | 5 | 1 | 制造业 |")
    assert census("ingest", "云溪镇.xlsx", "--round", "2026Q3").code == 0
    assert "表样与上次" not in census("check", "云溪镇.xlsx").out
    workbook("云溪镇.xlsx", "| 企业名称 | 从业人员 | 党员 | 备注 |\n| 晨曦电子厂 | 6 | 1 | |")
    assert "表样与上次（2026Q3）不同；新增的栏：『备注』；没有了的栏：『行业』" in census("check", "云溪镇.xlsx").out
    ran = json.loads(census("ingest", "云溪镇.xlsx", "--json").out)
    assert [each["code"] for each in ran["files"][0]["problems"]] == ["layout_changed"]


def test_the_layout_of_a_unit_is_known_under_another_file_name(census: Census, workbook: Workbook) -> None:
    table = "| 填报单位：云溪镇党委 | | |\n| 企业名称 | 从业人员 | {} |\n| 晨曦电子厂 | 5 | 1 |"
    workbook("三季度.xlsx", table.format("党员"))
    census("ingest", "三季度.xlsx", "--round", "2026Q3")
    workbook("四季度.xlsx", table.format("正式党员"))
    assert "新增的栏：『正式党员』；没有了的栏：『党员』" in census("check", "四季度.xlsx").out


def _remembers(folder: Path, number: int, begin: Any) -> None:
    begin.wait()
    remember.remember(settings.load(folder, {}), [guess(f"第{number}种人数", "employees")])


def test_what_many_remember_at_once_is_all_kept(census: Census, tmp_path: Path) -> None:
    """24 commands at one time, each with a heading of its own; comments and all else stay as they were."""
    assert census("init").code == 0
    held = (tmp_path / "census.toml").read_text(encoding="utf-8").splitlines()
    context = multiprocessing.get_context("fork")
    begin = context.Barrier(24)
    every = [context.Process(target=_remembers, args=(tmp_path, number, begin)) for number in range(24)]
    for each in every:
        each.start()
    for each in every:
        each.join()
    assert [each.exitcode for each in every] == [0] * 24
    assert set(settings.load(tmp_path, {}).columns) == {f"第{number}种人数" for number in range(24)}
    assert set(held) <= set((tmp_path / "census.toml").read_text(encoding="utf-8").splitlines())


def test_an_editor_that_saves_meanwhile_loses_nothing(census: Census, tmp_path: Path) -> None:
    """Between reading and replacing somebody saves the file: what he wrote is there afterwards, and the guess too."""
    assert census("init").code == 0
    path = tmp_path / "census.toml"
    seen = list[bytes]()

    def amended(before: bytes) -> bytes:
        if not seen:
            path.write_bytes(before + b"# saved meanwhile\n")
        seen.append(before)
        return before + b"# amended\n"

    amending.amend(path, amended)
    assert len(seen) == 2
    assert path.read_bytes().endswith(b"# saved meanwhile\n# amended\n")
