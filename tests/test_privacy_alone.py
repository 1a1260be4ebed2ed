"""Names that no role word announces: alone in a cell, behind an office, in front of other words, in lists and brackets.

All persons are invented.
"""

# ruff: noqa: E501   (texts side by side)

import json
from itertools import chain
from pathlib import Path

import pytest

from coverage_census.privacy import door
from kit import Census
from reading_case import understand

HEAD = ["单位名称", "所属乡镇", "从业人数", "党员总数", "正式党员人数", "是否组建党组织"]
NAMES = ["韦彦霖", "闭昀筠", "陈晓红", "农建国"]
JOINS = [
    "{}", "{}、{}", "镇党委 {}", "负责人（{}）", "党员（{}）", "由{}经营", "由{}代管", "委托{}办理", "村民{}开办",
    "{}已病故", "{}于2023年5月入党", "{}外出务工", "{}、{}两名党员已转出", "{}等人", "党员{}、{}已转走", "{}同志",
]  # fmt: skip
STAY = [
    "双庙村民委员会", "元坝子村村民委员会", "王家营社区居民委员会", "由高桥村村民委员会负责", "由石桥镇党委牵头", "由马家冲合作社牵头",
    "位于车家，人员少", "于2023年注销", "2023年注销", "石桥", "王家湾", "毛尖山", "白云山", "黄金地段", "大海捞针", "高山茶叶",
    "常年外出", "单独组建", "时常停业", "高新技术", "成功转型", "安全生产", "和林村联建", "与石桥村联建", "党员全部转出", "村民小组",
    "负责人安全意识强", "联系人方便时", "会计师", "退休党员2名", "转为正式党员1名",
]  # fmt: skip


@pytest.mark.parametrize("join", JOINS)
def test_a_name_is_known_by_its_shape_and_by_what_a_person_does(join: str) -> None:
    for one, other in zip(NAMES, reversed(NAMES), strict=True):
        text = door.hidden(join.format(one, other))
        assert one not in text and ("{}、" not in join or other not in text), text


@pytest.mark.parametrize("text", STAY)
def test_villages_bodies_and_ordinary_words_stay(text: str) -> None:
    assert door.hidden(text) == text
    assert door.hidden(text, place=True) == text


def test_a_column_of_places_or_offices_takes_no_person() -> None:
    read = understand([
        [*HEAD, "责任单位", "上级党组织", "村（社区）", "备注"],
        ["样例甲厂", "云溪镇", 5, 1, 1, "否", "镇党委 韦彦霖", "云溪镇党委", "石关", "闭昀筠"],
        ["样例乙厂", "云溪镇", 6, 0, 0, "否", "组织办韦彦霖", "云溪镇党委书记韦彦霖", "石关村韦彦霖", "产业工人多"],
        ["样例丙厂", "云溪镇", 6, 0, 0, "否", "云溪镇党委", "韦彦霖", "王家湾", "闭昀筠不配合"],
    ])  # fmt: skip
    text = str(read)
    assert "韦彦霖" not in text and "闭昀筠" not in text
    assert [each.village for each in read.organisations] == ["石关", "石关村〔已隐去〕", "王家湾"]
    assert read.organisations[0].responsible_unit == "镇党委〔已隐去〕"


def test_who_is_in_charge_at_each_level_is_no_county_and_no_village() -> None:
    people = [["韦彦霖", "闭昀筠", "陈晓红"], ["农建国", "韦昀筠", "闭彦霖"], ["陈彦霖", "农晓红", "韦建国"]]
    rows = [[f"样例{each}号厂", "云溪镇", 5, 1, 1, "否", *people[each]] for each in range(3)]
    read = understand([[*HEAD, "三级包保", None, None], [*[None] * 6, "县", "镇", "村"], *rows])
    assert not [name for name in chain(*people) if name in str(read)]
    assert {each.county for each in read.organisations} == {None}


def test_a_shop_called_after_somebody_stays_and_is_listed_once() -> None:
    read = understand([
        HEAD,
        ["张国强五金店", "云溪镇", 5, 1, 1, "否"],
        ["云溪镇刘志明粮油店", "云溪镇", 5, 1, 1, "否"],
        ["白云山茶馆", "云溪镇", 5, 1, 1, "否"],
        ["张国强建材有限公司", "云溪镇", 5, 1, 1, "否"],
    ])
    assert [each.name for each in read.organisations][:2] == ["张国强五金店", "云溪镇刘志明粮油店"]
    said = [each for each in read.problems if each.code == "person_in_name"]
    assert [(each.cell, each.values["count"], each.values["cells"]) for each in said] == [("A2", 2, "A2、A3")]


def test_what_a_command_line_hid_is_said_and_no_person_owns_a_task(tmp_path: Path, census: Census) -> None:
    (tmp_path / "云溪镇 陈晓红.csv").write_text(",".join(HEAD) + "\n样例甲厂,云溪镇,9,3,3,否\n", encoding="utf-8")
    census("init", ".")
    done = census("ingest", "云溪镇 陈晓红.csv", "--round", "2026年第三季度 韦彦霖")
    assert "已隐去" in done.err and "命令行" in done.err
    task = json.loads(census("tasks", "--list", "--json").out)[0]["id"]
    for owner in ("镇党委 韦彦霖", "组织办韦彦霖", "书记韦彦霖"):
        assert census("tasks", "--assign", task, "--owner", owner).code == 2
    plain = census("tasks", "--assign", task, "--owner", "石关镇党委")
    assert plain.code == 0 and "命令行" not in plain.err
    census("tasks", "--done", task, "--evidence", "韦彦霖已上门")
    census("report", "--html")
    kept = [each for each in tmp_path.rglob("*") if each.is_file() and each.suffix != ".csv"]
    texts = [each.read_bytes() for each in kept]
    assert not [text for text in texts if "韦彦霖".encode() in text or "陈晓红".encode() in text]
