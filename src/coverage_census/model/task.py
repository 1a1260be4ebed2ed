"""任务: every gap as work that somebody owns, with a day, a state and a history."""

from enum import StrEnum
from typing import Literal

from coverage_census.model.decision import Citation, Gap, PolicyStamp
from coverage_census.model.forms import Form, FormColumn
from coverage_census.model.reading import Problem
from coverage_census.model.record import Record
from coverage_census.model.rounds import Entry


class TaskState(StrEnum):
    """办理状态."""

    OPEN = "open"  # 未办
    PLANNED = "planned"  # 已列方案
    IN_PROGRESS = "in_progress"  # 办理中
    TO_VERIFY = "to_verify"  # 待核实: marked done, and the next sheet does not confirm it
    DONE = "done"  # 已销号
    VOID = "void"  # 作废


UNFINISHED = frozenset({TaskState.OPEN, TaskState.PLANNED, TaskState.IN_PROGRESS, TaskState.TO_VERIFY})
"""What is still to be chased."""

What = Literal[
    "opened",  # 立项: a round found the gap
    "closed",  # 销号: a round no longer finds it
    "lapsed",  # 不再适用: a round no longer asks it of the organisation
    "reopened",  # 回潮: a round finds it again
    "confirmed",  # 核实: what a person marked done, a round confirms
    "doubted",  # 待核实: a round does not confirm it
    "done",  # a person: 已办结
    "void",  # a person: 作废
    "opened_again",  # a person: 重新打开
    "owner",  # a person: who owns it
    "due",  # a person: by when
    "step",  # a person: how far it has come
    "planned",  # a kept plan says how
]


class TaskEvent(Record):
    """One entry of a task's history; `who` is None where a round of sheets says it, not a person."""

    round: int
    when: str  # UTC, ISO
    who: str | None
    what: What
    value: str | None = None
    reason: str | None = None


OwnerBy = Literal[
    "assigned", "stated", "territorial", "industry", "counterpart", "affiliated", "designated", "catch_all"
]  # fmt: skip


class Owner(Record):
    """责任单位, and by which line (属地、行业、对口、挂靠、指定) it is responsible; `catch_all`: 综合党委托底."""

    name: str
    by: OwnerBy


class Task(Record):
    """One gap of one organisation. `due` is ISO; `days_left` is negative once it is overdue; `confirmed` says whether
    a sheet has confirmed what a person marked done (None: no person did)."""

    id: str
    name: str
    uscc: str | None
    county: str | None
    township: str | None
    rule: str
    gap: Gap
    what: str
    why: str
    citation: Citation
    policy: PolicyStamp
    owner: str
    owner_by: OwnerBy
    due: str | None
    days_left: int | None
    overdue: bool
    due_soon: bool
    state: TaskState
    confirmed: bool | None
    evidence: str | None
    opened_round: int
    done_round: int | None
    times_reopened: int
    has_org: bool | None
    history: tuple[TaskEvent, ...]


class TaskTally(Record):
    """How the tasks of one owner (None: of all) stand. `open`: all unfinished ones, those to verify among them.

    `owner_by` is None where its tasks came to it by several lines.
    """

    owner: str | None
    owner_by: OwnerBy | None
    organisations: int
    open: int
    planned: int
    in_progress: int
    overdue: int
    due_soon: int
    to_verify: int
    done: int
    done_lately: int  # since the cut-off of the period before
    void: int


class TasksRecorded(Record):
    """What people said of tasks, and the round that holds it; None where there was nothing to record."""

    round: int | None
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


TASK_SHEET = Form(
    name="tasks",
    columns=(
        FormColumn(key="id", headings=("任务编号", "编号", "task")),
        FormColumn(key="name", headings=("单位名称", "单位", "organisation")),
        FormColumn(key="answer", headings=("处理", "处理结果", "answer")),
        FormColumn(key="evidence", headings=("佐证", "销号佐证", "佐证（或理由）", "evidence")),
        FormColumn(key="owner", headings=("改派责任单位", "改责任单位", "new owner")),
        FormColumn(key="due", headings=("改期", "新期限", "new due day")),
        # What the sheet tells, not what it asks: known, so that nobody is told of columns that are not used.
        FormColumn(key="told_township", headings=("乡镇（街道）", "township")),
        FormColumn(key="told_what", headings=("任务", "what")),
        FormColumn(key="told_why", headings=("缘由", "why")),
        FormColumn(key="told_owner", headings=("责任单位", "owner")),
        FormColumn(key="told_due", headings=("期限", "due")),
        FormColumn(key="told_state", headings=("状态", "state")),
    ),
    marks=("id", "answer"),
)
"""销号台账: what of it is read back."""
