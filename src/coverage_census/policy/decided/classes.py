"""How the rules ended for organisations in; the classes of gaps that each stands in out."""

from collections.abc import Mapping, Sequence

from coverage_census.model.decision import Decision, Gap, Verdict
from coverage_census.policy.decide.verdicts import Outcome
from coverage_census.policy.decided.pairs import Pair

FORMATION = "formation"


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


def _lists(each: Decision) -> Gap | None:
    """The list that a decision stands in."""
    if each.verdict is Verdict.GAP:
        return each.gap
    return Gap.UNCONFIRMED if each.verdict is Verdict.UNKNOWN and each.rule == FORMATION else None
