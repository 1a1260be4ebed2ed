"""The law of filling: whatever fields and layout a form has, read back it gives what was put in. Names are invented."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from coverage_census.ingest.cells import counts
from coverage_census.ingest.fill import form as filling
from coverage_census.ingest.fill.references import Shift
from coverage_census.ingest.workbook import read_workbook
from coverage_census.model import tables
from coverage_census.model.choices import CHOICES
from coverage_census.model.filling import FillRequest
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import Organisation, about
from fill_case import headings, rule
from kit import often

SAID = ("0", "3", "12", "约50", "近百", "50余", "120余", "不足3", "30-50", "20以上", "超过40", "不超过8", "1234")
HEADINGS: dict[str, tuple[str, ...]] = {
    "kind": ("单位类别",), "township": ("所属乡镇",), "village": ("村（社区）",), "industry": ("所属行业",),
    "operating_status": ("经营状态",), "above_scale": ("是否规模以上",), "registered_on": ("成立（登记）时间",),
    "revenue_10k": ("年营业收入(元)",), "employees": ("从业人员（名）",), "members_total": ("党员情况", "总数"),
    "members_formal": ("党员情况", "正式"), "members_probationary": ("党员情况", "预备"),
    "activists": ("党员情况", "入党积极分子"), "has_org": ("是否建立党组织(是、否)",), "org_form": ("组建方式",),
    "org_level": ("党组织", "类别"), "org_name": ("党组织", "名称"), "org_founded_on": ("党组织", "成立时间"),
    "superior_org": ("上级党组织",), "instructors": ("党建工作指导员人数",), "not_built_reason": ("未建立党组织原因",),
    "responsibility": ("隶属关系",), "has_union": ("是否建立工会",), "venue": ("有无活动场所",),
    "funds_yuan": ("党组织活动经费（万元）",), "star": ("星级",), "remarks": ("备注",),
}  # fmt: skip
TEXTS = {
    "township": ("青石镇", "白鹭乡"), "village": ("柳树村", "河东社区"), "industry": ("制造业", "批发和零售业"),
    "org_name": ("青石镇联合党支部", "中共晨曦厂支部委员会"), "superior_org": ("青石镇党委",),
    "not_built_reason": ("没有党员", "出资人不支持"), "remarks": ("已走访", "-3为笔误", "@待回访", "=停产"),
}  # fmt: skip
DATES = ("2014", "2016-05", "2011-11-11", "2020-02-29")


def value(field: str) -> st.SearchStrategy[Any]:
    """What a ledger may hold of a field; None is unknown. Counts as they were said."""
    holds = about()[field].holds
    known: Sequence[Any] = {
        "flag": (True, False), "date": DATES, "number": (0.0, 0.3, 12.5, 3000.0, 123456.0), "star": (1, 3, 5),
        "count": SAID, "text": TEXTS.get(field, ()),
    }.get(holds) or tuple(CHOICES.get(field, ()))  # fmt: skip
    return st.sampled_from((None, *known))


@st.composite
def organisation(draw: st.DrawFn, fields: Sequence[str], number: int) -> Organisation:
    held: dict[str, Any] = {
        "name": draw(st.sampled_from(("晨曦电子厂", "云杉木业", "+cmd科技", "@南山茶叶店"))) + str(number)
    }
    qualifiers, bounds = {}, {}
    for field in fields:
        said = draw(value(field))
        if said is not None and about()[field].holds == "count":
            read = counts.parse(said)
            assert isinstance(read, counts.Count)
            if read.qualifier is not None:
                qualifiers[field], bounds[field] = read.qualifier, (read.low or 0, read.high)
            said = read.value
        held[field] = said
    if "has_org" not in fields and not {"org_form", "org_level", "org_name"}.isdisjoint(fields):
        held.pop("has_org", None)
    return Organisation(**held, qualifiers=qualifiers, bounds=bounds)


@st.composite
def form(draw: st.DrawFn) -> tuple[bytes, list[str], list[Organisation]]:
    """A ledger of some fields: 1 or 2 heading rows, ruled rows or none, a title, a sum, notes."""
    fields = draw(st.lists(st.sampled_from(sorted(HEADINGS)), min_size=2, max_size=9, unique=True))
    for group, pair in (("党员情况", ("members_total", "members_formal")), ("党组织", ("org_level", "org_name"))):
        if sum(HEADINGS[field][0] == group for field in fields) == 1:  # nobody puts a group over one column
            fields = [*fields, *(field for field in pair if field not in fields)]
    fields.sort(key=list(HEADINGS).index)  # a group stands together
    numbered = draw(st.booleans())
    paths: list[tuple[str, ...]] = [("单位名称", "")]
    paths = [("序号", ""), *paths] if numbered else paths
    paths += [(*HEADINGS[field], "")[:2] for field in fields]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    top = 1
    if draw(st.booleans()):
        sheet["A1"], sheet["A2"], top = "两新组织党建工作台账", "填报单位：            截止日期：   年  月  日", 3
    headings(sheet, top, paths if any(path[1] for path in paths) else [(path[0],) for path in paths])
    row = top + 1 + any(path[1] for path in paths)
    for _ in range(draw(st.integers(0, 4))):
        rule(sheet, row, len(paths), 20)
        row += 1
    if draw(st.booleans()):
        sheet.cell(row, 1, "合计")
        row += 1
    if draw(st.booleans()):
        sheet.cell(row, 1, "注：没有的填“无”，不清楚的留空。")
    sink = io.BytesIO()
    book.save(sink)
    size = draw(st.integers(1, 6))
    return sink.getvalue(), fields, [draw(organisation(fields, number)) for number in range(size)]


@settings(max_examples=often(25), deadline=None)
@given(form())
def test_read_back_a_form_gives_what_was_put_in(made: tuple[bytes, list[str], list[Organisation]]) -> None:
    data, fields, organisations = made
    request = FillRequest(
        path="表.xlsx", file="表.xlsx", organisations=tuple(organisations), as_of="2026-06-30", today="2026-11-21"
    )
    told, content = filling.fill(data, request)
    assert told.refused is None, told
    assert told.organisations == told.read_back == len(organisations)
    assert not [each for each in told.fields if each.differing or each.unfit]
    _, table, problems = read_workbook(content, Incoming(Path("填.xlsx"), "填.xlsx"), {})
    found = {each.name: each for each in tables.records(table)}
    for each in organisations:
        theirs = found[each.name]
        for field in fields:
            ours = getattr(each, field)
            derived = theirs.qualifiers.get(field) == "derived" and ours is None  # parts add up
            derived |= field == "has_org" and ours is None
            assert derived or getattr(theirs, field) == ours, (field, ours, problems)
            assert derived or theirs.bounds.get(field) == each.bounds.get(field), field


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30), st.integers(0, 20), st.integers(1, 9))
def test_an_area_keeps_the_rows_it_was_about(first: int, after: int, begin: int, length: int, count: int) -> None:
    """What stood in an area stands in it afterwards, and an area that ended with the ruled rows takes the new ones."""
    shift = Shift("表", max(first, after), count, min(first, after))
    left, right = shift.formula(f"=SUM(C{begin}:C{begin + length})", "表")[5:-1].split(":")
    moved = range(int(left[1:]), int(right[1:]) + 1)
    assert {shift.row(row) for row in range(begin, begin + length + 1)} <= set(moved)
    grows = begin <= shift.after <= begin + length
    assert len(moved) == length + 1 + (count if grows else 0)


def test_formulas_of_other_sheets_and_names_of_functions_are_left_alone() -> None:
    shift = Shift("一、台账", 10, 5, 6)
    assert (
        shift.formula("=IF(LOG10(A12)>1,'一、台账'!A12,别处!A12)", "别处")
        == "=IF(LOG10(A12)>1,'一、台账'!A17,别处!A12)"
    )
    assert shift.formula("=D10+E10", "一、台账", 10) == "=D10+E10"
    assert shift.formula("=SUM(D10:F10)", "一、台账", 10) == "=SUM(D10:F10)"
    assert shift.formula('=COUNTIF($D$6:$D$10,"是")/A11', "一、台账", 11) == '=COUNTIF($D$6:$D$15,"是")/A16'
