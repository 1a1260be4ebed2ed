"""Headings of persons: a thousand of them, a third set aside while the grammar was written; nobody in them is real.

`cases/headings_of_persons.txt` was written before the grammar (persons.toml). A heading counts as set aside where the
checksum of its text says so, so that both thirds stay apart when headings are added.
"""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.ingest.privacy import names, persons
from coverage_census.ingest.privacy.persons import HeadingAsks
from reading_case import Understood, understand

FILE = Path(__file__).with_name("cases") / "headings_of_persons.txt"
NAMES = ("宓菀蘅", "竺旻翀", "厍霁珺")  # invented, as rare as names are
PERSONAL = (HeadingAsks.PERSON, HeadingAsks.ROLE)


def collected(section: str) -> list[str]:
    found: dict[str, list[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found[section]


def is_aside(heading: str) -> bool:
    return zlib.crc32(heading.encode()) % 3 == 0


def batched(every: Iterable[str], size: int) -> Iterator[list[str]]:
    held = list(every)
    return (held[start : start + size] for start in range(0, len(held), size))


def judged(heading: str) -> HeadingAsks:
    return persons.about(tuple(vocabulary.key(part) for part in heading.split(" > ")))


def test_there_are_enough_of_each_and_none_twice() -> None:
    for section, least in (("personal", 300), ("organisation", 150)):
        every = collected(section)
        assert len(every) == len(set(every)) >= least
        assert 0.25 < sum(map(is_aside, every)) / len(every) < 0.4


@pytest.mark.parametrize("aside", [False, True], ids=["seen", "set aside"])
def test_no_personal_heading_is_taken_for_anything_else(aside: bool) -> None:
    """Where the heading itself leaves it open (司机, 党务工作者: often a number) the values decide, see below."""
    every = [heading for heading in collected("personal") if is_aside(heading) is aside]
    missed = [heading for heading in every if judged(heading) not in (*PERSONAL, HeadingAsks.MANY)]
    assert set(missed) <= {"英文名（个人）"}
    assert sum(judged(heading) in PERSONAL for heading in every) >= 0.97 * len(every)


@pytest.mark.parametrize("aside", [False, True], ids=["seen", "set aside"])
def test_no_fact_of_an_organisation_is_taken_for_a_person(aside: bool) -> None:
    every = [heading for heading in collected("organisation") if is_aside(heading) is aside]
    assert [heading for heading in every if judged(heading) in PERSONAL] == []


def test_headings_written_afterwards() -> None:
    """Here the grammar is at its limit: what it misses is not read either, and its values are looked at."""
    every, facts = collected("later personal"), collected("later organisation")
    missed = [heading for heading in every if judged(heading) not in (*PERSONAL, HeadingAsks.MANY)]
    assert len(every) >= 280
    assert len(missed) <= 0.05 * len(every), missed
    assert [heading for heading in facts if judged(heading) in PERSONAL] == []


def sheets(every: list[str]) -> Iterator[tuple[list[str], list[list[Any]], list[str]]]:
    """Tables of some twenty of these headings each, with names in every row; the merged groups of two-row headers."""
    # 姓名 beside 出生 is a roster, of which nothing is read at all
    flat = (each for each in every if ">" not in each and vocabulary.key(each) not in vocabulary.load().roster_names)
    for some in batched(flat, 20):
        yield some, [["企业名称", "从业人员", "党员总数", *some], *_rows(len(some))], []
    for under in batched((each for each in every if ">" in each), 8):
        # 其他事项 beside each leaf makes a group of it
        parts = [each.split(" > ") for each in under]
        groups = [cell for group, _ in parts for cell in (group, None)]
        leaves = [cell for _, leaf in parts for cell in (leaf, "其他事项")]
        head = [["企业名称", "从业人员", "党员总数", *groups], [None, None, None, *leaves]]
        rows = [[*row[:3], *(cell for name in row[3:] for cell in (name, None))] for row in _rows(len(under))]
        spans = [f"{_letter(3 + 2 * at)}1:{_letter(4 + 2 * at)}1" for at in range(len(under))]
        yield under, [*head, *rows], ["A1:A2", "B1:B2", "C1:C2", *spans]


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _rows(width: int) -> list[list[Any]]:
    return [[f"晨曦{number}电子厂", 5 + number, 1, *[name] * width] for number, name in enumerate(NAMES)]


def test_every_value_under_a_personal_heading_leaves_at_the_door() -> None:
    kept = list[str]()
    later = [each for each in collected("later personal") if judged(each) is not HeadingAsks.NOTHING]
    for some, rows, merges in sheets([*collected("personal"), *later]):
        read = understand(rows, merges)
        assert len(read.organisations) == 3 or read.sheet.kind == "roster"  # 党员信息: 姓名, 入党时间
        assert not any(name in str(read) for name in NAMES), some
        dropped = {each.heading for each in read.sheet.columns if each.dropped}
        kept += [each for each in some if not any(_same(each, heading) for heading in dropped)]
    assert kept == []


def _same(heading: str, read: str) -> bool:
    return "".join(heading.split()).endswith(read) or "".join(heading.split()) == read


@pytest.mark.parametrize(
    "values", [("是", "否", "是"), (3, 0, 12), ("3人", "无", "1名")], ids=["yes", "numbers", "units"]
)
def test_what_is_said_of_an_organisation_stays(values: tuple[Any, ...]) -> None:
    dropped = []
    for _, rows, merges in sheets([*collected("organisation"), *collected("later organisation")]):
        for row, value in zip(rows[-3:], values, strict=True):
            row[3:] = [cell and value for cell in row[3:]]
        read = understand(rows, merges)
        dropped += [each.heading for each in read.sheet.columns if each.dropped and "其他事项" not in each.heading]
    assert dropped == []


def test_a_yes_or_no_about_one_person_leaves_too() -> None:
    """负责人/法人是否党员 is one person's political status (domain.md, 3.3)."""
    every = [tuple(each.split(" > ")) for each in collected("standing")]
    assert [path for path in every if not meanings.meaning(path).personal] == []


CARD = """
| 两新组织登记表 | | | |
| 单位名称 | 晨曦电子厂 | {} | 宓菀蘅 |
| 从业人员 | 5 | {} | 竺旻翀 |
| 党员总数 | 2 | {} | 厍霁珺 |
| 地址 | 老街8号 | {} | 宓菀蘅 |
| 责任单位 | | {} | 竺旻翀 |
"""
LINES = "| 单位名称：晨曦电子厂 | {}：宓菀蘅 |\n| 从业人员：5 | {}：竺旻翀 |\n| 党员总数：2 | {}：厍霁珺 |\n| 地址：老街8号 | {}：宓菀蘅 |\n| 责任单位：县农业局 | {}：竺旻翀 |"
TURNED = """
| 单位名称 | 晨曦电子厂 | 新月纺织厂 |
| 从业人员 | 5 | 6 |
| 党员总数 | 1 | 0 |
| {} | 宓菀蘅 | 竺旻翀 |
| {} | 厍霁珺 | 竺旻翀 |
| 地址 | 老街8号 | 老街9号 |
| {} | 竺旻翀 | 宓菀蘅 |
| {} | 竺旻翀 | 宓菀蘅 |
| {} | 竺旻翀 | 宓菀蘅 |
"""


@pytest.mark.parametrize("form", [CARD, LINES, TURNED], ids=["card", "one cell", "transposed"])
def test_in_cards_too(form: str) -> None:
    every = [each for each in collected("personal") if ">" not in each and len(each) < 12 and judged(each) in PERSONAL]
    for some in batched(every[::7], 5):
        if len(some) == 5:
            read = understand(form.format(*some))
            assert not any(name in str(read) for name in NAMES), some
            assert read.organisations[0].name == "晨曦电子厂"


def only(heading: str, *values: Any) -> tuple[Understood, str | None]:
    """What a column of that heading with these values is taken for; `personal` where it is dropped."""
    rows = [[f"晨曦{number}厂", 5, 1, value] for number, value in enumerate(values)]
    read = understand([["企业名称", "从业人员", "党员总数", heading], *rows])
    return read, next(each.dropped or each.field for each in read.sheet.columns if each.column == "D")


@pytest.mark.parametrize(
    ("heading", "values", "taken"),
    [
        ("书记", (1, 2), None), ("书记", ("有", "无"), None), ("书记", ("宓菀蘅", "无"), "personal"), ("书记", ("无", None), None),
        ("党务工作者", (1, 0), None), ("党务工作者", ("宓菀蘅", "竺旻翀、厍霁珺"), "personal"), ("党员", ("张建国、李小红",), "personal"),
        ("流动党员", ("3人", "无"), "members_relation_out"), ("选派第一书记", ("是", "否"), None), ("选派第一书记", ("宓菀蘅", "竺旻翀"), "personal"),
        ("包联单位", ("宓菀蘅", "竺旻翀"), "personal"), ("包联单位", ("县农业局", "县司法局"), "responsible_unit"), ("村", ("高家庄", "石桥村"), "village"),
        ("某栏", ("宓菀蘅", "竺旻翀"), "personal"), ("某栏", ("张书记", "李镇长"), "personal"), ("某栏", ("13900000001", "13900000002"), "personal"),
        ("某栏", ("张建国13900000001",), "personal"), ("某栏", ("買買提·艾力", "歐陽修文"), "personal"), ("某栏", ("養殖", "種植"), None),
        ("某栏", ("单独", "联合"), None), ("某栏", ("温泉", "白帽", "黄尾"), None), ("某栏", ("财政局", "农业局"), None), ("某栏", ("安全", "应急"), None),
        ("某栏", ("平安", "文明"), None), ("某栏", ("高新区", "石桥镇"), None), ("某栏", ("金属加工", "服装"), None), ("某栏", (3, 4), None),
    ],
)  # fmt: skip
def test_where_the_heading_leaves_it_open_the_values_decide(
    heading: str, values: tuple[Any, ...], taken: str | None
) -> None:
    read, found = only(heading, *values)
    assert found == taken
    assert not any(name in str(read) for name in (*NAMES, "张建国", "李小红", "艾力"))
    if taken == "personal" and heading in ("某栏", "党员", "包联单位"):
        assert ("personal_values", "D1") in read.found


def test_a_name_in_a_number_is_not_quoted() -> None:
    read, found = only("党员总人数目", "3", "4", "宓菀蘅")
    assert "宓菀蘅" not in str(read), found
    read = understand("| 企业名称 | 从业人员 | 党员人数 |\n| 晨曦电子厂 | 5 | 3 |\n| 新月纺织厂 | 5 | 宓菀蘅 |")
    assert read.serious == [("unreadable_value", "C3")]
    assert "宓菀蘅" not in str(read)


@pytest.mark.parametrize(
    "heading",
    [
        "负责人性名",
        "联係电话",
        "身份正号",
        "法定代裹人",
        "支部书计任职情况",
        "联系入电话",
        "负责人电活",
        "手机号马",
        "政冶面貌",
        "连絡人",
    ],
)
def test_a_misprint_is_matched_slot_by_slot(heading: str) -> None:
    assert meanings.meaning((heading,)).personal


@pytest.mark.parametrize(
    "heading", ["登记单位", "登记地址", "联系单位", "责任单位", "注册地址", "经营地址", "理事会", "董事会人数"]
)
def test_what_is_near_and_is_none(heading: str) -> None:
    assert not meanings.meaning((heading,)).personal


def test_a_row_of_offices_is_no_header_printed_again() -> None:
    read = understand(
        "| 企业名称 | 负责人身份 | 书记身份 | 备注 |\n| 晨曦电子厂 | 厂长 | 村支书 | 业主 |\n| 新月纺织厂 | 经理 | 会计 | 店主 |"
    )
    assert [each.name for each in read.organisations] == ["晨曦电子厂", "新月纺织厂"]


def test_names_and_words_that_look_like_them() -> None:
    for text in ("张建国", "欧阳修文", "买买提·艾力", "宓菀蘅"):
        assert names.is_name(text)
    for text in ("单位名", "高新区", "石桥镇", "财政局", "经营中", "季节性", "有限公司", "党支部", "负责人"):
        assert not names.is_name(text)
