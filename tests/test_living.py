"""Who counts: organisations that are gone (注销、吊销、迁出) are on neither side of any figure and are named beside it;
closures, dissolved branches and re-openings are events and causes of their own."""

import json
import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from coverage_census.commands import gaps, indicators
from coverage_census.commands.diff import diff
from coverage_census.commands.session import Session
from coverage_census.model.choices import OperatingStatus, is_gone
from coverage_census.settings import Settings
from coverage_census.words.catalogue import Words
from kit import Census, Ran
from kit import Workbook as MakeBook
from test_ledger_undo import NOON

HEAD = (
    "| 单位名称 | 单位类别 | 所属乡镇 | 经营状态 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 |"
    " 组建方式 |"
    " 党组织类别 | 党组织名称 | 党建工作指导员 | 是否建立工会 | 是否建立团组织 | 是否建立妇女组织 |"
)
LIVING = (
    "河湾茶厂 | 企业 | 柳河镇 | 正常 | 40 | 3 | 3 | 0 | 是 | 单独组建 | 党支部 | 河湾茶厂党支部 | | 是 | 否 | 否",
    "东岭木业公司 | 企业 | 柳河镇 | 存续 | 60 | 4 | 4 | 0 | 否 | | | | 1 | 否 | 否 | 否",
    "石门货运公司 | 企业 | 大坪乡 | | 12 | 0 | 0 | 0 | 否 | | | | 0 | 否 | 否 | 否",
    "大坪养蜂协会 | 社会组织 | 大坪乡 | 正常 | 9 | 3 | 3 | 0 | 是 | 单独组建 | 党支部 | 养蜂党支部 | | 否 | 否 | 否",
    "空山商贸公司 | 企业 | 大坪乡 | 空壳 | 0 | 0 | 0 | 0 | 否 | | | | | 否 | 否 | 否",
)
GONE = (
    "旧宅服装公司 | 企业 | 柳河镇 | {} | 80 | 5 | 5 | 0 | 是 | 单独组建 | 党支部 | 旧宅服装党支部 | 1 | 是 | 是 | 是",
    "西沟建材公司 | 企业 | 大坪乡 | {} | 120 | 4 | 4 | 0 | 否 | | | | 2 | 是 | 否 | 否",
    "北坡花木协会 | 社会组织 | 北坡乡 | {} | 6 | 3 | 3 | 0 | 是 | 单独组建 | 党支部 | 花木协会党支部 | | 否 | 否 | 是",
)
WORDS = ("注销", "吊销", "已吊销未注销", "迁出", "已外迁", "注销登记")


def table(*rows: str) -> str:
    return "\n".join([HEAD, *(f"| {row} |" for row in rows)])


def with_gone(word: str = "注销") -> str:
    return table(*LIVING, *(row.format(word) for row in GONE))


def document(ran: Ran) -> Any:
    assert ran.code in (0, 3), ran.err
    return json.loads(ran.out)


def without(key: str, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in each.items() if name != key} for each in found]


def test_every_status_is_living_or_gone() -> None:
    assert {each.value for each in OperatingStatus if is_gone(each)} == {"closed", "moved"}
    assert not is_gone(None)


def test_every_word_for_it_is_understood(census: Census, workbook: MakeBook) -> None:
    rows = [f"{name} | | 柳河镇 | {word} |" for name, word in zip("甲乙丙丁戊己", WORDS, strict=True)]
    head = "| 单位名称 | 单位类别 | 所属乡镇 | 状态 |"
    named = [row.replace(" | ", "河茶厂 | ", 1) for row in rows]
    census("ingest", workbook("a.xlsx", "\n".join([head, *(f"| {row}" for row in named)])), "--as-of", "2026-06-30")
    (line,) = document(census("gaps", "--json"))
    assert (line["organisations"], line["gone"]) == (0, len(WORDS))


