"""A folded text in; the places in it where a number of a person stands, however it was grouped or labelled, out.

Digits are taken with whatever stands between them, and windows of whole groups are tried: what counts is how many
digits there are, how they begin and what their check digit says. Codes, amounts and dates are known first and stay.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from coverage_census.privacy import check_digits

PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
BIRTH = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
SHORT_BIRTH = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
ID_18 = re.compile(rf"{PROVINCE}\d{{4}}{BIRTH}\d{{3}}[\dXx*]")
ID_15 = re.compile(rf"{PROVINCE}\d{{4}}{SHORT_BIRTH}\d{{3}}")
PERMIT = re.compile(rf"9{PROVINCE}\d{{3}}{BIRTH}\d{{3}}[\dXx*]")  # 外国人永久居留身份证
MOBILE = re.compile(r"1[3-9]\d{9}")
# A country, a trunk 0, and what is dialled for a cheaper line (17951, 12593, 10193 …), in any order.
PREFIX = r"(?:00)?(?:86)?0?(?:17\d{3}|125\d{2}|1019\d|193\d{2}|1180\d|96\d{3})?(?:(?:00)?86)?0?"
_WITH_PREFIX = re.compile(rf"{PREFIX}1[3-9]\d{{9}}")
_AREA = r"(?:10|2\d|[3-9]\d{2})"
_LANDLINE = re.compile(rf"0{_AREA}[2-8]\d{{6,7}}")
_ABROAD = re.compile(rf"(?:00)?860?{_AREA}[2-8]\d{{6,7}}")
_SEVERAL = re.compile(rf"(?:{PREFIX}1[3-9]\d{{9}}|0{_AREA}[2-8]\d{{6,7}}|{PROVINCE}\d{{4}}{BIRTH}\d{{3}}[\dXx]){{2,4}}")
# 统一社会信用代码 of digits alone begin like this; the third and fourth are those of a province.
_LIKE_A_CODE = re.compile(rf"(?:1[1239]|5[1239]|7[12]|81|9[123]){PROVINCE}\d{{14}}")
_DAMAGED_CARD = re.compile(r"(?<![\d.])6\.2\d{2,16}[Ee]\+?1[5-8](?!\d)")
# 9.1340828E+17 was a code of an organisation
_DAMAGED_ID = re.compile(r"(?<![\d.])[1-8]\.\d{4,16}[Ee]\+?1[47](?!\d)")
_DAMAGED_MOBILE = re.compile(r"(?<![\d.])1\.[3-9]\d{6,9}[Ee]\+?10(?!\d)")

_RUN = re.compile(r"\d(?:[\W_]{0,5}\d)*")
_GROUP = re.compile(r"\d+")
FEW = 8  # groups of one number
LONGEST_CARD = 30

_JOIN = r"[\W_]{0,4}(?:(?:号码|号|为|是|都是|拨打|拨)[\W_]{0,3}){0,2}(?:\([^()]{0,8}\)[\W_]{0,3})?"
_BEFORE = 32  # signs in which a label stands
_CALLED_BY = (
    r"电话|手机|座机|固话|小灵通|传真|热线|短号|联系方式|联络方式|通讯方式|号码|致电|来电|拨打|拨|值班室?|打"
    r"|tel|telephone|phone|mobile|mob|cell|fax|call|☎|☏|📞|📱|✆"
)
_PAID_TO = r"卡|账号|账户|户头|开户行?|存折|银行|农行|工行|中行|建行|农商行|信用社|汇款|打款至?"
_PROVED_BY = (
    r"身份证?|证件|护照|通行证|台胞证|回乡证|永居证|永久居留证?|居留证|居住证|军官证|士兵证|驾驶证|驾照|社保|医保"
    r"|passport|id"
)
_CHATTED_IN = r"qq|扣扣|企鹅|微信|薇信|weixin|wechat|wx|vx|v信|钉钉|抖音|陌陌|telegram"
_CALLED = re.compile(rf"(?:{_CALLED_BY}){_JOIN}$", re.IGNORECASE)
_PAID = re.compile(rf"(?:{_PAID_TO}){_JOIN}$")
_PROVED = re.compile(rf"(?:{_PROVED_BY}){_JOIN}$", re.IGNORECASE)
_CHATTED = re.compile(rf"(?:{_CHATTED_IN})群?{_JOIN}$", re.IGNORECASE)
_CODED = re.compile(
    r"(?:代码|信用|注册|登记|许可|执照|证书|批准|备案|合同|发票|税务|编|文|机构码|证照|字|批文|立项|可证|记证|格证|业证"
    r"|[Nn][Oo])(?:号码?|证号?|第|证书号)?[\s:#.()〔〕-]{0,3}(?:为|是)?[\s:]{0,2}(?:[A-Z]{1,6}[-/]?)?$"
)
_SERIES = re.compile(r"(?<![A-Za-z])(?!TEL|QQ|ID|WX|VX|PHONE|MOB)[A-Z]{2,6}$")  # JY, SC: of a permit
_POSTAL = re.compile(rf"(?:邮编|邮政编码){_JOIN}$")
_AMOUNT = re.compile(
    r"(?:资本|资金|产值|收入|营收|利润|税收|纳税额?|税额|投资|金额|经费|费用|资产|总额|面积|产量|价值|补助|销售额|销量|¥|\$|￥|RMB|人民币)"
    r"[\W_]{0,3}(?:为|是|约|达|共|计)?[\W_]{0,2}$"
)
_UNIT = re.compile(
    r"\s{0,2}(?:[多余]?[百千万亿]{0,2}(?:元(?!旦)|美元|港元|块钱|㎡|m2|平方|平米|亩|公顷|吨|千瓦|公里|kw|股)|[百千万亿]|%|‰)",
    re.IGNORECASE,
)
_DECIMALS = re.compile(r"\.\d{1,2}(?!\d)")
_EXTENSION = re.compile(r"(?:[\W_]{0,3}(?:转|分机|ext\.?)[\W_]{0,3}|[-—*#])\d{1,5}(?!\d)", re.IGNORECASE)
_LAST_X = re.compile(r"[\W_]{0,5}[Xx×*](?![0-9A-Za-z])")
_USCC = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
_LETTERED = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Z]{1,2}\d{7,8}|[HMhm]\d{10}|[A-Z][12]\d{8}|[A-Z]{3}\d{12}|[A-Z]{1,2}\d{6}\([0-9A]\))(?![0-9A-Za-z])"
)
_LETTER_APART = re.compile(r"(?<![0-9A-Za-z])[EGHMCKL][\W_]{1,3}$")
_TOKEN = re.compile(r"[\W_]{0,2}[0-9A-Za-z](?:[ \-_.·/()]{0,2}[0-9A-Za-z]){4,29}")
_NICK = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{4,29}")
_LOCAL, _DOMAIN = frozenset("._%+-"), frozenset(".-")


def labels() -> re.Pattern[str]:
    """Any word that asks for a number of a person, in small letters."""
    return re.compile("|".join((_CALLED_BY, _PAID_TO, _PROVED_BY, _CHATTED_IN)))


class FoundNumber(NamedTuple):
    """`kind` is id, phone, card or contact."""

    kind: str
    begin: int
    end: int


@dataclass(frozen=True)
class _SaidBefore:
    """What the words before a number say that it is."""

    text: str
    coded: bool  # whoever calls says that a code stands here, or a label does
    labelled: bool = False  # a label does
    called: bool = False
    paid: bool = False
    proved: bool = False
    chatted: bool = False
    postal: bool = False
    series: bool = False
    amount: bool = False

    @classmethod
    def read(cls, text: str, coded: bool) -> "_SaidBefore":
        labelled = bool(_CODED.search(text))
        patterns = {"called": _CALLED, "paid": _PAID, "proved": _PROVED, "chatted": _CHATTED, "postal": _POSTAL}
        patterns |= {"series": _SERIES, "amount": _AMOUNT}
        said = {name: bool(pattern.search(text)) for name, pattern in patterns.items()}
        return cls(text=text, coded=coded or labelled, labelled=labelled, **said)


@dataclass(frozen=True)
class _Run:
    """Digits with what stands between them."""

    text: str
    groups: tuple[tuple[int, int], ...]
    coded: bool  # whoever calls says that a code stands here

    def digits(self, first: int, last: int) -> str:
        return "".join(self.text[begin:end] for begin, end in self.groups[first : last + 1])

    def sizes(self, first: int, last: int) -> tuple[int, ...]:
        return tuple(end - begin for begin, end in self.groups[first : last + 1])

    def between(self, first: int, last: int) -> list[str]:
        return [self.text[one[1] : other[0]] for one, other in pairwise(self.groups[first : last + 1])]

    @cached_property
    def _first(self) -> "_SaidBefore":
        begin = self.groups[0][0]
        return _SaidBefore.read(self.text[max(0, begin - _BEFORE) : begin], self.coded)

    def asked(self, first: int) -> "_SaidBefore":
        """What the words before a group ask for; before any but the first there are only digits and signs."""
        if first == 0:
            return self._first
        begin = self.groups[first][0]
        return _SaidBefore(text=self.text[max(0, begin - 2) : begin], coded=self.coded)


def find(text: str, coded: bool = False) -> Iterator[FoundNumber]:
    """In any order; they may overlap. `coded` says that a code of an organisation is expected here."""
    kept = [
        found.span() for found in _USCC.finditer(text) if check_digits.uscc(found[0]) and not found[0][:17].isdecimal()
    ]
    yield from _of_letters(text)
    for kind, pattern in (("id", _DAMAGED_ID), ("card", _DAMAGED_CARD), ("phone", _DAMAGED_MOBILE)):
        yield from (FoundNumber(kind, *found.span()) for found in pattern.finditer(text))
    for run in _RUN.finditer(text):
        if run.end() - run.start() < 5 or any(begin <= run.start() < end for begin, end in kept):
            continue
        groups = tuple((found.start(), found.end()) for found in _GROUP.finditer(text, *run.span()))
        yield from _in_run(_Run(text, groups, coded))


def _in_run(run: _Run) -> Iterator[FoundNumber]:
    dated = _dated(run)
    first = 0
    while first < len(run.groups):
        found, last = _longest(run, first, dated)
        if found is not None:
            yield found
            first = last + 1
        else:
            first = max(first + 1, dated.get(first, 0))


def _longest(run: _Run, first: int, dated: dict[int, int]) -> tuple[FoundNumber | None, int]:
    """The longest window from group `first` on that is a number of a person, and its last group."""
    count, windows = 0, []
    for last in range(first, len(run.groups)):
        count += run.groups[last][1] - run.groups[last][0]
        if count > LONGEST_CARD and last > first:
            break
        if _may_be_one(last - first + 1, count, first):
            windows.append(last)
    for last in reversed(windows):
        begin, end = run.groups[first][0], run.groups[last][1]
        kind = _kind(run, first, last, dated)
        if kind is not None:
            return FoundNumber(kind, begin, _tail(run.text, kind, end)), last
    return None, first


def _may_be_one(groups: int, count: int, first: int) -> bool:
    """Many groups are one number only where they are single digits; without a label five digits are nobody's."""
    if groups > FEW:
        return 11 <= count <= 22
    return count >= (5 if first == 0 else 8)


