"""`census plan liaison` as typed: from the workbooks of townships and officers to the plan, problems and steps."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from kit import Census, Ran, Workbook

ORGANISATIONS = """
| 单位名称 | 统一社会信用代码 | 所属乡镇 | 行业 | 从业人员 | 党员总数 | 是否建立党组织 | 党建工作指导员 |
| 甲食品有限公司 | | 东镇 | 食品制造业 | 20 | 0 | 否 | 0 |
| 乙物流有限公司 | | 西镇 | 道路运输业 | 10 | 1 | 否 | 0 |
| 丙商贸有限公司 | | 东镇 | 批发业 | 150 | 0 | 否 | 0 |
| 丁纸业有限公司 | | 西镇 | 造纸和纸制品业 | 8 | 0 | 否 | |
| 戊养殖有限公司 | | 东镇 | 畜牧业 | 8 | 0 | 否 | 1 |
| 己建材有限公司 | | 东镇 | 批发业 | 8 | 4 | 是 | 0 |
"""
OFFICERS = """
| 岗位代码 | 岗位职务 | 专长行业 | 服务乡镇 | 可联系家数 | 专兼职 |
| ZD-1 | 镇组织委员 | 食品制造业 | 东镇 | 2 | 专职 |
| ZD-2 | 市场监管所干部 | 道路运输业 | 西镇 | 2 | 兼职 |
"""


@pytest.fixture
def ledger(census: Census, workbook: Workbook) -> None:
    """Six organisations of a county; four of them need an officer."""
    census("ingest", workbook("甲县/台账.xlsx", ORGANISATIONS), "--no-returns")


def _plan(ran: Ran) -> dict[str, Any]:
    assert ran.out, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def _who(plan: dict[str, Any]) -> dict[str, str]:
    return {each["subject"]["name"][0]: each["officer"] for each in plan["assignments"]}


def _codes(plan: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(each["code"], each["sheet"], each["cell"]) for each in plan["problems"]]


@pytest.mark.usefixtures("ledger")
def test_who_needs_one_by_policy_and_who_is_sent(census: Census, workbook: Workbook) -> None:
    ran = census("plan", "liaison", "--instructors", workbook("人才库.xlsx", OFFICERS), "--json")
    plan = _plan(ran)
    assert ran.code == 0
    assert plan["needs"] == {"large_unbuilt": 1, "not_covered": 1, "no_members": 2}
    assert plan["served"] == 1  # 戊; 己 has a Party organisation
    assert _who(plan) == {"甲": "ZD-1", "乙": "ZD-2", "丙": "ZD-1", "丁": "ZD-2"}
    assert plan["cost"] == plan["bound"]
    assert [each["has_none"] for each in plan["assignments"] if each["subject"]["name"][0] == "丁"] == [False]


@pytest.mark.usefixtures("ledger")
def test_the_page_says_why_and_by_which_article(census: Census, workbook: Workbook) -> None:
    page = census("plan", "liaison", "--instructors", workbook("人才库.xlsx", OFFICERS)).out
    for words in (
        "4 家单位需要选派",
        "已证明最优",
        "服务乡镇",
        "行业对口",
        "企业所需",
        "由当地党委选派党建工作指导员",
        "丁纸业有限公司*",
    ):
        assert words in page
    english = census("plan", "liaison", "--instructors", Path("人才库.xlsx"), "--lang", "en").out
    assert "4 organisations need an officer" in english and "proved optimal" in english


@pytest.mark.usefixtures("ledger")
def test_without_a_bank_the_needs_are_listed(census: Census) -> None:
    ran = census("plan", "liaison")
    assert ran.code == 0 and "census template --instructors" in ran.out and "甲食品有限公司" in ran.out
    plan = _plan(census("plan", "liaison", "--json"))
    assert {each["reason"] for each in plan["unplaced"]} == {"no_officers"} and plan["assignments"] == []


@pytest.mark.usefixtures("ledger")
def test_the_bank_of_the_workspace_is_found(census: Census, workbook: Workbook) -> None:
    workbook("instructors.xlsx", OFFICERS)
    assert len(_plan(census("plan", "liaison", "--json"))["assignments"]) == 4


@pytest.mark.usefixtures("ledger")
def test_only_the_area_that_is_asked_for(census: Census, workbook: Workbook) -> None:
    plan = _plan(census("plan", "liaison", "西镇", "--instructors", workbook("库.xlsx", OFFICERS), "--json"))
    assert _who(plan) == {"乙": "ZD-2", "丁": "ZD-2"}
    assert census("plan", "liaison", "东真").code == 2


@pytest.mark.usefixtures("ledger")
def test_the_order_of_lines_and_sheets_changes_nothing(census: Census, workbook: Workbook) -> None:
    head, *lines = OFFICERS.strip().splitlines()
    more = [f"| ZD-{n} | 干部 | | {'东镇' if n % 2 else ''} | 1 | |" for n in range(3, 9)]
    found = []
    for seed in range(4):
        mixed = [*lines, *more]
        random.Random(seed).shuffle(mixed)
        plan = _plan(
            census("plan", "liaison", "--instructors", workbook("库.xlsx", "\n".join([head, *mixed])), "--json")
        )
        found.append({key: value for key, value in plan.items() if key != "instructors_sha256"})
    assert all(each == found[0] for each in found)


NEEDS = """
| 单位名称 | 第一志愿 | 第二志愿 | 希望专长 |
| 甲食品有限公司 | ZD-2 | ZD-1 | |
| 乙物流有限公司 | ZD-1、ZD-2 | | |
"""
INTENTS = """
| 岗位代码 | 第一志愿 | 第二志愿 |
| ZD-1 | 甲食品有限公司 | 乙物流有限公司 |
| ZD-2 | 乙物流有限公司 | 甲食品有限公司 |
"""


@pytest.mark.usefixtures("ledger")
def test_wishes_are_matched_and_the_others_assigned(census: Census, workbook: Workbook) -> None:
    three = OFFICERS.replace("| 2 |", "| 1 |") + "| ZD-3 | 干部 | | | 5 | |"
    path = workbook("库.xlsx", {"指导员库": three, "企业需求": NEEDS, "个人意向": INTENTS})
    plan = _plan(census("plan", "liaison", "--instructors", path, "--json"))
    assert plan["two_way"] == 2 and plan["blocking_pairs"] == 0 and plan["problems"] == []
    assert _who(plan) == {"甲": "ZD-2", "乙": "ZD-1", "丁": "ZD-3", "丙": "ZD-3"}
    other = _plan(census("plan", "liaison", "--instructors", path, "--optimal", "officers", "--json"))
    assert _who(other) == {"甲": "ZD-1", "乙": "ZD-2", "丁": "ZD-3", "丙": "ZD-3"}
    assert census("plan", "liaison", "--instructors", path, "--optimal", "both").code == 2
    page = census("plan", "liaison", "--instructors", path).out
    assert "照单位志愿最优；稳定" in page and "单位第 1 志愿" in page


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("word", ["否", "不服从", "不服从调剂", "×", "No"])
@pytest.mark.parametrize("sheet", ["库", "意向"])
def test_who_does_not_accept_others_is_read_on_either_sheet(
    sheet: str, word: str, census: Census, workbook: Workbook
) -> None:
    """ZD-2 has more than enough places, and takes nobody but 乙."""
    bank = "| 岗位代码 | 服务乡镇 | 可联系家数 | 服从调剂 |\n| ZD-2 | | 9 | {} |".format(word if sheet == "库" else "")
    intents = "| 岗位代码 | 第一志愿 | 是否服从调剂 |\n| ZD-2 | 乙物流有限公司 | {} |".format(
        word if sheet == "意向" else ""
    )
    path = workbook("库.xlsx", {"库": bank, "意向": intents})
    plan = _plan(census("plan", "liaison", "--instructors", path, "--json"))
    assert _who(plan) == {"乙": "ZD-2"} and plan["one_way"] == 1 and plan["two_way"] == 0
    assert {each["reason"] for each in plan["unplaced"]} == {"ruled_out"}
    assert [each["willing"] for each in plan["posts"]] == [False]
    page = census("plan", "liaison", "--instructors", path).out.replace("\n", "")
    assert "单方意向 1" in page and "不服从调剂" in page and "双向选择 0" in page


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("word", ["", "是", "服从", "√"])
def test_blank_or_yes_serves_whoever_is_left(word: str, census: Census, workbook: Workbook) -> None:
    bank = f"| 岗位代码 | 可联系家数 | 服从调剂 |\n| ZD-2 | 9 | {word} |"
    path = workbook("库.xlsx", {"库": bank, "意向": "| 岗位代码 | 第一志愿 |\n| ZD-2 | 乙物流有限公司 |"})
    plan = _plan(census("plan", "liaison", "--instructors", path, "--json"))
    assert plan["unplaced"] == [] and plan["problems"] == []
    assert sorted(each["choice"] for each in plan["assignments"]) == ["one_way", "spread", "spread", "spread"]


@pytest.mark.usefixtures("ledger")
def test_an_answer_that_says_neither_is_said(census: Census, workbook: Workbook) -> None:
    path = workbook("库.xlsx", {"库": "| 岗位代码 | 可联系家数 | 服从调剂 |\n| ZD-2 | 9 | 看情况 |"})
    plan = _plan(census("plan", "liaison", "--instructors", path, "--json"))
    assert _codes(plan) == [("willing_unclear", "库", "C2")] and plan["unplaced"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_blank_workbook_explains_it(lang: str, census: Census, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    census("template", "--instructors", "--out", "库.xlsx", "--lang", lang)
    book = load_workbook(tmp_path / "库.xlsx")
    heads = {sheet.title: [str(cell.value or "").split("\n")[0] for cell in sheet[2]] for sheet in book.worksheets[:3]}
    assert [("服从调剂" in each) for each in heads.values()] == [False, False, True]
    said = " ".join(str(cell.value) for row in book.worksheets[3].iter_rows() for cell in row if cell.value)
    assert "不另外硬派" not in said and ("互相选了对方" in said if lang == "zh" else "excludes nobody" in said)


# ── bad input: located, and the rest planned ────────────────────────────────


BAD = f"""
{OFFICERS.strip()}
| ZD-1 | | | | 1 | |
| | 干部 | | | 1 | |
| 李某某 | 干部 | | | 1 | |
| ZD-4 | 干部 | | | | |
| ZD-5 | 干部 | | | 几家 | |
| ZD-6 | 干部 | | 东真 | 1 | |
| ZD-7 | 干部 | | | 0 | 半职 |
"""


@pytest.mark.usefixtures("ledger")
def test_bad_lines_are_located_and_the_rest_planned(census: Census, workbook: Workbook) -> None:
    ran = census("plan", "liaison", "--instructors", workbook("库.xlsx", {"库": BAD}), "--json")
    plan = _plan(ran)
    assert sorted(_codes(plan), key=lambda each: int(str(each[2])[1:])) == [
        ("officer_twice", "库", "A4"),
        ("officer_without_code", "库", "A5"),
        ("officer_code_is_name", "库", "A6"),
        ("capacity_missing", "库", "E7"),
        ("unreadable_value", "库", "E8"),
        ("township_unknown", "库", "D9"),
        ("full_time_unclear", "库", "F10"),
    ]
    assert len(plan["assignments"]) == 4 and [each["code"] for each in plan["posts"]] == ["ZD-1", "ZD-2", "ZD-7"]
    assert ran.code == 3 and "李某某" not in ran.out + ran.err
    page = census("plan", "liaison", "--instructors", Path("库.xlsx"))
    assert "库!A4" in page.out and "东镇" in page.out and "李某某" not in page.out


@pytest.mark.usefixtures("ledger")
def test_wishes_for_somebody_unknown_are_located(census: Census, workbook: Workbook) -> None:
    needs = """
    | 单位名称 | 第一志愿 |
    | 没有这家公司 | ZD-1 |
    | 甲食品有限公司 | ZD-8 |
    | 戊养殖有限公司 | ZD-1 |
    | 乙物流有限公司 | ZD-2 |
    | 乙物流有限公司 | ZD-1 |
    """
    intents = "| 岗位代码 | 第一志愿 |\n| ZD-8 | 东镇 |\n| ZD-1 | 东真 |"
    path = workbook("库.xlsx", {"库": OFFICERS, "需求": needs, "意向": intents})
    ran = census("plan", "liaison", "--instructors", path, "--json")
    assert _codes(_plan(ran)) == [
        ("wish_unknown_organisation", "需求", "A2"),
        ("wish_unknown_officer", "需求", "B3"),
        ("wish_without_need", "需求", "A4"),
        ("wish_twice", "需求", "A6"),
        ("wish_of_unknown_officer", "意向", "A2"),
        ("wish_unknown_organisation", "意向", "B3"),
    ]
    assert ran.code == 3 and len(_plan(ran)["assignments"]) == 4


@pytest.mark.usefixtures("ledger")
def test_capacities_below_the_need_are_said(census: Census, workbook: Workbook) -> None:
    few = OFFICERS.replace("| 2 |", "| 1 |")
    page = census("plan", "liaison", "--instructors", workbook("库.xlsx", few)).out
    assert "名额不够：需要 4 家，名额 2 个，差 2 个" in page and "名额已满" in page
    plan = _plan(census("plan", "liaison", "--instructors", Path("库.xlsx"), "--json"))
    assert set(_who(plan)) == {"丙", "乙"}  # the most urgent two


@pytest.mark.parametrize(
    ("table", "code"),
    [("| 岗位代码 | 可联系家数 |", "no_officers_listed"), ("| 今天 | 天气 |\n| 晴 | 好 |", "form_not_found")],
)
@pytest.mark.usefixtures("ledger")
def test_a_bank_without_officers(table: str, code: str, census: Census, workbook: Workbook) -> None:
    ran = census("plan", "liaison", "--instructors", workbook("库.xlsx", table), "--json")
    assert ran.code == 3 and [each["code"] for each in _plan(ran)["problems"]] == [code]
    assert len(_plan(ran)["unplaced"]) == 4


@pytest.mark.usefixtures("ledger")
def test_files_that_are_no_workbook(census: Census, tmp_path: Path) -> None:
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\3\4 nothing that could be read")
    for name, code in (("空.xlsx", "empty_file"), ("坏.xlsx", "half_copied")):
        ran = census("plan", "liaison", "--instructors", name, "--json")
        assert ran.code == 3 and [each["code"] for each in _plan(ran)["problems"]] == [code]
    assert census("plan", "liaison", "--instructors", "没有.xlsx").code == 1


@pytest.mark.usefixtures("ledger")
def test_names_and_phones_stay_at_the_door(census: Census, workbook: Workbook) -> None:
    personal = """
    | 岗位代码 | 姓名 | 岗位职务 | 可联系家数 | 手机号 |
    | ZD-1 | 李某某 | 联系人：王某某 13800138000 | 4 | 13900139000 |
    """
    ran = census("plan", "liaison", "--instructors", workbook("库.xlsx", personal), "--json")
    plan = _plan(ran)
    assert {code for code, _, _ in _codes(plan)} >= {"personal_column", "redacted_phone"}
    page = census("plan", "liaison", "--instructors", Path("库.xlsx"))
    for text in (ran.out, page.out, page.err):
        assert not any(each in text for each in ("李某某", "王某某", "13800138000", "13900139000"))
    assert "“姓名”是个人信息" in page.out


# ── the blank workbook, and the steps ───────────────────────────────────────


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.usefixtures("ledger")
def test_the_blank_workbook_is_read_back(lang: str, census: Census) -> None:
    from openpyxl import load_workbook

    assert census("template", "--instructors", "--out", "库.xlsx", "--lang", lang).code == 0
    empty = census("plan", "liaison", "--instructors", "库.xlsx", "--json")
    assert [each["code"] for each in _plan(empty)["problems"]] == ["no_officers_listed"]  # the samples are no lines
    book = load_workbook("库.xlsx")
    officers, needs, intents, _ = book.worksheets
    line: tuple[int | str, ...] = (1, "ZD-1", "镇组织委员", "食品制造业", "东镇", 4, "专职")
    for place, value in enumerate(line, start=1):
        officers.cell(4, place, value)
    needs.cell(4, 2, "甲食品有限公司")
    needs.cell(4, 4, "ZD-1")
    intents.cell(4, 2, "ZD-1")
    intents.cell(4, 3, "东镇")
    intents.cell(4, 4, "西镇")
    assert str([each.value for each in intents[2]][-1]).startswith("服从调剂")
    book.save("库.xlsx")
    plan = _plan(census("plan", "liaison", "--instructors", "库.xlsx", "--json"))
    assert plan["problems"] == [] and (plan["two_way"], plan["one_way"]) == (1, 3)
    assert plan["posts"][0] | {"reason": None} == {
        "code": "ZD-1", "post": "镇组织委员", "full_time": True, "townships": ["东镇"], "capacity": 4, "load": 4,
        "willing": True, "reason": None,
    }  # fmt: skip


def test_the_blank_workbook_is_the_same_every_time(census: Census) -> None:
    census("template", "--instructors", "--out", "一.xlsx")
    census("template", "--instructors", "--out", "二.xlsx")
    assert Path("一.xlsx").read_bytes() == Path("二.xlsx").read_bytes()
    assert census("template", "--instructors", "--out", "一.xlsx").code == 1  # never overwritten unasked


@pytest.mark.usefixtures("ledger")
def test_steps_are_recorded_beside_the_ledger_and_kept(census: Census, workbook: Workbook) -> None:
    path = workbook("库.xlsx", OFFICERS)
    before = census("export", "--format", "jsonl").out
    ran = census("plan", "liaison", "--step", "甲食品有限公司", "ZD-2", "组织委任")
    assert ran.code == 0 and "甲食品有限公司 — ZD-2：组织委任" in ran.out and "第 2 号记录" in ran.out
    assert census("export", "--format", "jsonl").out == before  # nothing of it in the organisations
    plan = _plan(census("plan", "liaison", "--instructors", path, "--json"))
    mine = next(each for each in plan["assignments"] if each["subject"]["name"] == "甲食品有限公司")
    assert (mine["officer"], mine["choice"], mine["step"]) == ("ZD-2", "kept", "appointed")
    again = census("plan", "liaison", "--step", "甲食品有限公司", "ZD-2", "appointed")
    assert "没有新的进展要记" in again.out
    back = census("plan", "liaison", "--step", "甲食品有限公司", "ZD-2", "个人同意")
    assert back.code == 1 and "--reason" in back.err
    assert census("plan", "liaison", "--step", "甲食品有限公司", "ZD-2", "个人同意", "--reason", "重谈").code == 0
    assert census("plan", "liaison", "--step", "甲食品有限公司", "ZD-2", "终止").code == 0
    plan = _plan(census("plan", "liaison", "--instructors", path, "--json"))
    assert _who(plan)["甲"] == "ZD-1"
    assert census("verify").code == 0


@pytest.mark.usefixtures("ledger")
def test_bad_steps(census: Census) -> None:
    assert census("plan", "liaison", "--step", "甲食品有限公司", "ZD-2", "谈妥了").code == 2
    assert census("plan", "liaison", "--step", "没有这家", "ZD-2", "个人同意").code == 1


@pytest.mark.usefixtures("ledger")
def test_the_list_is_filled_in_and_read_back(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    written = census("plan", "liaison", "--instructors", workbook("库.xlsx", OFFICERS), "--csv").out
    filled = []
    for line in written.splitlines():
        if "甲食品" in line:
            line = line.replace("企业所需", "签订协议")
        if "乙物流" in line:
            line = line.replace("企业所需", "说好了")
        filled.append(
            line.replace("丙商贸有限公司", "丙某公司").replace("企业所需", "个人同意" if "丙" in line else "企业所需")
        )
    (tmp_path / "选派.csv").write_text("\n".join(filled), encoding="utf-8")
    ran = census("plan", "liaison", "--steps", "选派.csv", "--json")
    made = json.loads(ran.out)
    assert ran.code == 3 and made["round"] == 2
    assert [(each["subject"]["name"], each["new"], each["task"]) for each in made["entries"]] == [
        ("甲食品有限公司", "signed", "liaison:ZD-1")
    ]
    assert {each["code"] for each in made["problems"]} >= {"step_unknown", "step_unknown_organisation"}
    assert json.loads(census("plan", "liaison", "--steps", "选派.csv", "--json").out)["round"] is None
