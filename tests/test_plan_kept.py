"""Kept plans: what is kept is shown again, and a later round says what came true, what broke and why."""

import json
from pathlib import Path

import pytest

from kit import Census, Workbook

HEAD = (
    "| 县（市、区） | 乡镇（街道） | 单位名称 | 统一社会信用代码 | 村（社区） | 所属行业 | 经营状态 "
    "| 是否建立党组织 | 组建方式 | 党组织名称 | 党员总数 | 正式党员 |"
)
WAITING = {
    "甲一茶厂": "| 某县 | 甲镇 | 甲一茶厂 | | 东村 | 制造业 | 正常 | 否 | | | 1 | 1 |",
    "甲二茶厂": "| 某县 | 甲镇 | 甲二茶厂 | | 东村 | 制造业 | 正常 | 否 | | | 2 | 2 |",
    "甲三超市": "| 某县 | 甲镇 | 甲三超市 | | 西村 | 零售业 | 正常 | 否 | | | 1 | 1 |",
    "甲四宾馆": "| 某县 | 甲镇 | 甲四宾馆 | | 西村 | 零售业 | 正常 | 否 | | | 2 | 2 |",
}
TRUE = {"甲一茶厂": "是 | 联合 | 甲镇茶业联合支部", "甲二茶厂": "是 | 联合 | 甲镇茶业联合支部"}


def sheet(rows: dict[str, str]) -> str:
    return "\n".join([HEAD, *rows.values()])


def having(**changes: str) -> dict[str, str]:
    """The four organisations with what came after 经营状态 of some written anew."""
    found = dict(WAITING)
    for name, told in changes.items():
        place = found[name].split(" 否 ")[0]
        found[name] = f"{place} {told} |" if told.startswith(("是", "否")) else told
    return {name: row for name, row in found.items() if row}


def planned(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("一.xlsx", sheet(WAITING)), "--as-of", "2026-06-30")
    assert census("plan", "joint", "--keep", "--name", "首稿").code == 0


def states(census: Census) -> list[tuple[str, str]]:
    """State and sentence of each group, by its first unit."""
    found = json.loads(census("plan", "show", "首稿", "--json").out)
    return [(each["state"], each["sentence"]) for each in sorted(found["fates"], key=lambda each: min(each["units"]))]


def test_what_was_kept_is_what_was_planned_and_keeping_it_twice_writes_nothing(
    census: Census, workbook: Workbook
) -> None:
    census("ingest", workbook("一.xlsx", sheet(WAITING)))
    plan = json.loads(census("plan", "joint", "--keep", "--json").out)
    shown = json.loads(census("plan", "show", "--json").out)
    assert shown["kept"]["inputs"].keys() == {"organisations", "policy"}
    assert shown["changed"] == []
    joint = shown["kept"]["joint"]
    assert [[u["name"] for u in g["units"]] for g in joint["groups"]] == [
        [u["name"] for u in g["units"]] for g in plan["groups"]
    ]
    assert {key: joint[key] for key in ("round", "limits", "weights", "inputs")} == {
        key: plan[key] for key in ("round", "limits", "weights", "inputs")
    }
    again = census("plan", "joint", "--keep")
    assert "没有再存" in again.out
    assert [each["number"] for each in json.loads(census("plan", "list", "--json").out)] == [2]


def test_undo_takes_a_kept_plan_back(census: Census, workbook: Workbook) -> None:
    planned(census, workbook)
    assert census("undo", "2").code == 0
    assert json.loads(census("plan", "list", "--json").out) == []
    assert census("plan", "show").code == 1
    assert census("plan", "show", "首稿").code == 1


CASES = [
    ("nothing happened", {}, "open", ""),
    ("both are in one branch", TRUE, "came_true", "甲镇茶业联合支部"),
    ("one has a branch of its own",
     {"甲二茶厂": "是 | 单独 | 甲二茶厂支部 | 3 | 3"}, "broken", "甲二茶厂已单独组建"),
    ("one has three formal members now", {"甲二茶厂": "否 | | | 3 | 3"}, "broken", "应单独组建"),
    ("one affiliated", {"甲二茶厂": "是 | 挂靠 | 东村支部 | 2 | 2"}, "broken", "已挂靠组建"),
    ("one joined others",
     {"甲二茶厂": "是 | 联合 | 甲镇第二联合支部 | 2 | 2"}, "broken", "甲二茶厂已进甲镇第二联合支部"),
    ("members no longer add up", {"甲二茶厂": "否 | | | 1 | 1"}, "broken", "合计只有2名，不足3名"),
    ("one closed",
     {"甲二茶厂": "| 某县 | 甲镇 | 甲二茶厂 | | 东村 | 制造业 | 注销 | 否 | | | 2 | 2 |"}, "broken", "已注销或迁出"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "state", "words"), CASES, ids=[each[0] for each in CASES])
