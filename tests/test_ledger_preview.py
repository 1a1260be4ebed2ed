"""`census ingest --dry-run`: old → new before anything is written; and nothing is, not even a folder."""

import json
from pathlib import Path

from kit import Census, Workbook

FIRST = """
| 乡镇 | 单位名称 | 正式党员 | 是否建立党组织 |
| 首阳镇 | 富民食品有限公司 | 2 | 否 |
| 首阳镇 | 兴旺建材有限公司 | 5 | 否 |
| 首阳镇 | 和顺商贸有限公司 | 1 | 否 |
| 首阳镇 | 天河机械有限公司 | 0 | 否 |
"""
SECOND = """
| 乡镇 | 单位名称 | 正式党员 | 是否建立党组织 |
| 首阳镇 | 富民食品有限公司 | | 否 |
| 首阳镇 | 兴旺建材有限公司 | 5 | 是 |
| 首阳镇 | 天河机械有限公司 | 0 | 否 |
| 首阳镇 | 新起点科技有限公司 | 0 | 否 |
"""


def every_byte(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_ledger_is_begun(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    path = workbook("a.xlsx", FIRST)
    ran = census("ingest", path, "--dry-run")
    assert ran.code == 0 and "新增单位：4" in ran.out
    assert "什么也没有写" in ran.out.splitlines()[-1]
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


def test_old_to_new_by_organisation_and_not_a_byte_changed(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    census("ingest", workbook("a.xlsx", FIRST))
    path = workbook("b.xlsx", SECOND)
    before = every_byte(tmp_path)
    said = census("ingest", path, "--dry-run").out
    for line in ("富民食品有限公司：正式党员 2名 → 未知", "兴旺建材有限公司：是否建立党组织 否 → 是", "未再上报：1"):
        assert line in said
    assert "Only a preview" in census("ingest", path, "--dry-run", "--lang", "en").out
    found = json.loads(census("ingest", path, "--dry-run", "--json").out)
    assert every_byte(tmp_path) == before
    assert (found["written"], found["round"]) == (False, 2)
    assert found["counts"] == {"changed": 2, "unchanged": 1, "duplicates": 0, "carried": 1}
    assert [each["name"] for each in found["added"]] == ["新起点科技有限公司"]
    assert [each["name"] for each in found["silent"]] == ["和顺商贸有限公司"]
    assert [(each["name"], each["field"], each["old"], each["new"]) for each in found["blanks"]] == [
        ("富民食品有限公司", "members_formal", 2, None)
    ]
    made = json.loads(census("ingest", path, "--json").out)
    assert {name: made["counts"][name] for name in found["counts"]} == found["counts"]
    assert json.loads(census("diff", "1", "2", "--json").out)["fields"] == found["fields"]


def test_known_files_and_files_with_nothing_in_them(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    path = workbook("a.xlsx", FIRST)
    census("ingest", path)
    again = census("ingest", path, "--dry-run")
    assert again.code == 0 and "没有变化" in again.out
    assert json.loads(census("ingest", path, "--dry-run", "--json").out)["already_in"] == [
        {"file": "a.xlsx", "round": 1}
    ]
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 cut off")
    broken = census("ingest", tmp_path / "cut.xlsx", "--dry-run", "--json")
    assert broken.code == 3
    assert json.loads(broken.out)["round"] is None


def test_the_receipt_says_what_became_of_everything(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    workbook("in/a.xlsx", FIRST)
    census("ingest", "in")
    workbook("in/b.xlsx", SECOND.replace("| 是否建立党组织 |", "| 是否建立党组织 | 联系电话 |"))
    (tmp_path / "in" / "cut.xlsx").write_bytes(b"PK\x03\x04 cut off")
    said = census("ingest", "in", "--no-returns").out
    assert "受理 1 个文件，退回 1 个，此前已入账 1 个" in said
    assert "单位新增 1 家、变化 2 家、不变 1 家" in said
    assert "舍弃涉及个人的列 1 个" in said
