"""What an answer says of the thing it is asked about: it is done, planned, ended, denied, or that cannot be told.

A text is cut into words of a few small classes (verbs of founding and of ending, words of not, of intent, of the past);
where they stand decides, no phrase is known as a whole. 拟建, 有条件未建, 尚未批复, 建过, 未注销 are read by their parts.
"""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class State(Enum):
    """Of a Party organisation, a union, a room, an instructor: whether it is there."""

    DONE = "done"
    NAMED = "named"  # a verb or a thing, and nothing that says whether: 单独组建, 每月开展
    PLANNED = "planned"
    ENDED = "ended"
    DENIED = "denied"
    NOT_SO = "not_so"  # denies the form only (未单独组建) or the end (未撤销)
    UNCLEAR = "unclear"

    @property
    def is_no(self) -> bool:
        return self in (State.PLANNED, State.ENDED, State.DENIED)


LONGEST = 120  # characters of an answer

# The classes of words, the longer word first; a word belongs to the first class that has it.
_WORDS: dict[str, str] = {
    "hedge": "可能|大概|也许|或许|或者|好像|似乎|部分|是否|有无|是/否|有/无|不好说|说不清|不确定|拿不准|[?]",
    "pending": "有条件|具备条件|符合条件|条件成熟后?|有待|有望|有意向?|意向|打算|拟于?|计划|规划|准备|预计|争取|力争|即将|将要?|等待|待|"
    "筹备|筹建|筹办|筹划|筹|酝酿|谋划|申请|申报|上报|报批|报送|审批|审核|列入|纳入|启动|着手|推进|推动|动员|协调|商议|洽谈|研究|考虑|目标|"
    "年底前|年内|近期|明年|下一?步|逐步|限期|希望|愿意",
    "modal": "应当|应该|应|必须|须|需要?|要|可以|可|能够|能|宜|适合|想",
    "going": "正在|正(?=筹|建|组|申|与)|在(?=建|组建|筹)",
    "verb": "组建|建立|成立|设立|创建|新建|共建|建会|建设|建成|建有|设有|配有|覆盖|配备|选派|委派|指派|派驻|派出|派|加入|具备|达到|符合|健全|"
    "落实|解决|到位|装修|设置|建|配|设(?!施|备|计)",
    "approve": "批复|批准|获批|同意|挂牌|揭牌",
    "end": "撤销|撤消|撤并|撤回|撤走|撤离|撤|注销|吊销|解散|解聘|取消|取缔|关闭|关停|关门|停止|停滞|停办|停产|停业|停工|停用|停|歇业|倒闭|"
    "破产|拆除|拆|调走|调离|中断|中止|终止|废止|暂停|不再保留|不复?存在|失效|占用|收回|辞退|离职|流失|退出",
    "not": "从未|尚未|暂未|还没有?|没有|没能|没|未能|未曾|未有|未|尚无|暂无|均无|全无|无法|无|毫无|不能|不再|不便|不|非|难以|难于|"
    "缺乏|缺少|否|很少|极少|甚少|偶尔|几乎|从不",
    "past": "曾经|曾|原来|原先|原|以前|之前|过去|从前|早年",
    "again": "恢复|重新|重建|复建|再次",
    "did": "业已|已经|已|均已",
    "finish": "完成|完毕|结束|成功|了",
    "act": "开展|进行|活动|运行|运转|正常|定期|按期|按时|按规定|经常|每[周月季年]|每半年",
    "have": "是的?|拥有|具有|有",
    "form": "单独|独立|联合|挂靠|依托|区域|行业|属地|合建|联建",
    "when": r"(?:19|20)\d\d年?|去年|今年|上年|本年|目前|至今|现在|现已|现有|现|一直|长期|新",
    "people": "党员|党小组|小组|条件|积极分子|职工|人员|电脑|桌椅",
    "thing": "党的?组织|联合支部|党支部|党总支|党委|支部|总支|组织|工会委员会|工会|共青团|团组织|团支部|团委|妇联|妇女组织|机构|"
    "活动室|活动场所|场所|阵地|场地|指导员|联络员|干部",
    "during": "中",
    "once": "过",
    "other": ".",
}
_TOKEN = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items()), re.DOTALL)
_CLAUSE = re.compile(r"[,，、。;；:：()\[\]【】\n]|但是?|不过|而是?(?=[未无])|(?<=[销散撤消并])后")
_PREDICATES = frozenset(["verb", "approve", "end", "act"])


class Clause(NamedTuple):
    """A part of a text and what it says; `sure` where a verb or a bare no says it."""

    text: str
    state: State | None
    sure: bool


class _Word(NamedTuple):
    kind: str
    text: str


