"""A cell of a count column in; the number with how exact it is out (约50人, 120余名, 不足3名, 3(含预备1)).

A cell is a number with its unit, and perhaps what else is said of it: a part (其中女5), somebody left out (不含
临时工4), somebody besides (另有退休2), a state of all (均为流动党员), a day. Such a remark never changes the number;
only what it says of formal and probationary members is read, and one that is not understood is kept in `unread`.
"""

import re
from itertools import pairwise
from typing import Any, NamedTuple

from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, UNREADABLE, Mark, bare
from coverage_census.model.choices import Qualifier


class Count(NamedTuple):
    """A number of persons or units. `low` and `high` bound a qualified one (high None: open); `formal` and
    `probationary` are there when the cell itself splits a number of members, `rest` names the one of them that is
    what the other leaves; `unread` is a remark that was not understood."""

    value: int
    qualifier: Qualifier | None = None
    low: int | None = None
    high: int | None = None
    formal: int | None = None
    probationary: int | None = None
    rest: str | None = None
    unread: str | None = None


MOST = 10**8  # a larger number in a column of counts is a telephone number or a code

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
    "俩": 2,
    "仨": 3,
}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "亿": 100_000_000}
LONGEST = 400  # characters of a cell that may still say how many
_CHINESE = "".join(_DIGITS) + "".join(_PLACES)
_N = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?[百千万亿]?|\d+(?:\.\d+)?[百千万亿]?|[{_CHINESE}]+)"
_U = r"(?:名|人|个|家|位|户|员|口|项|次|件|处)?(?:正式)?(?:党员|职工|员工|人员|从业人员|会员|团员|单位|企业)?"

