"""`plan joint --review FILE`: a review workbook in; the plan as people want it, checked and priced, out."""

from collections.abc import Sequence
from pathlib import Path

from coverage_census.commands.plan import joint as planning
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.forms import FormsRead
from coverage_census.model.plans.joint import Group, JointPlan
from coverage_census.model.plans.review import BASIS, GROUPS, REVIEW, Review
from coverage_census.model.reading import Level, Problem
from coverage_census.plan.joint import joint
from coverage_census.plan.joint.review_lines import ReviewLines, fingerprint
from coverage_census.plan.joint.review_pairs import Pairs
from coverage_census.plan.joint.review_problems import problem
from coverage_census.plan.joint.reviewed import Reviewing, Wanted
from coverage_census.plan.joint.townships import Key, key


def review(session: Session, areas: Sequence[str], file: Path) -> Review:
    """Every group is checked as it is written; what breaks nothing stands, the rest is planned anew."""
    from coverage_census.ingest import read_forms

    rows, frame = planning.asked(session, areas)
    base = joint.plan(rows, frame)
    read = read_forms.read(file, REVIEW)
    if GROUPS.name not in read.forms:
        raise CensusError("review_not_one", file=read.file)
    reviewing = Reviewing(rows, frame, base)
    lines, pairs = ReviewLines(read, reviewing.units(), base), Pairs(read, reviewing.units())
    problems = [*read.problems, *_stale(read, base), *lines.problems, *pairs.problems]
    problems += lines.put_back(reviewing.parts)
    written = frozenset(lines.groups())
    same = [group for group in base.groups if _keys(group) in written and not any(pairs.within(_keys(group)))]
    stands, broken = lines.checked([_keys(group) for group in base.groups], pairs, reviewing.parts)
    out = lines.out()
    pins = pairs.pins(stands, out, reviewing.parts)
    made = reviewing.done(Wanted(frozenset(group.number for group in same), tuple(stands), out, pins))
    problems += [*broken, *pairs.late, *pairs.failed(made)]
    together, apart = pairs.held(made)
    return Review(
        file=read.file, plan=made, before=reviewing.figures(base), after=reviewing.figures(made),
        moved=lines.moved(), together=together, apart=apart, problems=tuple(_in_order(problems)),
    )  # fmt: skip


def _keys(group: Group) -> frozenset[Key]:
    return frozenset(key(unit) for unit in group.units)


def _stale(read: FormsRead, base: JointPlan) -> list[Problem]:
    """The figures, the policy or a kept plan changed since the workbook was made."""
    line = next((each for each in read.lines if each.form == BASIS.name), None)
    if line is None or line.text("print") == fingerprint(base):
        return []
    now = base.period or base.round
    return [problem(line, "stale", "print", Level.WARNING, round=line.text("round") or "?", now=now)]


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """By sheet, then down the rows."""

    def place(each: Problem) -> tuple[str, int, str]:
        digits = "".join(mark for mark in each.cell or "" if mark.isdigit())
        return each.sheet or "", int(digits or 0), each.code

    return sorted(problems, key=place)