def state(text: str) -> State | None:
    """What a folded text says altogether; None where it says nothing of the kind."""
    if len(text) > LONGEST:
        return State.UNCLEAR
    said = [clause for clause in clauses(text) if clause.state is not None]
    for clause in said:
        if clause.state is State.UNCLEAR:
            return State.UNCLEAR
    for kept in (_certain(said), [c for c in said if c.state and c.state.is_no], said):
        if kept:
            return kept[-1].state
    return None


def _certain(said: list[Clause]) -> list[Clause]:
    return [clause for clause in said if clause.sure and clause.state is not State.NOT_SO]


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[Clause, ...]:
    """The parts of a folded text, each with what it says."""
    return tuple(_clause(part) for part in _CLAUSE.split(text[:LONGEST]) if part)


def words_only(text: str) -> bool:
    """Whether a text has no word but such as these, and none of people: 已建立党组织, 拟建, 尚未批复."""
    return bool(text) and all(word.kind not in ("other", "people") for word in _words(text))


def names_form(text: str) -> bool:
    """Whether it says how something is formed: 单独组建, 联合."""
    return any(word.kind == "form" for word in _words(text[:LONGEST]))


def _words(text: str) -> list[_Word]:
    return [_Word(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text)]


def _clause(text: str) -> Clause:
    words = _words(text)
    if any(word.kind == "hedge" for word in words):
        return Clause(text, State.UNCLEAR, True)
    found, before = list[tuple[State, bool]](), list[str]()
    for index, word in enumerate(words):
        if word.kind in _PREDICATES:
            found.append(_predicate(word.kind, before, words[index + 1 :]))
            before = []
        elif word.kind == "have":
            if (had := _having(before, words[index + 1 :])) is not None:
                found.append(had)
                before = []
        elif word.kind == "during" and found and found[-1][0] in (State.NAMED, State.DONE) and _founds(words[:index]):
            found[-1] = State.PLANNED, True
        elif word.kind == "once" and found and not found[-1][0].is_no:
            found[-1] = State.ENDED, True
        elif word.kind == "finish" and found and found[-1][0] is State.NAMED:
            found[-1] = State.DONE, True
        else:
            before.append(word.kind)
    found += _left_over(before, words)
    return _summed(text, found)


def _summed(text: str, found: list[tuple[State, bool]]) -> Clause:
    """The last thing that is sure; else a no; else what is there."""
    for kept in (
        [each for each in found if each[1] and each[0] is not State.NOT_SO],
        [each for each in found if each[0].is_no or each[0] is State.NOT_SO],
        found,
    ):
        if kept:
            return Clause(text, *kept[-1])
    return Clause(text, None, False)


def _founds(words: list[_Word]) -> bool:
    return any(word.kind == "verb" for word in words[-1:])


def _predicate(kind: str, before: list[str], behind: list[_Word]) -> tuple[State, bool]:
    """What a verb says with the words before it."""
    has = frozenset(before)
    if kind == "end":
        if has & {"not", "pending", "modal", "going"}:
            return State.NOT_SO, True
        return State.ENDED, True
    if kind == "approve" and "not" in has:
        return State.PLANNED, True
    if "not" in has:
        last = len(before) - 1 - before[::-1].index("not")
        return (State.NOT_SO, True) if "form" in before[last:] and kind == "verb" else (State.DENIED, True)
    if "pending" in has or ("going" in has and kind != "act") or ("modal" in has and kind != "act"):
        return State.PLANNED, True
    if "past" in has and "again" not in has:
        return State.ENDED, True
    if kind == "approve" or has & {"did", "again", "when", "have"}:
        return State.DONE, True
    return (State.DONE, True) if behind and behind[0].text == "于" else (State.NAMED, False)


def _having(before: list[str], behind: list[_Word]) -> tuple[State, bool] | None:
    """有 and 是 say yes, unless what is there is something else (有3名党员, 有党小组)."""
    following = next((word.kind for word in behind if word.kind not in ("other", "form", "when")), None)
    if following == "people":
        return None
    if "not" in before:
        return State.DENIED, True
    if "pending" in before:
        return State.PLANNED, True
    return (State.ENDED, True) if "past" in before and following != "did" else (State.DONE, True)


def _left_over(before: list[str], words: list[_Word]) -> list[tuple[State, bool]]:
    """Words behind the last verb: a bare no, a plan without a verb; 已 alone says nothing."""
    if "not" in before:
        rest = before[before.index("not") + 1 :]
        bare = all(kind in ("not", "thing", "when", "other") for kind in rest) and rest.count("other") < 2
        return [(State.DENIED, bare and "people" not in before)]
    if "pending" in before:
        return [(State.PLANNED, True)]
    if "going" in before:
        return [(State.PLANNED, False)]
    if "again" in before:
        return [(State.DONE, True)]
    if "did" in before and len(words) == len(before):
        return [(State.UNCLEAR, True)]
    return []
