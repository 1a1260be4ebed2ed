"""A cell of a yes/no or choice column in; true, false or one of the words of the model out.

Whether something is there at all is decided first (`polarity`), then which of the options it is: 拟联合组建 is no form.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from coverage_census.ingest.cells import options, polarity
from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, UNREADABLE, Mark, bare
from coverage_census.ingest.cells.polarity import State
from coverage_census.model.choices import Kind, OperatingStatus, OrgForm, OrgLevel, Responsibility

TICKS = frozenset(options.TICKED + "vV")
CROSSES = frozenset(options.EMPTY + options.CROSSED + "xX")

_YES = TICKS - {"☒"} | {"是", "对", "1", "y", "yes", "true", "规上", "规模以上", "限上", "达标", "建"}
_NO = CROSSES | NONE_WORDS | {"0", "n", "no", "false", "规下", "规模以下", "限下", "空白", "空白点"}
_WRAPPING = "。.;；【】[]“”\"'’‘:,"


class Dispatched(StrEnum):
    """派驻 as a formation mode: no form, but at least one instructor."""

    INSTRUCTOR = "instructor"


class NotAnOrg(StrEnum):
    """党小组: no Party organisation."""

    GROUP = "group"


def text_of(value: Any) -> str:
    """A cell for comparison: folded, without wrapping brackets and quotes; of ☑单独 □联合 what is ticked."""
    found = _marked(value)
    return plain(value) if found is None else "、".join(map(plain, found.chosen))


def plain(value: Any) -> str:
    """The same with its boxes."""
    return bare(value).strip(_WRAPPING)


def chosen(value: Any) -> tuple[str, ...] | None:
    """The options that are ticked in a cell that prints several; None where it prints none."""
    found = _marked(value)
    return None if found is None else tuple(map(plain, found.chosen))


def contradicts(value: Any) -> bool:
    """Whether a cell ticks several options where one is asked for, or it cannot be told which."""
    found = _marked(value)
    return found is not None and (found.unsure or len(set(found.chosen)) > 1)


def _marked(value: Any) -> options.Marked | None:
    return options.marked(value) if isinstance(value, str) and len(value) > 1 else None


_OFFERED = 24  # a longer text offers no two words
_APART = re.compile(r"[\s、/／|｜,，;；]+|或者?")
_NUMBERED = re.compile(r"^[A-Da-d1-4①②][.、)）]?")
_DENYING = frozenset("否无未没不")


def flag(value: Any) -> bool | Mark | None:
    """是 √ 已建 1 → true; 否 × 未建 无 筹建中 已撤销 → false; what leaves it open is unreadable."""
    if isinstance(value, bool):
        return value
    found = _marked(value)
    if found is not None:
        return _of_options(found)
    return UNREADABLE if _offers_both(value) else _flag(plain(value))


def _offers_both(value: Any) -> bool:
    """是、否 and 已建 未建, of which nobody marked one: opposites side by side; 已建 已撤销 tells a course."""
    if not isinstance(value, str) or len(value) > _OFFERED:
        return False
    pieces = [_NUMBERED.sub("", plain(piece)) for piece in _APART.split(value.strip())]
    if len(pieces) != 2:
        return False
    yes, no = sorted(pieces, key=lambda piece: piece[:1] in _DENYING)
    if no[:1] not in _DENYING or not yes:
        return False
    return yes + no in ("是否", "有无") or (yes[-1] == no[-1] and _flag(yes) is True and _flag(no) is False)


def _of_options(found: options.Marked) -> bool | Mark | None:
    """The answer that is ticked; √(2014年) is a tick with a remark."""
    if found.unsure:
        return UNREADABLE
    answers = {_flag(plain(label)) for label in found.chosen}
    if len(found.labels) == 1 and answers == {UNREADABLE}:
        return True
    return answers.pop() if len(answers) == 1 else UNREADABLE if answers else None


def _flag(text: str) -> bool | Mark | None:
    lower = text.lower()
    if lower in _YES:
        return True
    if text in CROSSES or lower in _NO:
        return False
    if lower in NOTHING:
        return None
    if text.isdecimal():
        return int(text) > 0
    match polarity.state(text):
        case State.DONE:
            return True
        case State.NAMED:
            return UNREADABLE if polarity.names_form(text) else True
        case State.PLANNED | State.ENDED | State.DENIED:
            return False
    return UNREADABLE


def mass_organisation(value: Any) -> bool | Mark | None:
    """是否建立工会, also answered with its form or name (联合工会, 单独建会)."""
    answer = flag(value)
    if answer is not UNREADABLE:
        return answer
    text = text_of(value)
    named = re.search("工会|建会|共青团|团组织|团支部|团委|妇联|妇委会|妇女", text) or text in ("联合", "单独", "独立")
    return True if named and polarity.state(text) in (None, State.NAMED) else UNREADABLE


def above_scale(value: Any) -> bool | Mark | None:
    """是否规模以上, also where the column is called 规模 (规上/规下)."""
    text = text_of(value)
    if re.match(r"规(模以)?下|限(额以)?下|小微|微型|非规上|未达", text):
        return False
    return True if re.match(r"规(模以)?上|限(额以)?上|四上", text) else flag(value)


_SIZE = re.compile(
    r"(?P<no>(?:非|未达|不足)?规(?:模以)?下|限(?:额以)?下|(?:非|未)规上)|规(?:模以)?上|限(?:额以)?上|四上"
)


def size_of_class(text: str) -> bool | None:
    """Whether a class names those above or below the scale: 规上工业, 限上商贸, 规下服务业."""
    match = _SIZE.match(plain(text))
    return None if match is None else match["no"] is None


_PLACE = re.compile(r"活动室|服务中心|服务站|阵地|场所|场地|会议室|办公室|党员之家|[共租借合]用|[一二两三]间")


def venue(value: Any) -> bool | Mark | None:
    """有无活动场所, also given as its area (平方米)."""
    text = re.sub(r"^(?:约|有)?((?<!\d)\d+(?:\.\d+)?)(平方米|平米|㎡|m2|平|间|处|个)$", r"\1", text_of(value))
    try:
        return float(text) > 0
    except ValueError:
        pass
    if _PLACE.search(text) and polarity.state(text) in (None, State.NAMED):
        return True
    return flag(value)


def active(value: Any) -> bool | Mark | None:
    """是否正常开展活动, also given as a number of activities (6次)."""
    text = re.sub(r"^(?:约|共|开展)?(\d+)次(以上|左右)?$", r"\1", text_of(value))
    return int(text) > 0 if text.isdecimal() else flag(value)


def star(value: Any) -> int | Mark | None:
    """五星级 · 5星 · ★★★★★ → 5."""
    text = text_of(value)
    if text in NONE_WORDS or text.lower() in NOTHING or re.match(r"未|否|不|无", text):
        return None
    if text and set(text) <= {"★", "☆"}:
        return text.count("★") if 1 <= text.count("★") <= 5 else UNREADABLE
    match = re.fullmatch(r"([一二两三四五1-5])(?:个)?(?:星级?|★)?(?:级|(?:党组织|党支部|支部))?", text)
    return "一二三四五".find(match[1]) + 1 or {"两": 2}.get(match[1]) or int(match[1]) if match else UNREADABLE


Choice = tuple[str, StrEnum]


def _chooser(*choices: Choice, stated: bool = False) -> Callable[[Any], StrEnum | Mark | None]:
    """A parser that takes the first pattern found in the text; `stated`: only where the thing is there."""
    compiled = [(re.compile(pattern), word) for pattern, word in choices]

    def first(text: str) -> StrEnum | None:
        return next((word for pattern, word in compiled if pattern.search(text)), None)

    def choose(value: Any) -> StrEnum | Mark | None:
        if contradicts(value):
            return _one_of({first(label) for label in chosen(value) or ()})
        text = text_of(value)
        if text.lower() in NOTHING or text in NONE_WORDS or text in CROSSES or text in ("否", "0"):
            return None
        return _stated(text, first) if stated else first(text) or UNREADABLE

    return choose


def _one_of(words: set[StrEnum | None]) -> StrEnum | Mark:
    """Several ticks that mean the same are one."""
    word = words.pop() if len(words) == 1 else None
    return word or UNREADABLE


def _stated(text: str, first: Callable[[str], StrEnum | None]) -> StrEnum | Mark | None:
    """The last option that a clause states as being there; None where one is only planned, ended or denied."""
    found: StrEnum | None = None
    gone = False
    for clause in polarity.clauses(text):
        word, no = first(clause.text), clause.state is not None and (clause.state.is_no or clause.state is State.NOT_SO)
        if no:
            gone = True
            if word is None and clause.state is not State.NOT_SO and clause.sure:  # 联合组建，已撤销
                found = None
        elif word is not None:
            found = found or word
    if found is None and not gone and polarity.state(text) is None:
        return first(text) or UNREADABLE
    return found or (None if gone else UNREADABLE)


def built(label: str) -> bool | None:
    """What an option says of a Party organisation: 未建立, 拟建, 已撤销 that there is none, 已建 that there is one."""
    text = text_of(label)
    if re.fullmatch(r"(?:党组织)?空白点?", text):
        return False
    plain = text.removesuffix("的")
    if not polarity.words_only(plain) or isinstance(org_form(text), OrgForm):
        return None
    match polarity.state(plain):
        case State.DONE:
            return True
        case State.PLANNED | State.ENDED | State.DENIED:
            return False
    return None


org_form = _chooser(
    (r"派驻|选派|指导员|联络员", Dispatched.INSTRUCTOR),
    (r"单独|独立|^单建|^独建|^独$|^单$", OrgForm.STANDALONE),
    (r"按行业|按单位|按区域", OrgForm.JOINT),
    (r"区域|属地|园区|楼宇|商圈|网格", OrgForm.AREA),
    (r"行业|统建|带动", OrgForm.INDUSTRY),
    (r"挂靠", OrgForm.AFFILIATED),
    (r"依托|外围", OrgForm.HOSTED),
    (r"临时", OrgForm.TEMPORARY),
    (r"联合|联建|合建|^联$", OrgForm.JOINT),
    stated=True,
)

org_level = _chooser(
    (r"小组|党组$", NotAnOrg.GROUP),
    (r"总支", OrgLevel.GENERAL_BRANCH),
    (r"支部", OrgLevel.BRANCH),
    (r"党委|党工委|委员会", OrgLevel.COMMITTEE),
    stated=True,
)

kind = _chooser(
    (r"合作社|合作组织|93", Kind.COOPERATIVE),
    (r"个体", Kind.SOLE_TRADER),
    (
        r"社会组织|社会团体|社团|民非|民办非|社会服务机构|基金会|协会|商会|学会|研究会|促进会|联合会|事务所",
        Kind.SOCIAL_ORG,
    ),
    (r"企业|公司|厂|店|私营|港澳台|外商|民营|集团|有限|非公|独资|合伙|股份|外资", Kind.ENTERPRISE),
    (r"其他|其它|事业单位|机关|村|社区|国有|集体|学校|医院", Kind.OTHER),
)

_ENDINGS: tuple[tuple[re.Pattern[str], OperatingStatus], ...] = (
    (re.compile("僵尸|空壳|空挂|名存实亡|人去楼空|空置|无(?:实际|生产)?经营|未实际|从未经营"), OperatingStatus.SHELL),
    (re.compile("无法联系|查无|失联|联系不上|未联系|找不到|不知去向"), OperatingStatus.UNREACHABLE),
    (re.compile("注销|吊销|关闭|关门|倒闭|破产|解散|撤销|清算|取缔|结业|终止"), OperatingStatus.CLOSED),
    (
        re.compile("停业|停产|歇业|停工|休业|休眠|停办|关停|停学|(?:停止|暂停|中止)(?:生产|营业|经营|办学|运营|运行)?"),
        OperatingStatus.SUSPENDED,
    ),
    (re.compile("搬迁|搬离|搬走|搬出|迁出|迁移|迁走|外迁|迁往"), OperatingStatus.MOVED),
)
_TAKES_TIME = (OperatingStatus.CLOSED, OperatingStatus.MOVED)  # 注销中 is not over; 停业中 is so now
_NOT_ENDED = re.compile("(?:未|没有?|不|尚未|暂未|非|拟|待|将|正在|准备|计划|申请|预计|打算|要|可能)[^,、;。]{0,4}$")
_GOES_ON = re.compile(
    "正常|存续|在业|开业|在营|营业|经营|生产|运营|运行|在册|登记成立|办学|开工|复工|复产|恢复|^是$|^√$|^1$"
)
_STANDS_STILL = re.compile("(?:未|没有?|不再?|无|停止|长期未|已不)(?:再)?(?:营业|经营|生产|运营|运行|办学|开工)$")
_NOT_GOING = re.compile("不|未|非|没|无|异常|筹|拟|待|^否")


def operating_status(value: Any) -> OperatingStatus | Mark | None:
    """正常 · 停止营业 · 吊销未注销 · 已复工; what is denied or only planned (未注销, 拟停产) is no ending."""
    if contradicts(value):
        return UNREADABLE
    text = text_of(value)
    if text.lower() in NOTHING or text in NONE_WORDS or text in CROSSES:
        return None
    open_ = False
    for pattern, status in _ENDINGS:
        for match in pattern.finditer(text):
            if status is not OperatingStatus.UNREACHABLE and (
                _NOT_ENDED.search(text[max(0, match.start() - 8) : match.start()])
                or (status in _TAKES_TIME and text[match.end() :][:1] == "中")
            ):
                open_ = True
            elif not re.search("(?:恢复|复工|复产|重新)", text[match.end() :]):
                return status
    if _STANDS_STILL.search(text):
        return OperatingStatus.SUSPENDED
    if open_ or not _GOES_ON.search(text):
        return UNREADABLE
    return UNREADABLE if _NOT_GOING.search(text) else OperatingStatus.OPERATING


responsibility = _chooser(
    (r"属地", Responsibility.TERRITORIAL),
    (r"行业|业务主管", Responsibility.INDUSTRY),
    (r"对口", Responsibility.COUNTERPART),
    (r"挂靠", Responsibility.AFFILIATED),
    (r"指定", Responsibility.DESIGNATED),
)


def coverage(value: Any) -> str | Mark | None:
    """覆盖情况: `org` (组织覆盖), `work` (工作覆盖), `none` (未覆盖) or `both`."""
    text = text_of(value)
    if text.lower() in NOTHING:
        return None
    if contradicts(value):
        return UNREADABLE
    if re.search(r"未覆盖|空白|无覆盖|没有|均未|^无$|^0$|^3$|未建", text):
        return "none"
    org, work = bool(re.search(r"组织覆盖|^1$|组织$", text)), bool(re.search(r"工作覆盖|^2$|指导员|联络员|工作$", text))
    if org and work:
        return "both"
    return "org" if org else "work" if work else UNREADABLE
