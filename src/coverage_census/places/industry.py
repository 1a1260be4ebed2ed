"""What a sheet says of an industry (a code or free text) in; section and division of GB/T 4754-2017 out, with how
certain that is. The table is `industries.tsv`, which names its source and licence."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from coverage_census.model.joint_plan import Certainty, Industry

FILE = Path(__file__).with_name("industries.tsv")

_CODE = re.compile(r"([A-T])?(\d{2,4})?")
_MARKS = re.compile(r"[\s、，,·/（）()和及与]")  # 信息传输、软件和信息技术服务业 is written with any marks, or none


class _IndustryTable(NamedTuple):
    sections: dict[str, str]  # code of a division → letter of its section
    names: dict[str, str]  # name without marks → code
    words: tuple[tuple[str, str], ...]  # (word, code), the longest word first
    titles: dict[str, str]  # code → name as the standard writes it


def classified(text: str | None, code: str | None = None) -> Industry | None:
    """The industry, by its code where the sheet has one, else by its words; None where they tell nothing."""
    return _by_code(code) or _by_code(text) or _by_name(text or "") or _by_word(text or "")


def name(code: str) -> str:
    """What the standard calls a section or division; the code itself where there is none."""
    return _table().titles.get(code, code)


def words() -> frozenset[str]:
    """Every word by which an industry is known."""
    return frozenset(word for word, _ in _table().words)


def _by_code(text: str | None) -> Industry | None:
    """`F`, `F52`, `52` or `5211`; anything else is no code."""
    match = _CODE.fullmatch((text or "").strip().upper())
    if match is None or not match[0]:
        return None
    letter, digits = match[1], match[2]
    if digits is None:
        return Industry(section=letter, certainty=Certainty.CODE)
    section = _table().sections.get(digits[:2])
    if section is None or letter not in {None, section}:
        return None
    return Industry(section=section, division=digits[:2], certainty=Certainty.CODE)


def _by_name(text: str) -> Industry | None:
    plain = _MARKS.sub("", text)
    code = _table().names.get(plain) or _table().names.get(plain + "业")
    return None if code is None else _of(code, Certainty.NAME)


def _by_word(text: str) -> Industry | None:
    """The longest word of ours that the text holds; the first of the table where two are as long."""
    plain = _MARKS.sub("", text).upper()
    return next((_of(code, Certainty.KEYWORD) for word, code in _table().words if word in plain), None)


def _of(code: str, certainty: Certainty) -> Industry:
    if code.isdigit():
        return Industry(section=_table().sections[code], division=code, certainty=certainty)
    return Industry(section=code, certainty=certainty)


@cache
def _table() -> _IndustryTable:
    lines = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    sections: dict[str, str] = {}
    names: dict[str, str] = {}
    titles: dict[str, str] = {}
    words: list[tuple[str, str]] = []
    for section, code, name, more in lines[1:]:
        sections[code], titles[code] = section, name
        names.setdefault(_MARKS.sub("", name), code)  # 教育, 国际组织: the section stands first
        words += [(word.upper(), code) for word in (*more.split(), _MARKS.sub("", name).removesuffix("业"))]
    return _IndustryTable(sections, names, tuple(sorted(words, key=lambda each: -len(each[0]))), titles)
