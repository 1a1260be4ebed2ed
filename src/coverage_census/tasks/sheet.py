"""The lines of a 销号台账 that came back in; entries, and what was wrong line by line, out.

Lines that are gone are left as they were: a sheet says only what it says.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from coverage_census.model import relative_days
from coverage_census.model.forms import FormLine
from coverage_census.model.organisation import Source
from coverage_census.model.reading import Level, Problem
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.model.task import TaskState
from coverage_census.tasks import numbers
from coverage_census.tasks.course import TaskStanding
from coverage_census.tasks.items import Item
from coverage_census.tasks.marks import KnownTasks, assigned, entry, is_person, plain
from coverage_census.words.catalogue import LANGS, Words

_KINDS = {"done": EntryKind.DONE, "void": EntryKind.VOID, "opened": EntryKind.OPENED}


ANSWERS = ("done", "in_progress", "open", "void", "opened")


_SAYS = ("answer", "owner", "due")


def said(
    lines: Sequence[FormLine], known: KnownTasks, who: str | None, now: datetime, words: Words
) -> tuple[list[Entry], list[Problem]]:
    """What the lines say of tasks, as entries of `who` (else of the file); what is wrong in a line, at its cell."""
    made, problems = list[Entry](), list[Problem]()
    for line, item in _lines(lines, known, problems):
        made += _entries(line, item, who, known.found.calendar.today, problems, now, words)
    return made, problems


def _lines(lines: Sequence[FormLine], known: KnownTasks, problems: list[Problem]) -> Iterator[tuple[FormLine, Item]]:
    """Lines that say something of a task there is; of a task with contradicting lines none."""
    by_task = defaultdict[str, list[tuple[FormLine, Item]]](list)
    for line in lines:
        if not any(line.text(key) for key in _SAYS) or not line.text("id"):
            continue
        item = known.get(line.text("id") or "")
        if item is None:
            near = known.near(line.text("id") or "")
            problems.append(_problem(line, "task_unknown_id", "id", id=(line.text("id") or "")[:40],
                                     near="、".join(near)))  # fmt: skip
        elif (name := line.text("name")) and _bare(name) != _bare(item.facts["name"]):
            problems.append(_problem(line, "task_other_name", "name", id=numbers.typed(line.text("id") or ""),
                                     known=item.facts["name"], found=name[:40]))  # fmt: skip
        else:
            by_task[numbers.typed(line.text("id") or "")].append((line, item))
    for task, those in by_task.items():
        said = {tuple(line.text(key) for key in (*_SAYS, "evidence")) for line, _ in those}
        if len(said) > 1:
            rows = "、".join(str(line.row) for line, _ in those)
            problems.append(_problem(those[0][0], "task_contradicts", "answer", id=task, rows=rows))
        else:
            yield those[0]


def _bare(name: str) -> str:
    return "".join(name.split()).replace("（", "(").replace("）", ")")


def _entries(
    line: FormLine,
    item: Item,
    who: str | None,
    today: date,
    problems: list[Problem],
    now: datetime,
    words: Words,
) -> list[Entry]:
    made = list[Entry]()
    author = who or line.file
    source = Source(file=line.file, sheet=line.sheet, row=line.row, cell=line.at.get("answer"))
    answer, evidence = _answer(line, problems), plain(line.text("evidence"))
    if answer in {"done", "void"} and not evidence:
        label = words(f"tasks.answer.{answer}")
        problems.append(_problem(line, "task_without_evidence", "evidence", answer=label))
    elif answer in _KINDS and not _is_so(item, answer, evidence, line, words, problems):
        made.append(entry(now, item, author, _KINDS[answer], evidence, source=source))
    owner, due = _owner(line, problems), _due(line, today, problems)
    step = answer if answer in {"open", "in_progress"} and item.state.value != answer else None
    if step and item.course.standing is not TaskStanding.OPEN:  # what was done or void is opened again by it
        made.append(entry(now, item, author, EntryKind.OPENED, evidence, source=source))
        step = None if step == "open" else step
    owner = None if owner == item.owner.name else owner
    due = None if item.due is not None and due == item.due.isoformat() else due
    made += [
        entry(now, item, author, EntryKind.ASSIGNED, evidence, source=source, **each)
        for each in assigned(owner, due, step)
    ]
    return made


def _is_so(
    item: Item, answer: str, evidence: str | None, line: FormLine, words: Words, problems: list[Problem]
) -> bool:
    """Whether that was said before: a sheet that is read twice changes nothing."""
    last = item.course.events[-1]
    said = {"done": "done", "void": "void", "opened": "opened_again"}[answer]
    if not (last.what == said and (last.reason or None) == evidence):
        return answer == "opened" and item.course.standing is TaskStanding.OPEN and item.state is TaskState.OPEN
    state = words(f"tasks.state.{item.state}")
    problems.append(_problem(line, "task_answered", "answer", Level.NOTE, id=line.text("id") or "", state=state))
    return True


def _answer(line: FormLine, problems: list[Problem]) -> str:
    said = "".join((line.text("answer") or "").split())
    for each in ANSWERS:
        if said in {each, *("".join(Words(lang)(f"tasks.answer.{each}").split()) for lang in LANGS)}:
            return each
    if said:
        problems.append(_problem(line, "task_unknown_answer", "answer", found=said[:12]))
    return ""


def _owner(line: FormLine, problems: list[Problem]) -> str | None:
    """An office or a post code; whoever looks like a person is not recorded, and not quoted."""
    said = line.text("owner")
    if not is_person(said):
        return plain(said)
    problems.append(_problem(line, "task_owner_person", "owner"))
    return None


def _due(line: FormLine, today: date, problems: list[Problem]) -> str | None:
    said = (line.text("due") or "").strip()
    if not said:
        return None
    found = relative_days.read(said, today, coming=True)
    if found is None or found < today.isoformat():
        problems.append(_problem(line, "task_bad_due", "due", found=said[:20]))
        return None
    return found


def _problem(line: FormLine, code: str, at: str, level: Level = Level.ERROR, /, **values: str) -> Problem:
    said: Mapping[str, str | int | float | None] = dict(values)
    cell = line.at.get(at) or line.at.get("id")
    return Problem(code=code, level=level, file=line.file, sheet=line.sheet, cell=cell, values=dict(said))
