"""One valid code is one organisation, whenever it appears; what only looks alike is asked; 个转企. All invented."""

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from coverage_census.sample.units import uscc
from kit import Census, Workbook
from stories_case import HEAD, Row, book, document, firm, record, records

X, Y = uscc.make("91", "349900", 131), uscc.make("91", "349900", 132)
OLD, NEW, OTHER = "云岭科创建材有限公司", "云岭新科建材有限公司", "云岭恒通物流有限公司"
MONTHS = ("3", "6", "9", "12")


def quarters(census: Census, workbook: Workbook, *rows: Sequence[Row], head: Sequence[str] = HEAD) -> None:
    """One sheet of 石桥镇 after the other; a firm that never changes stands in each."""
    for month, each in zip(MONTHS, rows, strict=False):
        other = (OTHER, Y, 40, 3, 3, 0, "否", *[None] * (len(head) - len(HEAD)))
        book(workbook, f"{month}.xlsx", "石桥镇两新组织党建台账", f"2025年{month}月28日", [*each, other], head)
        ran = census("ingest", f"{month}.xlsx")
        assert ran.code == 0, ran.out + ran.err


def codes(census: Census) -> dict[str, str | None]:
    return {each["name"]: each["uscc"] for each in records(census)}


def asked(folder: Path) -> list[tuple[str, str, str]]:
    """The pairs of the newest review workbook: names and why."""
    found = sorted((folder / "returns").glob("待认定_*.xlsx"), key=lambda path: path.stat().st_mtime_ns)
    if not found:
        return []
    rows = list(openpyxl.load_workbook(found[-1]).worksheets[0].iter_rows(min_row=7, values_only=True))
    return [(str(row[1]).split("\n")[0], str(row[4]).split("\n")[0], str(row[7])) for row in rows]


class TestACodeThatComesLate:
    @pytest.mark.parametrize(
        "story",
        [
            ((OLD, X), (NEW, None), (NEW, X)),  # known with it under the old name
            ((NEW, None), (OLD, X), (NEW, X)),  # the name without it came first
            ((OLD, None), (NEW, X), (OLD, X)),  # and back to the old name
            ((OLD, X), ("和美商贸有限公司", None), ("和美商贸有限公司", X)),  # another name altogether
            ((OLD, X), (NEW, "91349900X"), (NEW, X)),  # mistyped first
        ],
    )
    def test_it_reunites(self, story: Sequence[tuple[str, str | None]], census: Census, workbook: Workbook) -> None:
        quarters(census, workbook, *([firm(*each)] for each in story))
        assert codes(census) == {OTHER: Y, story[-1][0]: X}
        assert document(census, "gaps", "--township")[0]["organisations"] == 2
        assert census("verify").code == 0

    def test_diff_says_that_they_are_one(self, census: Census, workbook: Workbook) -> None:
        quarters(census, workbook, [firm(OLD, X)], [firm(NEW)], [firm(NEW, X)])
        found = document(census, "diff")
        assert [{who["name"] for who in each["names"]} for each in found["merged"]] == [{OLD, NEW}]
        assert (found["gone"], found["added"], found["silent"]) == ([], [], [])
        first = document(census, "diff", "1", "3")
        assert [(each["old"], each["new"]) for each in first["renamed"]] == [(OLD, NEW)]

    def test_ticks_follow(self, census: Census, workbook: Workbook) -> None:
        quarters(census, workbook, [firm(OLD, X)])
        (task,) = [each["id"] for each in document(census, "tasks", "--list") if each["name"] == OLD]
        assert census("tasks", "--done", task, "--evidence", "石组〔2025〕3号").code == 0
        quarters(census, workbook, [firm(OLD, X)], [firm(NEW)], [firm(NEW, X)])
        tasks = {each["name"]: each for each in document(census, "tasks", "--list")}
        assert tasks[NEW]["id"] == task and "石组" in json.dumps(tasks[NEW], ensure_ascii=False)

    def test_what_the_old_name_knew_stays_known(self, census: Census, workbook: Workbook) -> None:
        head = (*HEAD, "行业")
        quarters(census, workbook, [(*firm(OLD, X), "建材")], head=head)
        quarters(census, workbook, [(*firm(OLD, X), "建材")], [(*firm(NEW), None)], [(*firm(NEW, X), None)], head=head)
        assert record(census, NEW)["industry"] == "建材"

    def test_undone_they_are_two_again(self, census: Census, workbook: Workbook) -> None:
        quarters(census, workbook, [firm(OLD, X)], [firm(NEW)], [firm(NEW, X)])
        assert census("undo", "3").code == 0
        assert codes(census) == {OLD: X, NEW: None, OTHER: Y}


