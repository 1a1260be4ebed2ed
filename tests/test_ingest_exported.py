"""What `census export` wrote is read back as it was: every field, qualifiers, and the ends of counts."""

import json
from pathlib import Path
from typing import Any

from coverage_census.files import csv_text
from coverage_census.ingest.workbook import read_workbook
from coverage_census.ledger import export
from coverage_census.model import tables
from coverage_census.model.choices import (
    CHOICES,
    Kind,
    OperatingStatus,
    OrgForm,
    OrgLevel,
    Qualifier,
    Responsibility,
)
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import Organisation, Source, about, fields_of
from kit import Census, Workbook
from reading_case import Understood, understood
from test_ingest_sheets import good_code

CHOSEN: dict[str, Any] = {
    "kind": Kind.SOCIAL_ORG,
    "operating_status": OperatingStatus.SUSPENDED,
    "org_form": OrgForm.AFFILIATED,
    "org_level": OrgLevel.GENERAL_BRANCH,
    "responsibility": Responsibility.COUNTERPART,
}


def full() -> Organisation:
    """One organisation of which everything is known."""
    given: dict[str, Any] = dict(CHOSEN)
    for number, (name, note) in enumerate(about().items(), start=1):
        plain = {"text": f"某某{number}", "count": number, "flag": number % 2 == 0, "number": number + 0.5, "star": 4}
        given.setdefault(name, plain.get(note.holds, "2019-05"))
    given |= {"uscc": good_code("MA000001"), "remarks": "=1+1", "name": "-柳河“食品”厂", "members_formal": 50}
    given["qualifiers"] = {"employees": Qualifier.APPROX, "members_formal": Qualifier.DERIVED}
    given["bounds"] = {"employees": (20, None), "members_formal": (45, 60)}
    return Organisation(**given, source=Source(file="柳河镇.xlsx", sheet="企业", row=7), confirmed_round=3)


def written(*each: Organisation) -> bytes:
    """As `export` writes csv, with the ends of counts."""
    ends = [name + end for name in fields_of("count") for end in (tables.LOW, tables.HIGH)]
    head = [*about(), *ends, "qualifiers", "confirmed_round", "source_file", "source_sheet", "source_row"]
    rows = [tables.to_row(one) for one in each]
    for row in rows:
        row["qualifiers"] = export._pairs(dict(row["qualifiers"]))
    return csv_text.document(head, [[row.get(name) for name in head] for row in rows])


def again(data: bytes) -> Understood:
    return understood(data, "导出.csv", {})


def known(each: Organisation) -> dict[str, Any]:
    return each.model_dump(exclude={"source", "confirmed_round"})


def test_every_field_comes_back() -> None:
    assert set(CHOSEN) == set(CHOICES)
    whole, empty = full(), Organisation(name="和顺商会", members_total=0, has_org=False)
    read = again(written(whole, empty))
    assert [known(each) for each in read.organisations] == [known(whole), known(empty)]
    assert read.organisations[0].source == Source(file="导出.csv", sheet="Sheet1", row=2)
    assert {each.field for each in read.sheet.columns} - {None} == set(about())
    assert read.sheet.data_rows == 2


def test_what_a_person_changed_in_it_is_read_as_elsewhere() -> None:
    data = written(Organisation(name="和顺商会", has_org=False, members_total=3)).decode("utf-8-sig")
    changed = data.replace('"false"', '"是"').replace('"3"', '"约30人"', 1)
    one = again(changed.encode()).one
    assert (one.has_org, one.members_total) == (True, 30)


def test_a_township_that_calls_a_column_so_is_no_export() -> None:
    data = csv_text.document(["name", "employees", "source_file"], [["柳河甲厂", 5, "x"]])
    reading, _, problems = read_workbook(data, Incoming(Path("表.csv"), "表.csv"), {})
    assert reading.sheets[0].kind != "ledger"
    assert problems


def test_commands_round_trip(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    workbook(
        "柳河镇.xlsx",
        """
        | 柳河镇两新组织台账（截至2026年9月30日） | | | | |
        | 单位名称 | 从业人员 | 党员总数 | 是否建立党组织 | 组建方式 |
        | 柳河甲食品有限公司 | 30 | 3（含预备1名） | 是 | 联合组建 |
        | 柳河乙服饰有限公司 | 100 | 2 | 否 | |
        """,
    )
    census("ingest", "柳河镇.xlsx", "--no-returns")
    census("export", "--format", "csv", "--out", "导出.csv")
    gaps = census("gaps", "--json").out
    other = tmp_path / "b"
    other.mkdir()
    assert census("ingest", "导出.csv", "--workspace", other, "--no-returns", "--as-of", "2026-09-30").code == 0

    def plain(text: str) -> Any:
        return [{key: each[key] for key in ("organisations", "covered") if key in each} for each in json.loads(text)]

    assert plain(census("gaps", "--json", "--workspace", other).out) == plain(gaps)
