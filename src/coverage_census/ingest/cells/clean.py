"""One cell in; its text without noise out: full-width forms, blanks, pinyin glosses, traditional script.

`folded` is the one form in which texts are compared and parsed; `written` is the one in which they are kept. Both are
the same for a text and its twin in traditional script, in full-width letters or with invisible characters in it.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from typing import Any

from coverage_census.privacy.folding import TWO_SCRIPTS, converter


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

# Signs that nobody sees: soft hyphen, joiners, marks of direction, byte order, object replacement, a private blank.
_UNSEEN = "\u00ad\u034f\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ue5e5\ufe00-\ufe0f\ufeff\ufffc"
_ODD = re.compile("[\u034f\u180b-\u180e\ufe00-\ufe0f\ufffc]")  # those of them that Python calls printable
_BLANKS = re.compile(rf"[\s{_UNSEEN}]+")
_HIDDEN = re.compile(rf"[{_UNSEEN}]+")
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zà-ǜ]+[)）]")
_BETWEEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]+|(?<![ \t])[ \t]++(?=[\u3000-\u9fff\uff00-\uffef])")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_CHARACTERS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_REPLY = re.compile("[批答回]覆")
_BOTH = re.compile(f"[{TWO_SCRIPTS}]|{_REPLY.pattern}")
_LONG = 100_000


def bare(value: Any) -> str:
    """The folded text of any cell; numbers as people write them."""
    return folded(value) if isinstance(value, str) else as_text(value)


def folded(text: str) -> str:
    """A text for comparison: half-width, simplified, without blanks, unseen signs and pinyin glosses."""
    if text.isascii():
        return _BLANKS.sub("", text) if " " in text or not text.isprintable() else text
    text = unicodedata.normalize("NFKC", text)
    if " " in text or not text.isprintable() or _ODD.search(text) or not _is_common(text):
        text = simplified(_BLANKS.sub("", text))
    return _GLOSS.sub("", text) if "(" in text else text


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
    """A text value as it is kept: trimmed, in simplified script, with half-width letters and digits; line breaks,
    unseen signs and blanks between Chinese characters removed."""
    text = as_text(value)
    if not text.isascii():
        if not text.isprintable() or _ODD.search(text):
            text = _HIDDEN.sub("", text)
        if not _is_common(text):
            text = simplified(text)
        text = text.translate(_WIDE)
    if not text.isprintable() or "\u3000" in text:
        text = _BLANKS.sub(" ", text)
    text = text.strip().lstrip("'")
    if " " in text:
        text = _BETWEEN.sub("", text)
    if "(" in text or "（" in text:
        text = _GLOSS.sub("", text)
    return text or None


def is_odd(text: str) -> bool:
    """Whether it holds what only a look at the whole text tells: unseen signs, glosses, 批覆."""
    return bool(_HIDDEN.search(text) or _GLOSS.search(text) or _REPLY.search(text))


def rare_letters(text: str) -> Iterable[str]:
    """The letters of a text that may be traditional, each once."""
    return (letter for letter in _letters(text) if not letter.isascii() and not _is_common(letter))


def are_plain(texts: Iterable[Any]) -> bool:
    """Whether many texts are all as they are kept, letter by letter: usually they are, and none has to be looked at."""
    joined = "".join(text for text in texts if isinstance(text, str))
    return all(letter.isascii() or (_is_common(letter) and ord(letter) not in _WIDE) for letter in _letters(joined))


def _letters(text: str) -> Iterable[str]:
    """Each different letter: of millions, counted at once."""
    if len(text) < _LONG:
        return set(text)
    import numpy

    found = numpy.bincount(numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), numpy.uint32)).nonzero()[0]
    return map(chr, found.tolist())


def without_glosses(text: str) -> str:
    """`黨組織創(chuàng)新` → `黨組織創新`: pinyin in brackets after a character, as copied web pages have it; and no
    unseen signs."""
    text = _HIDDEN.sub("", text) if not text.isprintable() or _ODD.search(text) else text
    return _GLOSS.sub("", text) if "(" in text or "（" in text else text


def simplified(text: str) -> str:
    """Traditional script to simplified; OpenCC is loaded only when a character outside GB2312 is met."""
    return text if text.isascii() or _is_common(text) else str(converter().convert(text))


def _is_common(text: str) -> bool:
    """Whether nothing in it can be traditional; signs (☑, —) never are."""
    if _BOTH.search(text):
        return False
    try:
        text.encode("gb2312")
    except UnicodeEncodeError as error:
        try:
            "".join(_CHARACTERS.findall(text, error.start)).encode("gb2312")
        except UnicodeEncodeError:
            return False
    return True
