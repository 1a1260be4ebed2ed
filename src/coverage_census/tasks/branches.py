"""Tasks of many organisations in; an irregular joint branch (不规范联合) as one task, not one a unit, out.

The branch (个) is what is to be adjusted; its units (家) all show the same gap.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from coverage_census.model.decision import Gap
from coverage_census.model.record import Facts
from coverage_census.model.task import UNFINISHED
from coverage_census.tasks.course import Course

Found = tuple[str, Gap, Course]
Draft = tuple[Any, list[Found]]
"""The facts of an organisation, and its tasks."""


def one_a_branch(drafts: Sequence[Draft], branch: Callable[[Facts], str | None]) -> list[Draft]:
    """The unit that stands for its branch: one of which a person spoke, else one whose task is not finished, else the
    first in the ledger. Whoever is in no branch any more keeps what was its own."""
    speaks: dict[str, tuple[tuple[bool, bool, int], int]] = {}
    for at, (row, found) in enumerate(drafts):
        for each in found:
            if each[1] is Gap.IRREGULAR_JOINT and (name := branch(row)) is not None:
                speaks[name] = min(speaks.get(name, (_rank(each[2], at), at)), (_rank(each[2], at), at))
    kept = []
    for at, (row, found) in enumerate(drafts):
        own = [each for each in found if each[1] is not Gap.IRREGULAR_JOINT or _is_spoken(branch(row), at, speaks)]
        kept += [(row, own)] if own else []
    return kept


def _rank(course: Course, at: int) -> tuple[bool, bool, int]:
    return not any(each.who for each in course.events), course.state not in UNFINISHED, at


def _is_spoken(branch: str | None, at: int, speaks: Mapping[str, tuple[Any, int]]) -> bool:
    return branch is None or branch not in speaks or speaks[branch][1] == at
