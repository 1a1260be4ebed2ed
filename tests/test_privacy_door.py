"""The one door: no value of a person passes it, however it is composed; what says something of organisations stays."""

# ruff: noqa: E501   (texts side by side)

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coverage_census.privacy import door
from coverage_census.privacy.folding import fold
from kit import Census, often
from personal_case import LOOKED_AT, SET_ASIDE, Planted, controls, persons
from reading_case import understand

LAW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def kept(secret: str, text: str) -> bool:
    """Whether a secret stands in a text, in whatever script and with whatever signs in it."""
    folded = fold(text)
    wanted = re.sub(r"[\W_]", "", secret).lower()
    shown = (folded.text, folded.spelt_out() or "")
    return any(wanted in re.sub(r"[\W_]", "", each).lower() for each in shown)


@pytest.mark.parametrize("half", [LOOKED_AT, SET_ASIDE], ids=["looked at", "set aside"])
def test_no_value_of_a_person_passes(half: int) -> None:
    @settings(LAW, max_examples=often(150))
    @given(persons(half))
    def law(planted: Planted) -> None:
        found = door.redact(planted.text)
        assert found is not None and found.kinds, planted
        assert not kept(planted.secret, found.text), (found.text, planted)
        assert door.suspects(["单位", planted.text])
        again = door.redact(found.text)
        assert again is None or not kept(planted.secret, again.text)

    law()


@pytest.mark.parametrize(
    "text",
    [
        "宓旻瑄 13900000001",
        "13900000001（宓旻瑄）",
        "老街8号，宓旻瑄13900000001",
        "宓旻瑄 电话13900000001",
        "13900000001 宓旻瑄",
    ],
)
def test_a_name_beside_a_number_goes_with_it(text: str) -> None:
    """No role and no label says that it is a name: the number beside it does."""
    found = door.redact(text)
    assert found is not None and "宓旻瑄" not in found.text
    assert set(found.kinds) == {"phone", "name"}


@pytest.mark.parametrize("half", [LOOKED_AT, SET_ASIDE], ids=["looked at", "set aside"])
def test_what_is_not_personal_stays(half: int) -> None:
    @settings(LAW, max_examples=often(100))
    @given(controls(half))
    def law(planted: Planted) -> None:
        assert door.hidden(planted.text) == planted.text

    law()


@pytest.mark.parametrize(
    "unit", ["1", "一", "1-", "138 ", "负责人", "负责人：", "王", "同志", "王五、", "@", "a@", "QQ", "电话", "O", "联 ", "(", "某", "村", "第一", "0556-", "9" * 30 + " "]
)  # fmt: skip
def test_the_longest_cell_takes_no_longer_for_it(unit: str) -> None:
    """Twice as long a text takes about twice as long."""
    took = []
    for count in (4_000, 16_000):
        text = (unit * count)[:count] + "。"
        begin = time.process_time()
        door.redact(text)
        took.append(time.process_time() - begin)
    assert took[1] < 1 or took[1] < 10 * took[0], took


def test_a_cell_keeps_its_other_words_and_says_so() -> None:
    read = understand([
        ["单位名称", "所属乡镇", "从业人员", "党员总数", "备注"],
        ["样例甲厂", "云溪镇", 5, 1, "季节性用工，负责人：宓旻瑄，座机0556-2176281"],
        ["样例乙有限公司 联系人 佴蘅", "云溪镇", 6, 0, None],
        ["样例王医生口腔门诊部", "云溪镇", 6, 0, "负责人外出务工，暂不具备条件"],
    ])
    text = str(read)
    assert "宓旻瑄" not in text and "佴蘅" not in text and "2176281" not in text
    assert "季节性用工，负责人：〔已隐去〕，座机〔已隐去〕" in text
    assert "样例乙有限公司" in text and "样例王医生口腔门诊部" in text and "负责人外出务工，暂不具备条件" in text
    notes = {(each.cell, each.code) for each in read.problems}
    assert {("E2", "redacted_name"), ("E2", "redacted_phone"), ("A3", "redacted_name")} <= notes


def test_what_is_typed_passes_the_same_door(tmp_path: Path, census: Census) -> None:
    """Names of rounds, evidence, owners, settings, errors."""
    (tmp_path / "甲.csv").write_text(
        "单位名称,所属乡镇,从业人数,党员总数,正式党员人数,是否组建党组织\n样例甲厂,云溪镇,9,3,3,否\n", encoding="utf-8"
    )
    census("init", ".")
    said = [census("ingest", "甲.csv", "--round", "年末补报 支书：宓旻瑄 0556-2176281")]
    task = json.loads(census("tasks", "--list", "--json").out)[0]["id"]
    said.append(
        census(
            "tasks", "--assign", task, "--owner", "云溪镇 联系人佴蘅 13900000001", "--reason", "卡号9558804876452912800"
        )
    )
    said.append(census("tasks", "--done", task, "--evidence", "现任书记宓旻瑄 微信 mixuan_77"))
    said.append(census("gaps", "--round", "年中补报 支书：宓旻瑄"))
    said.append(census("check", "支书：宓旻瑄.xlsx"))
    said.append(census("rounds", "--rename", "1", "负责人宓旻瑄 13900000001"))
    (tmp_path / "census.toml").write_text('county = "样例县 联系人：宓旻瑄 13900000001"\n', encoding="utf-8")
    said.append(census("report", "--html"))
    files = [each for each in tmp_path.rglob("*") if each.is_file() and each.name not in ("甲.csv", "census.toml")]
    texts = [each.out + each.err for each in said] + [
        each.read_text(encoding="utf-8", errors="replace") for each in files
    ]
    for secret in ("宓旻瑄", "佴蘅", "2176281", "13900000001", "9558804876452912800", "mixuan_77"):
        assert not [text[:200] for text in texts if secret in text], secret
    assert any("云溪镇" in each for each in texts)


@pytest.mark.parametrize("typed", ["EOO9591O7", "EOOO15O71", "GO1234567", "E1OOOOO23"])
def test_letters_o_fill_up_a_passport(typed: str) -> None:
    """Whoever types a passport takes the letter O for a zero, also right behind its own letter."""
    found = door.redact(f"{typed}有限公司")
    assert found is not None and not kept(typed, found[0])


PIECES = st.lists(
    st.sampled_from([
        "13912345678", "0556-2176281", "1 3 9", "一三九", "幺", "12345", "2024", "方知白", "电话", "手机：", "身份证", "QQ", "号",
        "经办人", "书记", "有限公司", "样例", "厂", "①", "O", "E", "@", ".", "-", " ", "（", "）", "已上门", "党支部", "\n",
    ]),
    min_size=1,
    max_size=7,
).map("".join)  # fmt: skip


@settings(max_examples=often(150), deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6), st.booleans())
def test_whatever_is_redacted_is_suspicious_among_many(texts: list[str], named: bool) -> None:
    doubtful = set(door.suspicious(texts, named=named))
    missed = [text for text in texts if text not in doubtful and door.redact(text, named=named) is not None]
    assert missed == []