class TestAPersonDecides:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("云岭宏达超市有限公司", "云岭宏达超市有限公司石桥分公司"),
            ("云岭宏达超市一分店", "云岭宏达超市二分店"),
            ("云岭第一幼儿园", "云岭第二幼儿园"),
        ],
    )
    def test_a_branch_under_its_head_offices_code(
        self, one: str, other: str, census: Census, workbook: Workbook, tmp_path: Path
    ) -> None:
        quarters(census, workbook, [firm(one, X)], [firm(other)], [firm(other, X)])
        assert codes(census) == {one: X, other: X, OTHER: Y}
        assert (one, other) in [pair[:2] for pair in asked(tmp_path)]

    def test_both_side_by_side(self, census: Census, workbook: Workbook, tmp_path: Path) -> None:
        quarters(census, workbook, [firm(OLD, X), firm(NEW)], [firm(NEW, X)])
        assert codes(census) == {OLD: X, NEW: X, OTHER: Y}
        assert (OLD, NEW) in [pair[:2] for pair in asked(tmp_path)]

    def test_one_that_was_named_with_the_other(self, census: Census, workbook: Workbook) -> None:
        """NEW was known when OLD was named last."""
        quarters(census, workbook, [firm(OLD, X)], [firm(NEW)], [firm(OLD, X), firm(NEW)], [firm(NEW, X)])
        assert codes(census) == {OLD: X, NEW: X, OTHER: Y}

    def test_far_away(self, census: Census, workbook: Workbook) -> None:
        quarters(census, workbook, [firm(OLD, X)])
        head = ("乡镇", *HEAD)
        for file, code in (("甲.xlsx", None), ("乙.xlsx", X)):
            rows = [("大坪乡", *firm("和美商贸有限公司", code)), ("大坪乡", *firm("大坪茶厂"))]
            book(workbook, file, "两新组织台账", f"2025年{6 if code else 5}月30日", rows, head)
            assert census("ingest", file).code == 0
        assert codes(census)["和美商贸有限公司"] == X and codes(census)[OLD] == X

    def test_whoever_said_that_they_are_two_is_believed(
        self, census: Census, workbook: Workbook, tmp_path: Path
    ) -> None:
        quarters(census, workbook, [firm(OLD, X)], [firm(NEW)])
        (review,) = (tmp_path / "returns").glob("待认定_*.xlsx")
        found = openpyxl.load_workbook(review)
        found.worksheets[0].cell(7, 10).value = "不是"
        found.save(review)
        assert census("ingest", str(review)).code == 0
        book(workbook, "9.xlsx", "石桥镇台账", "2025年9月28日", [firm(NEW, X), firm(OTHER, Y)])
        census("ingest", "9.xlsx")
        assert codes(census) == {OLD: X, NEW: X, OTHER: Y}


