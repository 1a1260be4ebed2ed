"""Small forms read as the jail reads them, and the bank of officers made of their lines."""

import pytest

from coverage_census.ingest.sheets import form
from coverage_census.model.forms import FormsRead
from coverage_census.model.plans.officers import INSTRUCTORS
from coverage_census.plan.liaison import officers_and_wishes
from coverage_census.plan.liaison.officers_and_wishes import LedgerKnowledge


def read(text: str) -> FormsRead:
    return form.read(text.strip().encode(), ".csv", "库.csv", INSTRUCTORS, "0" * 64)


def codes(found: FormsRead) -> list[tuple[str, str | None]]:
    return [(each.code, each.cell) for each in found.problems]


def known(**more: object) -> LedgerKnowledge:
    given = {
        "townships": {"东镇": frozenset({"甲县"})}, "counties": frozenset({"甲县"}), "by_name": {"甲公司": (0,)},
        "by_uscc": {}, "in_need": frozenset({0}),
    }  # fmt: skip
    return LedgerKnowledge(**(given | more))  # type: ignore[arg-type]


def test_a_line_with_its_cells() -> None:
    found = read("某县指导员库,,,\n序号,岗位代码,可联系家数,专长（行业）\n1,ZD-1,3家,1.食品；2、物流\n")
    (line,) = found.lines
    assert (line.form, line.row, line.text("code"), line.number("capacity")) == ("officers", 3, "ZD-1", 3)
    assert line.texts("expertise") == ("食品", "物流") and line.at["capacity"] == "C3"
    assert line.texts("townships") == () and line.text("post") is None


def test_samples_blank_lines_and_notes_are_no_lines() -> None:
    found = read("序号,岗位代码,可联系家数\n样例,ZD-0,3\n,,\n1,ZD-1,2\n注：一个岗位一行,,\n")
    assert [line.text("code") for line in found.lines] == ["ZD-1"]


def test_headings_in_english_and_with_line_breaks() -> None:
    found = read('No.,"岗位代码\n(duty code)","可联系家数\n(capacity)"\n1,ZD-1,2\n')
    assert [line.number("capacity") for line in found.lines] == [2]


def test_personal_columns_are_dropped_and_others_named() -> None:
    found = read("岗位代码,姓名,可联系家数,联系电话,爱好\nZD-1,李某某,2,13800138000,下棋\n")
    assert codes(found) == [("personal_column", "B1"), ("personal_column", "D1"), ("unused_column", "E1")]
    assert "李某某" not in found.model_dump_json() and "13800138000" not in found.model_dump_json()


@pytest.mark.parametrize("cell", ["联系人：王某某", "干部13800138000", "干部 110101199003074514"])
def test_persons_inside_a_cell_are_hidden(cell: str) -> None:
    found = read(f"岗位代码,岗位职务,可联系家数\nZD-1,{cell},2\n")
    assert len(found.lines) == 1 and found.problems
    assert not any(part in found.model_dump_json() for part in ("王某某", "13800138000", "110101199003074514"))


@pytest.mark.parametrize("cell", ["几家", "约3家", "3-5", "-1"])
def test_a_capacity_that_is_no_number(cell: str) -> None:
    found = read(f"岗位代码,可联系家数\nZD-1,{cell}\n")
    assert codes(found) == [("unreadable_value", "B2")] and found.lines[0].unreadable == ("capacity",)
    assert officers_and_wishes.read(found, known()).officers == ()


def test_a_file_that_is_none_of_the_forms() -> None:
    found = read("今天,天气\n晴,好\n")
    assert codes(found) == [("form_not_found", None)] and found.lines == () == found.forms


def test_a_name_for_a_code_is_not_quoted() -> None:
    made = officers_and_wishes.read(read("岗位代码,可联系家数\n李某某,2\nZD-1,2\n"), known())
    assert [each.code for each in made.officers] == ["ZD-1"]
    assert [(each.code, each.values) for each in made.problems] == [("officer_code_is_name", {})]


def test_whoever_may_go_to_any_county_is_asked_about() -> None:
    made = officers_and_wishes.read(read("岗位代码,可联系家数\nZD-1,2\n"), known(counties=frozenset({"甲县", "乙县"})))
    assert [each.code for each in made.problems] == ["officer_any_county"] and len(made.officers) == 1


def test_equal_names_are_told_apart_by_their_code() -> None:
    text = "单位名称,统一社会信用代码,第一志愿\n甲公司,{uscc},ZD-1\n"
    both = known(by_name={"甲公司": (0, 1)}, by_uscc={"91": 1}, in_need=frozenset({0, 1}))
    officers = read("岗位代码,可联系家数\nZD-1,2\n")
    for uscc, wishes, problems in (("", {}, ["wish_ambiguous"]), ("91", {1: ("ZD-1",)}, [])):
        wished = read(text.format(uscc=uscc))
        lines, forms = (*officers.lines, *wished.lines), (*officers.forms, *wished.forms)
        made = officers_and_wishes.read(wished.model_copy(update={"lines": lines, "forms": forms}), both)
        assert made.organisation_wishes == wishes and [each.code for each in made.problems] == problems
