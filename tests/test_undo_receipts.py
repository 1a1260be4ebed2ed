"""What undoing says: which period it would take back beside the one named, what the next run does, and the way back."""

import re
import shutil
from pathlib import Path

import pytest

from kit import Census, Workbook
from stories_case import HEAD, book, document, firm, records
from test_late_periods import SHEETS, SHOP, WORK


def night(workbook: Workbook, census: Census, count: int = 5) -> None:
    """A run that takes in one sheet of every township."""
    for number in range(count):
        name = f"云岭第{'甲乙丙丁戊己庚辛壬癸'[number]}食品有限公司"
        town = f"{'柳石青白河天文长首永'[number]}岭镇"
        book(workbook, f"inbox/{town}.xlsx", f"{town}两新组织台账", "2026年9月30日", [firm(name)], HEAD)
    assert census("run").code == 0


def office(census: Census) -> None:
    """A workspace whose runs make no reports."""
    census("init")
    Path("census.toml").write_text("[run]\nreports = []\n", encoding="utf-8")


def command(said: str) -> list[str]:
    """The one command that a receipt names for entering again."""
    (found,) = re.findall(r"全部重新入账：census (ingest \S+)", said)
    return str(found).split()


def test_an_entry_of_two_periods_is_not_undone_by_one_of_them(census: Census, workbook: Workbook) -> None:
    assert census("ingest", workbook("both.xlsx", SHEETS)).code == 0
    for period in ("2026Q2", "2026Q3", "2026年第二季度", "三季度"):
        ran = census("undo", period)
        assert (ran.code, ran.out) == (1, ""), period
        for word in ("2026年第二季度（石桥镇）", "2026年第三季度（柳河镇）", "census undo 1"):
            assert word in ran.err, ran.err
    assert "two periods" in census("undo", "2026Q2", "--lang", "en").err
    assert {each["name"] for each in records(census)} == {WORK, SHOP}
    assert census("undo", "1").code == 0
    assert records(census) == []


def test_an_entry_of_one_period_is(census: Census, workbook: Workbook) -> None:
    for name in ("q2", "q3"):
        census("ingest", workbook(f"{name}.xlsx", SHEETS[name]))
    assert census("undo", "2026Q3").code == 0
    assert {each["name"] for each in records(census)} == {SHOP}


@pytest.mark.parametrize("archived", [False, True])
def test_a_night_comes_back_by_the_command_that_is_named(
    census: Census, workbook: Workbook, tmp_path: Path, archived: bool
) -> None:
    office(census)
    night(workbook, census)
    if archived:
        census("run", "--archive")
    before = {each["name"] for each in records(census)}
    ran = census("undo", "1")
    assert ran.code == 0 and "census run 不会再收" in ran.out and "5 个" in ran.out, ran.out
    assert records(census) == []
    assert census("run").code == (0 if archived else 3)
    assert records(census) == []
    assert census(*command(ran.out)).code == 0
    assert {each["name"] for each in records(census)} == before
    again = census("run")
    assert (again.code, again.out) == (0, "") or again.code == 0, again.out
    assert {each["state"] for each in document(census, "missing")} == {"reported"}


def test_a_file_that_was_mended_comes_by_itself(census: Census, workbook: Workbook) -> None:
    office(census)
    night(workbook, census)
    census("undo", "1")
    book(workbook, "inbox/柳岭镇.xlsx", "柳岭镇两新组织台账", "2026年9月30日", [firm("云岭第甲食品有限公司", formal=5)])
    ran = census("run")
    assert ran.code == 3 and "census ingest inbox" in ran.out
    assert [each["members_formal"] for each in records(census)] == [5]
    assert census("ingest", "inbox").code == 0
    assert len(records(census)) == 5


def test_as_it_was(census: Census, workbook: Workbook) -> None:
    office(census)
    night(workbook, census)
    before = records(census)
    (number,) = re.findall(r"照原样恢复：census undo (\d+)", census("undo", "1").out)
    ran = census("undo", number)
    assert "第 1 号记录恢复了" in ran.out and "ingest" not in ran.out
    assert records(census) == before
    assert (census("run").code, census("run").out) == (0, "")


def test_files_from_elsewhere_are_named(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    census("init")
    path = book(workbook, "桌面/柳岭镇.xlsx", "柳岭镇两新组织台账", "2026年9月30日", [firm("云岭第甲食品有限公司")])
    census("ingest", path)
    ran = census("undo", "1")
    assert "不在收件箱的有 1 个：柳岭镇.xlsx" in ran.out and "全部重新入账" not in ran.out
    shutil.rmtree(tmp_path / "inbox")
    assert census("ingest", path).code == 0
    assert len(records(census)) == 1


def test_a_period_that_came_in_twice_is_not_gone_with_its_last_entry(census: Census, workbook: Workbook) -> None:
    """Entered at two times, or read again since; who names the period is told what still holds of it."""
    for town in ("柳岭镇", "石岭镇"):
        book(workbook, f"{town}.xlsx", f"{town}两新组织台账", "2026年9月30日", [firm(f"{town}食品有限公司")], HEAD)
        assert census("ingest", f"{town}.xlsx").code == 0
    first = census("undo", "2026年第三季度")
    assert "第 1 号记录没有撤" in first.out and "census undo 1" in first.out, first.out
    assert [each["township"] for each in records(census)] == ["柳岭镇"]
    assert "没有撤" not in census("undo", "1").out
    assert records(census) == []
