"""Names in any script, and names whose second sign is hardly ever that of a given name (柳未央).

All persons are invented.
"""

import pytest
from opencc import OpenCC

from coverage_census.privacy import door
from coverage_census.privacy.door import HIDDEN

NAMES = ["柳未央", "苏不平", "顾未名", "云无心", "韦彦霖", "萧没药", "罗会英"]
JOINS = [
    "书记：{}，常驻",
    "负责人：{}",
    "书记为{}",
    "指导员：{} 兼职",
    "联系人：{}、韦彦霖",
    "党支部书记：{}同志",
]
ANSWERS = [
    "书记：尚未定", "负责人：全未定", "书记：都不在",
    "书记：从未配备", "联系人：已离职", "负责人：应建未建",
]  # fmt: skip


@pytest.mark.parametrize("join", JOINS)
def test_a_name_is_hidden_in_both_scripts(join: str) -> None:
    traditional = OpenCC("s2t").convert
    for name in NAMES:
        for text, secret in ((join.format(name), name), (traditional(join.format(name)), traditional(name))):
            shown = door.hidden(text)
            assert HIDDEN in shown and secret not in shown, text
            assert door.suspects(["单位", text])


def test_a_name_alone_in_traditional_script_is_hidden() -> None:
    assert door.hidden("韋彥霖") == HIDDEN
    assert door.hidden("鎮黨委 韋彥霖") == f"鎮黨委 {HIDDEN}"


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_that_begins_like_a_surname_stays(text: str) -> None:
    assert door.hidden(text) == text
    traditional = OpenCC("s2t").convert(text)
    assert door.hidden(traditional) == traditional