@pytest.mark.parametrize("word", ["吊销"])
def test_who_is_gone_is_in_no_group_and_in_no_rate(
    word: str, census: Census, workbook: MakeBook, tmp_path: Path
) -> None:
    """As if they were not on the sheet, but for the number that says how many they are."""
    census("ingest", workbook("全.xlsx", with_gone(word)), "--as-of", "2026-06-30")
    alone = ("--workspace", str(tmp_path / "另"))
    census("ingest", workbook("另/存.xlsx", table(*LIVING)), "--as-of", "2026-06-30", *alone)
    for group in ("--county", "--township", "--kind", "--scale", "--zone", "--industry"):
        ours, theirs = (document(census("gaps", group, "--json", *where)) for where in ((), alone))
        assert sum(each["gone"] for each in ours) == 3 and not any(each["gone"] for each in theirs)
        assert without("gone", [each for each in ours if each["organisations"]]) == without("gone", theirs)
    ours, theirs = (document(census("indicators", "--json", *where)) for where in ((), alone))
    assert len(ours) == 15 and {each["gone"] for each in ours} == {3}
    assert without("gone", ours) == without("gone", theirs)
    ours, theirs = (document(census("indicators", "--more", "--json", *where)) for where in ((), alone))
    assert ours == theirs
    ours, theirs = (document(census("rounds", "--trend", "--json", *where)) for where in ((), alone))
    assert ours[0]["gone"] == 3 and without("gone", ours) == without("gone", theirs)
    ours, theirs = (document(census("missing", "--json", *where)) for where in ((), alone))
    known = {each["township"]: (each["expected"], each["named"]) for each in theirs}
    assert {each["township"]: (each["expected"], each["named"]) for each in ours} == known | {"北坡乡": (0, 0)}


def test_a_township_of_which_all_are_gone_keeps_its_line(census: Census, workbook: MakeBook) -> None:
    census("ingest", workbook("a.xlsx", with_gone()), "--as-of", "2026-06-30")
    lines = {each["group"]: each for each in document(census("gaps", "--json"))}
    assert (lines["北坡乡"]["organisations"], lines["北坡乡"]["rate"], lines["北坡乡"]["gone"]) == (0, None, 1)
    assert {name: line["gone"] for name, line in lines.items()} == {"柳河镇": 1, "大坪乡": 1, "北坡乡": 1}


@pytest.mark.parametrize("engine", ["duckdb", "pyarrow", "pandas"])
def test_every_engine_leaves_them_out(engine: str, census: Census, workbook: MakeBook) -> None:
    census("ingest", workbook("a.xlsx", with_gone("迁出")), "--as-of", "2026-06-30")
    (line,) = document(census("gaps", "--county", "--json", "--engine", engine))
    assert (line["organisations"], line["covered"], line["gone"]) == (5, 2, 3)
    (overall,) = document(census("indicators", "overall_rate", "--json", "--engine", engine))
    assert (overall["numerator"], overall["denominator"]) == (2, 5)


def test_a_policy_that_does_not_name_them_leaves_them_out_too(
    census: Census, workbook: MakeBook, tmp_path: Path
) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.toml").write_text(
        'extends = "default"\ntitle = { zh = "本县", en = "Own" }\nabout = { zh = "只剔空壳。", en = "Shells only." }\n'
        'excluded = { fact = "operating_status", in = ["shell"] }\n',
        "utf-8",
    )
    (tmp_path / "census.toml").write_text('policy = "own"\n', "utf-8")
    census("ingest", workbook("a.xlsx", with_gone()), "--as-of", "2026-06-30")
    listed = document(census("gaps", "--list", "--json"))
    closed = [each for each in listed if each["name"] == "西沟建材公司"]
    assert closed and {each["verdict"] for each in closed} == {"exempt"}
    assert all(each["facts"]["operating_status"] == "closed" for each in closed)


def test_a_shell_is_registered_but_does_not_operate(census: Census, workbook: MakeBook) -> None:
    census("ingest", workbook("a.xlsx", table(*LIVING)), "--as-of", "2026-06-30")
    found = {each["code"]: each for each in document(census("indicators", "--json"))}
    assert (found["overall_rate"]["denominator"], found["org_coverage"]["denominator"]) == (5, 4)
    assert "另有注销" not in census("gaps").out