def test_a_later_round_says_what_became_of_a_group(
    what: str, changes: dict[str, str], state: str, words: str, census: Census, workbook: Workbook
) -> None:
    planned(census, workbook)
    told = {name: each if each.count("|") > 2 else f"{each} | 1 | 1" for name, each in changes.items()}
    census("ingest", workbook("二.xlsx", sheet(having(**told))), "--as-of", "2026-09-30")
    (first, said), (other, nothing) = states(census)
    assert (first, other) == (state, "open"), what
    assert words in said and nothing == ""


def test_an_organisation_that_left_the_township_breaks_its_group(census: Census, workbook: Workbook) -> None:
    code = "91340828MA2TE0T16A"  # invented
    rows = dict(WAITING)
    rows["甲二茶厂"] = rows["甲二茶厂"].replace("甲二茶厂 | |", f"甲二茶厂 | {code} |")
    census("ingest", workbook("一.xlsx", sheet(rows)), "--as-of", "2026-06-30")
    census("plan", "joint", "--keep", "--name", "首稿")
    rows["甲二茶厂"] = rows["甲二茶厂"].replace("甲镇", "乙镇")
    census("ingest", workbook("二.xlsx", sheet(rows)), "--as-of", "2026-09-30")
    assert states(census)[0][0] == "broken"
    assert "甲二茶厂迁到乙镇" in states(census)[0][1]


def test_an_existing_branch_that_took_somebody_in_came_true_and_before_it_was_open(
    census: Census, workbook: Workbook
) -> None:
    rows = having(
        甲三超市="是 | 联合 | 西村联合支部 | 1 | 1", 甲四宾馆="是 | 联合 | 西村联合支部 | 2 | 2",
        甲一茶厂="| 某县 | 甲镇 | 甲一茶厂 | | 西村 | 零售业 | 正常 | 否 | | | 1 | 1 |", 甲二茶厂="",
    )  # fmt: skip
    census("ingest", workbook("一.xlsx", sheet(rows)), "--as-of", "2026-06-30")
    census("plan", "joint", "--keep", "--name", "首稿")
    assert [state for state, _ in states(census)] == ["open"]
    rows["甲一茶厂"] = rows["甲一茶厂"].replace("| 否 | | |", "| 是 | 联合 | 西村联合支部 |")
    census("ingest", workbook("二.xlsx", sheet(rows)), "--as-of", "2026-09-30")
    assert states(census) == [("came_true", "现为西村联合支部")]


def test_the_list_counts_and_older_rounds_are_told_as_they_were(census: Census, workbook: Workbook) -> None:
    planned(census, workbook)
    more = {name: f"{each} | 1 | 1" for name, each in TRUE.items()}
    census("ingest", workbook("二.xlsx", sheet(having(**more))), "--as-of", "2026-09-30")
    (now,) = json.loads(census("plan", "list", "--json").out)
    assert (now["came_true"], now["open"], now["judged_on"]) == (1, 1, 3)
    (then,) = json.loads(census("plan", "list", "--round", "2", "--json").out)
    assert (then["came_true"], then["open"]) == (0, 2)
    assert len(census("plan", "list", "--csv").out.splitlines()) == 2
    shown = census("plan", "show", "首稿")
    assert "编制依据已有变化：台账。" in shown.out and "已落实1" in shown.out
    english = census("plan", "show", "首稿", "--lang", "en")
    assert "1 came true" in english.out


def test_compare_is_seen_alike_from_both_sides(census: Census, workbook: Workbook) -> None:
    planned(census, workbook)
    rows = dict(WAITING)
    rows["甲五"] = "| 某县 | 甲镇 | 甲五饭店 | | 东村 | 制造业 | 正常 | 否 | | | 1 | 1 |"
    del rows["甲三超市"]
    rows["甲四宾馆"] = rows["甲四宾馆"].replace("| 2 | 2 |", "| 1 | 1 |")
    census("ingest", workbook("二.xlsx", sheet(rows)), "--as-of", "2026-09-30")
    census("undo", "1")
    one = json.loads(census("plan", "compare", "首稿", "now", "--json").out)
    two = json.loads(census("plan", "compare", "now", "首稿", "--json").out)
    assert one["changed"] or one["gone"]
    assert one["equal"] == two["equal"]
    assert [pair[::-1] for pair in one["changed"]] == sorted(two["changed"], key=lambda pair: pair[1]["number"])
    assert (one["gone"], one["new"]) == (two["new"], two["gone"])
    assert (one["only_one"], one["only_other"]) == (two["only_other"], two["only_one"])
    assert (one["one"], one["other"]) == (two["other"], two["one"])


def test_a_plan_compared_with_itself_is_the_same(census: Census, workbook: Workbook) -> None:
    planned(census, workbook)
    shown = census("plan", "compare", "首稿", "now")
    assert shown.code == 0 and "两个方案完全相同" in shown.out
    assert census("plan", "compare", "2", "首稿", "--csv").out.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "now", "now"), "now"),
        (("compare", "首稿", "没有"), "没有方案“没有”"),
        (("compare", "首稿", "群团"), "不能比"),
        (("joint", "--keep", "--name", "12"), "方案名称"),
        (("joint", "--keep", "--what-if", "joint_units_max=4"), "--what-if"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    words: tuple[str, ...], said: str, census: Census, workbook: Workbook
) -> None:
    planned(census, workbook)
    census("plan", "mass", "--keep", "--name", "群团")
    refused = census("plan", *words)
    assert refused.code == 2 and said in refused.err and refused.err.count("\n") == 1