def _tail(text: str, kind: str, end: int) -> int:
    """An X that ends an identity number, an extension (转801) behind a telephone number."""
    pattern = {"id": _LAST_X, "phone": _EXTENSION}.get(kind)
    found = pattern.match(text, end) if pattern else None
    return found.end() if found else end


def _kind(run: _Run, first: int, last: int, dated: dict[int, int]) -> str | None:
    digits = run.digits(first, last)
    if len(digits) < 5:
        return None
    sizes, asked = run.sizes(first, last), run.asked(first)
    if (kind := _identity(run, last, digits, sizes, asked)) is not None:
        return kind
    if first in dated and not (len(sizes) == 1 and MOBILE.fullmatch(digits)):
        return None
    if asked.postal or check_digits.uscc(digits):
        return None
    kind = None
    if _is_phone(run, first, last, digits, sizes, asked):
        kind = "phone"
    elif _is_card(run, first, last, digits, sizes, asked):
        kind = "card"
    elif asked.chatted and len(digits) <= 15:
        kind = "contact"
    return None if kind is None or _is_amount(run, first, last, asked) else kind


def _identity(run: _Run, last: int, digits: str, sizes: tuple[int, ...], asked: _SaidBefore) -> str | None:
    """An ID is one also where somebody mistyped its check digit, unless a code is said to stand there."""
    proved, coded = asked.proved, asked.labelled and not asked.proved
    if len(digits) == 17 and (found := _LAST_X.match(run.text, run.groups[last][1])):
        digits += found[0][-1].replace("×", "X")
    if len(digits) == 18 and ID_18.fullmatch(digits):
        return None if _stays(digits, coded, proved) else "id"
    if len(digits) == 18 and PERMIT.fullmatch(digits):
        return None if _stays(digits, coded, proved) else "id"
    if len(digits) == 15 and ID_15.fullmatch(digits) and min(sizes) > 1:
        old = check_digits.registration(digits) and (asked.coded or digits[6:8] < "30")
        return None if old or (coded and not proved) else "id"
    return "id" if proved and 6 <= len(digits) <= 20 and not _is_date(digits) else None


