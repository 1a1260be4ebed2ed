"""The pairs of a review workbook (必须同组、不得同组) in; pins for the next search, and what is wrong with the others,
out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from coverage_census.model.forms import FormLine, FormsRead
from coverage_census.model.plans.joint import JointPlan, Unit
from coverage_census.model.plans.review import APART, PAIRS, TOGETHER
from coverage_census.model.reading import Level, Problem
from coverage_census.plan.joint.review_problems import named, problem
from coverage_census.plan.joint.reviewed_groups import Parts
from coverage_census.plan.joint.townships import NO_PINS, Key, Pins, key

_HARD = frozenset({"too_many_units", "too_many_members", "counties", "too_far"})
"""What no further unit can mend."""


class ReviewPair(NamedTuple):
    """Two organisations and the line that asks for them."""

    one: Key
    other: Key
    line: FormLine


class Pairs:
    """What people ask for; `late` are problems that show only beside the groups."""

    def __init__(self, read: FormsRead, units: Mapping[Key, Unit]) -> None:
        self._units = units
        self._names = named(units.values())
        self.together: list[ReviewPair] = []
        self.apart: list[ReviewPair] = []
        self.problems: list[Problem] = []
        self.late: list[Problem] = []
        self._held: list[ReviewPair] = []
        for line in read.lines:
            if line.form == PAIRS.name:
                self._take(line)

    def _take(self, line: FormLine) -> None:
        ends = [self._known(line, at) for at in ("one", "other")]
        rule = line.text("rule")
        if rule not in (*TOGETHER, *APART):
            self.problems.append(problem(line, "pair_rule", "rule", found=(rule or "")[:20]))
        elif ends[0] is not None and ends[0] == ends[1]:
            self.problems.append(problem(line, "pair_itself", "other", name=self._units[ends[0]].name))
        elif ends[0] is not None and ends[1] is not None:
            (self.together if rule in TOGETHER else self.apart).append(ReviewPair(ends[0], ends[1], line))

    def _known(self, line: FormLine, at: str) -> Key | None:
        said = line.text(at) or ""
        those = self._names.get(said, [])
        if len(those) == 1:
            return those[0]
        code = "pair_blank" if not said else "pair_several" if those else "pair_unknown"
        self.problems.append(problem(line, code, at, name=said, count=len(those)))
        return None

    def within(self, keys: Collection[Key]) -> Iterator[tuple[Key, Key]]:
        """Pairs that must not meet and are both among these."""
        for each in self.apart:
            if each.one in keys and each.other in keys:
                yield each.one, each.other

    def pins(self, stands: Sequence[Sequence[Unit]], out: Sequence[Unit], parts: Parts) -> Pins:
        """What is left to ask of a search: not what the groups of a person settle already, nor what cannot be."""
        at = {key(unit): number for number, units in enumerate(stands) for unit in units}
        at |= {key(unit): -1 for unit in out}
        sets: list[set[Key]] = []
        for pair in self.together:
            if pair.one in at or pair.other in at:
                if at.get(pair.one, -1) != at.get(pair.other, -2) or at.get(pair.one) == -1:
                    self._wrong(pair, "pin_moved")
                else:
                    self._held.append(pair)
                continue
            joined = {pair.one, pair.other}.union(*(each for each in sets if each & {pair.one, pair.other}))
            if self._fits(pair, joined, parts):
                sets = [each for each in sets if not each & joined] + [joined]
                self._held.append(pair)
        if not sets and not self.apart:
            return NO_PINS
        ordered = sorted(sets, key=sorted)
        return Pins(tuple(frozenset(each) for each in ordered), tuple((each.one, each.other) for each in self.apart))

    def _fits(self, pair: ReviewPair, joined: set[Key], parts: Parts) -> bool:
        if any(True for _ in self.within(joined)):
            self._wrong(pair, "pin_apart")
            return False
        units = [self._units[each] for each in sorted(joined)]
        for each in parts.broken(units):
            if each.code in _HARD:
                self._wrong(pair, f"pin_{each.code}", found=each.found, limit=each.limit)
                return False
        return True

    def _wrong(self, pair: ReviewPair, code: str, **values: str | int) -> None:
        self.late.append(self._about(pair, code, Level.ERROR, **values))

    def _about(self, pair: ReviewPair, code: str, level: Level, **values: str | int) -> Problem:
        one, other = self._units[pair.one].name, self._units[pair.other].name
        return problem(pair.line, code, "rule", level, one=one, other=other, **values)

    def held(self, made: JointPlan) -> tuple[int, int]:
        """How many pairs are together, and how many apart, as they were asked to be."""
        at = _groups(made)
        together = sum(at.get(each.one, -1) == at.get(each.other, -2) for each in self._held)
        return together, sum(not _meet(each, at) for each in self.apart)

    def failed(self, made: JointPlan) -> list[Problem]:
        """Pairs that did not come together: both are left over, or no group can hold them."""
        at = _groups(made)
        found = []
        for each in self._held:
            if each.one not in at and each.other not in at:
                found.append(self._about(each, "pin_left", Level.WARNING))
            elif at.get(each.one, -1) != at.get(each.other, -2):
                found.append(self._about(each, "pin_failed", Level.ERROR))
        return found + [self._about(each, "apart_failed", Level.ERROR) for each in self.apart if _meet(each, at)]


def _groups(made: JointPlan) -> dict[Key, int]:
    return {key(unit): group.number for group in made.groups for unit in group.units}


def _meet(pair: ReviewPair, at: Mapping[Key, int]) -> bool:
    return at.get(pair.one, -1) == at.get(pair.other, -2)
