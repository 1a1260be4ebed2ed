"""A question that a policy asks in; records that stand on every side of every boundary it knows, out.

A field that a question does not ask about cannot change its answer, so each question has a grid of its own fields only;
where it asks through the advice, one record stands for all that the advice cannot tell apart.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from coverage_census.model.choices import CHOICES, Kind
from coverage_census.model.organisation import about
from coverage_census.model.record import Row
from coverage_census.policy.decide.explain import complete
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import COMPARISONS, Condition, truth
from coverage_census.policy.language.facts import HIGH, INTERVALS, LOW
from coverage_census.policy.language.record_algebra import OneRecord

Axis = list[Row]

_THROUGH = ("advice", "stated_due")
_OF_OTHER_ROWS = ("joint_size", "joint_formal", "joint_members")
_NOTHING = ("due", "liaison_due", "basis", "gone", "excluded", "in_scope")
_BEHIND = {"formal_known": ("members_formal",), "surveyed": ("confirmed_round",)} | dict.fromkeys(_NOTHING, ())


_ALWAYS = {"kind": {Kind.SOCIAL_ORG.value}}  # whose full-time staff counts, without a test that names them
_FULL_TIME = {"members_fulltime", "employees_fulltime"}  # only ever an upper end, beside the formal members
_ONLY_THERE = {"members_probationary"}  # beside the other two counts it matters only whether there are any


def leaves(conditions: Iterable[Condition]) -> list[Condition]:
    """The single tests of some conditions."""
    return [leaf for condition in conditions for leaf in condition.leaves()]


def boundaries(policy: Policy, conditions: Iterable[Condition]) -> list[tuple[str, int]]:
    """Each comparison as its fact and the last number below the line: (`formal`, 2) for 3以上, (`employees`, 100)
    for 超过100."""
    found: dict[tuple[str, int], None] = {}
    for leaf in leaves(conditions):
        for operator, number in _compared(policy, leaf):
            found[leaf.fact or "", number if operator in ("more_than", "at_most") else number - 1] = None
    return list(found)


def of_advice(policy: Policy) -> Iterator[Row]:
    """Records on all sides of what the advice asks, with their derived facts."""
    for row in _product(_axes(policy, leaves(case.when for case in policy.advice)).values()):
        yield complete(row, policy)


Known = dict[tuple[str, ...], list[tuple[Row, Row]]]
"""Records and their facts by the fields they vary: the cases of a rule share most of them."""


def of_case(policy: Policy, rule: str, number: int, known: Known) -> Iterator[Row]:
    """Records on all sides of what decides about one case: itself, and whether an earlier one applies before it."""
    cases = policy.rules[rule].cases
    case = cases[number]
    ends = [*([case.met] if case.met is not None else []), *(each.when for each in case.gaps)]
    own = leaves([*(each.when for each in cases[: number + 1]), *ends])
    hidden = _hidden(policy, own)
    direct, through = _axes(policy, own), _axes(policy, hidden, short=True)
    shared = {name for leaf in own if leaf.fact in INTERVALS for name in _behind(leaf.fact)} & set(through)
    through = {name: axis for name, axis in through.items() if name in shared or name not in direct}
    through |= {name: direct.pop(name) for name in shared}
    representatives: dict[tuple[object, ...], Row] = {}
    tests = [leaf for leaf in (*own, *hidden) if leaf.fact not in direct and leaf.fact != "stated_due"]
    for row, facts in _worked_out(policy, through, known):
        told = (facts["advice"], *(truth(leaf, OneRecord(facts), policy.bounds) for leaf in tests))
        representatives.setdefault(told, row)
    for row, rest in product(representatives.values(), list(_product(direct.values()))):
        yield complete(row | rest, policy)


def _worked_out(policy: Policy, axes: dict[str, Axis], known: Known) -> list[tuple[Row, Row]]:
    """Records with their facts; those that contradict themselves are tried with the advice, where they matter."""
    rows = known.setdefault(tuple(sorted(axes)), [])
    if not rows:
        rows += [(row, complete(row, policy)) for row in _product(axes.values()) if _consistent(row)]
    return rows


def _consistent(row: Row) -> bool:
    total, formal = row.get("members_total"), row.get("members_formal") or 0
    return total is None or (
        formal + (row.get("members_probationary") or 0) <= total and (row.get("members_fulltime") or 0) <= total
    )


def _hidden(policy: Policy, own: list[Condition]) -> list[Condition]:
    """What a case asks through the advice, or through what the sheet states."""
    asked = {leaf.fact for leaf in own}
    conditions = [case.when for case in policy.advice] if "advice" in asked else []
    return leaves([*conditions, *([policy.stated] if "stated_due" in asked else [])])


def _axes(policy: Policy, some: list[Condition], short: bool = False) -> dict[str, Axis]:
    """For each field behind these tests, its values: unknown, and both sides of every boundary."""
    numbers: dict[str, set[int]] = {}
    found: dict[str, Axis] = {}
    for leaf in some:
        fact = leaf.fact or ""
        for name in (fact,) if fact in _OF_OTHER_ROWS else _behind(fact):
            sides = numbers.setdefault(name, set())
            for operator, number in _compared(policy, leaf):
                sides |= {number, number + 1} if operator in ("more_than", "at_most") else {number - 1, number}
            found[name] = []
    for name in found:
        words = {word for leaf in some if leaf.fact == name for word in _words(leaf)}
        found[name] = _axis(
            name, {side for side in numbers[name] if side >= 0}, words | _ALWAYS.get(name, set()), short
        )
    return found


def _behind(fact: str) -> tuple[str, ...]:
    if fact in _THROUGH:
        return ()
    return _BEHIND.get(fact, INTERVALS.get(fact, (fact,)))


def _axis(name: str, sides: set[int], words: set[str], short: bool) -> Axis:
    if name in _OF_OTHER_ROWS:
        return [
            {f"{name}_low": low, f"{name}_high": high} for low, high in [(0, None), *((n, n) for n in sorted(sides))]
        ]
    if name == "confirmed_round":
        return [{name: value} for value in (1, 0)]
    match about()[name].holds:
        case "flag":
            return [{name: value} for value in (None, True, False)]
        case "choice":
            every = [each.value for each in CHOICES[name]]
            return [{name: value} for value in (None, *_some(every, words))]
        case "count" if name in _ONLY_THERE:
            return [{name: value} for value in (None, 0, 1)]
        case "count" if name in _FULL_TIME:
            return [{name: value} for value in (None, *sorted(sides)[-2:])]
        case "count" | "star" | "number":
            counts = [{name: value} for value in (None, 0, 1, *sorted(sides - {0, 1}))]
            blurred = [{name + LOW: min(sides), name + HIGH: max(sides)}] if sides and not short else []
            return counts if len(sides) < 2 else [*counts, *blurred]
        case _:
            return [{name: value} for value in (None, *([] if short else ["其他"]), *sorted(words))]


def _some(every: list[str], words: set[str]) -> list[str]:
    """The words that are asked for, and one that is not: no test can tell the others from it."""
    others = [word for word in every if word not in words]
    return [*(word for word in every if word in words), *others[:1]]


def _words(leaf: Condition) -> tuple[str, ...]:
    if leaf.contains is not None:
        return leaf.contains[:1]
    return leaf.in_ or ((leaf.is_,) if isinstance(leaf.is_, str) else ())


def _compared(policy: Policy, leaf: Condition) -> Iterator[tuple[str, int]]:
    for operator in COMPARISONS:
        wanted = getattr(leaf, operator)
        if isinstance(wanted, str):
            bound = policy.bounds[wanted]
            yield (bound.operator if operator == "reaches" else operator), int(bound.value)
        elif wanted is not None:
            yield operator, int(wanted)


def _product(axes: Iterable[Axis]) -> Iterator[Row]:
    for parts in product(*axes):
        row: Row = {"name": "—"}
        for part in parts:
            row |= part
        yield row
