"""What an answer says of the thing it is asked about: it is done, planned, ended, denied, or that cannot be told.

A text is cut into words of a few small classes (`polarity.toml`: verbs of founding and of ending, words of not, of
intent, of the past); where they stand decides, no phrase is known as a whole: 拟建, 有条件未建, 尚未批复, 建过, 未注销.
"""

import re
import tomllib
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
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

FILE = Path(__file__).with_name("polarity.toml")


@cache
def _token() -> re.Pattern[str]:
    """Every word of the classes; what belongs to none is other."""
    classes: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    named = [f"(?P<{name}>{'|'.join(words)})" for name, words in classes.items()]
    return re.compile("|".join([*named, "(?P<other>.)"]), re.DOTALL)


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
    return [_Word(match.lastgroup or "", match[0]) for match in _token().finditer(text)]


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
    if before and before[-1] == "did" and kind == "verb":  # 符合条件已建
        return State.DONE, True
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
