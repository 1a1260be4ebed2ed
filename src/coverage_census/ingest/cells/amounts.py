"""A cell of a money column in; the amount in the unit of its field out (300万元, 1亿2千万, 三百万, 500W, 约300).

The unit in the cell counts, else that of the heading or of the line above the table (千元, 百万元, 亿), else that of
the field. Money of another country is not read: nobody knows the rate.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, UNREADABLE, Mark, bare
from coverage_census.ingest.cells.counts import chinese_number
from coverage_census.model.choices import Qualifier

MOST = 10**8
LONGEST = 200


class Amount(NamedTuple):
    """Money, in the unit of its field."""

    value: float
    qualifier: Qualifier | None = None


_PLACE = "百万|千万|十万|十亿|百亿|千亿|万亿|亿|万|千|仟|百|佰|十|w"
_ONE = {"十": 1e1, "百": 1e2, "佰": 1e2, "千": 1e3, "仟": 1e3, "万": 1e4, "w": 1e4, "亿": 1e8}
_FOREIGN = (
    "美元|美金|欧元|日元|日币|英镑|港元|港币|澳元|加元|台币|新台币|韩元|卢布|泰铢|越南盾|usd|eur|hkd|jpy|gbp|[$€£]"
)
_UNIT = re.compile(rf"({_PLACE})?元|(?<![\u4e00-\u9fff])({_PLACE})(?![\u4e00-\u9fff])")
_ABROAD = re.compile(_FOREIGN)
_ONLY_UNIT = re.compile(rf"(?:单位:?)?[十百千万亿]{{0,3}}(?:元|人民币|{_FOREIGN})")

_CHINESE = "零〇一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_DIGITS = r"\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,8})?"
_LEAD = re.compile("^(?:人民币|rmb|cny|[￥¥]|每?年|全年|共计?|合计|总计|收入|经费|为|:){1,4}")
_BEFORE = r"(?P<about>约|大约|大概|近|将近|估计|≈|超过?|不少于|至少|不足|不到|低于)?"
_AFTER = r"(?P<over>多|余|几)?"
_SAID = re.compile(
    rf"^{_BEFORE}(?:(?P<digits>{_DIGITS})|(?P<words>[{_CHINESE}]{{1,16}}?)){_AFTER}(?P<place>{_PLACE})?(?P<more>多|余|几)?"
    rf"(?P<rest>(?:{_DIGITS}(?:{_PLACE}))*)(?P<unit>元)?(?:人民币|整|rmb)?(?P<tail>多|余|左右|上下|以上|以内|以下)?(?:元)?(?:/|每|一)?年?"
    r"(?P<remark>[(\[,、;。/].{0,120}|(?:其中|含|不含|另).{0,120})?$"
)
_MORE = re.compile(rf"({_DIGITS})({_PLACE})")
_SPAN = re.compile("[-~—–―至到]{1,2}")
_AT_LEAST, _APPROX, _BELOW = Qualifier.AT_LEAST, Qualifier.APPROX, Qualifier.BELOW
_QUALIFIER = {
    **dict.fromkeys(("多", "余", "几", "以上", "超", "超过", "不少于", "至少"), _AT_LEAST),
    **dict.fromkeys(("约", "大约", "大概", "近", "将近", "估计", "≈", "左右", "上下"), _APPROX),
    **dict.fromkeys(("不足", "不到", "低于", "以内", "以下"), _BELOW),
}


def is_unit(text: str) -> bool:
    """Whether a text names a unit of money and nothing else: 万元, 单位：千元, 美元."""
    return bool(_ONLY_UNIT.fullmatch(text))


def factor(place: str | None) -> float:
    """万 → 10,000, 百万 → 1,000,000; of no place 1."""
    found = 1.0
    for sign in place or "":
        found *= _ONE[sign]
    return found


def reader(own: float, hint: str) -> Callable[[Any], Amount | Mark | None]:
    """The parser of a column whose field counts in `own` yuan and whose heading or sheet says `hint` (万元, 千元)."""
    hint = bare(hint).lower()
    abroad = bool(_ABROAD.search(hint))
    match = None if abroad else _UNIT.search(hint)
    column = factor(match[1] or match[2]) if match else own

    def amount(value: Any) -> Amount | Mark | None:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return None if value != value else UNREADABLE if abroad else _amount(value * column / own)
        said = bare(value).strip("。;").lower()
        if said in NOTHING or said in ("是", "有", "√", "否", "×"):
            return None
        if said in NONE_WORDS:
            return Amount(0.0)
        return _read(said, None if abroad else column, own) if len(said) <= LONGEST else UNREADABLE

    return amount


def _read(said: str, column: float | None, own: float) -> Amount | Mark:
    if _ABROAD.search(re.sub(r"[(\[].*$", "", said)):
        return UNREADABLE
    said = _LEAD.sub("", said)
    parts = _SPAN.split(said, maxsplit=1)
    if len(parts) == 2:
        return _span(parts[0], parts[1], column, own)
    return _one(said, column, own)


def _span(one: str, two: str, column: float | None, own: float) -> Amount | Mark:
    """500-1000万: the unit of the second counts for both."""
    high = _one(two, column, own)
    last = _SAID.match(two)
    unit = (last["place"] or "") + (last["unit"] or "") if last else ""
    first = _SAID.match(one)
    low = _one(one + unit if first and not (first["place"] or first["unit"]) else one, column, own)
    if not isinstance(low, Amount) or not isinstance(high, Amount) or low.value >= high.value:
        return UNREADABLE
    return Amount(low.value, Qualifier.RANGE)


def _one(said: str, column: float | None, own: float) -> Amount | Mark:
    found = _SAID.match(said)
    number = _number(found) if found else None
    if found is None or number is None:
        return UNREADABLE
    stated = bool(found["place"] or found["unit"] or found["rest"] or (found["words"] and number >= 1e4))
    if column is None and not ("人民币" in said or (stated and found["unit"])):
        return UNREADABLE
    yuan = number if stated else number * (column or 1.0)
    words = (found["over"], found["more"], found["tail"], found["about"])
    qualifier = next((_QUALIFIER[word] for word in words if word), None)
    return _amount(yuan / own, qualifier)


def _number(found: re.Match[str]) -> float | None:
    """The number with its places: 1亿2千万, 三百万, 1.2万."""
    if found["digits"]:
        number = float(found["digits"].replace(",", "")) * factor(found["place"])
    else:
        whole = chinese_number(found["words"] + (found["place"] or ""))
        if whole is None:
            return None
        number = float(whole)
    more = _MORE.findall(found["rest"] or "")
    return number + sum(float(digits.replace(",", "")) * factor(place) for digits, place in more)


def _amount(value: float, qualifier: Qualifier | None = None) -> Amount | Mark:
    """Beyond a hundred million in its unit it is no money, but a telephone or a code in the wrong column."""
    return Amount(round(value, 6), qualifier) if 0 <= value < MOST else UNREADABLE