_WHO = "(?:中共)?(?:党员|职工|员工|从业人员|工作人员|人员|会员|团员|积极分子|人)"
_LEAD = re.compile(
    rf"^(?:(?:在岗|在册)?{_WHO})?(?:总数|人数)?(?:共有|现有|总计|合计|共计|实有|仅有|只有|仅|只|有|共|计|为|是|:|约有(?=约))?"
    rf"(?:(?:在岗|在册|在职)?{_WHO}?(?=[\d{_CHINESE}约]))?"
)
_NOBODY = re.compile(rf"^(?:无|没有|尚无|暂无|现无|未有|没){_WHO}?$")
_PLAIN = re.compile(rf"^({_N}){_U}$")
_SPLIT = [
    re.compile(rf"^({_N}){_U}正式?(?:党员)?[,、;+和]?({_N}){_U}预备?(?:党员)?$"),
    re.compile(rf"^正式?(?:党员)?:?({_N}){_U}[,、;+和]?预备?(?:党员)?:?({_N}){_U}$"),
    re.compile(rf"^({_N})\+({_N}){_U}$"),
]
# The number with its unit and how exact it is, then what is said of it.
_HEAD = re.compile(
    rf"^((?:约|大约|大概|约有|估计|约计|≈|~|近|将近|接近|超过|多于|至少|不少于|不足|不到|少于|不超过|最多|≥|>=|≤|<=|>|<)?{_N}[余多几来]?"
    rf"(?:[万千百](?=[^{_CHINESE}]|$))?{_U}(?:(?:-|~|—|–|至|到){_N}{_U})?(?:及)?(?:左右|上下|以上|以下|以内)?|无|没有)"
    rf"([(\[,、;。:/].*|(?:其中|包括|不?含|另|外加|外聘|兼职|均|都|还有).*)$"
)
_NUMBER_ALONE = re.compile(rf"^{_N}{_U}$")
_SORT = {
    "formal": "(?<!转)正(?![常在科处职])式?(?:党员)?",
    "probationary": "预(?![计算约案])备?(?:期)?(?:党员)?",
}
_SORT_FIRST = {name: re.compile(rf"{word}(?:有|为|:)?({_N})") for name, word in _SORT.items()}
_NUMBER_FIRST = {name: re.compile(rf"({_N}){_U}(?:为|是)?{word}") for name, word in _SORT.items()}
_BEGINS = re.compile(rf"[正预]|{_N}")  # whether the number or the word comes first in a remark
# What a remark may say without changing the number: relations, sorts of people, numbers, days.
_UNDERSTOOD = re.compile(
    rf"{_N}|[()\[\],、;。:/+\-~%]|其中|包括|包含|内含|不含|不包括|不计|不在内|除外|除|含|另外|另有|另聘|另|外加|还有|加上|均为|均|都是|都|全部|全为|全|"
    r"为|是|有|在|名|人|个|位|家|户|左右|约|年底|年末|年初|年度|年|月底|月份|月|日|截[至止]到?|统计|数据?|目前|今年|去年|上年|近三年|新增|发展|转入|转出|转正|"
    r"男|女|预备|正式|流动|退休|返聘|离退休|临时工?|季节[工性]|实习|学徒|农民工|残疾人?|外聘|外包|劳务派遣|派遣|兼职|专职|外地|本地|本部|分厂|分公司|"
    r"子公司|聘用|在外|在岗|在册|法人|业主|书记|经营者|负责人|本人|党员|团员|会员|职工|员工|工人|人员|从业|积极分子|入党|组织关系|合同|签|企业|单位|村|社区|"
    r"[老青]年|岁|以[上下]|及|和|的|本|不|未|非|已|培训|公司|停产|停业"
)
_APART = re.compile(r"不含|不包括|不包含|不计|另|外加|还有|除外")
_WITHOUT_NUMBER = re.compile(r"(?:不含|不包括|不包含|不计)预备(?:期)?(?:党员)?$")
_ALL_FORMAL = re.compile(
    r"(?:均|都|全|皆)(?:部)?(?:为|是|系)?正式|^正式(?:党员)?$|^(?:无|没有|未有)预备(?:党员)?$|^预备(?:党员)?(?:为)?无$"
)
_ALL_PROBATIONARY = re.compile(
    r"(?:均|都|全|皆)(?:部)?(?:为|是|系)?预备|^预备(?:期)?(?:党员)?$|^(?:无|没有)正式(?:党员)?$"
)
_MEMBERS = re.compile("(?<!转)正式|预备|^正$|[正预](?=[\\d一二两三四五六七八九十])|(?<=[\\d名人])(?<!转)[正预]")
_RANGE = re.compile(rf"^({_N}){_U}(?:-|~|—|–|至|到|~|―|--)({_N}){_U}(?:之间|左右)?$")
_TWO_DIGITS = re.compile(rf"^([一二两三四五六七八九])、?([二三四五六七八九])([十百千万])?{_U}$")
_APPROX = re.compile(
    rf"^(?:约|大约|大概|约有|估计|约计|≈|~)({_N}){_U}(?:左右|上下)?$|^({_N}){_U}(?:左右|上下|\(?(?:估|约|左右)\)?)$"
)
_NEARLY = re.compile(rf"^(?:近|将近|接近)({_N}){_U}$")
_OVER = re.compile(rf"^(?:约)?({_N})(?:余|多|几|来){_U}$|^({_N})(?:余|多|几)([万千百]){_U}$|^({_N}){_U}(?:余|多)$")
_AT_LEAST = re.compile(rf"^(?:至少|不少于|不低于|≥|>=)({_N}){_U}$|^({_N}){_U}(?:及)?以上$|^({_N})\+$")
_MORE = re.compile(rf"^(?:超过|多于|大于|>|超)({_N}){_U}$")
_BELOW = re.compile(rf"^(?:不足|不到|少于|未满|不满|未达|小于|<|低于)({_N}){_U}$")
_UP_TO = re.compile(rf"^(?:不超过|至多|最多|≤|<=)({_N}){_U}$|^({_N}){_U}(?:及)?(?:以下|以内)$")

YES = frozenset(["是", "有", "√", "✓", "✔", "☑", "已派", "已选派", "已派驻", "已配备", "y", "yes", "true", "已落实"])
NO = (
    frozenset(["否", "×", "✗", "✕", "╳", "☒", "x", "n", "no", "false", "未派", "未选派", "未派驻", "未配备"])
    | NONE_WORDS
)