def test_wherever_a_total_stands_it_is_said_how_many_are_gone(
    census: Census, workbook: MakeBook, tmp_path: Path
) -> None:
    census("ingest", workbook("a.xlsx", with_gone()), "--as-of", "2026-06-30")
    said = "另有注销、迁出3家，不计入"
    compared = ("rules", "compare", "default", "official")
    for words in (("gaps",), ("gaps", "--kind"), ("indicators",), ("missing",), compared):
        assert said in census(*words).out, words
    assert "3 more are closed or have moved away" in census("gaps", "--lang", "en").out
    made = census("report", "--html", "--xlsx", "--docx", "--annual", "--out", tmp_path / "报")
    assert made.code == 0 and said in made.out  # the annual tables
    page = (tmp_path / "报" / "coverage.html").read_text("utf-8")
    assert page.count(said) >= 3  # the conclusion and both tables
    rows = (tmp_path / "报" / "coverage-rows.html").read_text("utf-8")
    assert "河湾茶厂" in rows and "旧宅服装公司" not in rows
    book = load_workbook(tmp_path / "报" / "coverage.xlsx")
    assert [book[name].max_row for name in ("柳河镇", "大坪乡")] == [3, 4] and "北坡乡" not in book.sheetnames
    assert {row[0].value for row in book["注销迁出"].iter_rows(min_row=2)} == {row.split(" |")[0] for row in GONE}
    total = next(row for row in book["汇总"].iter_rows(values_only=True) if row[1] == "合计")
    assert "SUBTOTAL" in str(total[2])
    annual = load_workbook(tmp_path / "报" / "annual.xlsx")
    foot = "".join(str(cell) for row in annual["27 非公企业"].iter_rows(values_only=True) for cell in row if cell)
    assert "另有注销、迁出2家，不计入" in foot
    from docx import Document

    paragraphs = [each.text for each in Document(str(tmp_path / "报" / "bulletin.docx")).paragraphs]
    lead = next(each for each in paragraphs if "已建立党组织" in each)
    assert "共有两新组织5家" in lead and "2家，总体组建率40.0%" in lead and said in lead


def test_the_annual_tables_count_the_living(census: Census, workbook: MakeBook, tmp_path: Path) -> None:
    census("ingest", workbook("全.xlsx", with_gone("吊销")), "--as-of", "2026-06-30")
    alone = ("--workspace", str(tmp_path / "另"))
    census("ingest", workbook("另/存.xlsx", table(*LIVING)), "--as-of", "2026-06-30", *alone)
    for cell in ("27:R0C1", "30:R0C1", "27:R3C1"):
        ours, theirs = (document(census("report", "--annual", "--trace", cell, "--json", *w)) for w in ((), alone))
        assert [each["name"] for each in ours] == [each["name"] for each in theirs]


JOINT = "{} | 企业 | 柳河镇 | {} | 10 | {m} | {m} | 0 | 是 | 联合组建 | 党支部 | 柳河片区联合党支部 | | 否 | 否 | 否"


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        (["正常"] * 6, "gap"),  # six units: one too many
        (["正常"] * 5 + ["注销"], "met"),
        (["正常"] * 5 + ["迁出", "吊销"], "met"),
        (["正常"] * 2 + ["注销"], "gap"),  # two formal members are left
        (["正常", "注销", "注销"], "unknown"),  # one row alone does not tell how many units there are
    ],
)
def test_a_joint_branch_has_its_living_units(
    statuses: list[str], verdict: str, census: Census, workbook: MakeBook
) -> None:
    names = [f"柳河{letter}茶厂" for letter in "甲乙丙丁戊己庚"]
    rows = [JOINT.format(name, status, m=1) for name, status in zip(names, statuses, strict=False)]
    census("ingest", workbook("a.xlsx", table(*rows)), "--as-of", "2026-06-30")
    for engine in ("duckdb", "pyarrow"):
        listed = document(census("gaps", "--list", "--json", "--engine", engine))
        found = {each["name"]: each["verdict"] for each in listed if each["rule"] == "joint_regular"}
        gone = {name for name, status in zip(names, statuses, strict=False) if status != "正常"}
        assert {said for name, said in found.items() if name not in gone} == {verdict}
        assert {found[name] for name in gone} <= {"exempt"}


