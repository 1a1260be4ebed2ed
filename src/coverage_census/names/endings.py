"""Names of mass and Party organisations in; the names of those they belong to out.

富民食品有限公司工会委员会, 共青团富民食品有限公司支部 and 中共富民食品有限公司支部委员会 are all of 富民食品有限公司;
温泉镇联合工会 belongs to no organisation, and stays as it is.
"""

import re
from collections.abc import Sequence

_PARTY = r"党(?:总支部委员会|支部委员会|总支部|总支|支部|工委|委员会|委|组)"
_LEAGUE = r"(?:共青团|(?<!集)团)(?:总支部委员会|支部委员会|总支部|总支|支部|工委|委员会|委)"
_UNION = r"(?:基层|分)?工会(?:联合委员会|联合会|委员会)?(?:筹备组|筹委会|第?[0-9一二三四五六七八九十]{0,2}分会|小组)?"
_WOMEN = r"妇(?:女联合会|女工作委员会|女委员会|女小组|女之家|联|委会|工委)|女职工委员会"
_SHARED = r"(?:等[0-9一二三四五六七八九十百两几多]{1,5}[家个户]?(?:企业|单位|公司|商户|组织){0,2})?"
_ENDING = re.compile(rf"{_SHARED}(?:非公|联合|临时|流动|直属){{0,2}}(?:{_UNION}|{_LEAGUE}|{_PARTY}|{_WOMEN}){{1,2}}$")
_BEFORE = re.compile(r"^(?:中国共产党|中共|中国共产主义青年团|共青团)(?=.{4})")
_OF_THOSE = re.compile(r"(?:联合|临时){0,2}(?:基层|总支部|支部)?(?:委员会|支部|总支部?|党委|党支部)$")
_LIKELY = re.compile(r"[会委支组联家]$|支部|^中国?共|^共青团")
_PLACE = re.compile(r"(?:[省市县区镇乡村]|街道|区域|行业|商圈|楼宇)$")


def without_endings(folded: Sequence[str]) -> list[str]:
    """Each name, folded before, without what makes it the name of a union, league, women's or Party organisation."""
    return [_without(name) if _LIKELY.search(name) else name for name in folded]


def _without(name: str) -> str:
    short = _BEFORE.sub("", name)
    short = (_OF_THOSE if short != name else _ENDING).sub("", short)
    if short == name or len(short) < 3 or _PLACE.search(short):
        return name
    return short
