"""Lists of other offices: an office is no place, and its list overwrites nothing. All names are invented."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coverage_census.ingest.cells import places
from coverage_census.ingest.layout import offices
from kit import Census
from stories_case import document, record, records

DAY = "2025年3月31日"


@pytest.mark.parametrize(
    ("office", "county"),
    [
        ("团县委", None), ("团市委", None), ("团区委", None), ("共青团县委", None), ("共青团云岭县委", "云岭县"),
        ("共青团云岭县委员会", "云岭县"), ("团云岭县委", "云岭县"), ("县总工会", None), ("云岭县总工会", "云岭县"),
        ("县妇联", None), ("县妇女联合会", None), ("云岭县妇女联合会", "云岭县"), ("县委组织部", None),
        ("中共云岭县委组织部", "云岭县"), ("县委社会工作部", None), ("县委两新工委", None), ("县直机关工委", None),
        ("县教育局", None), ("县市场监管局", None), ("县市场监督管理局", None), ("云岭县市场监督管理局", "云岭县"),
        ("县民政局", None), ("县税务局", None), ("国家税务总局云岭县税务局", "云岭县"),
        ("县人力资源和社会保障局", None),
        ("县工商联", None), ("县住房和城乡建设局", None), ("县城乡规划局", None), ("县乡村振兴局", None),
        ("县个体私营企业协会", None), ("县委统战部", None), ("市委两新工委", None), ("团风县委组织部", "团风县"),
        ("共青团团风县委", "团风县"), ("县乡镇企业局", None), ("安徽省总工会", None),
    ],
)  # fmt: skip
def test_an_office_is_no_place(office: str, county: str | None) -> None:
    assert places.split_place(office) == (county, None)


@pytest.mark.parametrize(
    ("unit", "place"),
    [
        ("青石镇总工会", (None, "青石镇")), ("云岭县青石镇党委", ("云岭县", "青石镇")),
        ("青石镇市场监管所", (None, "青石镇")),
        ("团结乡团委", (None, "团结乡")), ("团山镇", (None, "团山镇")), ("市桥街道妇联", (None, "市桥街道")),
        ("县底镇", (None, "县底镇")), ("都康乡镇企业", (None, "都康乡")),
    ],
)  # fmt: skip
def test_an_office_of_a_township_is_its_township(unit: str, place: tuple[str | None, str | None]) -> None:
    assert places.split_place(unit) == place


@pytest.mark.parametrize(
    ("unit", "title", "fields", "found"),
    [
        ("县总工会", "基层工会名册", ["name", "has_union"], "union"),
        ("团县委", "名册", ["name", "has_league"], "league"),
        ("共青团云岭县委", "名册", ["name"], "league"),
        (None, "云岭县妇联两新妇女组织名册", ["name", "has_women_org"], "women"),
        (None, "市场监管局企业登记名单", ["name", "uscc"], "market"),
        ("县民政局", "社会组织登记名册", ["name"], "civil"),
        ("国家税务总局云岭县税务局", "纳税人名册", ["name"], "tax"),
        ("县社保中心", "参保单位名册", ["name", "employees"], "social"),
        ("县总工会", "两新组织摸底表", ["name", "has_union", "members_total"], None),  # a survey of theirs
        ("县总工会", "云岭县总工会基层工会组织统计表", ["name", "employees", "has_union", "has_org"], "union"),
        ("团县委", "基层团组织情况", ["name", "has_league", "members_total"], "league"),
        ("县工商联", "云岭县工商联会员企业名单", ["name", "employees", "members_total"], "commerce"),
        ("县民政局", "社会组织登记名册", ["name", "members_formal"], "civil"),
        ("县民政局", "社会组织党建情况表", ["name", "members_formal", "has_org"], None),
        ("县民政局", "社会组织情况表", ["name", "members_formal", "has_org"], None),
        ("青石镇", "青石镇群团组织台账", ["name", "has_union"], None),
        ("青石镇", "市场监管局企业登记名单", ["name", "uscc"], None),  # the township answers for it
        (None, "青石镇两新组织台账", ["name", "employees"], None),
        (None, "两新组织工会、共青团、妇联建设台账", ["name", "has_union", "has_org"], None),
        ("县委组织部", "两新组织名册", ["name", "employees"], None),
    ],
)
def test_whose_list_it_is(unit: str | None, title: str, fields: Sequence[str], found: str | None) -> None:
    assert offices.register(unit, [title], fields) == found


HEAD = (
    "单位名称",
    "乡镇（街道）",
    "从业人员",
    "党员总数",
    "正式党员",
    "是否建立党组织",
    "是否建立工会",
    "是否建立团组织",
    "团员人数",
)
A, B, C = "云岭祥云机械有限公司", "云岭德邦机械有限公司", "云岭兴旺物流有限公司"
SURVEY = [(A, "青石镇", 30, 4, 4, "是", "否", "否", 2), (B, "青石镇", 20, 1, 1, "否", "是", None, 4)]
UNION = ("单位名称", "所在乡镇", "是否建立工会", "工会会员人数", "职工人数")


def listing(folder: Path, file: str, *tabs: tuple[str, str, Sequence[str], Sequence[Sequence[Any]]]) -> str:
    """A workbook; a tab is its title, who fills in, the heading and the rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, (title, unit, head, rows) in enumerate(tabs, start=1):
        tab = book.create_sheet(f"表{number}")
        lines: list[Sequence[Any]] = [[title], [f"填报单位：{unit}", None, None, f"截止日期：{DAY}"], head, *rows]
        for row in lines:
            tab.append(list(row))
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return str(path)


