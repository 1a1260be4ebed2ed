"""A name in; the parts of it by which two names that are nearly alike are told apart out.

Numerals, letters and directions (城东, 城西; 一分, 二分), the branch, and what stands behind the 公司 of its head.
"""

import re
from enum import IntEnum
from typing import NamedTuple

BRANCH = re.compile(r"分公司|支公司|分[店厂会行园校社院部所]|支行|门店|校区|办事处|营业[部厅所]")
_NUMERAL = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百]+")  # 12号 is not 21号
_LETTER = re.compile(r"[东西南北中上下左右前后内外大小新老甲乙丙丁A-Z]")
_BEHIND = re.compile(r"(?<=公司).+$")
_DIGITS = re.compile(r"[0-9]{1,2}(?![0-9])(?<![0-9]{3})")
_LONG = 4  # letters behind 公司 of which one may be wrong
_ONES = "〇一二三四五六七八九"


class ToldApart(IntEnum):
    """How surely two names are told apart by their parts."""

    NOT = 0
    PERHAPS = 1  # one has a part that the other lacks: 新富民, 富民
    SURELY = 2  # each has its own: 城东, 城西


class TellingParts(NamedTuple):
    """The parts of one name."""

    numerals: tuple[str, ...]
    letters: tuple[str, ...]
    branch: tuple[str, ...]
    behind: str  # 宁波分公司 of 富民有限公司宁波分公司


def parts(name: str) -> TellingParts:
    """The telling parts of a folded name."""
    behind = _BEHIND.search(name)
    return TellingParts(
        tuple(_NUMERAL.findall(name)),
        tuple(sorted(_LETTER.findall(name))),
        tuple(BRANCH.findall(name)),
        behind[0] if behind else "",
    )


def told_apart(one: TellingParts, other: TellingParts) -> ToldApart:
    """Whether parts tell two names apart that are otherwise nearly alike."""
    if one == other:
        return ToldApart.NOT
    if one.behind != other.behind and not _one_slip(one.behind, other.behind):
        return ToldApart.SURELY
    if one.branch != other.branch and one.behind == other.behind:
        return ToldApart.SURELY
    behind = ToldApart.NOT if one.behind == other.behind else ToldApart.PERHAPS
    found = max(behind, _apart(one.numerals, other.numerals), _apart(one.letters, other.letters))
    return ToldApart(found)


def _one_slip(one: str, other: str) -> bool:
    """城东分公司 and 城东佳公司."""
    from rapidfuzz.distance import Levenshtein

    return min(len(one), len(other)) >= _LONG and Levenshtein.distance(one, other) == 1


def _apart(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    if one == other:
        return ToldApart.NOT
    mine, theirs = list(one), list(other)
    for each in one:
        if each in theirs:
            theirs.remove(each)
            mine.remove(each)
    return ToldApart.SURELY if (mine and theirs) or (one and not (mine or theirs)) else ToldApart.PERHAPS


def chinese_numerals(name: str) -> str:
    """第2幼儿园 as 第二幼儿园; numbers of three digits and more stay as they are."""
    return _DIGITS.sub(lambda found: _in_words(int(found[0])), name)


def _in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _ONES[ones]
    return ("" if tens == 1 else _ONES[tens]) + "十" + (_ONES[ones] if ones else "")
