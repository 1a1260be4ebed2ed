"""Tasks in; those that were asked for, in order, each with its reason and its article, out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coverage_census.errors import WrongUsage
from coverage_census.model.decision import Decision, Gap
from coverage_census.model.record import Facts
from coverage_census.model.task import Task, TaskState
from coverage_census.places.nearest import nearest
from coverage_census.tasks.items import Calendar, Item, Tasks, what
from coverage_census.words import named
from coverage_census.words.catalogue import LANGS, Words

_CLASSES = list(Gap)


@dataclass(frozen=True)
class TaskQuery:
    """Which tasks: of these owners, states and classes (none: all); overdue ones only; of organisations without a
    Party organisation only. `finished`: done and void ones too, where no state is asked for."""

    owner: str | None = None
    states: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    overdue: bool = False
    unbuilt: bool = False
    finished: bool = True


def chosen(found: Tasks, asked: TaskQuery, rules: Sequence[str], words: Words) -> Tasks:
    """A word that names nothing is refused with those that are known."""
    every = [one.value for one in TaskState]
    whole = [text for text in asked.states if _head(text, every)]  # `due soon` is one
    others = [text for text in asked.states if text not in whole]
    said = [*whole, *named.several(others, every, "tasks.state.{}")]
    heads = {head for each in said if (head := _head(each, every))}
    states = {_word(each, every, "state", "tasks.state.{}", words) for each in said if not _head(each, every)}
    labels = _labels(found.items) if asked.classes else {}
    chosen_rows = {row for text in asked.classes for row in labels.get(named.plain(text), ())}
    others = [text for text in asked.classes if named.plain(text) not in labels]
    classes = {_class(each, rules, words) for each in named.several(others, [*Gap], "term.gap.{}")}
    owner = _owner(asked.owner, found.items) if asked.owner else None
    lately = found.calendar.done_lately

    def wanted(each: Item) -> bool:
        return (
            (owner is None or each.owner.name in owner)
            and (
                (each.state.value in states or any(_HEADS[head](found.calendar, each) for head in heads))
                if said
                else asked.finished or each.unfinished or lately(each)
            )
            and (not asked.classes or each.gap.value in classes or each.rule in classes or each.id in chosen_rows)
            and (not asked.overdue or found.calendar.overdue(each))
            and (not asked.unbuilt or each.facts["has_org"] is False)
        )

    return replace(found, items=tuple(filter(wanted, found.items)))


def listed(
    found: Tasks, decisions: Callable[[Facts], Iterable[Decision]], words: Words, *, by_due: bool = False
) -> list[Task]:
    """By township and name, or by day: what is due first comes first, what has no day last. `decisions`: those on the
    organisation with these facts, rule by rule."""
    known: dict[int, dict[str, Decision]] = {}
    for each in found.items:
        if each.row not in known:
            known[each.row] = {one.rule: one for one in decisions(each.facts)}
    made = [_task(each, known[each.row][each.rule], found, words) for each in found.items]
    return sorted(made, key=_by_due if by_due else _by_place)


def _by_due(task: Task) -> tuple[object, ...]:
    return task.due is None, task.due or "", *_by_place(task)


def _by_place(task: Task) -> tuple[object, ...]:
    return (
        task.township is None,
        task.county or "",
        task.township or "",
        task.name,
        _CLASSES.index(task.gap),
        task.rule,
    )


def _task(item: Item, said: Decision, found: Tasks, words: Words) -> Task:
    facts, course, calendar = item.facts, item.course, found.calendar
    return Task(
        id=item.id, name=facts["name"], uscc=facts["uscc"], county=facts["county"],
        township=facts["township"], rule=item.rule, gap=item.gap,
        what=what(item.rule, item.gap, words, facts.get("org_name")),
        why=said.reason, citation=said.citation, policy=said.policy, owner=item.owner.name, owner_by=item.owner.by,
        due=item.due.isoformat() if item.due else None,
        days_left=(item.due - calendar.today).days if item.due and item.unfinished else None,
        overdue=calendar.overdue(item), due_soon=calendar.due_soon(item), state=item.state,
        confirmed=course.confirmed, evidence=course.evidence, opened_round=course.opened, done_round=course.done,
        times_reopened=course.reopened, has_org=facts["has_org"], history=course.events,
    )  # fmt: skip


def _word(said: str, known: Sequence[str], kind: str, key: str, words: Words) -> str:
    """A code, or what it is called in any language; of what is neither the nearest, else all that are known."""
    if found := named.code_of(said, known, key):
        return found
    near = named.nearest_of(said, known, key, words)
    every = (named.both(each, key, words) for each in known)
    raise WrongUsage(f"tasks_{kind}", said=said, known="、".join(near or every))


_HEADS: Mapping[str, Callable[[Calendar, Item], bool]] = {
    "open": lambda _, item: item.unfinished,
    "overdue": Calendar.overdue,
    "due_soon": Calendar.due_soon,
    "done_lately": Calendar.done_lately,
}
"""The columns of the table by owner: whoever reads 未销号 or 快到期 there asks for these."""


def _head(said: str, states: Sequence[str]) -> str | None:
    """A column of the table by owner, where it is no state as well."""
    known = named.code_of(said, states, "tasks.state.{}")
    return None if known else named.code_of(said, _HEADS, "tasks.head.{}")


def _labels(items: Sequence[Item]) -> Mapping[str, set[str]]:
    """What is to be done, as tables and pages call it (建立工会) → the ids of those tasks."""
    found: dict[str, set[str]] = {}
    for each in items:
        for words in map(Words, LANGS):
            label = named.plain(what(each.rule, each.gap, words, each.facts.get("org_name")))
            found.setdefault(label, set()).add(each.id)
            found.setdefault(named.plain(what(each.rule, each.gap, words)), set()).add(each.id)
    return found


def _class(said: str, rules: Sequence[str], words: Words) -> str:
    """A class of gaps, or a rule: 群团未建, mass_org_missing or union."""
    if named.plain(said) in rules:
        return named.plain(said)
    called = [rule for rule in rules if words.has(f"mass.kind.{rule}")]
    if found := named.code_of(said, called, "mass.kind.{}"):
        return found
    return _word(said, [gap.value for gap in Gap], "class", "term.gap.{}", words)


def _owner(said: str, items: Sequence[Item]) -> set[str]:
    """The owner of that name, else those whose names hold it."""
    names = {each.owner.name for each in items}
    found = {said} & names or {each for each in names if said in each}
    if not found:
        near = nearest(said, names) or sorted(names)[:8]
        raise WrongUsage("tasks_owner", owner=said, near="、".join(near))
    return found
