"""A workbook protected against writing only is encrypted with a password that everybody knows; others stay shut."""

import io
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from coverage_census.ingest.containers import unlocked
from coverage_census.ingest.refusal import Refused
from kit import Census, cells
from reading_case import book

TABLE = "| 单位名称 | 职工人数 | 党员总数 |\n| 青禾米业有限公司 | 30 | 4 |\n| 白石渡造船厂 | 12 | |"


def locked(password: str) -> bytes:
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(book({"表": cells(TABLE)}))).encrypt(password, made)
    return made.getvalue()


def test_excels_own_password_opens(census: Census, tmp_path: Path) -> None:
    (tmp_path / "只读.xlsx").write_bytes(locked(unlocked.KNOWN_TO_ALL))
    ran = census("ingest", "只读.xlsx")
    assert ran.code == 0, ran.err
    assert "青禾米业有限公司" in census("export", "--format", "jsonl").out


def test_any_other_password_is_said_in_one_sentence(census: Census, tmp_path: Path) -> None:
    (tmp_path / "设密码.xlsx").write_bytes(locked("geheim"))
    ran = census("check", "设密码.xlsx")
    assert ran.code == 3 and "工作簿设了密码" in ran.out and "Traceback" not in ran.out + ran.err


@pytest.mark.parametrize("cut", [600, 3000])
def test_half_of_a_locked_workbook_is_refused(cut: int) -> None:
    data = locked(unlocked.KNOWN_TO_ALL)
    with pytest.raises(Refused):
        unlocked.plain(data[: len(data) - cut])


def test_what_is_not_locked_stays_as_it_is() -> None:
    plain = book({"表": cells(TABLE)})
    assert unlocked.plain(plain) is plain
