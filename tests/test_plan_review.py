"""The review workbook of joint plans: unchanged it changes nothing, every limit broken in it is located, pins hold."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from kit import Census, Workbook

HEAD = (
    "| 县（市、区） | 乡镇（街道） | 单位名称 | 村（社区） | 所属行业 "
    "| 是否建立党组织 | 组建方式 | 党组织名称 | 党员总数 | 正式党员 |"
)
FREE = {
    "甲一茶厂": ("某县", "甲镇", "东村", "制造业", 2), "甲二茶厂": ("某县", "甲镇", "东村", "制造业", 2),
    "甲三超市": ("某县", "甲镇", "西村", "零售业", 1), "甲四宾馆": ("某县", "甲镇", "西村", "零售业", 2),
    "甲五书店": ("某县", "甲镇", "西村", "零售业", 1), "甲六药店": ("某县", "甲镇", "西村", "零售业", 1),
    "甲七花店": ("某县", "甲镇", "西村", "零售业", 1), "乙一砖厂": ("别县", "乙镇", "北村", "制造业", 2),
    "乙二砖厂": ("别县", "乙镇", "北村", "制造业", 2), "丙一磨坊": ("别县", "丙镇", "南村", "制造业", 1),
}  # fmt: skip
BRANCH = """
| 某县 | 甲镇 | 甲八饭店 | 东村 | 餐饮业 | 是 | 联合 | 甲镇联合党支部 | 2 | 2 |
| 某县 | 甲镇 | 甲九饭店 | 东村 | 餐饮业 | 是 | 联合 | 甲镇联合党支部 | 2 | 2 |
"""
Group = str | int | None


def ledger(members: Mapping[str, int] | None = None) -> str:
    """Nine free organisations in two counties and a branch of two; `members` beyond the formal ones."""
    more = members or {}
    rows = [
        f"| {county} | {town} | {name} | {village} | {trade} | 否 | | | {more.get(name, formal)} | {formal} |"
        for name, (county, town, village, trade, formal) in FREE.items()
    ]
    return "\n".join([HEAD, *rows, BRANCH.strip()])


Edit = Callable[..., Path]


@pytest.fixture
def sent(census: Census, workbook: Workbook, tmp_path: Path) -> Edit:
    """`sent({"甲一茶厂": 2}, [("甲一茶厂", "必须同组", "甲三超市")])`: the workbook as a clerk sends it back."""

    def edit(
        moves: Mapping[str, Group] | None = None, pairs: Sequence[tuple[str, str, str]] = (), *,
        members: Mapping[str, int] | None = None, twice: str | None = None, gone: str | None = None, lang: str = "zh",
    ) -> Path:  # fmt: skip
        from openpyxl import load_workbook

        census("ingest", workbook("台账.xlsx", ledger(members)))
        path = tmp_path / "审核.xlsx"
        assert census("plan", "joint", "--xlsx", "--out", path, "--lang", lang).code == 0
        book = load_workbook(path)
        sheet = book.worksheets[0]
        at = {sheet.cell(row, 5).value: row for row in range(6, sheet.max_row + 1)}
        numbers = {name: sheet.cell(row, 1).value for name, row in at.items()}
        for name, group in (moves or {}).items():
            sheet.cell(at[name], 1).value = numbers.get(group, group)
        for row, (one, rule, other) in enumerate(pairs, start=4):
            for place, text in enumerate((one, rule, other), start=1):
                book.worksheets[1].cell(row, place).value = text
        if twice:
            sheet.append([sheet.cell(at[twice], place).value for place in range(1, 13)])
        if gone:
            sheet.delete_rows(at[gone])
        book.save(path)
        return path

    return edit


def found(census: Census, path: Path) -> dict[str, Any]:
    said = census("plan", "joint", "--review", path, "--json")
    document: dict[str, Any] = json.loads(said.out)
    return document | {"code": said.code}


def groups(document: dict[str, Any]) -> set[frozenset[str]]:
    return {frozenset(unit["name"] for unit in each["units"]) for each in document["groups"]}


def codes(document: dict[str, Any]) -> list[str]:
    return [each["code"] for each in document["review"]["problems"] if each["level"] != "note"]


def together(document: dict[str, Any], one: str, other: str) -> bool:
    return any({one, other} <= each for each in groups(document))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_that_nobody_changed_changes_nothing(lang: str, census: Census, sent: Edit) -> None:
    path = sent(lang=lang)
    plan = json.loads(census("plan", "joint", "--json").out)
    read = found(census, path)
    assert {key: read[key] for key in plan} == plan
    assert (read["code"], read["review"]["problems"], read["review"]["moved"]) == (0, [], 0)
    assert read["review"]["before"] == read["review"]["after"]
    assert "方案不变" in census("plan", "joint", "--review", path).out


def test_groups_stand_as_they_are_written_and_the_rest_as_it_was(census: Census, sent: Edit) -> None:
    path = sent({"甲一茶厂": "新1", "甲三超市": "新1", "甲二茶厂": "新2", "甲五书店": "新2"})
    before = json.loads(census("plan", "joint", "--json").out)
    read = found(census, path)
    assert read["code"] == 0 and codes(read) == []
    assert {frozenset({"甲一茶厂", "甲三超市"}), frozenset({"甲二茶厂", "甲五书店"})} <= groups(read)
    assert frozenset({"乙一砖厂", "乙二砖厂", "丙一磨坊"}) in groups(read) & groups(before)
    review = read["review"]
    assert review["moved"] == 4
    assert review["after"]["points"] > review["before"]["points"]
    assert review["after"]["points"] == sum(sum(each["cost"].values()) for each in read["groups"])
    shown = census("plan", "joint", "--review", path)
    assert "调整4家" in shown.out and "覆盖不变" in shown.out


def test_who_is_taken_out_is_left_over_by_hand(census: Census, sent: Edit) -> None:
    read = found(census, sent({"甲七花店": None}))
    assert [(each["unit"]["name"], each["reason"]) for each in read["leftovers"]] == [("甲七花店", "by_hand")]
    assert read["review"]["after"]["covered"] == read["review"]["before"]["covered"] - 1
    assert read["leftovers"][0]["sentence"] == "审核时调出，不编组"


MANY: dict[str, Group] = dict.fromkeys(("甲一茶厂", "甲二茶厂", "甲三超市", "甲四宾馆", "甲五书店", "甲六药店"), "新1")
BROKEN = [
    ("one unit", {"甲一茶厂": "新1"}, {}, "too_few_units", 1, 2),
    ("six units", MANY, {}, "too_many_units", 6, 5),
    ("two formal members", {"甲三超市": "新1", "甲五书店": "新1"}, {}, "too_few_formal", 2, 3),
    ("51 members", {"甲一茶厂": "新1", "甲四宾馆": "新1"}, {"甲一茶厂": 26, "甲四宾馆": 25}, "too_many_members", 51,
     50),
    ("two counties", {"甲一茶厂": "新1", "乙一砖厂": "新1"}, {}, "counties", "别县、某县", 1),
]  # fmt: skip


@pytest.mark.parametrize(("what", "moves", "members", "code", "has", "may"), BROKEN, ids=[each[0] for each in BROKEN])
def test_every_limit_that_is_broken_is_located_and_the_rest_is_planned(
    what: str, moves: dict[str, Group], members: dict[str, int], code: str, has: object, may: object,
    census: Census, sent: Edit,
) -> None:  # fmt: skip
    read = found(census, sent(moves, members=members))
    problem = next(each for each in read["review"]["problems"] if each["code"] == code)
    assert (problem["values"]["found"], problem["values"]["limit"], problem["values"]["group"]) == (has, may, "新1")
    assert problem["sheet"] == "分组" and problem["cell"].startswith("A") and problem["message"] and problem["fix"]
    assert read["code"] == 3
    assert frozenset(moves) not in groups(read)
    assert frozenset({"乙二砖厂", "丙一磨坊"}) <= frozenset().union(*groups(read))
    assert all(2 <= len(each) <= 5 for each in groups(read))


def test_50_members_and_5_units_are_still_allowed(census: Census, sent: Edit) -> None:
    five = {name: group for name, group in MANY.items() if name != "甲六药店"}
    read = found(census, sent(five, members={"甲一茶厂": 25, "甲二茶厂": 21}))
    assert frozenset(five) in groups(read)
    assert not {"too_many_units", "too_many_members"} & set(codes(read))


def test_an_organisation_stands_once(census: Census, sent: Edit) -> None:
    read = found(census, sent(twice="甲一茶厂"))
    (problem,) = [each for each in read["review"]["problems"] if each["code"] == "twice"]
    assert problem["cell"].startswith("E") and problem["values"]["first"].startswith("E")
    assert read["review"]["before"] == read["review"]["after"]


def test_a_row_that_was_deleted_stays_as_planned(census: Census, sent: Edit) -> None:
    read = found(census, sent(gone="甲七花店"))
    assert codes(read) == ["missing"]
    assert read["review"]["before"] == read["review"]["after"]


def test_a_branch_that_exists_may_be_extended_but_nobody_is_put_out_of_it(census: Census, sent: Edit) -> None:
    read = found(census, sent({"甲八饭店": None}))
    assert "must" in codes(read)
    assert together(read, "甲八饭店", "甲九饭店")
    assert read["review"]["after"]["cost"]["dissolved"] == 0


def test_taking_a_branch_apart_costs_what_the_policy_says(census: Census, sent: Edit) -> None:
    moves: dict[str, Group] = {"甲八饭店": "新1", "甲一茶厂": "新1", "甲九饭店": "新2", "甲二茶厂": "新2"}
    read = found(census, sent(moves))
    assert read["review"]["before"]["cost"]["dissolved"] == 0
    assert read["review"]["after"]["cost"]["dissolved"] == 30


def test_pins_are_kept_and_what_they_cost_is_told(census: Census, sent: Edit) -> None:
    path = sent(pairs=[("甲一茶厂", "必须同组", "甲三超市"), ("甲五书店", "不得同组", "甲六药店")])
    read = found(census, path)
    assert read["code"] == 0 and codes(read) == []
    assert together(read, "甲一茶厂", "甲三超市") and not together(read, "甲五书店", "甲六药店")
    review = read["review"]
    assert (review["together"], review["apart"]) == (1, 1)
    assert review["after"]["covered"] == review["before"]["covered"]
    assert review["after"]["points"] >= review["before"]["points"]
    assert found(census, path) == read


def test_a_pin_may_join_an_existing_branch(census: Census, sent: Edit) -> None:
    read = found(census, sent(pairs=[("甲七花店", "必须同组", "甲八饭店")]))
    assert together(read, "甲七花店", "甲八饭店") and read["code"] == 0


def test_pins_reach_across_townships_and_forbid_there_too(census: Census, sent: Edit) -> None:
    path = sent(pairs=[("丙一磨坊", "必须同组", "乙二砖厂"), ("丙一磨坊", "不得同组", "乙一砖厂")])
    read = found(census, path)
    assert together(read, "丙一磨坊", "乙二砖厂") and not together(read, "丙一磨坊", "乙一砖厂")
    assert [each["unit"]["name"] for each in read["leftovers"]] == ["乙一砖厂"]


def test_who_must_not_join_the_only_group_there_is_is_left_over(census: Census, sent: Edit) -> None:
    read = found(census, sent(pairs=[("丙一磨坊", "不得同组", "乙一砖厂")]))
    assert not together(read, "丙一磨坊", "乙一砖厂")
    assert read["review"]["after"]["covered"] == read["review"]["before"]["covered"] - 1
    assert read["review"]["apart"] == 1


CHAIN = [(one, "必须同组", other) for one, other in zip(list(MANY)[:-1], list(MANY)[1:], strict=True)]
WRONG_PINS = [
    ("six in one", CHAIN, "pin_too_many_units", "B8"),
    ("two counties", [("甲一茶厂", "必须同组", "乙一砖厂")], "pin_counties", "B4"),
    ("both ways", [("甲一茶厂", "必须同组", "甲三超市"), ("甲三超市", "不得同组", "甲一茶厂")], "pin_apart", "B4"),
    ("nobody of that name", [("甲一茶厂", "必须同组", "甲零")], "pair_unknown", "C4"),
    ("itself", [("甲一茶厂", "必须同组", "甲一茶厂")], "pair_itself", "C4"),
    ("no such rule", [("甲一茶厂", "最好同组", "甲三超市")], "pair_rule", "B4"),
    ("half a pair", [("甲一茶厂", "必须同组", "")], "pair_blank", "C4"),
]


@pytest.mark.parametrize(("what", "pairs", "code", "cell"), WRONG_PINS, ids=[each[0] for each in WRONG_PINS])
def test_a_pin_that_cannot_be_is_located_and_the_rest_is_planned(
    what: str, pairs: list[tuple[str, str, str]], code: str, cell: str, census: Census, sent: Edit
) -> None:
    read = found(census, sent(pairs=pairs))
    (problem,) = [each for each in read["review"]["problems"] if each["code"] == code]
    assert (problem["sheet"], problem["cell"]) == ("同组要求", cell)
    assert read["code"] == 3
    assert read["review"]["after"]["covered"] == read["review"]["before"]["covered"]


def test_numbers_that_part_a_pinned_pair_are_located(census: Census, sent: Edit) -> None:
    path = sent({"甲一茶厂": "新1", "甲五书店": "新1"}, [("甲一茶厂", "必须同组", "甲三超市")])
    read = found(census, path)
    assert codes(read) == ["pin_moved"]
    assert frozenset({"甲一茶厂", "甲五书店"}) in groups(read)


def test_a_written_group_with_a_forbidden_pair_is_located(census: Census, sent: Edit) -> None:
    path = sent({"甲一茶厂": "新1", "甲五书店": "新1"}, [("甲一茶厂", "不得同组", "甲五书店")])
    read = found(census, path)
    assert codes(read) == ["apart_inside"]
    assert not together(read, "甲一茶厂", "甲五书店")


def test_a_reviewed_plan_is_kept_and_is_the_base_of_the_next(census: Census, sent: Edit) -> None:
    path = sent({"甲一茶厂": "新1", "甲三超市": "新1"})
    shown = census("plan", "joint", "--review", path, "--keep", "--name", "审定稿")
    assert "已留存" in shown.out
    kept = json.loads(census("plan", "show", "审定稿", "--json").out)
    assert kept["label"]["reviewed"] is True
    assert groups(kept["kept"]["joint"]) == groups(found(census, path))
    assert "经人工审核" in census("plan", "show", "审定稿").out
    now = json.loads(census("plan", "joint", "--json").out)
    assert together(now, "甲一茶厂", "甲三超市") and now["based_on"] == 2


def test_a_workbook_of_another_plan_is_told(census: Census, workbook: Workbook, sent: Edit) -> None:
    path = sent()
    rows = ledger() + "\n| 某县 | 甲镇 | 甲零面馆 | 东村 | 餐饮业 | 否 | | | 2 | 2 |"
    census("ingest", workbook("二.xlsx", rows), "--as-of", "2027-01-31")
    assert {"stale", "missing"} <= set(codes(found(census, path)))


def test_what_is_no_review_workbook_is_refused_and_no_workbook_is_overwritten(
    census: Census, workbook: Workbook, sent: Edit
) -> None:
    path = sent()
    other = workbook("别的.xlsx", "| 甲 | 乙 |\n| 1 | 2 |")
    refused = census("plan", "joint", "--review", other)
    assert refused.code == 1 and "不是审核表" in refused.err
    before = path.read_bytes()
    assert census("plan", "joint", "--xlsx", "--out", path).code == 1
    assert path.read_bytes() == before


def test_a_name_like_a_formula_stays_text(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    rows = ledger().replace("甲一茶厂", "=1+1茶厂").replace("甲二茶厂", "@SUM茶厂")
    census("ingest", workbook("台账.xlsx", rows))
    census("plan", "joint", "--xlsx", "--out", tmp_path / "审核.xlsx")
    book = load_workbook(tmp_path / "审核.xlsx")
    formulas = [c for sheet in book.worksheets for row in sheet for c in row if c.data_type == "f"]
    assert {cell.parent.title for cell in formulas} == {"各组核对"}
    assert found(census, tmp_path / "审核.xlsx")["review"]["moved"] == 0
