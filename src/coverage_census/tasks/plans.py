"""A kept plan (方案留存) in; which tasks it says how to close, by organisation and rule, out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from coverage_census.model.kept_plan import KeptPlan
from coverage_census.model.rounds import Entry, EntryKind

Key = tuple[str | None, ...]
Planned = Mapping[Key, Mapping[str, list[tuple[int, Entry]]]]
"""Who → rule → the plans that hold it, with the rounds that keep them."""


def keys(name: str, uscc: str | None, township: str | None) -> tuple[Key, ...]:
    """What an organisation may be called in a plan: by its code, else by name and place."""
    return ((uscc,), (name, township)) if uscc else ((name, township),)


def planned(entries: Iterable[tuple[int, Entry]]) -> Planned:
    """A plan of another version of census is passed over: that a task stands in it is no more than a help."""
    found: dict[Key, dict[str, list[tuple[int, Entry]]]] = {}
    for number, entry in entries:
        if entry.kind is not EntryKind.PLAN:
            continue
        try:
            plan = KeptPlan.model_validate_json(entry.content or "")
        except ValidationError:
            continue
        light = entry.model_copy(update={"content": None, "new": entry.new or str(number)})
        for rule, who in _parts(plan):
            key = keys(who.name, who.uscc, who.township)[0]
            found.setdefault(key, {}).setdefault(rule, []).append((number, light))
    return found


def _parts(plan: KeptPlan) -> Iterator[tuple[str, Any]]:
    if plan.joint is not None:
        yield from (("formation", unit) for group in plan.joint.groups for unit in group.units)
    if plan.liaison is not None:
        yield from (("formation", each.subject) for each in plan.liaison.assignments)
    if plan.mass is not None:
        yield from ((each.kind, each.subject) for each in plan.mass.proposals)