@pytest.fixture
def surveyed(census: Census, tmp_path: Path) -> None:
    path = listing(tmp_path, "青石镇.xlsx", ("青石镇两新组织台账", "青石镇", HEAD, SURVEY))
    assert census("ingest", path).code == 0


def union(folder: Path, *rows: Sequence[Any]) -> str:
    return listing(folder, "工会.xlsx", ("县总工会基层工会名册", "县总工会", UNION, rows))


def test_both_cells_are_named(surveyed: None, census: Census, tmp_path: Path) -> None:
    ran = census("ingest", union(tmp_path, (A, "青石镇", "是", 18, 33), (C, "青石镇", "是", 40, 55)))
    assert ran.code == 3
    said = "".join(ran.out.split())
    assert "工会.xlsx!表1!C4“云岭祥云机械有限公司”：工会名册“是否建立工会”为是，台账为否（青石镇.xlsx!表1!G4）" in said
    assert "工会.xlsx!表1!E4“云岭祥云机械有限公司”：工会名册“从业人员”为33名，台账为30名（青石镇.xlsx!表1!C4）" in said
    assert f"名册有、台账无的1家，没有入账：{C}" in said
    assert "台账不详、工会名册有数的1项，没有采用：工会会员" in said
    found = record(census, A)
    assert (found["has_union"], found["employees"], found["union_members"]) == (False, 30, None)
    assert len(records(census)) == 2 and len(document(census, "rounds")) == 1


def test_it_blanks_nothing(surveyed: None, census: Census, tmp_path: Path) -> None:
    before = records(census)
    path = listing(
        tmp_path,
        "团委.xlsx",
        (
            "团县委两新团组织名册",
            "团县委",
            ("单位名称", "所在乡镇", "是否建立团组织", "团员人数"),
            [(B, "青石镇", "是", None)],
        ),
    )
    ran = census("ingest", path)
    assert (ran.code, records(census)) == (3, before)
    assert "团组织" in ran.out  # what it would add is said


def test_what_agrees_is_not_reported(surveyed: None, census: Census, tmp_path: Path) -> None:
    ran = census("ingest", union(tmp_path, (B, "青石镇", "是", None, 20)))
    assert ran.code == 3 and B not in ran.out


def test_a_workbook_of_both(census: Census, tmp_path: Path) -> None:
    path = listing(
        tmp_path, "汇总.xlsx",
        ("青石镇两新组织台账", "青石镇", HEAD, SURVEY),
        ("县总工会基层工会名册", "县总工会", UNION, [(A, "青石镇", "是", 18, 33)]),
    )  # fmt: skip
    ran = census("ingest", path)
    assert ran.code == 3 and "汇总.xlsx!表2!E4" in ran.out
    assert record(census, A)["employees"] == 30 and len(records(census)) == 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_together_with_the_survey_in_any_order(order: Sequence[int], census: Census, tmp_path: Path) -> None:
    files = [
        listing(tmp_path, "b青石镇.xlsx", ("青石镇两新组织台账", "青石镇", HEAD, SURVEY)),
        listing(tmp_path, "a工会.xlsx", ("县总工会基层工会名册", "县总工会", UNION, [(A, "青石镇", "是", 18, 33)])),
    ]
    assert census("ingest", *[files[each] for each in order]).code == 3
    assert record(census, A)["employees"] == 30


def test_where_no_ledger_was_begun(census: Census, tmp_path: Path) -> None:
    ran = census("ingest", union(tmp_path, (A, "青石镇", "是", 18, 33)))
    assert ran.code == 3 and "名册有、台账无的 1 家" in ran.out
    assert not (tmp_path / "ledger").exists()


def test_a_survey_of_theirs_is_a_survey(census: Census, tmp_path: Path) -> None:
    path = listing(tmp_path, "摸底.xlsx", ("两新组织摸底表", "县总工会", HEAD, SURVEY))
    assert census("ingest", path).code == 0
    assert len(records(census)) == 2


def test_check_says_what_it_is(census: Census, tmp_path: Path) -> None:
    path = union(tmp_path, (A, "青石镇", "是", 18, 33))
    (file,) = json.loads(census("check", path, "--json").out)["files"]
    assert "other_register" in [each["code"] for each in file["problems"]]
    assert "工会的名册" in census("check", path).out


def test_a_preview_and_an_inbox(census: Census, tmp_path: Path) -> None:
    census("init")
    listing(tmp_path, "inbox/青石镇.xlsx", ("青石镇两新组织台账", "青石镇", HEAD, SURVEY))
    census("run")
    listing(tmp_path, "inbox/工会.xlsx", ("县总工会基层工会名册", "县总工会", UNION, [(A, "青石镇", "是", 18, 33)]))
    assert census("ingest", "inbox/工会.xlsx", "--dry-run").code == 3
    ran = census("run")
    assert ran.code == 3 and "其他部门的名册" in ran.out
    assert record(census, A)["employees"] == 30