def test_plans_of_officers_and_mass_organisations_are_kept_too(
    census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    rows = dict(WAITING)
    rows["甲五"] = "| 某县 | 甲镇 | 甲五饭店 | | 东村 | 餐饮业 | 正常 | 否 | | | 0 | 0 |"
    census("ingest", workbook("一.xlsx", sheet(rows)), "--as-of", "2026-06-30")
    bank = "| 岗位代码 | 岗位职务 | 服务乡镇 | 可联系家数 |\n| Z01 | 组织委员 | 甲镇 | 9 |"
    census("plan", "liaison", "--instructors", workbook("人才库.xlsx", bank), "--keep", "--name", "选派")
    shown = json.loads(census("plan", "show", "选派", "--json").out)
    assert "instructors" in shown["kept"]["inputs"]
    assert shown["fates"] and {each["state"] for each in shown["fates"]} == {"open"}
    first = shown["fates"][0]["units"][0]
    census("plan", "liaison", "--step", first, "Z01", "个人同意")
    assert "begun" in {each["state"] for each in json.loads(census("plan", "show", "选派", "--json").out)["fates"]}
    census("plan", "liaison", "--step", first, "Z01", "组织委任")
    assert json.loads(census("plan", "show", "选派", "--json").out)["counts"]["came_true"] == 1
    assert census("plan", "compare", "选派", "选派").code == 0
    assert census("plan", "mass", "--keep", "--json").code == 0
    assert [each["kind"] for each in json.loads(census("plan", "list", "--json").out)] == ["liaison", "mass"]


def test_a_kept_plan_is_kept_to_where_nothing_is_lost_by_that(census: Census, workbook: Workbook) -> None:
    """New organisations are just like 甲一 and 甲二 and come first by name; the two stay together all the same."""
    planned(census, workbook)
    before = groups(census)
    rows = dict(WAITING)
    for name, formal in (("甲0", 1), ("甲1", 1), ("甲2", 1), ("甲3", 1), ("甲4", 2)):
        rows[name] = WAITING["甲一茶厂"].replace("甲一茶厂", name).replace("| 1 | 1 |", f"| {formal} | {formal} |")
    census("ingest", workbook("二.xlsx", sheet(rows)), "--as-of", "2026-09-30")
    after = groups(census)
    assert all(any(old <= new for new in after) for old in before)
    assert "以方案2为基础" in census("plan", "joint").out
    census("undo", "2")
    assert not all(any(old <= new for new in groups(census)) for old in before)


def groups(census: Census) -> list[set[str]]:
    found = json.loads(census("plan", "joint", "--json").out)["groups"]
    return [{unit["name"] for unit in each["units"]} for each in found]


def test_what_became_of_plans_for_unions_and_officers(census: Census, workbook: Workbook) -> None:
    """A union that was formed, an organisation that closed, and another officer than the one who was proposed."""
    head = "| 乡镇（街道） | 单位名称 | 经营状态 | 职工人数 | 是否建立工会 | 是否建立党组织 | 党员总数 |\n"
    one, two = ("| 甲镇 | 甲一厂 | {} | 60 | {} | 否 | 0 |\n", "| 甲镇 | 甲二厂 | {} | 60 | {} | 否 | 0 |\n")
    census("ingest", workbook("一.xlsx", head + one.format("正常", "否") + two.format("正常", "否")))
    bank = workbook("人才库.xlsx", "| 岗位代码 | 服务乡镇 | 可联系家数 |\n| Z01 | 甲镇 | 9 |\n| Z02 | 甲镇 | 1 |")
    census("plan", "liaison", "--instructors", bank, "--keep", "--name", "选派")
    census("plan", "mass", "--keep", "--name", "群团")
    sent = {
        each["units"][0]: each["branch"] for each in json.loads(census("plan", "show", "选派", "--json").out)["fates"]
    }
    other = {"Z01": "Z02", "Z02": "Z01"}[sent["甲一厂"]]
    census("plan", "liaison", "--step", "甲一厂", other, "签订协议")
    rows = head + one.format("正常", "是") + two.format("注销", "否")
    census("ingest", workbook("二.xlsx", rows), "--as-of", "2027-01-31")
    assert {name: state for name, state, _ in told(census, "选派")} == {"甲一厂": "broken", "甲二厂": "broken"}
    assert "改由" in next(said for name, _, said in told(census, "选派") if name == "甲一厂")
    unions = told(census, "群团")
    assert ("甲一厂", "came_true", "") in unions
    assert all(state == "broken" for name, state, _ in unions if "甲二厂" in name)


def told(census: Census, plan: str) -> list[tuple[str, str, str]]:
    found = json.loads(census("plan", "show", plan, "--json").out)["fates"]
    return [("、".join(each["units"]), each["state"], each["sentence"].removeprefix("现为")) for each in found]