def _stays(digits: str, coded: bool, proved: bool) -> bool:
    """Whether what has the shape of an ID is a code all the same."""
    real = digits[-1] != "*" and check_digits.resident(digits) and digits[6:14] <= date.today().strftime("%Y%m%d")
    if proved:
        return False
    return not real if coded else not real and check_digits.uscc(digits)


def _is_phone(run: _Run, first: int, last: int, digits: str, sizes: tuple[int, ...], asked: _SaidBefore) -> bool:
    between = run.between(first, last)
    called = asked.called
    if len(sizes) == 1 and asked.series and asked.labelled:
        return False
    if _WITH_PREFIX.fullmatch(digits) and (len(sizes) == 1 or _may_be_grouped(digits, sizes, between, called)):
        return True
    abroad = asked.text.endswith(("+", "+(", "(+", "＋"))
    if len(sizes) == 1:
        coded = asked.coded
        if _LANDLINE.fullmatch(digits) or (_ABROAD.fullmatch(digits) and (abroad or digits.startswith("00"))):
            return not coded
        if _SEVERAL.fullmatch(digits) and not coded:
            return True
    elif _is_landline(digits, sizes, between, asked.text):
        return not asked.coded
    elif _SEVERAL.fullmatch(digits):
        return True
    if abroad and 8 <= len(digits) <= 15:
        return True
    return called and 5 <= len(digits) <= 16 and not _is_date(digits) and max(sizes) > 2


