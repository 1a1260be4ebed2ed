"""A sheet and its twin: traditional script, full-width letters, blanks or unseen signs put in. Both say the same."""

# ruff: noqa: E501    (the table is as wide as the sheet it stands for)

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from opencc import OpenCC

import values_case
from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.sheets import any_sheet
from coverage_census.model.incoming import Incoming

TRADITIONAL = OpenCC("s2t")
BACK = OpenCC("t2s")
BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
WIDE = {
    code: code + 0xFEE0 for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B), ord("("), ord(")"))
}

TABLE: list[list[Cell]] = [
    ["枫溪镇两新组织党建台账", None, None, None, None, None, None, None, None, None, None],
    ["填报单位：枫溪镇党委", None, None, None, "单位：万元", None, None, None, None, None, None],
    ["序号", "单位名称", "职工人数", "党员总数", "年营业收入", "是否建立党组织", "组建方式", "党组织成立时间", "经营状态", "法定代表人", "备注"],
    [1, "永丰碾米厂", "约30人", "两名", "约300万元", "否", "筹建中", "筹建中", "正常", "方知白", "负责人：方知白"],
    [2, "广源木器厂", "六十余人", "无党员", "无", "已撤销", None, "无", "未注销", "柳未央", "新迁入"],
    [3, "聚贤茶馆", "不详", "暂无", "不详", "尚未批复", "拟联合组建", "不详", "停止营业", None, "电话13800000000"],
    [4, "华兴织造厂", "45(外聘6)", "3(含预备1名)", 800, "已建立", "□单独 ☑联合", "2014年3月", "恢复营业", "云中鹤", None],
    [5, "云岭茶叶厂", "一百二", "5(其中女2)", "1亿2千万", "有条件未建", "单独组建", "成立于2016年5月", "在业", None, "党支部已撤销"],
    ["合计", None, "共240人", 12, None, 1, None, None, None, None, None],
]  # fmt: skip


def blanks(text: str) -> str:
    """A blank or a sign that nobody sees between some of the characters."""
    chance = random.Random(text)
    return BETWEEN.sub(lambda _: chance.choice(["", "", " ", "\u200b", "\u00ad", "\ufeff"]), text)


TWINS: dict[str, Callable[[str], str]] = {
    "traditional": TRADITIONAL.convert,
    "full width": lambda text: text.translate(WIDE),
    "blanks": blanks,
    "all": lambda text: blanks(TRADITIONAL.convert(text)).translate(WIDE),
}


def twin(grid: Grid, change: Callable[[str], str]) -> Grid:
    rows = [[change(cell) if isinstance(cell, str) else cell for cell in row] for row in grid.rows]
    return Grid(grid.name, rows, grid.merges)


def said(grid: Grid) -> object:
    """Values, qualifiers, problems and what was dropped; texts of messages aside, which quote the cells."""
    sheet = any_sheet.read(grid, Incoming(path=Path("表.xlsx"), label="表.xlsx"), {})
    sheet.check()
    sheet.check_totals({})
    columns = [(each.column, each.field, each.dropped) for each in sheet.reading.columns]
    facts = [(each.rows, each.values, each.qualifiers, each.bounds) for each in sheet.facts]
    told = [*sheet.problems, *(each for part in sheet.facts for each in part.problems)]
    problems = sorted((each.code, str(each.cell), each.level) for each in told)
    return sheet.reading.kind, sheet.reading.township, columns, facts, problems


@pytest.mark.parametrize("name", TWINS)
def test_a_ledger_and_its_twin_say_the_same(name: str) -> None:
    plain = Grid("表", [list(row) for row in TABLE])
    twin_ = twin(Grid("表", [list(row) for row in TABLE]), TWINS[name])
    assert said(twin_) == said(plain)


@pytest.mark.parametrize("file", values_case.FILES)
@pytest.mark.parametrize("name", ["traditional", "full width"])
def test_every_cell_and_its_twin_say_the_same(file: str, name: str) -> None:
    """Of the cells whose words come back from traditional script as they were."""
    different = [
        str(case)
        for case in values_case.cases(file)
        if BACK.convert(TRADITIONAL.convert(case.cell)) == case.cell and not case.cell.startswith(("d:", "n:"))
        if said(twin(values_case.grid(case), TWINS[name])) != said(values_case.grid(case))
    ]
    assert not different, "\n".join(different)
