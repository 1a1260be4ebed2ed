"""What the ledger keeps beside organisations: its rounds, what they speak for, and human decisions."""

from enum import StrEnum
from typing import NamedTuple

from coverage_census.model.choices import Kind
from coverage_census.model.organisation import Source
from coverage_census.model.reading import FileReading, Subject
from coverage_census.model.record import PartialDate, Record


class EntryKind(StrEnum):
    """What a human decision does."""

    CORRECTION = "correction"  # 更正: a value replaces what the sheet says
    CONFIRMATION = "confirmation"  # 属实: a warning is answered
    OVERTAKEN = "overtaken"  # a later sheet says something new: the correction ends
    SAME = "same"  # 同一单位: `subject` and `other` are one organisation
    DIFFERENT = "different"  # 不是同一单位: `subject` and `other` are two, whatever their names or codes say
    LEFT = "left"  # 移出: the organisation is gone (closed, moved away), with the evidence in `reason`
    DONE = "done"  # 销号: a task is done; `task` is its id, `reason` the evidence
    VOID = "void"  # 作废: a task that needs no doing; `reason` says why
    OPENED = "opened"  # 重新打开: a tick is taken back
    ASSIGNED = "assigned"  # 指定: who owns a task or by when; `field` is owner, due or step, `new` its value
    PLAN = "plan"  # 方案留存: a kept plan; `content` is its JSON
    COLUMN = "column"  # 列名对应: `old` is a township's heading, `field` what it means
    LISTED = "listed"  # 漏报补录: `subject`, a row of a register, belongs to the base list; `new` is its kind, if known
    OUT_OF_SCOPE = "out_of_scope"  # 不属两新: `subject`, a row of a register, does not
    LEDGER_HOLDS = "ledger_holds"  # 以台账为准: not what a register says (`new`); no `field`: that it lists it not
    NAMED = "named"  # 期次命名: what `old` says (a period's key, a name, an entry's number) is called `new` from now on


class Entry(Record):
    """人工记录: one human decision, written once with the round in which it came in; never edited.

    `old` and `new` are values of `field`; `problem` is the code of the problem that was answered and `finding` the
    hash of what it found, so that an answer holds until that changes. `source` is where the person wrote it.
    """

    kind: EntryKind
    who: str
    when: str  # UTC, ISO
    subject: Subject | None = None
    field: str | None = None
    old: str | int | float | bool | None = None
    new: str | int | float | bool | None = None
    reason: str | None = None
    problem: str | None = None
    finding: str | None = None
    source: Source | None = None
    other: Subject | None = None  # the second organisation of an answer about identity
    task: str | None = None
    content: str | None = None
    whose: str | None = None  # register that the answer is about: `other`, or what it adds, is a row of that


class Scope(Record):
    """What a sheet speaks for: one kind of organisation in one township (None: not stated)."""

    county: str | None
    township: str | None
    kind: Kind | None
    as_of: str | None = None  # the day it spoke for, ISO; None: that of its round (ledgers before format 4)


class PastState(Record):
    """往期状态: how things were on a past cut-off day (截止日), as a sheet that came later has revised it.

    `runs` and `merged` say where its rows stand in the state of the round that holds it (`ledger.row_places`).
    """

    as_of: str  # ISO
    name: str | None  # of the round whose cut-off it is, if it had a name
    organisations: int
    runs: tuple[tuple[int, int, int], ...]
    merged: tuple[tuple[int, int], ...] = ()


class Naming(Record):
    """期次命名: what one entry (`round`), or a whole period (`period`: its key or name), is called from now on."""

    round: int | None
    period: str | None
    name: str


class Round(Record):
    """轮次: one complete state of the ledger, as its manifest tells it; times are UTC, ISO.

    `period` and, where it was named later, `name` are worked out when the ledger is read (`ledger.periods`).
    """

    number: int
    name: str | None  # 2026Q3 or a label (第一次摸底), as asked with --round or said later
    period: str | None = None  # 期: 2026Q3; None: a label alone tells it, or not worked out yet
    parent: str | None  # sha256 of the SHA256SUMS of the round before
    nonce: str
    created_at: str
    as_of: PartialDate  # 截止日期: the newest day that any sheet in force speaks for
    tool: str  # version of census that wrote it
    files: tuple[FileReading, ...]  # what came in with this round
    scopes: tuple[Scope, ...]  # what these files speak for
    organisations: int  # all that the round holds
    confirmed: int  # named by a file of this round
    new: int  # named for the first time
    carried: int  # carried forward from the round before
    not_reported_again: int  # 未再上报: carried although their scope was reported
    supersedes: int | None = None  # 撤销: the round whose news this one takes back
    reason: str | None = None  # why, as the person who undid it said
    naming: Naming | None = None
    day: str | None = None  # the newest day that its own sheets speak for, ISO; None: it has none
    past: tuple[PastState, ...] = ()  # the oldest first
    also: tuple[str, ...] = ()  # worked out like `period`: the keys of earlier ones that its sheets report for too
    at: str | None = None  # not written: this is how things were on that day, as round `number` tells it
    # 并入: (row that went, row that it went into), by their places before any row of this round went
    merged: tuple[tuple[int, int], ...] = ()


class Who(NamedTuple):
    """An organisation as its newer round calls it."""

    name: str
    uscc: str | None
    county: str | None
    township: str | None