def parse(value: Any) -> Count | Mark | None:
    """The count in a cell; None where nothing is known, UNREADABLE where it says something else."""
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _whole(value)
    if not isinstance(value, (str, bool)) or (isinstance(value, str) and len(value) > LONGEST):
        return UNREADABLE
    text = bare(value).strip("。.;；【】[]'’‘“”\"").lower()
    if text in NOTHING:
        return None
    if text in NO:
        return Count(0)
    if text in YES:
        return Count(1, Qualifier.AT_LEAST, 1, None)
    return Count(0) if _NOBODY.match(text) else _read(_LEAD.sub("", text) or text)


def number(text: str) -> int | None:
    """`1,234`, `1.2万`, `三十五`, `二〇一四` as an integer; None where it is no whole number."""
    text = text.replace(",", "")
    if text[:1].isdigit():
        factor = _PLACES.get(text[-1], 1)
        exact = float(text[:-1] if factor > 1 else text) * factor
        return round(exact) if abs(exact - round(exact)) < 1e-6 and exact < MOST else None
    return chinese_number(text)


def chinese_number(text: str) -> int | None:
    """三十五 → 35, 一百二十 → 120, 二〇一四 → 2014, 十 → 10, 百 → 100."""
    if not text or any(c not in _DIGITS and c not in _PLACES for c in text):
        return None
    if all(c in _DIGITS for c in text):
        if len(text) == 2 and 0 not in (_DIGITS[text[0]], _DIGITS[text[1]]):
            return None  # 三五 is three to five
        return int("".join(str(_DIGITS[c]) for c in text))
    if any(a in _DIGITS and b in _DIGITS and _DIGITS[a] for a, b in pairwise(text)):
        return None  # 二三十 is no number but a range
    total = section = 0
    digit: int | None = None
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif _PLACES[c] >= 10_000:
            total, section, digit = (total + section + (digit or 0)) * _PLACES[c] or _PLACES[c], 0, None
        else:
            section, digit = section + (1 if digit is None else digit) * _PLACES[c], None
    if digit and len(text) > 1 and (place := _PLACES.get(text[-2], 1)) >= 100:  # 一百二 is a hundred and twenty
        digit *= place // 10
    return total + section + (digit or 0)


def _whole(value: float) -> Count | Mark | None:
    if value != value:
        return None
    if not 0 <= value < MOST or value != int(value):  # infinity and NaN have no int
        return UNREADABLE
    return Count(int(value))


def _read(text: str) -> Count | Mark:
    if text.isdecimal() and len(text) < 9:
        return Count(int(text))
    for read in (_between, _plain, _split, _qualified):
        found = read(text)
        if found is not None:
            return found
    match = _HEAD.match(text)
    return _with_remark(match[1], match[2]) if match else UNREADABLE


def _with_remark(head: str, rest: str) -> Count | Mark:
    """The number before a remark, as far as the remark lets it stand."""
    if head in NONE_WORDS:
        counted: Count | None = Count(0)
    else:
        counted = _between(head) or _plain(head) or _qualified(head)
    inside = rest.strip("()[],、;。:/")
    if counted is None or (rest[0] in ",、;/" and _NUMBER_ALONE.match(inside)):  # 2，3 are two numbers
        return UNREADABLE
    if counted.qualifier is None and (_MEMBERS.search(inside) or _WITHOUT_NUMBER.match(inside)):
        return _with_members(counted.value, inside) or UNREADABLE
    unread = _UNDERSTOOD.sub("", inside)
    return counted._replace(unread=inside) if unread or _NUMBER_ALONE.match(inside) else counted


def _plain(text: str) -> Count | None:
    found = _numbers(_PLAIN, text)
    return Count(found[0]) if found else None


def _split(text: str) -> Count | None:
    for pattern in _SPLIT:
        found = _numbers(pattern, text)
        if found and len(found) == 2:
            return Count(sum(found), formal=found[0], probationary=found[1])
    return None


def _between(text: str) -> Count | None:
    """二三十人, 三五名: a range in two digits."""
    match = _TWO_DIGITS.match(text)
    if match is None:
        return None
    low, high, place = _DIGITS[match[1]], _DIGITS[match[2]], _PLACES.get(match[3], 1)
    return Count(low * place, Qualifier.RANGE, low * place, high * place) if low < high else None


