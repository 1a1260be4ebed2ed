"""The front door: several files in, one intake out, through the confined child."""

from pathlib import Path

from coverage_census.ingest.read import read
from coverage_census.model import tables
from coverage_census.model.incoming import Incoming
from kit import Workbook


def test_several_files_are_read_and_a_bad_one_harms_no_other(workbook: Workbook, tmp_path: Path) -> None:
    good = workbook("云溪镇.xlsx", "| 企业名称 | 从业人员 | 类别2 |\n| 晨曦电子厂 | 5 | 甲 |")
    bad = tmp_path / "照片.xlsx"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    other = workbook("石桥乡.xlsx", "| 企业名称 | 从业人员 | 党员 |\n| 石桥加工厂 | 约50 | 3 |")
    intake = read(
        [Incoming(good, good.name, "岳西县"), Incoming(bad, bad.name), Incoming(other, other.name, "岳西县", "白帽镇")],
        {"类别2": "industry"},
    )
    assert [each.file for each in intake.files] == ["云溪镇.xlsx", "照片.xlsx", "石桥乡.xlsx"]
    assert [each.refused is None for each in intake.files] == [True, False, True]
    assert [(each.name, each.county, each.township, each.industry) for each in tables.records(intake.table)] == [
        ("晨曦电子厂", "岳西县", "云溪镇", "甲"),
        ("石桥加工厂", "岳西县", "石桥乡", None),
    ]
    assert {each.file for each in intake.problems} == {"照片.xlsx"}


def test_the_same_cells_have_the_same_hash_in_another_file(workbook: Workbook) -> None:
    table = "| 企业名称 | 从业人员 |\n| 晨曦电子厂 | 5 |"
    one, two = workbook("一.xlsx", table), workbook("二.xlsx", table)
    other = workbook("三.xlsx", table.replace("5", "6"))
    hashes = [each.content_sha256 for each in read([Incoming(path, path.name) for path in (one, two, other)]).files]
    assert hashes[0] == hashes[1] != hashes[2]


def test_nothing_in_nothing_out() -> None:
    intake = read([])
    assert (intake.files, intake.table.num_rows, intake.problems) == ((), 0, ())
    assert intake.table.schema == tables.schema()
