"""The blank workbook: what stands on it, what its cells refuse, and that the reader understands it afterwards."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from coverage_census.model.choices import CHOICES, Kind, OrgForm
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level
from coverage_census.template import form
from coverage_census.template.layout import EXAMPLE, GROUPS, columns, example, heading, options
from coverage_census.template.workbook import workbook
from coverage_census.words.catalogue import LANGS, Lang, Words, entries


def opened(lang: Lang = "zh", as_of: str | None = None) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(Words(lang), as_of)))


@pytest.mark.parametrize("lang", LANGS)
def test_two_sheets_with_every_field_of_the_form_explained(lang: Lang) -> None:
    book = opened(lang)
    sheet, notes = book.worksheets
    headed = [cell.value for row in (form.GROUP, form.HEAD) for cell in sheet[row + 1]]
    told = [row[1].value for row in notes.iter_rows()]
    for column in columns():
        assert heading(column, Words(lang), "\n") in headed
        assert f"【{heading(column, Words(lang))}】" in told


def test_headings_are_the_labels_of_the_model_with_their_units() -> None:
    zh = {column.field: heading(column, Words("zh")) for column in columns()}
    assert zh["employees"] == "从业人员（名）"
    assert zh["funds_yuan"] == "党组织活动经费（元）"
    assert zh["name"] == about()["name"].zh


def test_no_formula_and_nothing_personal() -> None:
    for lang in LANGS:
        for sheet in opened(lang).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f"
                    assert not (
                        cell.row == form.HEAD + 1 and cell.value in {"姓名", "联系电话", "身份证号", "法定代表人"}
                    )


def test_cells_refuse_what_cannot_be() -> None:
    sheet = opened().worksheets[0]
    rules = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}
    letter = {column.field: get_column_letter(column.place + 1) for column in columns()}
    assert rules[letter["has_org"]].formula1 == '"是,否"'
    assert rules[letter["members_formal"]].type == "whole"
    assert rules[letter["members_formal"]].operator == "greaterThanOrEqual"
    assert rules[letter["org_form"]].formula1.strip('"').split(",") == [
        "单独组建", "联合组建", "挂靠组建", "依托组建", "区域联建", "行业统建", "临时组建",
    ]  # fmt: skip
    assert letter["name"] not in rules
    assert all(rule.allow_blank for rule in rules.values())


def test_codes_and_dates_stay_text() -> None:
    sheet = opened().worksheets[0]
    for column in columns():
        if column.field == "uscc" or column.note.holds == "date":
            assert sheet.cell(form.FIRST + 1, column.place + 1).number_format == "@"


def test_it_prints_on_a4_with_its_headings_on_every_page() -> None:
    sheet = opened().worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$3:$4", "$A:$B")
    assert sheet.freeze_panes == "C6"


def test_the_same_form_is_the_same_bytes() -> None:
    assert workbook(Words("zh")) == workbook(Words("zh"))


def test_the_catalogue_and_the_layout_fit() -> None:
    fields = {column.field for column in columns()}
    assert EXAMPLE.keys() <= fields
    assert {key.removeprefix("meaning.") for key in entries("template") if key.startswith("meaning.")} <= fields
    assert {key.removeprefix("group.") for key in entries("template") if key.startswith("group.")} == dict(
        GROUPS
    ).keys()
    for column in columns():
        assert not options(column) or example(column, Words("zh")) in {None, *options(column)}
        assert len(",".join(options(column))) <= 255  # Excel's limit for a list in a cell
        assert not (column.note.holds == "choice" and column.field not in CHOICES)
    for lang in LANGS:
        assert all(len(Words(lang)(f"template.check.{key}")) <= 255 for key in ("choice", "count", "number", "uscc"))
        assert len(Words(lang)("template.check.title")) <= 32


FILLED: tuple[dict[str, str | int], ...] = (
    {
        "name": "富民食品有限公司", "kind": "非公有制企业", "township": "首阳镇", "employees": 26,
        "members_total": 4, "members_formal": 3, "members_probationary": 1, "has_org": "是",
        "org_form": "单独组建", "org_founded_on": "2019-06", "has_union": "否", "instructors": 0,
    },
    {"name": "和顺商会", "kind": "社会组织", "township": "宁远镇", "members_total": 0, "has_org": "否"},
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_a_filled_in_form_is_read_as_it_was_meant(lang: Lang, tmp_path: Path) -> None:
    read = pytest.importorskip("coverage_census.ingest.read")
    from coverage_census.model import tables
    from coverage_census.model.incoming import Incoming

    book = opened(lang, "2026-06-30")
    for row, values in enumerate(FILLED, start=form.FIRST + 1):
        for column in columns():
            if column.field in values:
                book.worksheets[0].cell(row, column.place + 1).value = values[column.field]
    path = tmp_path / "首阳镇.xlsx"
    book.save(path)
    intake = read.read([Incoming(path=path, label=path.name, county="天等县", township=None)], {})
    first, second = tables.records(intake.table)
    assert (first.name, first.kind, first.township, first.employees) == (
        "富民食品有限公司", Kind.ENTERPRISE, "首阳镇", 26,
    )  # fmt: skip
    assert (first.members_total, first.members_formal, first.members_probationary) == (4, 3, 1)
    assert (first.has_org, first.org_form, first.org_founded_on) == (True, OrgForm.STANDALONE, "2019-06")
    assert (first.has_union, first.has_league, first.instructors) == (False, None, 0)
    assert (second.kind, second.members_total, second.members_formal, second.has_org) == (
        Kind.SOCIAL_ORG,
        0,
        None,
        False,
    )
    assert intake.files[0].sheets[0].as_of == "2026-06-30"
    found = {each.field for each in intake.files[0].sheets[0].columns if each.field}
    assert found == {column.field for column in columns()}
    assert [each.code for each in intake.problems if each.level is not Level.NOTE] == []


def _facts(written: Any) -> set[str]:
    """Every fact that a policy's or indicator's conditions name."""
    if isinstance(written, list):
        return {fact for each in written for fact in _facts(each)}
    if not isinstance(written, dict):
        return set()
    own = {written["fact"]} if isinstance(written.get("fact"), str) else set()
    return own | {fact for each in written.values() for fact in _facts(each)}


def test_it_asks_for_whatever_a_policy_an_indicator_or_an_annual_table_needs() -> None:
    import re
    import tomllib

    import coverage_census
    from coverage_census.policy.language import facts

    home = Path(coverage_census.__file__).parent
    policy = home / "policy"
    shipped = [*(policy / "files" / "policies").glob("*.toml"), policy / "figures" / "indicators.toml"]
    assert len(shipped) > 5
    asked = {fact for path in shipped for fact in _facts(tomllib.loads(path.read_text(encoding="utf-8")))}
    needed = {field for fact in asked for field in facts.INTERVALS.get(fact, (fact,))}
    annual = "".join(path.read_text(encoding="utf-8") for path in (home / "report" / "annual").glob("*.py"))
    needed |= set(re.findall(r'(?:row\[|row\.get\(|ends\(row, )"([a-z_]+)"', annual))
    needed.add("registered_on")  # deadlines count from it
    assert (needed & about().keys()) - {column.field for column in columns()} == set()
