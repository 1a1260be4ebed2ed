"""Two sides in; their columns as numbers, equal where the texts mean the same, out.

Comparing 292,000 names with as many costs little where a whole column is compared at once.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.names.core_name import Cores, folded, own_regions, region_stem
from coverage_census.names.endings import without_endings
from coverage_census.names.slipped_form import with_whole_form
from coverage_census.names.telling import chinese_numerals
from coverage_census.names.town_word import without_town_word
from coverage_census.registers.matching.sides import Names, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_FORMS = ("合伙", "个人独资", "个体工商户", "合作社", "公司")  # 富民投资有限公司 is not 富民投资合伙企业
SHOP_FORMS = (-1, 2)
"""Of `form`: none, or 个体工商户."""
_DIGIT = re.compile(r"[0-9]")
_INNER = re.compile(r"(?:股份有限责任公司|有限责任公司|股份有限公司|有限公司|股份公司)(?=.)")  # of a branch's head
_SHORTEST = 3  # letters that must be left behind a township


@dataclass(frozen=True)
class SideColumns:
    """One side; −1 where nothing is known. `bare`: the core name without endings and the township before it."""

    names: Names
    text: list[str]  # of `bare`, but with a region in brackets
    core: "Numbers"
    bare: "Numbers"
    county: "Numbers"
    town: "Numbers"
    said_town: "Numbers"  # by the name
    region: "Numbers"  # before the name
    form: "Numbers"
    uscc: "Numbers"
    organisation: "Numbers"  # digits 9 to 17 of the code
    old: "Numbers"  # the same, or what else is written


def both(ours: Names, theirs: Names) -> tuple[SideColumns, SideColumns]:
    """Both sides in numbers that mean the same on either."""
    cores = Cores()
    known = _towns(ours, theirs)
    numbers = [_Numbers() for _ in range(6)]
    one, other = (_side(names, cores, known, numbers) for names in (ours, theirs))
    return one, other


class _Numbers:
    """Each text by the number it got when it was first met."""

    def __init__(self) -> None:
        self._known: dict[Text, int] = {None: -1}

    def of(self, texts: Iterable[Text]) -> "Numbers":
        import numpy as np

        known = self._known
        return np.array([known.setdefault(each, len(known)) for each in texts], dtype=np.int64)


def _side(names: Names, cores: Cores, towns: dict[Text, set[str]], numbers: Sequence[_Numbers]) -> SideColumns:
    name, county, town, region, code, old = numbers
    whole, _ = folded(names.name)
    core, regions = cores.of(names.name, names.county)
    text, regions = _without_ending(whole, core, regions, names, cores)
    said, text = _without_town(text, names.county, towns)
    keys, regions = _without_bracket(names, text, regions, cores)
    own = [without_town_word(each) for each in names.township]
    organisation = [each[8:17] if each else None for each in names.uscc]
    return SideColumns(
        names=names,
        text=text,
        core=name.of(core),
        bare=name.of(keys),
        county=county.of(names.county),
        town=town.of(each or other for each, other in zip(own, said, strict=True)),
        said_town=town.of(said),
        region=region.of(regions),
        form=_forms(whole),
        uscc=code.of(names.uscc),
        organisation=old.of(organisation),
        old=old.of(each or old_code(other) for each, other in zip(organisation, names.code, strict=True)),
    )


def _without_ending(
    whole: Sequence[str], core: Sequence[str], region: Sequence[Text], names: Names, cores: Cores
) -> tuple[list[str], list[Text]]:
    """Cores and regions without mass and Party endings and slips in the legal form; numerals in one script, the form of
    a head office in one word."""
    short = with_whole_form(without_endings(whole))
    ended = [at for at, (one, other) in enumerate(zip(short, whole, strict=True)) if one is not other]
    text, regions = list(core), list(region)
    found = cores.of([short[at] for at in ended], [names.county[at] for at in ended])
    for at, each, place in zip(ended, *found, strict=True):
        text[at], regions[at] = each, place
    return _in_one_script(text), regions


def _in_one_script(text: Sequence[str]) -> list[str]:
    plain = [chinese_numerals(each) if _DIGIT.search(each) else each for each in text]
    return [_INNER.sub("公司", each) if "公司" in each else each for each in plain]


_BRACKET = re.compile(r"[（(]([^（）()]{2,8})[)）]")


def _without_bracket(
    names: Names, text: Sequence[str], region: Sequence[Text], cores: Cores
) -> tuple[list[str], list[Text]]:
    """富民（宁波）食品有限公司 as 宁波富民食品有限公司 where Ningbo is the county's own city: for equal names only,
    since one wrong letter weighs the more the fewer there are."""
    keys, regions = list(text), list(region)
    turned: dict[int, str] = {}  # without the brackets
    for at, (name, county) in enumerate(zip(names.name, names.county, strict=True)):
        found = _BRACKET.search(name) if county else None
        if found and county and found[1] in own_regions(county):
            turned[at], regions[at] = name[: found.start()] + name[found.end() :], region_stem(found[1])
    short = with_whole_form(without_endings(folded(list(turned.values()))[0]))
    found_cores, _ = cores.of(short, [names.county[at] for at in turned])
    for at, core in zip(turned, _in_one_script(found_cores), strict=True):
        keys[at] = core
    return keys, regions


def _towns(*sides: Names) -> dict[Text, set[str]]:
    """County → its townships that either side names, without 镇 and 乡."""
    found: dict[Text, set[str]] = {}
    for side in sides:
        for county, township in set(zip(side.county, side.township, strict=True)):
            if township:
                found.setdefault(county, set()).add(without_town_word(township) or "")
    return found


def _without_town(
    text: list[str], counties: Sequence[Text], towns: dict[Text, set[str]]
) -> tuple[list[Text], list[str]]:
    """首阳镇富民食品: the township that a name begins with, and what is left of it."""
    said: list[Text] = [None] * len(text)
    begins = {county: {each[:2] for each in known} for county, known in towns.items()}
    for at, (name, county) in enumerate(zip(text, counties, strict=True)):
        if name[:2] in begins.get(county, ()):
            said[at], text[at] = _split(name, towns[county])
    return said, text


def _split(name: str, towns: set[str]) -> tuple[Text, str]:
    for length in (5, 4, 3, 2):
        town, rest = name[:length], name[length:]
        if town in towns:
            word = next((each for each in ("街道", "镇", "乡") if rest.startswith(each)), "")
            if word and len(rest) >= len(word) + _SHORTEST:
                return town, rest[len(word) :]
    return None, name


def _forms(whole: Sequence[str]) -> "Numbers":
    import numpy as np

    found = np.full(len(whole), -1, dtype=np.int64)
    for at, name in enumerate(whole):
        for number, form in enumerate(_FORMS):
            if form in name:
                found[at] = number
                break
    return found


_KEPT = re.compile(r"[^0-9A-Z]+")
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def old_code(written: Text) -> Text:
    """The organisation code (组织机构代码) in what stands for a code: alone, or behind the region of a tax number
    (纳税人识别号, 15 digits), or in a misspelt code of 18; a number of another kind as it is."""
    if not written:
        return None
    code = _KEPT.sub("", written.upper())
    inner = {9: code, 15: code[6:], 18: code[8:17]}.get(len(code))
    if inner is not None and _is_organisation_code(inner):
        return inner
    return code if len(code) in (13, 15) else None


def _is_organisation_code(code: str) -> bool:
    if not code[:8].isalnum():
        return False
    total = sum(int(sign, 36) * weight for sign, weight in zip(code[:8], _WEIGHTS, strict=True))
    return "0123456789X0"[(11 - total % 11)] == code[8]
