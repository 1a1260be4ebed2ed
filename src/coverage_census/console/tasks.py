"""Tasks in; the table by owner, the list, or what was recorded, for people, as JSON or as CSV, out."""

from collections import Counter
from collections.abc import Sequence

from coverage_census.console import out
from coverage_census.errors import ExitCode
from coverage_census.model.organisation import at
from coverage_census.model.reading import Level
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.model.task import Task, TasksRecorded, TaskTally
from coverage_census.tasks.items import Tasks, what
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called
from coverage_census.words.problems import sentences

_COUNTS = ("organisations", "open", "overdue", "due_soon", "done_lately", "to_verify", "done")
_CSV = (
    "id",
    "county",
    "township",
    "name",
    "uscc",
    "what",
    "why",
    "citation",
    "owner",
    "by",
    "due",
    "state",
    "evidence",
)


def table(found: Tasks, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """One line an owner; JSON is the same lines, the total last (its `owner` is null)."""
    lines = [*found.by_owner, found.total] if found.items else []
    if as_json:
        out.as_json(lines)
        return
    heads = [words(f"tasks.head.{key}") for key in ("owner", *_COUNTS)]
    rows = [_line(each, words) for each in lines]
    if as_csv:
        out.as_csv(heads, rows)
        return
    if not lines:
        out.line(words("tasks.table.none"))
        return
    _summary(found, words)
    out.table(heads, rows, right=range(1, len(heads)), total=True, wrap=(0,))
    out.line()
    if sum(each.organisations for each in found.by_owner) != found.total.organisations:
        out.paragraph(words("tasks.table.shared"))
    out.paragraph(words("tasks.table.soon", days=found.calendar.soon))


def _summary(found: Tasks, words: Words) -> None:
    total, stamp = found.total, found.stamp
    out.paragraph(
        words(
            "tasks.table.title", policy=stamp.name, round=called(found.round, words), as_of=found.round.as_of,
            today=found.calendar.today, organisations=total.organisations, tasks=total.open,
        )
    )  # fmt: skip
    counted = Counter((each.rule, each.gap) for each in found.items if each.unfinished)
    labels = Counter[str]()
    for (rule, gap), count in counted.items():
        labels[what(rule, gap, words)] += count
    parts = [words("tasks.table.part", what=label, count=count) for label, count in labels.most_common()]
    if len(parts) > 1:
        out.paragraph(words("tasks.table.parts", parts=words("tasks.table.between").join(parts)))
    out.line()


def _line(each: TaskTally, words: Words) -> list[object]:
    owner = words("tasks.head.total") if each.owner is None else each.owner
    return [owner, *(getattr(each, key) for key in _COUNTS)]


def listed(found: Sequence[Task], words: Words, *, as_json: bool, as_csv: bool) -> None:
    """One line a task."""
    if as_json:
        out.as_json(found)
    elif as_csv:
        out.as_csv([words(f"tasks.head.{key}") for key in _CSV], [_csv(each, words) for each in found])
    elif not found:
        out.line(words("tasks.table.none"))
    else:
        heads = [words(f"tasks.head.{key}") for key in ("id", "name", "what", "owner", "due", "state")]
        rows = [
            [each.id, each.name, each.what, each.owner, due(each, words), words(f"tasks.state.{each.state}")]
            for each in found
        ]
        out.table(heads, rows, wrap=(1, 2, 3))


def _csv(each: Task, words: Words) -> list[str | None]:
    cited = f"{each.citation.document} {each.citation.article}"
    return [
        each.id, each.county, each.township, each.name, each.uscc, each.what, each.why, cited, each.owner,
        words(f"tasks.by.{each.owner_by}"), each.due, words(f"tasks.state.{each.state}"), each.evidence,
    ]  # fmt: skip


def due(each: Task, words: Words) -> str:
    """The day, and how far over or off it is where that matters."""
    if each.due is None:
        return words("tasks.table.no_due")
    if each.overdue or each.due_soon:
        key = "overdue" if each.overdue else "soon_day"
        return words(f"tasks.table.{key}", due=each.due, days=abs(each.days_left or 0))
    return each.due


def recorded(made: TasksRecorded, words: Words, *, as_json: bool) -> int:
    """What was recorded, and which lines were not."""
    if as_json:
        out.as_json(made)
    else:
        if made.round is None:
            out.line(words("tasks.recorded.nothing"))
        else:
            out.line(words("tasks.recorded.round", round=made.round))
        for each in made.entries:
            name = each.subject.name if each.subject else ""
            out.line("  " + words("tasks.recorded.line", id=each.task, name=name, what=_said(each, words)))
        for problem in made.problems:
            message, fix = sentences(problem, words)
            place = at(problem.file, problem.place)
            out.line("  " + words("tasks.recorded.problem", place=place, message=message, fix=fix))
    refused = any(each.level is Level.ERROR for each in made.problems)
    return ExitCode.SET_ASIDE if refused else ExitCode.DONE


_WHAT = {EntryKind.DONE: "done", EntryKind.VOID: "void", EntryKind.OPENED: "opened_again"}


def _said(each: Entry, words: Words) -> str:
    key = _WHAT.get(each.kind) or str(each.field)
    value = words(f"tasks.state.{each.new}") if each.field == "step" else each.new
    return words(f"tasks.what.{key}", round="", reason=each.reason or "", value=value)
