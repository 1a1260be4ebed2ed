"""Tasks in; the wall chart (挂图) as plain values out: progress by owner and by kind, what is due, done and open."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coverage_census.model.decision import PolicyStamp
from coverage_census.model.rounds import Round
from coverage_census.model.task import UNFINISHED, Task, TaskState
from coverage_census.report import figures
from coverage_census.report.figures import Share
from coverage_census.report.page.heading import Heading, heading
from coverage_census.words.catalogue import Lang, Words

LISTED = 30  # tasks a list names: a wall holds no more, and the workbook has them all
_LABELS = (
    "progress", "owners", "kinds", "verify", "lately", "open", "kind", "all", "rate", "evidence", "none",
    "legend_done", "legend_verify", "legend_overdue", "legend_open", "foot", "more",
)  # fmt: skip
_HEADS = ("owner", "overdue", "due_soon", "to_verify", "done", "id", "name", "township", "what", "due", "state", "open")


@dataclass(frozen=True)
class Bar:
    """How far the tasks of one owner or kind have come; the four parts add up to `all`."""

    code: str
    label: str
    all: int
    done: int
    verify: int
    overdue: int
    rest: int
    soon: int
    nearest: str

    @property
    def share(self) -> Share:
        return Share(self.done, self.all)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Class of the stylesheet and width of each part of the bar."""
        named = (("d", self.done), ("v", self.verify), ("o", self.overdue), ("r", self.rest))
        return tuple((name, Share(count, self.all).width) for name, count in named if count)

    @property
    def open(self) -> int:
        """未销号: those to verify among them, as in the table of `census tasks`."""
        return self.all - self.done


@dataclass(frozen=True)
class TaskLine:
    """One task as the wall shows it; `tone` is late, soon or nothing."""

    id: str
    name: str
    township: str
    what: str
    owner: str
    due: str
    state: str
    evidence: str
    tone: str


@dataclass(frozen=True)
class TaskLines:
    """A list of tasks under its title; `more`: whether there are others."""

    code: str
    title: str
    lines: Sequence[TaskLine]
    more: bool


@dataclass(frozen=True)
class ChartPage:
    """The whole chart; `labels` are its headings."""

    lang: Lang
    heading: Heading
    said: str
    total: Bar
    owners: Sequence[Bar]
    kinds: Sequence[Bar]
    lists: Sequence[TaskLines]
    open: Sequence[TaskLines]
    labels: Mapping[str, str]


def chart(
    tasks: Sequence[Task],
    county: str | None,
    round: Round,
    stamp: PolicyStamp,
    policy: str,
    today: date,
    soon: int,
    since: int,
    generated_at: datetime,
    words: Words,
) -> ChartPage:
    """Void tasks are not on it."""
    counted = [each for each in tasks if each.state is not TaskState.VOID]
    title = words("tasks.chart.title", county=county or words("tasks.chart.here"))
    total = _bar("all", words("tasks.head.total"), counted, words)
    owners = sorted(_bars(counted, lambda each: each.owner, words), key=lambda bar: (-bar.overdue, -bar.open))
    labels = {key: words(f"tasks.chart.{key}") for key in _LABELS}
    labels |= {f"head_{key}": words(f"tasks.head.{key}") for key in _HEADS}
    unfinished = [each for each in counted if each.state in UNFINISHED]
    return ChartPage(
        lang=words.lang,
        heading=heading(title, policy, round, stamp, generated_at, words),
        said=_said(total, today, soon, words),
        total=total,
        owners=owners,
        kinds=sorted(_bars(counted, lambda each: each.what, words), key=lambda bar: -bar.all),
        lists=_lists(counted, soon, since, words),
        open=[
            _lines(f"o{place}", bar.label, [each for each in unfinished if each.owner == bar.label], words)
            for place, bar in enumerate(owners)
            if bar.open
        ],
        labels=labels,
    )


def _said(total: Bar, today: date, soon: int, words: Words) -> str:
    return words(
        "tasks.chart.said", today=figures.day(today.isoformat(), words), all=_number(total.all, words),
        done=_number(total.done, words), rate=total.share.text, open=_number(total.open, words),
        overdue=_number(total.overdue, words), soon=_number(total.soon, words), days=soon,
        verify=_number(total.verify, words),
    )  # fmt: skip


def _number(count: int, words: Words) -> str:
    return figures.number(count, words.lang)


def _bars(tasks: Iterable[Task], key: Callable[[Task], str], words: Words) -> list[Bar]:
    found: dict[str, list[Task]] = {}
    for each in tasks:
        found.setdefault(key(each), []).append(each)
    return [_bar(f"b{place}", label, those, words) for place, (label, those) in enumerate(found.items())]


def _bar(code: str, label: str, tasks: Sequence[Task], words: Words) -> Bar:
    done = sum(each.state is TaskState.DONE for each in tasks)
    verify = sum(each.state is TaskState.TO_VERIFY for each in tasks)
    overdue = sum(each.overdue for each in tasks)
    days = [each.due for each in tasks if each.due and each.state in UNFINISHED]
    return Bar(
        code=code, label=label, all=len(tasks), done=done, verify=verify, overdue=overdue,
        rest=len(tasks) - done - verify - overdue, soon=sum(each.due_soon for each in tasks),
        nearest=figures.day(min(days), words) if days else "",
    )  # fmt: skip


def _lists(tasks: Sequence[Task], soon: int, since: int, words: Words) -> list[TaskLines]:
    urgent = sorted((each for each in tasks if each.overdue or each.due_soon), key=lambda each: each.due or "")
    doubted = [each for each in tasks if each.state is TaskState.TO_VERIFY]
    lately = [each for each in tasks if (each.done_round or 0) > since]
    return [
        _lines("urgent", words("tasks.chart.urgent", days=soon), urgent, words),
        _lines("verify", words("tasks.chart.verify"), doubted, words),
        _lines("lately", words("tasks.chart.lately"), lately, words),
    ]


def _lines(code: str, title: str, tasks: Sequence[Task], words: Words) -> TaskLines:
    counted = words("tasks.chart.counted", title=title, count=_number(len(tasks), words)) if tasks else title
    return TaskLines(code, counted, [_line(each, words) for each in tasks[:LISTED]], len(tasks) > LISTED)


def _line(task: Task, words: Words) -> TaskLine:
    return TaskLine(
        id=task.id, name=task.name, township=task.township or words("report.not_stated"), what=task.what,
        owner=task.owner, due=task.due or words("tasks.table.no_due"), state=words(f"tasks.state.{task.state}"),
        evidence=task.evidence or "", tone="late" if task.overdue else "soon" if task.due_soon else "",
    )  # fmt: skip
