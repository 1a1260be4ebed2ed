"""How the rules ended for organisations in; the classes of gaps that each stands in out."""

from collections.abc import Mapping, Sequence

from coverage_census.model.decision import Decision, Gap, Verdict
from coverage_census.policy.decide import explain
from coverage_census.policy.decide.frames import rows
from coverage_census.policy.decide.verdicts import Outcome
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.decided.pairs import Pair
from coverage_census.policy.files.policy import Policy
from coverage_census.words.catalogue import Words

FORMATION = "formation"
_WHO = ("name", "county", "township")


def classes(ends: Mapping[str, Outcome]) -> set[Gap]:
    """The gaps of an organisation; unconfirmed where its formation cannot be told."""
    found = {end.gap for end in ends.values() if end.verdict is Verdict.GAP and end.gap is not None}
    if ends[FORMATION].verdict is Verdict.UNKNOWN:
        found.add(Gap.UNCONFIRMED)
    return found


def gathered(pairs: Sequence[Pair]) -> list[set[Gap]]:
    """The gaps of every organisation; those that share their ends share them too."""
    known = {id(ends): ends for _, ends in pairs}
    found = {which: classes(ends) for which, ends in known.items()}
    return [found[id(ends)] for _, ends in pairs]


def gap_of(found: Basis) -> dict[tuple[object, ...], str]:
    """(name, county, township) → the gap in formation of that organisation, where it has one."""
    few = found.judged_rows("formation") if found.is_few else None
    every = rows(found.judged({*_WHO}, ("formation",)).select(*_WHO, "gap_formation")) if few is None else few
    return {tuple(row[name] for name in _WHO): row["gap_formation"] for row in every if row["gap_formation"]}


def listed(
    pairs: Sequence[Pair], policy: Policy, words: Words, order: Mapping[str, int], most: int | None
) -> list[Decision]:
    """The decisions to list: of each class the first organisations (None: all), by township in `order`."""
    found = gathered(pairs)
    wanted: dict[Gap, set[int]] = {}
    for at in sorted(range(len(pairs)), key=lambda at: order.get(pairs[at][0]["township"] or "", len(order))):
        for gap in found[at]:
            if most is None or len(wanted.get(gap, ())) < most:
                wanted.setdefault(gap, set()).add(at)
    made = []
    for at in sorted(set().union(*wanted.values())):
        row, ends = pairs[at]
        asked = {rule for rule, end in ends.items() if end.verdict is Verdict.GAP or rule == FORMATION}
        for each in explain.decisions(row, policy, words, asked):
            stands_in = _lists(each)
            if stands_in is not None and at in wanted.get(stands_in, ()):
                made.append(each)
    return made


def _lists(each: Decision) -> Gap | None:
    """The list that a decision stands in."""
    if each.verdict is Verdict.GAP:
        return each.gap
    return Gap.UNCONFIRMED if each.verdict is Verdict.UNKNOWN and each.rule == FORMATION else None
