"""`census doctor`: structure of files that nobody can read, a verdict and a remedy; never the content of a cell."""

import json
from pathlib import Path

import pytest

from containers_case import CONTAINERS, ROWS, SUFFIXES, by_hand_dbf
from kit import Census, Workbook


def test_a_good_workbook_is_described_and_read(workbook: Workbook, census: Census) -> None:
    workbook("文峰镇.xlsx", "| 单位名称 | 从业人员 |\n| 合成样例机密商行 | 12 |")
    ran = census("doctor", "文峰镇.xlsx")
    assert ran.code == 0
    assert "安全检查：通过，是 xlsx 工作簿" in ran.out
    assert "工作表“Sheet1”：2 行 × 2 列，4 格有内容，合并 0 处" in ran.out
    assert "识别 2/2 列，1 家单位" in ran.out
    assert "结论：能读。" in ran.out
    assert "机密" not in ran.out + census("doctor", "文峰镇.xlsx", "--json").out


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 \xff", "PDF"),
        (b"PK\3\4" + bytes(100), "文件不完整"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "文件不完整"),
        (bytes(range(256)) * 9, "也不是能辨认的文本"),
        ("单位名称,人数\n".encode() + b"\xff\xff", "也不是能辨认的文本"),
    ],
)
def test_what_cannot_be_read_gets_a_reason_and_a_remedy(tmp_path: Path, census: Census, data: bytes, said: str) -> None:
    (tmp_path / "表.xlsx").write_bytes(data)
    ran = census("doctor", "表.xlsx")
    assert ran.code == 3
    assert f"{len(data):,} 字节" in ran.out
    assert said in ran.out
    assert "怎么办：" in ran.out
    [file] = json.loads(census("doctor", "表.xlsx", "--json", "--lang", "en").out)["files"]
    assert file["refused"]["fix"]


def test_every_container_is_named(tmp_path: Path, census: Census) -> None:
    for name, (format_, write) in {each[0]: (name, each) for name, each in CONTAINERS.items()}.values():  # one of each
        (tmp_path / f"{name}{SUFFIXES[format_]}").write_bytes(write(ROWS))
    (tmp_path / "old.dbf").write_bytes(by_hand_dbf([("企业名称", "C", 30)], [("", "合成样例甲"), ("", "合成样例乙")]))
    files = sorted(path.name for path in tmp_path.iterdir())
    assert census("doctor", *files).out.count("结论：能读") == len(files)
    assert census("doctor", *files[:3], "--lang", "en").out.count("It can be read") == 3


def test_a_file_that_is_none(tmp_path: Path, census: Census) -> None:
    (tmp_path / "link.xlsx").symlink_to("/dev/zero")
    ran = census("doctor", "link.xlsx")
    assert ran.code == 3
    assert "不是普通文件" in ran.out