def _may_be_grouped(digits: str, sizes: tuple[int, ...], between: list[str], called: bool) -> bool:
    """How people write eleven digits; several counts side by side, or thousands (13,800,000,000), are no telephone."""
    own = _without_prefix(digits, sizes)
    if own is None:
        return False
    if len(own) == 1 or called:
        return True
    if _thousands(sizes, between):
        return False
    if set(own) == {1}:
        return True
    if len(own) <= 4:
        return min(own) >= 2
    return len(own) <= 6 and own[0] in (1, 2, 3) and set(own[1:]) == {2}


def _without_prefix(digits: str, sizes: tuple[int, ...]) -> tuple[int, ...] | None:
    """The groups of the eleven digits themselves; None where the prefix ends within a group that goes on too far."""
    over = len(digits) - 11
    own = list(sizes)
    while over > 0 and own:
        taken = min(over, own[0])
        over -= taken
        own[0] -= taken
        if own[0] == 0:
            own.pop(0)
    return tuple(own) or None


def _is_landline(digits: str, sizes: tuple[int, ...], between: list[str], before: str) -> bool:
    """0556-2176281, (0556) 217 6281, +86-556-2176281, 556-2176281: the area code is a group of its own."""
    area = digits[: sizes[0]]
    rest, parts = digits[sizes[0] :], sizes[1:]
    if area in ("86", "0086", "086") and len(parts) > 1:
        area, rest, parts = rest[: parts[0]], rest[parts[0] :], parts[1:]
        area = area if area.startswith("0") else "0" + area
    elif area == "0" and len(parts) > 1:
        area, rest, parts = "0" + rest[: parts[0]], rest[parts[0] :], parts[1:]
    elif re.fullmatch(_AREA, area) and len(parts) == 1 and (between[0] == "-" or before.endswith("(")):
        area = "0" + area
    elif sizes[0] > 4 and len(sizes) <= 4 and _LANDLINE.fullmatch(digits):
        return True
    if not re.fullmatch(rf"0{_AREA}", area) or len(parts) > 8:
        return False
    return re.fullmatch(r"[2-8]\d{6,7}", rest) is not None and (min(parts) >= 2 or set(parts) == {1})


