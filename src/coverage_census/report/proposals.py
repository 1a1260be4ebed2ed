"""Kept plans in; what a page says of them out: proposed joint branches, those left over with a host, officers sent."""

from dataclasses import dataclass

from coverage_census.model.joint_plan import Group, JointPlan, Leftover
from coverage_census.model.liaison_plan import Assignment, LiaisonPlan
from coverage_census.words.catalogue import Words
from coverage_census.words.plans import formal, host


@dataclass(frozen=True)
class GroupLine:
    """A proposed joint branch; the first unit leads. `formal` are its formal members, `confirm` who is to be asked."""

    number: int
    township: str
    change: str
    units: tuple[str, ...]
    formal: str
    confirm: tuple[str, ...]


@dataclass(frozen=True)
class LeftLine:
    """An organisation that no group takes: why, and where it may be affiliated."""

    name: str
    township: str
    why: str
    host: str


@dataclass(frozen=True)
class OfficerLine:
    """An organisation and the officer who is to go there, by duty code."""

    name: str
    township: str
    officer: str
    step: str


@dataclass(frozen=True)
class Proposals:
    """The newest kept plans; `kept` are their rounds. Existing branches that stay as they are are not repeated."""

    kept: tuple[int, ...]
    groups: tuple[GroupLine, ...]
    leftovers: tuple[LeftLine, ...]
    officers: tuple[OfficerLine, ...]


def proposals(
    joint: tuple[int, JointPlan] | None, liaison: tuple[int, LiaisonPlan] | None, areas: tuple[str, ...], words: Words
) -> Proposals | None:
    """Of plans with the rounds that keep them; `areas`: only these townships or counties (none: all)."""
    if joint is None and liaison is None:
        return None

    def inside(county: str | None, township: str | None) -> bool:
        return not areas or county in areas or township in areas

    groups = joint[1].groups if joint else ()
    left = joint[1].leftovers if joint else ()
    sent = liaison[1].assignments if liaison else ()
    return Proposals(
        kept=tuple(sorted(each[0] for each in (joint, liaison) if each)),
        groups=tuple(_group(e, words) for e in groups if e.change != "kept" and inside(e.county, e.township)),
        leftovers=tuple(_left(e, words) for e in left if inside(e.unit.county, e.unit.township)),
        officers=tuple(_officer(e, words) for e in sent if inside(e.subject.county, e.subject.township)),
    )


def _group(each: Group, words: Words) -> GroupLine:
    return GroupLine(
        number=each.number,
        township=each.township or words("report.not_stated"),
        change=words(f"plan.change.{each.change}"),
        units=tuple(unit.name for unit in each.units),
        formal=formal(each),
        confirm=each.to_confirm,
    )


def _left(each: Leftover, words: Words) -> LeftLine:
    return LeftLine(
        name=each.unit.name,
        township=each.unit.township or words("report.not_stated"),
        why=words(f"plan.{each.said.code}", **each.said.values),
        host=host(each.host, words),
    )


def _officer(each: Assignment, words: Words) -> OfficerLine:
    return OfficerLine(
        name=each.subject.name,
        township=each.subject.township or words("report.not_stated"),
        officer=each.officer,
        step=words(f"liaison.step.{each.step.value}"),
    )
