"""What people said of pairs in; pairs that are one, pairs that must not be, and answers that contradict out.

A≠B and B=C make A≠C. Whoever takes part in a contradiction is left alone until a person has resolved it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coverage_census.registers.matching.sides import Pair, SaidPairs

_Node = tuple[int, int]  # side, place


@dataclass(frozen=True)
class JudgedPairs:
    """`same`: links by a person's word; `apart`: pairs that no step may link or ask; `conflicts` as they were said."""

    same: tuple[Pair, ...]
    apart: frozenset[Pair]
    conflicts: tuple[Pair, ...]


def judged(said: SaidPairs, repeated: tuple[Mapping[int, int], Mapping[int, int]]) -> JudgedPairs:
    """The answers worked out, in places of the names that repeated ones repeat."""
    same, different = ({_held(pair, repeated) for pair in pairs} for pairs in (said.same, said.different))
    group = _groups(same)
    members: dict[_Node, list[_Node]] = defaultdict(list)
    for node in group:
        members[group[node]].append(node)
    apart: set[Pair] = set()
    at_odds: set[_Node] = set()
    for one, other in sorted(different):
        ends = [group.get(node, node) for node in ((0, one), (1, other))]
        if ends[0] == ends[1]:
            at_odds.add(ends[0])
        apart.update(_across(members.get(ends[0], [(0, one)]), members.get(ends[1], [(1, other)])))
    for root in at_odds:
        apart.update(_across(members[root], members[root]))
    conflicts = [pair for pair in said.different if group.get((0, _held(pair, repeated)[0])) in at_odds]
    conflicts = [pair for pair in conflicts if _one_group(_held(pair, repeated), group)]
    return JudgedPairs(
        tuple(sorted(pair for pair in same if group[0, pair[0]] not in at_odds)),
        frozenset(apart),
        tuple(sorted(set(conflicts))),
    )


def _held(pair: Pair, repeated: tuple[Mapping[int, int], Mapping[int, int]]) -> Pair:
    return repeated[0].get(pair[0], pair[0]), repeated[1].get(pair[1], pair[1])


def _one_group(pair: Pair, group: Mapping[_Node, _Node]) -> bool:
    return group.get((0, pair[0])) == group.get((1, pair[1]))


def _groups(same: Iterable[Pair]) -> dict[_Node, _Node]:
    """Each of whom it is said that they are one with another, and the first of its group."""
    parent: dict[_Node, _Node] = {}

    def root(node: _Node) -> _Node:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for ours, theirs in sorted(same):
        ends = sorted((root((0, ours)), root((1, theirs))))
        parent[ends[1]] = ends[0]
    return {node: root(node) for node in list(parent)}


def _across(some: Iterable[_Node], others: Iterable[_Node]) -> set[Pair]:
    """Every pair of one of ours and one of theirs that lie in different lists (or both in one)."""
    some, others = list(some), list(others)
    return {(one[1], two[1]) if one[0] == 0 else (two[1], one[1]) for one in some for two in others if one[0] != two[0]}
