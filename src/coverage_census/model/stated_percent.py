"""A percentage as an office writes it in (90%, 90％以上, 百分之九十, 九成五); the same as a decimal number out."""

import re
import unicodedata
from decimal import Decimal

_ROUND = re.compile(r"^(?:>=|≥|不低于|不少于|不小于|达到|达)?(.+?)(?:\(含\))?(?:及?以上)?$")
_SIGN = re.compile(r"^(\d{1,6}(?:\.\d{1,6})?)%?$")
_TENTHS = re.compile(r"^(\d|[一二两三四五六七八九十])成(?:(\d|[一二三四五六七八九])|(半))?$")
_TENS = re.compile(r"^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$")
_DIGITS = {mark: number for number, mark in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def stated(text: str) -> Decimal | None:
    """The percentage that a text is: 90 for 90%, 90, 百分之90, 九成, 90%以上. None where it is none.

    Whether it is a sensible one is for whoever asks: 0.9 stays 0.9.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = _ROUND.match(plain)
    plain = found[1] if found else plain
    if plain.startswith("百分之"):
        rest = plain.removeprefix("百分之")
        number = _in_words(rest)
        return Decimal(number) if number is not None else _in_digits(rest)
    if tenths := _TENTHS.match(plain):
        whole, part = (_digit(mark) if mark else 0 for mark in (tenths[1], tenths[2]))
        return Decimal(10 * whole + (5 if tenths[3] else part))
    return _in_digits(plain)


def _in_digits(text: str) -> Decimal | None:
    found = _SIGN.match(text)
    return Decimal(found[1]) if found else None


def _in_words(text: str) -> int | None:
    """九十五, 八十, 百, 一百."""
    if text in ("百", "一百"):
        return 100
    found = _TENS.match(text)
    if found is None or not text:
        return None
    if found[2] is None:
        return None if found[1] and found[3] else _digit(text)
    return 10 * (_digit(found[1]) if found[1] else 1) + (_digit(found[3]) if found[3] else 0)


def _digit(mark: str) -> int:
    return int(mark) if mark.isdecimal() else _DIGITS[mark]