def _is_card(run: _Run, first: int, last: int, digits: str, sizes: tuple[int, ...], asked: _SaidBefore) -> bool:
    if asked.paid and 8 <= len(digits) <= LONGEST_CARD and not _is_date(digits):
        return True
    if not 13 <= len(digits) <= 19:
        return False
    if (asked.coded or asked.series) and not re.match(r"62|955", digits):
        return False
    many = len(sizes) > 1
    if many and (min(sizes[:-1]) < 3 or len(sizes) > 7 or _thousands(sizes, run.between(first, last))):
        return False
    if len(digits) in (16, 17, 18, 19) and digits.startswith("62"):
        return True
    if len(digits) == 16 and sizes == (4, 4, 4, 4) and digits[0] in "3456":
        return True
    if len(digits) < 15 or not check_digits.luhn(digits) or _LIKE_A_CODE.fullmatch(digits):
        return False
    return len(digits) > 15 or (digits[:2] in ("34", "37") and not check_digits.registration(digits))


def _is_amount(run: _Run, first: int, last: int, asked: _SaidBefore) -> bool:
    """With a unit behind or a word for money before it; a mobile number with 个 or 人 behind it is none."""
    end = run.groups[last][1]
    tail = _DECIMALS.match(run.text, end)
    behind = _UNIT.match(run.text, tail.end() if tail else end)
    listed = _UNIT.match(run.text, run.groups[-1][1]) if len(run.groups[first:]) > 1 else None
    if asked.called:
        return behind is not None and "元" in behind[0]
    single = first == last
    return bool(behind or (listed and not single) or asked.amount)


def _thousands(sizes: tuple[int, ...], between: list[str]) -> bool:
    return set(between) == {","} and sizes[0] <= 3 and set(sizes[1:]) == {3}


def _dated(run: _Run) -> dict[int, int]:
    """Groups that begin a date, or two years, and the group after it."""
    found: dict[int, int] = {}
    texts = [run.text[begin:end] for begin, end in run.groups]
    for place, text in enumerate(texts):
        if len(text) == 8 and _is_date(text):
            found[place] = place + 1
        elif len(text) == 4 and _is_year(text):
            rest = texts[place + 1 : place + 3]
            if len(rest) == 2 and _is_date(text + rest[0].zfill(2) + rest[1].zfill(2)):
                found[place] = place + 3
                found[place + 1] = found[place + 2] = place + 3
            elif rest and len(rest[0]) == 4 and _is_year(rest[0]) and len(rest) == 1:
                found[place] = place + 2
    return found


def _is_year(text: str) -> bool:
    return "1900" <= text <= "2100"


def _is_date(digits: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", digits))


def _of_letters(text: str) -> Iterator[FoundNumber]:
    """Passports and permits with letters, addresses of mail, names in chats."""
    for found in _LETTERED.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if not _CODED.search(before) and not re.match(r"(?i)no\d", found[0]):
            yield FoundNumber("id", *found.span())
    for found in re.finditer(r"\d{4,8}(?:[\W_]{1,2}\d{1,4}){0,2}", text):
        before = text[max(0, found.start() - 4) : found.start()]
        if len(re.sub(r"\D", "", found[0])) == 8 and (letter := _LETTER_APART.search(before)):
            yield FoundNumber("id", found.start() - len(letter[0]), found.end())
    for pattern, token, kind in ((_PROVED, _TOKEN, "id"), (_CHATTED, _NICK, "contact")):
        yield from _labelled(text, pattern, token, kind)
    place = text.find("@")
    while place >= 0:
        begin, end = _around(text, place)
        if begin < place and "." in text[place:end]:
            yield FoundNumber("contact", begin, end)
        place = text.find("@", max(place + 1, end))


def _labelled(text: str, label: re.Pattern[str], token: re.Pattern[str], kind: str) -> Iterator[FoundNumber]:
    """What stands right behind a label that asks for it: at least some of it digits where it is a document."""
    opened = re.compile(label.pattern.removesuffix("$"), label.flags)
    for found in opened.finditer(text):
        behind = token.match(text, found.end())
        if behind and (kind == "contact" or sum(map(str.isdigit, behind[0])) >= 5) and not behind[0].isalpha():
            yield FoundNumber(kind, *behind.span())


def _around(text: str, place: int) -> tuple[int, int]:
    """The address around an @, with at most one blank on each side of it."""
    begin = place - 1 if text[place - 1 : place] == " " else place
    while begin > 0 and place - begin < 66 and text[begin - 1].isascii() and _of_address(text[begin - 1], _LOCAL):
        begin -= 1
    end = place + 2 if text[place + 1 : place + 2] == " " else place + 1
    while end < len(text) and end - place < 80 and text[end].isascii() and _of_address(text[end], _DOMAIN):
        end += 1
    return begin, end


def _of_address(sign: str, others: frozenset[str]) -> bool:
    return sign.isalnum() or sign in others