@pytest.mark.parametrize(("stated", "verdict"), [(6, "met"), (5, "met"), (8, "gap")])
def test_a_stated_number_of_units_may_count_the_gone_still(
    stated: int, verdict: str, census: Census, workbook: MakeBook
) -> None:
    """Six rows, one of them gone, and 联合单位数 on each: 6 counts it, 5 does not any more, 8 has more."""
    head = HEAD + " 联合单位数 |"
    states = ["正常"] * 5 + ["注销"]
    rows = [f"{JOINT.format(f'柳河{n}茶厂', s, m=1)} | {stated}" for n, s in zip("甲乙丙丁戊己", states, strict=True)]
    census("ingest", workbook("a.xlsx", "\n".join([head, *(f"| {row} |" for row in rows)])), "--as-of", "2026-06-30")
    for engine in ("duckdb", "pyarrow"):
        listed = document(census("gaps", "--list", "--json", "--engine", engine))
        living = {each["verdict"] for each in listed if each["rule"] == "joint_regular" and "己" not in each["name"]}
        assert living == {verdict}


# --- diff ---

QUARTER = (
    "| 单位名称 | 所属乡镇 | 经营状态 | 从业人员 | 正式党员 | 是否建立党组织 | 组建方式 | 党组织类别 | 党组织名称 |"
    " 活动场所 |"
)
BUILT = "{} | 柳河镇 | 正常 | 40 | 3 | 是 | 单独组建 | 党支部 | {}党支部 | 有"
NOT_BUILT = "{} | 柳河镇 | {} | 40 | 3 | 否 | | | | "


def quarter(census: Census, workbook: MakeBook, number: int, *rows: str, day: str | None = None) -> Ran:
    text = "\n".join([QUARTER, *(f"| {row} |" for row in rows)])
    day = day or ("2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31")[number - 1]
    return census("ingest", workbook(f"{number}季度{day}.xlsx", text), "--as-of", day)


def steps(found: dict[str, Any], code: str = "overall_rate") -> dict[str, tuple[int, int]]:
    """Cause → what it added above and below; the sum is the movement."""
    way = next(each for each in found["movements"] if each["code"] == code)
    above, below = (sum(step[side] for step in way["steps"]) for side in ("numerator", "denominator"))
    assert above == way["numerator_after"] - way["numerator_before"]
    assert below == way["denominator_after"] - way["denominator_before"]
    told = {each["cause"]: (each["numerator"], each["denominator"]) for each in way["steps"]}
    return {cause: moved for cause, moved in told.items() if moved != (0, 0)}


def names(found: Sequence[dict[str, Any]]) -> list[str]:
    return [each["name"] for each in found]


def test_three_quarters_with_a_closure_a_dissolution_and_a_re_opening(census: Census, workbook: MakeBook) -> None:
    first, second, third = "河湾茶厂", "东岭木业公司", "石门货运公司"
    quarter(census, workbook, 1, *(BUILT.format(name, name) for name in (first, second, third)))
    closed = f"{first} | 柳河镇 | 吊销 | | | | | | | "
    made = quarter(census, workbook, 2, closed, NOT_BUILT.format(second, "正常"), BUILT.format(third, third))
    assert "空白冲掉" not in made.out + made.err  # the blanks follow from what happened
    found = document(census("diff", "--json"))
    assert steps(found) == {"closed_out": (-1, -1), "org_dissolved": (-1, 0)}
    assert (names(found["closed"]), names(found["dissolved"]), found["reopened"]) == ([first], [second], [])
    assert {(each["name"], each["field"]) for each in found["fields"]} == {
        (first, "operating_status"), (second, "has_org"),
    }  # fmt: skip
    text = census("diff").out
    assert "注销（吊销）、迁出：1家" in text and "撤销党组织：1家" in text and "数据变化：0" in text
    assert re.search(r"注销移出 +1 +-1 +-1", text) and re.search(r"撤销党组织 +1 +-1 +\+0", text)

    still = (NOT_BUILT.format(second, "正常"), BUILT.format(third, third))
    quarter(census, workbook, 3, BUILT.format(first, first), *still)
    found = document(census("diff", "--json"))
    assert steps(found) == {"reopened": (1, 1)}
    assert (found["closed"], found["dissolved"], names(found["reopened"])) == ([], [], [first])
    whole = document(census("diff", "1", "3", "--json"))
    assert steps(whole) == {"org_dissolved": (-1, 0)}
    trend = [(each["round"], each["covered"], each["organisations"], each["gone"]) for each in whole["trend"]]
    assert trend == [(1, 3, 3, 0), (2, 1, 2, 1), (3, 2, 3, 0)]


