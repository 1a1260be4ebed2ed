"""A county or township name in; codes, townships and counties of the divisions shipped in `divisions.tsv.gz` out."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("divisions.tsv.gz")


@dataclass(frozen=True)
class County:
    """县级单位; `city` is empty where it lies directly under its province."""

    code: str
    name: str
    city: str
    province: str


@dataclass(frozen=True)
class TownshipDivision:
    """乡级单位 with its nine-digit code."""

    code: str
    name: str


def county(name: str, within: str = "") -> tuple[County, ...]:
    """Every county of that name or six-digit code; `within` keeps those of one province or city.

    Names repeat: there are five 鼓楼区.
    """
    column = 0 if name.isdigit() else 1
    return tuple(_county(line) for line in _lines_with(name, column) if _lies_within(line, within))


def counties(within: str = "") -> tuple[County, ...]:
    """All counties, or those of one province or city, by code."""
    if within:
        lines = [*_lines_with(within, 2), *_lines_with(within, 3)]
        return tuple(sorted({_county(line) for line in lines}, key=lambda each: each.code))
    return tuple(_county(line) for line in _text().splitlines())


def townships(code: str) -> tuple[TownshipDivision, ...]:
    """The townships of the county with that six-digit code, by code; none where it is unknown."""
    for line in _lines_with(code, 0):
        listed = line.rsplit("\t", 1)[1]
        return tuple(TownshipDivision(code + each[:3], each[3:]) for each in listed.split(",") if each)
    return ()


def counties_with(township: str, within: str = "") -> tuple[County, ...]:
    """The counties that have a township of that name; `within` keeps those of one province, city or county."""
    found = []
    for line in _lines_around(township):
        names = (each[3:] for each in line.rsplit("\t", 1)[1].split(","))
        if township in names and _lies_within(line, within):
            found.append(_county(line))
    return tuple(found)


# The file is kept as one text and searched as text: a look-up costs a millisecond, 42,000 objects would cost fifty.


@cache
def _text() -> str:
    return gzip.decompress(FILE.read_bytes()).decode("utf-8")


def _lines_with(value: str, column: int) -> Iterator[str]:
    """Lines whose `column` is exactly `value`."""
    return (line for line in _lines_around(value) if line.split("\t", column + 1)[column] == value)


def _lines_around(value: str) -> Iterator[str]:
    """Lines in which `value` occurs anywhere."""
    text, at = _text(), 0
    while value and (at := text.find(value, at)) >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        yield text[start:end]
        at = end


def _lies_within(line: str, area: str) -> bool:
    return not area or area in line.split("\t", 4)[:4]


def _county(line: str) -> County:
    return County(*line.split("\t", 4)[:4])
