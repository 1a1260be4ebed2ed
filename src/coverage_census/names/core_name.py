"""Names as written in; core names (核心名称) out, by which two spellings of one organisation are seen to be the same.

富民食品有限公司, 天等县富民食品有限责任公司 and 富民食品（有限公司）in traditional script all give 富民食品.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from coverage_census.places import divisions

# What is written in or around a name without belonging to it.
_DROPPED = re.compile(r"[ \t\u00a0\u200b\ufeff()\[\]{}<>《》〈〉【】〔〕「」“”\"'‘’·•・.,，。、\-—_]+")

# 法人组织形式, longest first. A cooperative keeps one word of it: 富民公司 and 富民合作社 are two organisations.
# Every alternative begins with a letter, and none is in a repetition alone: so `re` skips to these letters by itself.
_FORM = (
    r"(?:股份有限责任公司|有限责任公司|股份有限公司|有限公司|股份公司|总公司|公(?<!分公)司"
    r"|普通合伙|有限合伙|特殊普通合伙|合伙企业|个人独资企业|个体工商户)"
)
_LEGAL_FORM = re.compile(f"{_FORM}{_FORM}{{0,5}}$", re.MULTILINE)
_COOPERATIVE = re.compile(r"(?:农[民业村](?:专业性?)?|专业性?)合作社$", re.MULTILINE)


Core = tuple[str, str]
"""What is left of a name, and the last region (天等) that stood before it, "" where none did."""


class Cores:
    """Core names, worked out once a name: two rounds of one county have nearly all of theirs in common."""

    def __init__(self, county: str | None = None) -> None:
        """`county`: of names for which none is known."""
        self._county = county
        self._known: dict[str | None, dict[str, str]] = {}
        self._regions: dict[str | None, dict[str, str]] = {}  # of the few names that begin with one

    def of(self, names: Sequence[str], counties: Sequence[str | None]) -> tuple[list[str], list[str | None]]:
        """The core of each name, never empty, and its region, given the county it lies in."""
        runs = _runs([each or self._county for each in counties] if self._county else counties)
        found: dict[str | None, set[str]] = {}
        for county, start, end in runs:
            found.setdefault(county, set()).update(names[start:end])
        for county, here in found.items():
            self._learn(list(here - self._known.setdefault(county, {}).keys()), county)
        cores, regions = list[str](), list[str | None]()
        for county, start, end in runs:
            cores.extend(map(self._known[county].__getitem__, names[start:end]))
            regions.extend(map(self._regions[county].get, names[start:end]))
        return cores, regions

    def _learn(self, names: Sequence[str], county: str | None) -> None:
        prefixes = _regions(county)
        cores, regions = self._known[county], self._regions.setdefault(county, {})
        for name, long, short in zip(names, *folded(names), strict=True):
            core = short or long or name  # a name of nothing but form stays as it is
            if core[:2] in prefixes:
                core, region = _without_region(core, prefixes)
                if region:
                    regions[name] = region
            cores[name] = core


def _runs(counties: Sequence[str | None]) -> list[tuple[str | None, int, int]]:
    """Where rows of one county stand together, from row to row: most ledgers name one, or one after the other."""
    if not counties:  # answers alone bring no row
        return []
    starts = [0, *(row for row, (a, b) in enumerate(pairwise(counties), start=1) if a != b)]
    return [(counties[start], start, end) for start, end in zip(starts, [*starts[1:], len(counties)], strict=True)]


def core_name(name: str, county: str | None = None) -> Core:
    """The core of one name."""
    cores, regions = Cores().of([name], [county])
    return cores[0], regions[0] or ""


def folded(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Each name folded (half-width, simplified, without brackets and blanks), and so without its legal form."""
    if not names:
        return [], []
    # One pass over one text: a province has 379,300 names, and a call a name would cost more than all the work in it.
    text = "\n".join(names)
    if text.count("\n") != len(names) - 1:
        text = "\n".join(name.replace("\n", "") for name in names)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    whole = _DROPPED.sub("", _simplified(text.upper()))
    shorn = _LEGAL_FORM.sub("", whole)
    if "合作社" in shorn:
        shorn = _COOPERATIVE.sub("合作社", shorn)
    return whole.split("\n"), shorn.split("\n")


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
    if county is None:
        return _by_letters({name: region_stem(name) for name in _all_regions()})
    nearby = {name: region_stem(name) for name in own_regions(county)}
    whole = _regions(None)
    found = dict(whole)
    for letters, pairs in _by_letters(nearby).items():
        found[letters] = sorted({*pairs, *whole.get(letters, ())}, key=_longest_first)
    return found


@cache
def own_regions(county: str) -> frozenset[str]:
    """A county, its city and its province, in full and short: 天等县, 天等, 崇左市, 崇左 …"""
    own = {county}
    for each in divisions.county(county):
        own |= {each.name, each.city, each.province} - {""}
    return frozenset(name for name in own | {region_stem(name) for name in own} if len(name) > 1)


def _by_letters(regions: Mapping[str, str]) -> _Regions:
    found: dict[str, list[tuple[str, str]]] = {}
    for pair in sorted(regions.items(), key=_longest_first):
        found.setdefault(pair[0][:2], []).append(pair)
    return found


def _longest_first(pair: tuple[str, str]) -> tuple[int, str]:
    return -len(pair[0]), pair[0]


@cache
def _all_regions() -> frozenset[str]:
    """Every province, city and county of three letters or more; 郊区 and 城区 are words too."""
    found = {part for each in divisions.counties() for part in (each.name, each.city, each.province)}
    return frozenset(name for name in found if len(name) > 2)


def region_stem(region: str) -> str:
    """宁波 for 宁波市."""
    return _ENDING.sub("", region)


def _simplified(text: str) -> str:
    """繁→简 letter by letter, at no cost where there is nothing traditional."""
    return text.translate(_traditional()) if _any_traditional().search(text) else text


@cache
def _any_traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _traditional()))}]")


@cache
def _traditional() -> dict[int, str]:
    from opencc import OpenCC

    letters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    simple = OpenCC("t2s").convert("\n".join(letters)).split("\n")
    return {ord(old): new for old, new in zip(letters, simple, strict=True) if old != new}