def test_who_is_gone_is_not_asked_to_be_reported_again(census: Census, workbook: MakeBook) -> None:
    first, second = "河湾茶厂", "东岭木业公司"
    quarter(census, workbook, 1, BUILT.format(first, first), NOT_BUILT.format(second, "注销"))
    made = quarter(census, workbook, 2, BUILT.format(first, first))
    found = document(census("diff", "--json"))
    assert found["silent"] == [] and "未再上报" not in made.out.replace("未再上报：0", "").replace("未再上报 0", "")
    assert document(census("rounds", "--json"))[-1]["not_reported_again"] == 0
    assert document(census("missing", "--json"))[0]["not_again"] == 0


@pytest.mark.parametrize("word", ["总支", "党委"])
def test_a_branch_that_is_raised_is_no_loss(word: str, census: Census, workbook: MakeBook) -> None:
    """升格."""
    quarter(census, workbook, 1, BUILT.format("河湾茶厂", "河湾茶厂"))
    raised = BUILT.format("河湾茶厂", "河湾茶厂").replace("党支部 | 河湾茶厂党支部", f"{word} | 河湾茶厂{word}")
    quarter(census, workbook, 2, raised)
    found = document(census("diff", "--json"))
    assert steps(found) == {} and steps(found, "org_coverage") == {} and found["dissolved"] == []
    assert {each["field"] for each in found["fields"]} == {"org_level", "org_name"}


def test_what_is_mended_is_no_event(census: Census, workbook: MakeBook) -> None:
    """A correction of the same day, and what an undoing takes back."""
    quarter(census, workbook, 1, BUILT.format("河湾茶厂", "河湾茶厂"), NOT_BUILT.format("东岭木业公司", "注销"))
    wrong = (NOT_BUILT.format("河湾茶厂", "正常"), NOT_BUILT.format("东岭木业公司", "正常"))
    quarter(census, workbook, 1, *wrong, day="2026-03-31")
    found = document(census("diff", "1", "2", "--json"))
    assert steps(found) == {"corrected_data": (-1, 1)}
    assert (found["dissolved"], found["reopened"]) == ([], [])
    census("undo", "2")
    found = document(census("diff", "2", "3", "--json"))
    assert steps(found) == {"corrected_data": (1, -1)} and (found["dissolved"], found["reopened"]) == ([], [])


def test_a_shell_that_loses_its_branch_moves_what_it_is_counted_in(census: Census, workbook: MakeBook) -> None:
    quarter(census, workbook, 1, BUILT.format("河湾茶厂", "河湾茶厂"))
    quarter(census, workbook, 2, NOT_BUILT.format("河湾茶厂", "空壳"))
    found = document(census("diff", "--json"))
    assert steps(found) == {"org_dissolved": (-1, 0)}
    assert steps(found, "org_coverage") == {"excluded": (-1, -1)} and found["closed"] == []


_SIDES = [(status, built) for status in ("正常", "注销", "空壳") for built in ("是", "否", "")]


def test_whatever_becomes_of_an_organisation_the_causes_add_up(
    census: Census, workbook: MakeBook, tmp_path: Path
) -> None:
    """All ways from one state to another in two rounds, 81 organisations, under one law: `steps` holds the sums."""
    ways = list(product(_SIDES, _SIDES))
    called = [f"{'甲乙丙丁戊己庚辛壬'[at // 9]}{'子丑寅卯辰巳午未申'[at % 9]}茶厂" for at in range(len(ways))]
    for number in (1, 2):
        sides = [(name, way[number - 1]) for name, way in zip(called, ways, strict=True)]
        rows = [f"{name} | 柳河镇 | {status} | 40 | 3 | {built} | | | | " for name, (status, built) in sides]
        quarter(census, workbook, number, *rows)
    found = document(census("diff", "--json"))
    moved = steps(found)
    assert steps(found, "org_coverage")
    living = [(one, other) for one, other in ways if "注销" not in (one[0], other[0])]
    lost = [each for each in living if (each[0][1], each[1][1]) == ("是", "否")]
    assert moved["org_dissolved"] == (-len(lost), 0) and len(found["dissolved"]) == len(lost) == 4
    assert len(found["closed"]) == len(found["reopened"]) == 18
    assert moved["closed_out"] == (-6, -18) and moved["reopened"] == (6, 18)
    session = Session(Settings(tmp_path), Words("zh"), NOON)
    total = gaps.gaps(session, [], None).total
    way = next(each for each in diff.diff(session, None, None, None).movements if each.code == "overall_rate")
    assert (way.numerator_after, way.denominator_after) == (total.covered, total.organisations) == (18, 54)
    (overall,) = indicators.indicators(session, ["overall_rate"]).rows
    assert (overall.numerator, overall.denominator, overall.gone) == (18, 54, 27)


