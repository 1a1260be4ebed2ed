"""Kept plans in what an office reads: done, still to do, changed since, by the newest round; what is done is not
proposed again."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from coverage_census.model.decision import Citation, PolicyStamp
from coverage_census.model.plans.mass import MassPlan, MassProposal
from coverage_census.model.reading import Subject
from coverage_census.plan.kept import liaison_and_mass
from kit import Census, Workbook

HEAD = (
    "| 县（市、区） | 乡镇（街道） | 单位名称 | 经营状态 | 从业人员 | 是否建立党组织 | 组建方式 | 党组织名称 "
    "| 党员总数 | 正式党员 | 党建工作指导员、联络员 | 是否建立工会 |"
)
UNBUILT = "| 某县 | {} | {} | {} | {} | 否 | | | {} | {} | {} | 否 |"
JOINED = "| 某县 | {} | {} | 正常 | 2 | 是 | 联合 | {} | {} | {} | 0 | 否 |"


def _waiting(
    name: str, formal: int = 0, staff: int = 2, status: str = "正常", town: str = "甲镇", sent: int = 0
) -> str:
    return UNBUILT.format(town, name, status, staff, formal, formal, sent)


def _joined(name: str, formal: int, branch: str, town: str = "甲镇") -> str:
    return JOINED.format(town, name, branch, formal, formal)


BEFORE = [
    _waiting("甲一茶厂", 1), _waiting("甲二茶厂", 2), _waiting("乙一砖厂", 1, town="乙镇"),
    _waiting("乙二砖厂", 2, town="乙镇"), _waiting("丙一网吧", 1, town="丙镇"), _waiting("丙二网吧", 2, town="丙镇"),
    _waiting("丁一农庄"), _waiting("丁二农庄"), _waiting("丁三农庄"), _waiting("戊一工坊", staff=9),
    _waiting("戊二工坊", staff=8), _waiting("戊三工坊", staff=7),
]  # fmt: skip
AFTER = [
    _joined("甲一茶厂", 1, "茶业联合支部"), _joined("甲二茶厂", 2, "茶业联合支部"),  # done
    _waiting("乙一砖厂", 1, town="乙镇"), _waiting("乙二砖厂", 2, town="乙镇"),  # still to do
    _waiting("丙一网吧", 1, status="注销", town="丙镇"), _waiting("丙二网吧", 2, town="丙镇"),  # changed
    _waiting("丁一农庄", sent=1), _waiting("丁二农庄"), _waiting("丁三农庄", status="注销"),
    _waiting("戊一工坊", staff=9)[:-4] + "是 |",
    _waiting("戊二工坊", staff=8), _waiting("戊三工坊", staff=7, status="注销"),
]  # fmt: skip
BANK = "| 岗位代码 | 可联系家数 |\n| ZD-1 | 20 |"
KINDS = ("joint", "liaison", "mass")


@pytest.fixture
def kept(census: Census, workbook: Workbook) -> Census:
    """Three plans of the first quarter; the second quarter is in."""
    census("ingest", workbook("一.xlsx", "\n".join([HEAD, *BEFORE])), "--as-of", "2026-03-31", "--no-returns")
    workbook("instructors.xlsx", {"指导员库": BANK})
    for kind in KINDS:
        assert census("plan", kind, "--keep", "--name", f"{kind}案").code == 0
    census("ingest", workbook("二.xlsx", "\n".join([HEAD, *AFTER])), "--as-of", "2026-06-30", "--no-returns")
    return census


def _states(census: Census, plan: str) -> dict[str, str]:
    found = json.loads(census("plan", "show", plan, "--json").out)
    return {name: each["now"] for each in found["fates"] for name in each["units"]}


def test_every_part_is_done_still_to_do_or_changed(kept: Census) -> None:
    assert _states(kept, "joint案") == {
        "甲一茶厂": "done", "甲二茶厂": "done", "乙一砖厂": "to_do", "乙二砖厂": "to_do", "丙一网吧": "changed",
        "丙二网吧": "changed",
    }  # fmt: skip
    sent = _states(kept, "liaison案")
    assert (sent["丁一农庄"], sent["丁二农庄"], sent["丁三农庄"]) == ("done", "to_do", "changed")
    formed = _states(kept, "mass案")
    assert (formed["戊一工坊"], formed["戊二工坊"], formed["戊三工坊"]) == ("done", "to_do", "changed")
    shown = kept("plan", "show", "joint案").out
    assert "已落实1，部分落实0，仍待办1，已变化1" in shown and "丙一网吧已注销或迁出" in shown
    listed = {each["name"]: each for each in json.loads(kept("plan", "list", "--json").out)}
    assert [listed["joint案"][now] for now in ("done", "to_do", "changed")] == [1, 1, 1]
    assert "仍待办" in kept("plan", "list").out


def test_the_page_counts_what_is_done_and_proposes_the_rest(kept: Census, tmp_path: Path) -> None:
    kept("report", "--html", "--out", "出")
    page = (tmp_path / "出" / "coverage.html").read_text("utf-8")
    said = re.search(r'<section id="proposals">.*?</section>', page, re.S)
    assert said is not None
    assert "提出3组：已落实1，仍待办1，已变化1。" in said[0]
    assert (
        "甲二茶厂（牵头）" not in said[0]
        and '">丁一农庄<' not in said[0]
        and '<td class="long">戊一工坊<' not in said[0]
    )
    for words in ("乙一砖厂", "仍待办", "已变化：丙一网吧已注销或迁出", "丁二农庄", "丁三农庄已注销或迁出", "戊二工坊"):
        assert words in said[0]


def test_the_workbook_lists_all_with_their_state(kept: Census, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    kept("report", "--xlsx", "--out", "出")
    sheet = load_workbook(tmp_path / "出" / "coverage.xlsx")["方案落实"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert [str(each).replace("\n", "") for each in head] == [
        "序号",
        "方案",
        "乡镇（街道）",
        "单位",
        "做法",
        "现状",
        "情况",
    ]
    told = {(plan, units): state for _, plan, _, units, _, state, _ in rows}
    assert {
        told["联合组建方案", "甲二茶厂、甲一茶厂"],
        told["选派方案", "丁一农庄"],
        told["群团组建方案", "戊一工坊"],
    } == {"已落实"}
    assert told["选派方案", "丁二农庄"] == "仍待办" and told["选派方案", "丁三农庄"] == "已变化"


def test_the_bulletin_says_it_too(kept: Census, tmp_path: Path) -> None:
    kept("report", "--docx", "--out", "出")
    with zipfile.ZipFile(tmp_path / "出" / "bulletin.docx") as file:
        text = re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())
    for kind in ("联合组建方案", "选派方案", "群团组建方案"):
        assert re.search(kind + r"“\w+案”（方案\d+）提出\d+\w+：已落实\d+，仍待办\d+，已变化\d+。", text)


def test_a_comparison_says_why_a_part_is_gone(kept: Census) -> None:
    found = json.loads(kept("plan", "compare", "liaison案", "now", "--json").out)
    gone = {name: each["now"] for each in found["gone"] for name in each["units"]}
    assert gone["丁一农庄"] == "done" and gone["丁三农庄"] == gone["戊三工坊"] == "changed"
    assert "丁二农庄" not in gone and all(each["now"] is None for each in found["new"])
    shown = kept("plan", "compare", "liaison案", "now").out
    assert "取消的里面有1项已经落实" in shown and "已变化" in shown
    assert kept("plan", "compare", "now", "liaison案", "--csv").out.splitlines()[0].endswith('"now"')


def test_all_forms_give_the_same_figures(kept: Census, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    kept("report", "--html", "--xlsx", "--docx", "--out", "出")
    page = (tmp_path / "出" / "coverage.html").read_text("utf-8")
    rows = list(load_workbook(tmp_path / "出" / "coverage.xlsx")["方案落实"].iter_rows(min_row=2, values_only=True))
    for plan, kind in (("联合组建方案", "joint"), ("选派方案", "liaison"), ("群团组建方案", "mass")):
        told = json.loads(kept("plan", "show", f"{kind}案", "--json").out)["now"]
        states = [str(row[5]) for row in rows if row[1] == plan]
        counted = {now: sum(each.startswith(word) for each in states)
                   for now, word in (("done", "已落实"), ("to_do", "仍待办"), ("changed", "已变化"))}  # fmt: skip
        assert counted == told
        assert f"已落实{told['done']}，仍待办{told['to_do']}，已变化{told['changed']}。" in page


def test_of_one_township_only_its_own(kept: Census, tmp_path: Path) -> None:
    kept("report", "乙镇", "--html", "--out", "出")
    page = (tmp_path / "出" / "coverage-乙镇.html").read_text("utf-8")
    assert "提出1组：已落实0，仍待办1，已变化0。" in page and "丙一网吧" not in page


def test_who_was_left_over_and_is_covered_now_is_no_proposal(
    census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    alone = [_waiting("甲一茶厂", 1), _waiting("乙一砖厂", 1, town="乙镇")]
    census("ingest", workbook("一.xlsx", "\n".join([HEAD, *alone])), "--as-of", "2026-03-31", "--no-returns")
    census("plan", "joint", "--keep")
    now = [_joined("甲一茶厂", 1, "村支部").replace("联合", "挂靠"), alone[1]]
    census("ingest", workbook("二.xlsx", "\n".join([HEAD, *now])), "--as-of", "2026-06-30", "--no-returns")
    found = json.loads(census("plan", "show", "--json").out)
    assert {each["units"][0]: each["now"] for each in found["leftovers"]} == {"甲一茶厂": "done", "乙一砖厂": "to_do"}
    census("report", "--html", "--out", "出")
    said = re.search(r'<section id="proposals">.*?</section>', (tmp_path / "出/coverage.html").read_text("utf-8"), re.S)
    assert said is not None and "乙一砖厂" in said[0] and "甲一茶厂" not in said[0]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (None, ["why.gone"]),
        ({"excluded": True, "operating_status": "closed", "township": "甲镇"}, ["why.closed"]),
        ({"excluded": True, "operating_status": "shell", "township": "甲镇"}, ["why.excluded"]),
        ({"excluded": False, "operating_status": "operating", "township": "乙镇"}, ["why.moved"]),
        ({"excluded": False, "operating_status": "operating", "township": "甲镇"}, []),
    ],
)
def test_why_nothing_more_will_come_of_a_mass_organisation(row: dict[str, Any] | None, codes: list[str]) -> None:
    proposal = MassProposal(
        subject=Subject(name="甲厂", county="某县", township="甲镇"), kind="union", due=True, count=5,
        form="standalone", group=None, partners=(), lead=None, joins=None, following=None, total=5,
        citation=Citation(document="条例", article="第一条", text="……"),
    )  # fmt: skip
    plan = MassPlan(
        round=1, as_of="2026-03-31", policy=PolicyStamp(name="default", version="v", as_of="2026-03-31"), units_min=2,
        units_max=5, tallies=(), proposals=(proposal,), left=(),
    )  # fmt: skip
    (fate,) = liaison_and_mass.mass(plan, lambda _: None if row is None else {**row, "has_union": False})
    assert [said.code for said in fate.why] == codes and fate.now == ("changed" if codes else "to_do")
    (done,) = liaison_and_mass.mass(plan, lambda _: {**(row or {}), "has_union": True})
    assert done.now == "done"
