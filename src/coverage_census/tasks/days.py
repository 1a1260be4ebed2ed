"""When each gap was found, and the terms that a policy sets, in; until when each task is to be done, out."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from coverage_census.model.record import Row
from coverage_census.tasks.course import Course

DueOn = Callable[[str, Row, date], date | None]
"""A rule, the facts of an organisation and the day since which its gap is there → the day by which it is to be closed.
"""


class Days:
    """Until when, by the policy; what a person set goes first. `days` are those of the sheets of each round: a gap is
    known from the day of its sheet, not from the day on which somebody entered it."""

    def __init__(self, due_on: DueOn, asked: Mapping[str, Collection[str]], days: Mapping[int, date]) -> None:
        """`asked`: by rule, the facts that its term is worked out from (none: it has no term)."""
        self._due_on, self._days = due_on, days
        self._asked = {rule: sorted(facts) for rule, facts in asked.items()}
        self._known: dict[tuple[object, ...], date | None] = {}

    def of(self, rule: str, facts: Row, made: Course) -> date | None:
        """The day (local) until which the task is to be done; None where the rule sets no term."""
        if made.due is not None:
            return date.fromisoformat(made.due)
        asked = self._asked[rule]
        if not asked:
            return None
        first = self.first(made)
        key = (rule, first, *(facts.get(name) for name in asked))
        if key not in self._known:
            self._known[key] = self._due_on(rule, facts, first)
        return self._known[key]

    def first(self, made: Course) -> date:
        """The day from which this gap has been there without a break."""
        opened = made.opened_last
        known = self._days.get(opened.round) if opened.who is None else None
        return known or date.fromisoformat(opened.when[:10])
