"""One cell in; its text without noise out: full-width forms, blanks, pinyin glosses, traditional script."""

import re
import unicodedata
from enum import Enum
from functools import cache
from typing import Any


class Mark(Enum):
    """What a parser says besides a value and None (unknown)."""

    UNREADABLE = "unreadable"


UNREADABLE = Mark.UNREADABLE

NOTHING = frozenset([
    "",
    "-",
    "--",
    "...",
    "......",
    "....",
    "---",
    "—",
    "——",
    "–",
    "―",
    "/",
    "\\",
    "、",
    ".",
    "…",
    "……",
    "*",
    "?",
    "??",
    "n/a",
    "na",
    "nan",
    "null",
    "none",
    "不详",
    "未详",
    "待定",
    "暂无",
    "暂缺",
    "无此项",
    "未知",
    "不清楚",
    "不清",
    "不明",
    "待核",
    "待查",
    "待核实",
    "待补充",
    "待补",
    "未填",
    "未填报",
    "空",
    "未提供",
    "不适用",
    "不掌握",
    "未掌握",
    "未统计",
])
"""What stands in a cell when nothing is known (blank is never zero)."""

NONE_WORDS = frozenset(["无", "没有", "零", "全无", "均无", "无。"])
"""无: 0 in counts, false in yes/no, unknown in text and dates."""

DITTO = frozenset(["同上", "〃", "″", '"', "”", "“", "々", "同前", "同上行", "''", "′′"])
"""Copy from the cell above."""

ERRORS = re.compile(
    r"#(REF!|VALUE!|N/A|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|#(引用|值|名称)!?|^=[A-Za-z(+\-]"
)
"""A formula that has no value."""

_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u2060]+")
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zà-ǜ]+[)）]")
_BETWEEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]+|(?<![ \t])[ \t]++(?=[\u3000-\u9fff\uff00-\uffef])")


def bare(value: Any) -> str:
    """The text of a cell for comparison: half-width, without any blanks; numbers as people write them."""
    if isinstance(value, str):
        text = value if value.isascii() else unicodedata.normalize("NFKC", value)
        return _BLANKS.sub("", text) if " " in text or not text.isprintable() else text
    return as_text(value)


def as_text(value: Any) -> str:
    """A cell as text: 3.0 is `3`, a date is ISO, None is empty."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def written(value: Any) -> str | None:
    """A text value as it is kept: as written, trimmed, line breaks and blanks between Chinese characters removed."""
    text = as_text(value)
    if not text.isprintable() or "\u3000" in text:
        text = _BLANKS.sub(" ", text)
    text = text.strip()
    if " " in text:
        text = _BETWEEN.sub("", text)
    if "(" in text:
        text = _GLOSS.sub("", text)
    return text or None


def without_glosses(text: str) -> str:
    """`黨組織創(chuàng)新` → `黨組織創新`: pinyin in brackets after a character, as copied web pages have it."""
    return _GLOSS.sub("", text) if "(" in text or "（" in text else text


def simplified(text: str) -> str:
    """Traditional script to simplified; OpenCC is loaded only when a character outside GB2312 is met."""
    if text.isascii():
        return text
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return str(_converter().convert(text))
    return text


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
