"""A sheet and its twin: traditional script, full-width letters, blanks or unseen signs put in. Both say the same."""

# ruff: noqa: E501    (the table is as wide as the sheet it stands for)

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

import values_case
from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.sheets import any_sheet
from coverage_census.model.incoming import Incoming
from kit import often

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


LABELS = {
    "职工人数": (30, "约30人", "六十余人", "45(外聘6)", None), "党员总数": (3, "两名", "无党员", "3(含预备1名)", "不详", None),
    "其中预备党员": (1, 0, "一名", None), "是否建立党组织": ("是", "否", "□是 ☑否", "筹建中", "已撤销", None),
    "组建方式": ("单独组建", "联合组建", "拟联合组建", None), "党组织名称": ("云岭茶叶厂党支部", "无", None),
    "党组织成立时间": ("2014年3月", "二〇一六年五月", "2015.6", None), "经营状态": ("正常", "停止营业", "未注销", None),
    "工会": ("有", "无", "已建会", None), "年营业收入": ("300万元", 800, "1.2亿元", None), "备注": ("新迁入", None),
    "负责人": ("方知白", None), "是否选派党建指导员": ("是", "否", "2名", None),
}  # fmt: skip


@st.composite
def cards(draw: st.DrawFn) -> Grid:
    """One card, or two below each other, of one or two labels a row; a title above."""
    rows: list[list[Cell]] = [["枫溪镇两新组织党建情况登记表", None, None, None]]
    for name in draw(st.sampled_from([("云岭茶叶厂",), ("聚贤茶馆", "广源木器厂")])):
        asked = draw(st.lists(st.sampled_from(sorted(LABELS)), min_size=3, max_size=8, unique=True))
        pairs = [("单位名称", name), *((label, draw(st.sampled_from(LABELS[label]))) for label in asked)]
        wide = draw(st.booleans())
        for at in range(0, len(pairs), 2 if wide else 1):
            beside = pairs[at + 1] if wide and at + 1 < len(pairs) else (None, None)
            rows.append([*pairs[at], *beside])
    return Grid("登记表", rows)


MEASURES = ("企业总数", "已建党组织数", "单独组建", "联合组建", "未建党组织", "从业人员总数", "党员总数", "覆盖率")


@st.composite
def crosstabs(draw: st.DrawFn) -> Grid:
    """Townships or classes down, measures across, perhaps a total."""
    heads = draw(st.lists(st.sampled_from(MEASURES), min_size=2, max_size=5, unique=True))
    groups = draw(st.sampled_from([("枫溪镇", "柳林乡", "青石街道"), ("私营企业", "外资企业", "社会组织")]))
    number = st.one_of(st.integers(0, 900), st.sampled_from([None, "—", "12.5%"]))
    rows: list[list[Cell]] = [["两新组织党组织覆盖情况统计表", *[None] * len(heads)], ["乡镇", *heads]]
    rows += [[group, *(draw(number) for _ in heads)] for group in groups]
    if draw(st.booleans()):
        rows.append(["合计", *(draw(number) for _ in heads)])
    return Grid("统计", rows)


@settings(max_examples=often(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(cards(), crosstabs()), st.sampled_from(sorted(TWINS)))
def test_a_card_or_a_table_of_figures_and_its_twin_say_the_same(grid: Grid, name: str) -> None:
    plain = Grid(grid.name, [list(row) for row in grid.rows])
    assert said(twin(grid, TWINS[name])) == said(plain)
