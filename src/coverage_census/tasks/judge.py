"""What each round said of an organisation, and what people said, in; the course of each of its tasks out."""

from collections.abc import Mapping, Sequence
from typing import Any

from coverage_census.model.decision import Gap, Verdict
from coverage_census.model.record import Row
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.tasks import numbers
from coverage_census.tasks.course import Course, GapFound, course
from coverage_census.tasks.past import TaskPast
from coverage_census.tasks.plans import Planned, keys

Said = Mapping[str, Mapping[str, Sequence[tuple[int, Entry]]]]
"""What people said: code of the organisation → rule → entries with their rounds."""


_KINDS = frozenset({EntryKind.DONE, EntryKind.VOID, EntryKind.OPENED, EntryKind.ASSIGNED})


class Judge:
    """The courses of each organisation's tasks: where nobody said anything, equal pasts have equal courses."""

    def __init__(self, before: TaskPast, rules: Sequence[str], said: Said, planned: Planned) -> None:
        self._past, self._rules, self._said, self._planned = before, tuple(rules), said, planned
        self._known: dict[object, list[tuple[str, Gap, Course]]] = {}

    def of(self, row: Row) -> list[tuple[str, Gap, Course]]:
        """Rule, class and course of every gap that the organisation in this row has or had."""
        way = self._past.way(row["row"])
        if way not in self._known:
            self._known[way] = [found for rule in self._rules if (found := self._course(rule, way, ())) is not None]
        plain = self._known[way]
        if not plain or not (self._said or self._planned):
            return plain
        code = self._past.code(row["row"])
        told = [self._said.get(code, {}), *self._plans(row)]
        if not any(told):
            return plain
        every = [self._course(rule, way, [one for each in told for one in each.get(rule, ())]) for rule in self._rules]
        return [each for each in every if each is not None]

    def _plans(self, row: Row) -> list[Mapping[str, Sequence[tuple[int, Entry]]]]:
        if not self._planned:
            return []
        known = keys(row["name"], row["uscc"], row["township"])
        return [self._planned[each] for each in known if each in self._planned]

    def _course(self, rule: str, way: Any, said: Sequence[tuple[int, Entry]]) -> tuple[str, Gap, Course] | None:
        at, known = self._rules.index(rule), self._past.known
        found, gap = [], Gap.UNCONFIRMED
        for told, each in zip(self._past.told, way, strict=True):
            if each is not None:
                verdict, its = known.all[each[0]][at]
                found.append(GapFound(told.round.number, told.round.created_at, verdict, each[1]))
                gap = its if verdict is Verdict.GAP and its is not None else gap
        if not any(each.verdict is Verdict.GAP for each in found):
            return None
        made = course(found, said)
        return None if made is None else (rule, gap, made)


def said(every: Sequence[tuple[int, Entry]], went: Mapping[str, str]) -> Said:
    """What was said of an organisation that is another one now is said of that one."""
    found: dict[str, dict[str, list[tuple[int, Entry]]]] = {}
    for number, entry in every:
        named = numbers.parts(entry.task or "") if entry.kind in _KINDS else None
        if named is not None:
            rule, code = named
            for _ in went:
                code = went.get(code, code)
            found.setdefault(code, {}).setdefault(rule, []).append((number, entry))
    return found
