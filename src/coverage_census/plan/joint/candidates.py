"""Rows of decided facts in; who is to be grouped, the joint branches there are, and who could be a host out.

A row carries the canonical fields, the derived `formal_low`, `formal_high`, `members_high`, the `advice`, the verdict
on its formation and the key of its joint branch.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from coverage_census.model.choices import OrgForm
from coverage_census.model.decision import Advice, Verdict
from coverage_census.model.joint_plan import Branch, Industry, Unit
from coverage_census.model.organisation import Source
from coverage_census.model.record import Facts
from coverage_census.places.industry import classified
from coverage_census.places.nearness import Place, building
from coverage_census.plan.joint.limits import Tally

FIELDS = (
    "name", "uscc", "county", "township", "village", "zone", "address", "industry", "industry_code", "employees",
    "has_org", "org_form", "org_level", "org_name", "joint_units", "superior_org", "kind",
)  # fmt: skip
"""The canonical fields that a row must carry beside what is derived."""


@dataclass(frozen=True)
class Candidates:
    """摸底: `free` are to be grouped, `unconfirmed` cannot be told, `branches` are there already, `hosts` have a Party
    organisation of their own (their rows)."""

    free: tuple[Unit, ...] = ()
    unconfirmed: tuple[Unit, ...] = ()
    branches: tuple[Branch, ...] = ()
    hosts: tuple[Facts, ...] = field(default=(), repr=False)
    nameless: tuple[Unit, ...] = ()  # in a joint branch whose name no sheet gives


def asked(rows: Iterable[Facts]) -> Candidates:
    """Sorted by place and name, so that the order of the rows does not matter."""
    free, unconfirmed, nameless, hosts = [], [], [], []
    inside: dict[str, list[Facts]] = {}
    for row in sorted(rows, key=order):
        if row["joint_branch"] is not None:  # whoever the policy leaves out is still one of its units
            inside.setdefault(row["joint_branch"], []).append(row)
        elif row["excluded"]:
            continue
        elif row["org_form"] == OrgForm.JOINT.value:
            nameless.append(unit(row))
        elif row["advice"] == Advice.JOINT_OR_AFFILIATED.value and row["verdict_formation"] == Verdict.GAP.value:
            free.append(unit(row))
        elif row["advice"] == Advice.JOINT_OR_AFFILIATED.value and row["verdict_formation"] == Verdict.UNKNOWN.value:
            unconfirmed.append(unit(row))
        elif row["has_org"]:
            hosts.append(row)
    looked_at = [key for key in sorted(inside) if not all(row["excluded"] for row in inside[key])]
    branches = tuple(branch(key, inside[key]) for key in looked_at)
    return Candidates(tuple(free), tuple(unconfirmed), branches, tuple(hosts), tuple(nameless))


def order(row: Facts) -> tuple[str, ...]:
    """By place, then name, then code and source: a total order on any machine."""
    names = ("county", "township", "name", "uscc", "source_file", "source_sheet")
    return (*(str(row.get(name) or "") for name in names), f"{row.get('source_row') or 0:09d}")


def unit(row: Facts) -> Unit:
    """One row as a plan sees it."""
    weighs = weight(row)
    return Unit(
        name=row["name"], uscc=row["uscc"], county=row["county"], township=row["township"], village=row["village"],
        zone=row["zone"], address=row["address"], industry=row["industry"],
        gbt4754=_classified(row["industry"], row["industry_code"]),
        formal_low=weighs.proven, formal_high=weighs.possible, members=weighs.members,
        members_low=max(weighs.proven, int(row["members_low"] or 0)),
        counted=row["formal_high"] is not None or row["members_high"] is not None, employees=row["employees"],
        by_total=row["basis"] == "total", needs_own=row["advice"] == Advice.STANDALONE.value,
        branch=row["org_name"] if row["org_form"] == OrgForm.JOINT.value else None, branch_key=row["joint_branch"],
        source=_source(row),
    )  # fmt: skip


def weight(row: Facts) -> Tally:
    """What an organisation weighs against the limits: formal members that are proven and possible, members."""
    low = int(row["formal_low"] or 0)
    members = int(row["members_high"] if row["members_high"] is not None else row["members_low"] or 0)
    high = int(row["formal_high"]) if row["formal_high"] is not None else max(low, members)
    return Tally(1, low, high, max(members, high))


@lru_cache(maxsize=4096)
def _classified(text: str | None, code: str | None) -> Industry | None:
    return classified(text, code)


def _source(row: Facts) -> Source | None:
    if not row.get("source_file"):
        return None
    return Source(file=row["source_file"], sheet=row.get("source_sheet"), row=row.get("source_row"))


def branch(key: str, rows: list[Facts]) -> Branch:
    """An existing joint branch: as many units as are stated, at least as many as there are rows."""
    units = tuple(unit(row) for row in rows)
    stated = [(_bound(row, "_min"), _bound(row, "_max")) for row in rows]
    lows, highs = [low for low, _ in stated if low is not None], [high for _, high in stated if high is not None]
    size = max([*lows, len(units)])
    if highs:
        most: int | None = max(max(highs), len(units))
    else:
        most = len(units) if not lows and len(units) > 1 else None
    whole = most is not None and len(units) >= most
    return Branch(
        key=key, name=str(rows[0]["org_name"]), units=units, size_low=size, size_high=most,
        formal_low=sum(each.formal_low for each in units),
        formal_high=sum(each.formal_high for each in units) if whole else None,
    )  # fmt: skip


def _bound(row: Facts, end: str) -> int | None:
    bound = row.get("joint_units" + end)
    if bound is None and row.get("joint_units_min") is None:
        bound = row.get("joint_units")
    return None if bound is None else int(bound)


def place(each: Unit) -> Place:
    """Where a unit is, for `nearness`."""
    return Place(
        each.county or None, each.township or None, each.village or None, each.zone or None, building(each.address)
    )