def _qualified(text: str) -> Count | None:
    if found := _numbers(_RANGE, text):
        low, high = found
        return Count(low, Qualifier.RANGE, low, high) if low < high else None
    if found := _numbers(_OVER, text):
        return _over(found[0] * (_PLACES[text_place] if (text_place := _place_after(text)) else 1))
    for pattern, make in _QUALIFIED:
        if found := _numbers(pattern, text):
            return make(found[0])
    return None


def _place_after(text: str) -> str | None:
    """The 万 of 1400多万."""
    match = re.search(r"[余多几]([万千百])", text)
    return match[1] if match else None


def _approx(n: int) -> Count:
    return Count(n, Qualifier.APPROX, max(0, min(n * 4 // 5, n - 1)), max(-(-n * 6 // 5), n + 1))


def _nearly(n: int) -> Count:
    return Count(n, Qualifier.APPROX, n * 4 // 5, max(n - 1, 0))


def _over(n: int) -> Count:
    """50余: more than 50, less than 60; 1200余: less than 1300."""
    step = 1
    while n and n % (step * 10) == 0:
        step *= 10
    return Count(n, Qualifier.AT_LEAST, n + 1, n + step - 1) if step > 1 else Count(n, Qualifier.AT_LEAST, n, None)


_QUALIFIED = (
    (_APPROX, _approx),
    (_NEARLY, _nearly),
    (_MORE, lambda n: Count(n, Qualifier.AT_LEAST, n + 1, None)),
    (_AT_LEAST, lambda n: Count(n, Qualifier.AT_LEAST, n, None)),
    (_BELOW, lambda n: Count(n, Qualifier.BELOW, 0, max(n - 1, 0))),
    (_UP_TO, lambda n: Count(n, Qualifier.BELOW, 0, n)),
)


def _with_members(total: int, inside: str) -> Count | None:
    """3(含预备1), 5(其中预备党员1名), 4(正式3预备1): what a remark says of formal and probationary members.

    3(不含预备1名) and 3，另有预备1名 are three formal members and one more; 3(均为正式党员) are three.
    """
    if found := _of_one_sort(total, inside):
        return found
    formal, probationary = _inside("formal", inside), _inside("probationary", inside)
    if formal is None and probationary is None:
        return Count(total, unread=inside)
    if formal is not None and probationary is not None:
        return Count(total, formal=formal, probationary=probationary)
    if _APART.match(inside):
        return _and_more(total, formal, probationary)
    return _within(total, formal, probationary)


def _of_one_sort(total: int, inside: str) -> Count | None:
    """均为正式党员, 无预备党员: all of them; 不含预备党员: these are formal, and of others nothing is known."""
    if _WITHOUT_NUMBER.match(inside):
        return Count(total, Qualifier.AT_LEAST, total, None, formal=total)
    if _ALL_FORMAL.search(inside):
        return Count(total, formal=total, probationary=0)
    return Count(total, formal=0, probationary=total) if _ALL_PROBATIONARY.search(inside) else None


def _and_more(counted: int, formal: int | None, probationary: int | None) -> Count:
    """The bracket counts who is not in the number before it."""
    formal, probationary = (counted, probationary) if formal is None else (formal, counted)
    return Count(formal + (probationary or 0), formal=formal, probationary=probationary)


def _within(total: int, formal: int | None, probationary: int | None) -> Count | None:
    """The bracket counts some of the number before it; the others are what is left."""
    other = total - (formal if formal is not None else probationary or 0)
    if other < 0:
        return None
    if formal is None:
        return Count(total, formal=other, probationary=probationary, rest="members_formal")
    return Count(total, formal=formal, probationary=other, rest="members_probationary")


def _inside(sort: str, text: str) -> int | None:
    """正式4预备1 or 4正1预: how many of a sort, whichever of word and number comes first."""
    first = _BEGINS.search(text)
    order = (_SORT_FIRST, _NUMBER_FIRST) if first and first[0] in "正预" else (_NUMBER_FIRST, _SORT_FIRST)
    match = order[0][sort].search(text) or order[1][sort].search(text)
    return number(match[1]) if match else None


def _numbers(pattern: re.Pattern[str], text: str) -> list[int] | None:
    match = pattern.match(text)
    if match is None:
        return None
    found = [number(group) for group in match.groups() if group]
    return [n for n in found if n is not None] if found and None not in found else None
