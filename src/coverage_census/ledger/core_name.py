"""Names as written in; core names (核心名称) out, by which two spellings of one organisation are seen to be the same.

富民食品有限公司, 天等县富民食品有限责任公司 and 富民食品（有限公司）in traditional script all give 富民食品.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from coverage_census.places import divisions

# What is written in or around a name without belonging to it.
_DROPPED = re.compile(r"[ \t\u00a0\u200b\ufeff()\[\]{}<>《》〈〉【】〔〕「」“”\"'‘’·•・.,，。、\-—_]+")

# 法人组织形式, longest first. A cooperative keeps one word of it: 富民公司 and 富民合作社 are two organisations.
_LEGAL_FORM = re.compile(
    r"(?:股份有限责任公司|有限责任公司|股份有限公司|有限公司|股份公司|总公司|公司|普通合伙|有限合伙|特殊普通合伙|合伙企业|个人独资企业)+$",
    re.MULTILINE,
)
_COOPERATIVE = re.compile(r"(?:农民|农业|农村)?(?:专业|专业性)?合作社$", re.MULTILINE)


Core = tuple[str, str]
"""What is left of a name, and the last region (天等) that stood before it, "" where none did."""


def core_names(names: Sequence[str], counties: Sequence[str | None]) -> list[Core]:
    """The core of each name, given the county it lies in; never empty: a name of nothing but form stays as it is."""
    cores: list[Core] = [("", "")] * len(names)
    by_county: dict[str | None, list[int]] = {}
    for place, county in enumerate(counties):
        by_county.setdefault(county, []).append(place)
    for county, places in by_county.items():
        regions = _regions(county)
        whole, shorn = _folded([names[place] for place in places])
        for place, short, long in zip(places, shorn, whole, strict=True):
            name = short or long or names[place]
            cores[place] = _without_region(name, regions) if name[:2] in regions else (name, "")
    return cores


def _folded(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Each name folded, and folded without its legal form."""
    # One pass over one text: a province has 379,300 names, and a call a name would cost more than all the work in it.
    text = "\n".join(names)
    if text.count("\n") != len(names) - 1:
        text = "\n".join(name.replace("\n", "") for name in names)
    folded = _DROPPED.sub("", _simplified(unicodedata.normalize("NFKC", text).upper()))
    shorn = _LEGAL_FORM.sub("", folded)
    if "合作社" in shorn:
        shorn = _COOPERATIVE.sub("合作社", shorn)
    return folded.split("\n"), shorn.split("\n")


def _without_region(name: str, regions: "_Regions") -> Core:
    """`name` without its leading 省市县, several in a row too, as long as two letters remain."""
    region = ""
    while name[:2] in regions:
        for written, stem in regions[name[:2]]:
            if name.startswith(written) and len(name) > len(written) + 1:
                region, name = stem, name[len(written) :]
                break
        else:
            break
    return name, region


_Regions = Mapping[str, Sequence[tuple[str, str]]]
_ENDING = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|自治[州县]$|[省市县区]$")


@cache
def _regions(county: str | None) -> _Regions:
    """First two letters → the regions that may stand before a name in `county`, as written and as stem, longest first.

    Short forms (天等富民食品) only of the county itself, its city and province: elsewhere 富民, 和平 and 朝阳 are
    counties, here they are what a firm is called.
    """
    own = {county} if county else set()
    for each in divisions.county(county) if county else ():
        own |= {each.name, each.city, each.province}
    stems = {_stem(name): _stem(name) for name in own}
    known = {name: _stem(name) for name in _all_regions() | own} | stems
    found: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(known, key=lambda name: (-len(name), name)):
        if len(name) >= (2 if name in stems else 3):
            found.setdefault(name[:2], []).append((name, known[name]))
    return found


@cache
def _all_regions() -> frozenset[str]:
    return frozenset(part for each in divisions.counties() for part in (each.name, each.city, each.province))


def _stem(region: str) -> str:
    return _ENDING.sub("", region)


def _simplified(text: str) -> str:
    """繁→简 letter by letter, at no cost where there is nothing traditional."""
    table = _traditional()
    return text.translate(table) if not table.keys().isdisjoint(map(ord, set(text))) else text


@cache
def _traditional() -> dict[int, str]:
    from opencc import OpenCC

    letters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    simple = OpenCC("t2s").convert("\n".join(letters)).split("\n")
    return {ord(old): new for old, new in zip(letters, simple, strict=True) if old != new}
