"""The lines of a review workbook and its plan in; who is to be in which group, and what is wrong, out."""

import hashlib
from collections.abc import Mapping, Sequence

from coverage_census.model.forms import FormLine, FormsRead
from coverage_census.model.plans.joint import JointPlan, Unit
from coverage_census.model.plans.review import GROUPS
from coverage_census.model.reading import Level, Problem
from coverage_census.plan.joint.review_pairs import Pairs
from coverage_census.plan.joint.review_problems import Value, named, problem
from coverage_census.plan.joint.reviewed_groups import Parts
from coverage_census.plan.joint.townships import Key, key


def fingerprint(plan: JointPlan) -> str:
    """The same for two plans with the same groups and leftovers, whatever round they were made on."""
    groups = [[*sorted("|".join(key(unit)) for unit in group.units)] for group in plan.groups]
    left = sorted("|".join(key(each.unit)) for each in plan.leftovers)
    return hashlib.sha256(repr((sorted(groups), left)).encode()).hexdigest()[:12]


class ReviewLines:
    """Who is in which group, as it is written; an organisation without a line stays where it was."""

    def __init__(self, read: FormsRead, units: Mapping[Key, Unit], base: JointPlan) -> None:
        self._units = units
        self._was = {key(unit): str(group.number) for group in base.groups for unit in group.units}
        self._line: dict[Key, FormLine] = {}
        self._group: dict[Key, str] = {}
        self.problems: list[Problem] = []
        names = named(units.values())
        lines = [line for line in read.lines if line.form == GROUPS.name]
        for line in lines:
            self._take(line, names)
        for unit in (units[each] for each in units if each not in self._line):
            self._group[key(unit)] = self._was.get(key(unit), "")
            if lines:
                said = problem(lines[0], "missing", "", Level.WARNING, name=unit.name)
                self.problems.append(said)

    def _take(self, line: FormLine, names: Mapping[str, Sequence[Key]]) -> None:
        name = line.text("name") or ""
        those = names.get(line.text("uscc") or "") or names.get(name) or []
        if len(those) > 1:
            where = (line.text("county") or "", line.text("township") or "")
            those = [each for each in those if each[:2] == where]
        if len(those) != 1:
            if name or line.text("group"):
                self.problems.append(problem(line, "unknown", "name", name=name))
        elif those[0] in self._line:
            first = self._line[those[0]].at.get("name")
            self.problems.append(problem(line, "twice", "name", name=name, first=first))
        else:
            self._line[those[0]] = line
            self._group[those[0]] = _label(line.text("group"))

    def groups(self) -> list[frozenset[Key]]:
        """The groups as they are written, those with the lowest number first."""
        return [frozenset(each) for _, each in self._written()]

    def _written(self) -> list[tuple[str, list[Key]]]:
        found: dict[str, list[Key]] = {}
        for each in self._units:
            if self._group[each]:
                found.setdefault(self._group[each], []).append(each)
        return sorted(found.items(), key=lambda each: (len(each[0]), each[0]))

    def checked(
        self, same: Sequence[frozenset[Key]], pairs: Pairs, parts: Parts
    ) -> tuple[list[tuple[Unit, ...]], list[Problem]]:
        """The groups that a person changed: those that stand, and every limit that the others break."""
        stands, problems = [], []
        for label, keys in self._written():
            if frozenset(keys) in same:
                continue
            units = tuple(self._units[each] for each in keys)
            wrong = [self._broken(label, keys, each.code, each.found, each.limit) for each in parts.broken(units)]
            for one, other in pairs.within(keys):
                names = (self._units[one].name, self._units[other].name)
                wrong.append(self._broken(label, [other, *keys], "apart_inside", names[0], names[1]))
            problems += wrong
            if not wrong:
                stands.append(units)
        return stands, problems

    def _broken(self, label: str, keys: Sequence[Key], code: str, found: Value, limit: Value) -> Problem:
        """At the group number of who came into it; else of its first organisation."""
        came = [each for each in keys if self._was.get(each, "") != label and each in self._line]
        at = came[0] if came and code != "apart_inside" else keys[0]
        line = self._line.get(at) or next(iter(self._line.values()))
        return problem(line, code, "group", group=label, found=found, limit=limit, name=self._units[at].name)

    def put_back(self, parts: Parts) -> list[Problem]:
        """Nobody of a regular branch can be left without one: such a line counts as it was."""
        problems = []
        for each, unit in self._units.items():
            if not self._group[each] and each in self._was and parts.covered_now(unit):
                problems.append(problem(self._line[each], "must", "group", name=unit.name, branch=unit.branch))
                self._group[each] = self._was[each]
        return problems

    def out(self) -> tuple[Unit, ...]:
        """Who is taken out of its group."""
        return tuple(unit for each, unit in self._units.items() if not self._group[each] and each in self._was)

    def moved(self) -> int:
        """Organisations that are written into another group than the plan's."""
        return sum(self._group[each] != self._was.get(each, "") for each in self._units)


def _label(written: str | None) -> str:
    """A group as it is called: “3”, “3.0” and “第3组” are one."""
    text = (written or "").strip().removesuffix(".0")
    return text.removeprefix("第").removesuffix("组")
