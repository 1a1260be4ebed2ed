"""A cell of a yes/no or choice column in; true, false or one of the words of the model out."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, UNREADABLE, Mark, bare, simplified
from coverage_census.model.choices import Kind, OperatingStatus, OrgForm, OrgLevel, Responsibility

TICKS = frozenset(["√", "✓", "✔", "☑", "■", "●", "v", "V", "✅", "☒"])
CROSSES = frozenset(["×", "✗", "✕", "╳", "✘", "☐", "□", "○", "x", "X", "╳"])

_TICK_MARKS = frozenset("√✓✔☑■●☒")
_MARKS = "√✓✔☑■●☒☐□○◯"
_BOXED = re.compile(rf"[{_MARKS}]|\(\)")
_BOX_LABEL = re.compile(rf"([{_MARKS}]|\([{_MARKS}]?\))([^{_MARKS}()]+)")
_LABEL_BOX = re.compile(rf"([^{_MARKS}()]+)([{_MARKS}]|\([{_MARKS}]?\))")
_BOX_BEFORE, _BOX_BEHIND = (re.compile(f"(?:{each.pattern})+") for each in (_BOX_LABEL, _LABEL_BOX))

_YES = TICKS - {"☒"} | {
    "是",
    "是的",
    "有",
    "对",
    "已建",
    "已建立",
    "已成立",
    "已组建",
    "建",
    "建立",
    "1",
    "y",
    "yes",
    "符合",
    "true",
    "已有",
    "成立",
    "已设立",
    "正常",
    "正常开展",
    "已开展",
    "健全",
    "具备",
    "规上",
    "规模以上",
    "限上",
    "已覆盖",
    "新建",
    "达标",
}
_NO = (
    CROSSES
    | {
        "否",
        "不是",
        "未建",
        "未建立",
        "未成立",
        "未组建",
        "0",
        "n",
        "no",
        "不符合",
        "false",
        "筹建中",
        "拟建",
        "正在筹建",
        "未设立",
        "不正常",
        "未开展",
        "不健全",
        "不具备",
        "规下",
        "规模以下",
        "限下",
        "未覆盖",
        "待建",
        "应建未建",
        "从不",
        "很少",
        "从未开展",
        "未达标",
    }
    | NONE_WORDS
)
_NO_START = re.compile(
    r"^(已(?:被|经)?(?:撤销|注销|解散|撤并|停止)|已.{0,4}(?:筹建|拟建|计划)|未|无|没有?|不|拟|筹|正在|计划|准备|待|尚未|暂未|很少|从不|从未|基本不|否[,(:、])"
)
_YES_START = re.compile(r"^(已|有|是[,(:、]|每[周月季年]|经常|能|按[时期规])")


class Dispatched(StrEnum):
    """派驻 as a formation mode: no form, but at least one instructor."""

    INSTRUCTOR = "instructor"


class NotAnOrg(StrEnum):
    """党小组: no Party organisation."""

    GROUP = "group"


def text_of(value: Any) -> str:
    """A cell for comparison: bare, without wrapping brackets and quotes, simplified; of ☑单独 □联合 what is ticked."""
    return chosen(plain(value))


def plain(value: Any) -> str:
    """The same with its boxes."""
    return simplified(bare(value)).strip("。.;；【】[]“”\"'’‘:,")


def chosen(text: str) -> str:
    """The options of a cell that are ticked (☑单独 □联合, 单独(√)联合( )); the text itself where it has no boxes."""
    if len(text) < 2 or not _BOXED.search(text):
        return text
    if _BOX_BEHIND.fullmatch(text):
        found = [(mark, label) for label, mark in _LABEL_BOX.findall(text)]
    elif _BOX_BEFORE.fullmatch(text):
        found = _BOX_LABEL.findall(text)
    else:
        return text
    return "、".join(label.strip("、,;:") for mark, label in found if mark.strip("()") in _TICK_MARKS)


def flag(value: Any) -> bool | Mark | None:
    """是 √ 已建 1 → true; 否 × 未建 无 筹建中 → false."""
    if isinstance(value, bool):
        return value
    text = text_of(value)
    lower = text.lower()
    if lower in _YES:
        return True
    if text in CROSSES or lower in _NO:
        return False
    if lower in NOTHING:
        return None
    if _NO_START.match(text):
        return False
    return True if _YES_START.match(text) or (text.isdecimal() and int(text) > 0) else UNREADABLE


def above_scale(value: Any) -> bool | Mark | None:
    """是否规模以上, also where the column is called 规模 (规上/规下)."""
    text = text_of(value)
    if re.match(r"规(模以)?下|限(额以)?下|小微|微型|非规上|未达", text):
        return False
    return True if re.match(r"规(模以)?上|限(额以)?上|四上", text) else flag(value)


def venue(value: Any) -> bool | Mark | None:
    """有无活动场所, also given as its area (平方米)."""
    text = re.sub(r"(?:约)?((?<!\d)\d+(?:\.\d+)?)(平方米|平米|㎡|m2|平|间|处)$", r"\1", text_of(value))
    try:
        return float(text) > 0
    except ValueError:
        return (
            True
            if re.search(r"活动室|服务中心|服务站|阵地|场所|共用|共享", text) and not _NO_START.match(text)
            else flag(value)
        )


def active(value: Any) -> bool | Mark | None:
    """是否正常开展活动, also given as a number of activities (6次)."""
    text = re.sub(r"^(\d+)次(以上|左右)?$", r"\1", text_of(value))
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


def _chooser(*choices: tuple[str, StrEnum]) -> Callable[[Any], StrEnum | Mark | None]:
    """A parser that takes the first pattern found in the text."""
    compiled = [(re.compile(pattern), word) for pattern, word in choices]

    def choose(value: Any) -> StrEnum | Mark | None:
        text = text_of(value)
        if (
            text.lower() in NOTHING
            or text in NONE_WORDS
            or text in CROSSES
            or text in ("否", "0", "未建", "未建立", "未组建", "未成立")
        ):
            return None
        return next((word for pattern, word in compiled if pattern.search(text)), UNREADABLE)

    return choose


_NOT_BUILT = re.compile(
    r"(?:尚|暂|均)?(?:未|没有|无)(?:建立?|组建|成立|设立|覆盖)?(?:党的?组织|党支部)?(?:的)?$|应建(?:尚)?未建|空白点?$"
    r"|(?:拟|待|正在?|计划|准备)(?:筹)?(?:组?建立?|成立)中?|筹建中?$|筹备中?$|在建$|(?:已)?(?:撤销|解散|撤并)(?:党组织)?$"
)
_BUILT = re.compile(r"(?:是|有|已(?:建立?|组建|成立|设立)(?:党组织)?)$")


def built(label: str) -> bool | None:
    """What an option says of a Party organisation: 未建立, 拟建, 已撤销 that there is none, 已建 that there is one."""
    text = text_of(label)
    return False if _NOT_BUILT.match(text) else True if _BUILT.match(text) else None


org_form = _chooser(
    (r"派驻|选派|指导员|联络员", Dispatched.INSTRUCTOR),
    (r"未单独|非单独", Dispatched.INSTRUCTOR),
    (r"单独|独立|^单建|^独建|^独$|^单$", OrgForm.STANDALONE),
    (r"按行业|按单位|按区域", OrgForm.JOINT),
    (r"区域|属地|园区|楼宇|商圈|网格", OrgForm.AREA),
    (r"行业|统建|带动", OrgForm.INDUSTRY),
    (r"挂靠", OrgForm.AFFILIATED),
    (r"依托|外围", OrgForm.HOSTED),
    (r"临时", OrgForm.TEMPORARY),
    (r"联合|联建|合建|^联$", OrgForm.JOINT),
)

org_level = _chooser(
    (r"小组|党组$", NotAnOrg.GROUP),
    (r"总支", OrgLevel.GENERAL_BRANCH),
    (r"支部", OrgLevel.BRANCH),
    (r"党委|党工委|委员会", OrgLevel.COMMITTEE),
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

operating_status = _chooser(
    (r"僵尸|空壳|空挂|无实际经营|未实际|无经营|名存实亡", OperatingStatus.SHELL),
    (r"无法联系|查无|失联|联系不上|未联系", OperatingStatus.UNREACHABLE),
    (r"注销|吊销|关闭|倒闭|破产|解散|撤销|清算", OperatingStatus.CLOSED),
    (r"停业|停产|歇业|停工|休眠", OperatingStatus.SUSPENDED),
    (r"搬迁|迁出|迁移|外迁|迁往", OperatingStatus.MOVED),
    (r"^不|^未|^非|异常|筹", UNREADABLE),  # type: ignore[arg-type]
    (r"正常|存续|在业|开业|在营|营业|经营|生产|^是$|^√$|^1$|运营|运行", OperatingStatus.OPERATING),
)

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
    if re.search(r"未覆盖|空白|无覆盖|没有|均未|^无$|^0$|^3$|未建", text):
        return "none"
    org, work = bool(re.search(r"组织覆盖|^1$|组织$", text)), bool(re.search(r"工作覆盖|^2$|指导员|联络员|工作$", text))
    if org and work:
        return "both"
    return "org" if org else "work" if work else UNREADABLE
