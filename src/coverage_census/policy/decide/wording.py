"""A quoted sentence in; the numbers it sets, each with the operator that its words stand for, out: 以上 has the number
in it, 超过 has not."""

import re
from collections.abc import Iterator

_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBER = r"((?<!\d)\d+|(?<![零一二两三四五六七八九十百])[零一二两三四五六七八九十百]+)"

_WORDINGS = (
    ("at_most", re.compile(rf"(?:不超过|至多|不多于){_NUMBER}")),
    ("at_least", re.compile(rf"(?:达到或超过|不少于|至少){_NUMBER}")),
    ("more_than", re.compile(rf"(?<!不)(?<!或)(?:超过|多于){_NUMBER}")),
    ("less_than", re.compile(rf"(?:不足|少于|不满){_NUMBER}")),
    ("at_least", re.compile(rf"{_NUMBER}(?:名|人|个|家)?(?:及)?以上")),
    ("less_than", re.compile(rf"{_NUMBER}(?:名|人|个|家)?以下")),
)
OPPOSITE = {"at_least": "less_than", "less_than": "at_least", "more_than": "at_most", "at_most": "more_than"}
"""不足3名 draws the same line as 3名以上."""


def bounds(text: str) -> Iterator[tuple[str, int]]:
    """Operator and number for each of them, in their order within a wording."""
    for operator, pattern in _WORDINGS:
        for found in pattern.finditer(text):
            yield operator, number(found.group(1))


def agrees(operator: str, value: int, text: str) -> bool | None:
    """Whether the words draw the line where the policy does; None where they name no such number."""
    said = {each for each, number in bounds(text) if number == value}
    return None if not said else operator in said or OPPOSITE[operator] in said


def number(written: str) -> int:
    """三, 二十五, 一百 … or digits as a number."""
    if written.isdigit():
        return int(written)
    total = digit = 0
    for letter in written:
        if letter in "十百":
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[letter]
    return total + digit