# --- fill ---

PLAIN = ["单位名称", "从业人员", "正式党员", "是否建立党组织"]


def form(path: Path, title: str, head: Sequence[str], name: str = "表") -> Path:
    book = Book()
    sheet = book.worksheets[0]
    sheet.title = name
    sheet.append([title])
    sheet.append(list(head))
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("title", "head", "gone", "shells", "organisations"),
    [
        ("两新组织党建情况统计表", PLAIN, 0, 1, 5),
        ("两新组织党建情况统计表", [*PLAIN, "经营状态"], 3, 1, 8),
        ("两新组织党建情况统计表", [*PLAIN, "状态"], 3, 1, 8),
        ("两新组织党建情况统计表", [*PLAIN, "注销标志"], 3, 1, 8),
        ("两新组织党建情况统计表（含注销）", PLAIN, 3, 1, 8),
        ("两新组织及注销、吊销单位情况表", PLAIN, 3, 1, 8),
        ("两新组织党建情况统计表（不含注销、吊销单位）", PLAIN, 0, 1, 5),
        ("两新组织党建情况统计表（注销单位不填）", PLAIN, 0, 1, 5),
        ("本年度注销单位情况表", PLAIN, 3, 0, 3),
    ],
)
def test_a_form_gets_those_that_are_gone_only_if_it_asks(
    title: str,
    head: list[str],
    gone: int,
    shells: int,
    organisations: int,
    census: Census,
    workbook: MakeBook,
    tmp_path: Path,
) -> None:
    census("ingest", workbook("a.xlsx", with_gone()), "--as-of", "2026-06-30")
    told = document(census("fill", form(tmp_path / "空表.xlsx", title, head), "--json"))
    assert told["gone"] == {"count": 3, "filled": gone} and told["shells"] == {"count": 1, "filled": shells}
    assert told["organisations"] == told["read_back"] == organisations and told["left_out"] == {}
    text = census("fill", tmp_path / "空表.xlsx").out
    assert re.search("注销、迁出 ?3 ?家：" + ("表上要，已填入" if gone else "表上没有要，未填入"), text)
    assert re.search("空壳 ?1 ?家：" + ("仍在登记，照填" if shells else "未填入"), text)


def test_a_form_for_which_nobody_is_left_says_why(census: Census, workbook: MakeBook, tmp_path: Path) -> None:
    census("ingest", workbook("a.xlsx", table(*(row.format("注销") for row in GONE))), "--as-of", "2026-06-30")
    ran = census("fill", form(tmp_path / "空表.xlsx", "两新组织党建情况统计表", PLAIN))
    assert ran.code == 1 and "注销、迁出" in ran.err and "3" in ran.err


def test_a_card_that_asks_for_the_status_is_made_for_everyone(
    census: Census, workbook: MakeBook, tmp_path: Path
) -> None:
    census("ingest", workbook("a.xlsx", with_gone()), "--as-of", "2026-06-30")
    for labels, made in ((("单位名称", "从业人员", "正式党员"), 5), (("单位名称", "经营状态", "正式党员"), 8)):
        book = Book()
        sheet = book.worksheets[0]
        sheet.append(["两新组织登记卡"])
        for label in labels:
            sheet.append([label, None])
        path = tmp_path / f"卡{made}.xlsx"
        book.save(path)
        ran = census("fill", path, "--json")
        if ran.code == 1:
            pytest.skip("a card of three labels is no form")
        assert json.loads(ran.out)["organisations"] == made
