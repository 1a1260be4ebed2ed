"""A misspelt area name and the names that are known in; those most likely meant out, the likeliest first."""

import re
from collections.abc import Iterable

# What people leave out, add or confuse: 天等 for 天等县, 向都乡 for 向都镇, 天堂镇人民政府 for 天堂镇.
TAIL = re.compile(r"(?:人民政府|街道办事处|办事处|党委|党工委)$")
_RANK = re.compile(
    r"(.{2,30}?)(?:(?:[\u4e00-\u9fff]{1,3}族){0,6}自治[州县旗]|特别行政区|地区|林区|特区|街道|苏木|[省市盟县区旗镇乡村])"
)
# With two characters left of the name, one wrong character still scores 50.
_ENOUGH = 50.0


def nearest(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Up to `limit` of the `known` names; empty where nothing is near."""
    from rapidfuzz import fuzz

    asked = TAIL.sub("", name.strip())
    scored = []
    for candidate in dict.fromkeys(known):
        stems = fuzz.ratio(stem(asked), stem(candidate))
        whole = fuzz.ratio(asked, candidate)
        if stems >= _ENOUGH:
            scored.append((-stems, -whole, candidate))
    return [candidate for _, _, candidate in sorted(scored)[:limit]]


def stem(name: str) -> str:
    """The name without its rank: 天等 for 天等县; a name of two characters is kept whole (忻县 is no 忻)."""
    match = _RANK.fullmatch(name)
    return match[1] if match else name