class TestMaybeRenamed:
    HEAD = (*HEAD, "地址")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ((*firm(OLD, X), None), (*firm(NEW), None)),
            ((*firm(OLD, staff=8), "石桥路8号"), (*firm("和美商贸有限公司", staff=9), "石桥路 8号")),
            ((*firm(OLD, staff=137), None), (*firm("和美商贸有限公司", staff=137), None)),
        ],
    )
    def test_proposed_and_never_done(
        self, old: Row, new: Row, census: Census, workbook: Workbook, tmp_path: Path
    ) -> None:
        quarters(census, workbook, [old], [new], head=self.HEAD)
        assert [pair[:2] for pair in asked(tmp_path)] == [(old[0], new[0])]
        assert "疑似更名" in asked(tmp_path)[0][2]
        found = document(census, "diff")["maybe_renamed"]
        assert [(each["old"]["name"], each["new"]["name"]) for each in found] == [(old[0], new[0])]
        assert f"石桥镇 {old[0]} → {new[0]}" in census("diff").out
        assert len(records(census)) == 3

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (firm("城东幼儿园", staff=5), firm("城西幼儿园", staff=6)),
            (firm(OLD, X), firm("云岭新科建材有限公司", uscc.make("91", "349900", 7))),
            (firm("富民食品有限公司", staff=5), firm("和美商贸有限公司", staff=5)),
            (firm("第一小学"), firm("第二小学")),
        ],
    )
    def test_not_proposed(self, old: Row, new: Row, census: Census, workbook: Workbook, tmp_path: Path) -> None:
        quarters(census, workbook, [old], [new])
        assert asked(tmp_path) == []
        assert document(census, "diff")["maybe_renamed"] == []

    def test_whoever_is_still_named_was_not_renamed(self, census: Census, workbook: Workbook, tmp_path: Path) -> None:
        quarters(census, workbook, [firm(OLD, X)], [firm(OLD, X), firm(NEW)])
        assert asked(tmp_path) == [] and document(census, "diff")["maybe_renamed"] == []


class TestFromSoleTraderToCompany:
    CODE = uscc.make("92", "349900", 5)

    def story(self, census: Census, workbook: Workbook, *rows: tuple[str, str, str | None, str | None]) -> None:
        """`file, day, name, kind`: one sheet each."""
        for file, day, name, kind in rows:
            table = [(*firm(name or "", self.CODE), kind), (*firm(OTHER, Y), "企业")]
            book(workbook, file, "石桥镇两新组织台账", day, table, (*HEAD, "单位类别"))
            assert census("ingest", file).code == 0

    def test_it_is_an_event(self, census: Census, workbook: Workbook) -> None:
        self.story(
            census, workbook,
            ("一.xlsx", "2025年6月30日", "石桥富民小吃店", "个体工商户"),
            ("二.xlsx", "2025年9月30日", "石桥富民餐饮有限公司", "企业"),
        )  # fmt: skip
        found = document(census, "diff")
        assert [(each["name"], each["uscc"]) for each in found["converted"]] == [("石桥富民餐饮有限公司", self.CODE)]
        assert (found["added"], found["silent"], found["closed"]) == ([], [], [])
        assert "个转企" in census("diff").out and len(records(census)) == 2

    @pytest.mark.parametrize(
        ("name", "day", "kind"),
        [
            ("石桥富民餐饮有限公司", "2025年9月30日", "enterprise"),
            ("石桥富民餐饮有限公司", None, "enterprise"),
            ("石桥富民小吃店", "2025年9月30日", "sole_trader"),
            ("石桥富民餐饮有限公司", "2025年6月30日", "sole_trader"),
        ],
    )
    def test_the_form_of_the_name_decides_the_kind(
        self, name: str, day: str | None, kind: str, census: Census, workbook: Workbook
    ) -> None:
        self.story(census, workbook, ("一.xlsx", day or "", name, None))
        assert record(census, name)["kind"] == kind

    @pytest.mark.parametrize(("day", "said"), [("2025年9月30日", False), ("2025年6月30日", True)])
    def test_no_warning_after_that_day(self, day: str, said: bool, census: Census, workbook: Workbook) -> None:
        rows = [(*firm("石桥富民餐饮有限公司", self.CODE), "企业")]
        book(workbook, "一.xlsx", "石桥镇两新组织台账", day, rows, (*HEAD, "单位类别"))
        (file,) = json.loads(census("check", "一.xlsx", "--json").out)["files"]
        assert ("kind_against_code" in [each["code"] for each in file["problems"]]) is said

    def test_registered_after_that_day_on_an_older_sheet(self, census: Census, workbook: Workbook) -> None:
        rows = [(*firm("石桥富民餐饮有限公司", self.CODE), "2025年8月1日")]
        book(workbook, "一.xlsx", "石桥镇两新组织台账", "2025年6月30日", rows, (*HEAD, "注册时间"))
        assert census("ingest", "一.xlsx").code == 0
        assert record(census, "石桥富民餐饮有限公司")["kind"] == "enterprise"
