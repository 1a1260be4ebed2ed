"""What is compared and what comes out: the names of one side, links, doubtful pairs and answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

Text = str | None


@dataclass(frozen=True)
class Names:
    """One side, a register or the ledger; every column of one length.

    `uscc`: valid codes of 18 characters only; `code`: whatever else stands there (15 or 9 digits, misspelt). `row`: to
    which row of the register a name belongs, () where each has its own; a joint union has several names. `sheet`: the
    list that a name stands on, () for one list: whom a clerk listed twice on one list are two.
    """

    name: Sequence[str]
    uscc: Sequence[Text]
    code: Sequence[Text]
    county: Sequence[Text]
    township: Sequence[Text]
    row: Sequence[int] = ()
    sheet: Sequence[object] = ()

    def __len__(self) -> int:
        return len(self.name)


class Step(StrEnum):
    """What made a link, surest first but for the person's word, which stands above them all."""

    PERSON = "person"  # 人工
    CODE = "code"  # 统一社会信用代码
    OLD_CODE = "old_code"  # 组织机构代码, 税号: 9 or 15 digits inside the other's code
    CORE_NAME = "core_name"  # 核心名称
    NAME_ENDING = "name_ending"  # with 工会委员会, 党支部 … and the township before it off
    LIKE = "like"  # 名称相近: 90 of 100 and more, or but for a slip in the region before it


class Unsure(StrEnum):
    """Why a pair is a question."""

    ONE_CODE_TWO_NAMES = "one_code_two_names"  # 一码两名
    ONE_NAME_TWO_CODES = "one_name_two_codes"  # 一名两码
    SAME_NAME = "same_name"  # 同名, 分不清是哪一家
    ELSEWHERE = "same_name_elsewhere"  # 同名, 乡镇或冠名的地区不同
    ALIKE = "alike"  # 名称相近


class Link(NamedTuple):
    """Place of a name in ours and in theirs that are one organisation. `on`: the two values that `step` compared;
    `score`: their likeness, of 100."""

    ours: int
    theirs: int
    step: Step
    on: tuple[str, str]
    score: float = 100.0


class OpenPair(NamedTuple):
    """疑似: two that may be one organisation; at least one of them has no link, and none is in more than two pairs."""

    ours: int
    theirs: int
    why: Unsure
    on: tuple[str, str]
    score: float = 100.0


Pair = tuple[int, int]
"""Place in ours, place in theirs."""


@dataclass(frozen=True)
class SaidPairs:
    """What people said of pairs (ours, theirs): one organisation, or two."""

    same: Sequence[Pair] = ()
    different: Sequence[Pair] = ()


@dataclass(frozen=True)
class NamesMatched:
    """What came of two sides. `conflicts`: pairs said to be two that other answers make one; nothing is done by the
    answers that take part in one. `repeated`: a name → the one of its own side that it repeats; only that one takes
    part. `counts`: links a step made, every step named."""

    links: tuple[Link, ...]
    doubts: tuple[OpenPair, ...]
    conflicts: tuple[Pair, ...]
    repeated: tuple[Mapping[int, int], Mapping[int, int]]
    counts: Mapping[Step, int] = field(default_factory=dict)
