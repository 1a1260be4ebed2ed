"""`plan joint`: a round of the ledger in, joint branches that close gaps out."""

from collections.abc import Sequence
from typing import Any

from coverage_census.commands.basis import PLACES, Basis, among, basis, within
from coverage_census.commands.plan import inputs
from coverage_census.commands.plan.facts import townships
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.joint_plan import JointPlan, Unit
from coverage_census.places import neighbours
from coverage_census.plan.joint import joint as planning
from coverage_census.plan.joint.candidates import FIELDS
from coverage_census.policy.decide.frames import rows
from coverage_census.policy.decide.joint import branch
from coverage_census.policy.plans import joint as policies
from coverage_census.words.periods import spoken

DERIVED = (
    "excluded", "formal_low", "formal_high", "members_low", "members_high", "advice", "basis", "verdict_formation",
)  # fmt: skip
PROVENANCE = ("source_file", "source_sheet", "source_row")


def joint(session: Session, areas: Sequence[str]) -> JointPlan:
    """The plan of the round and policy that were asked for, within these areas only."""
    return planning.plan(*asked(session, areas))


def asked(session: Session, areas: Sequence[str]) -> tuple[list[dict[str, Any]], planning.PlanFrame]:
    """The rows that such a plan looks at, and what it is made under."""
    inputs.check_sizes(session)
    found = basis(session)
    limits, weights = policies.limits(found.policy), policies.weights(found.policy)
    if limits is None or weights is None:
        raise CensusError("policy_without_plan", policy=found.policy.name)
    wanted = decided(found, areas)
    beside = neighbours.read(inputs.neighbours(session), townships(wanted))
    based_on, earlier = _earlier(session, found)
    return wanted, planning.PlanFrame(
        round=found.round.number,
        period=spoken(found.round),
        policy=found.stamp,
        limits=limits,
        weights=weights,
        neighbours=beside,
        inputs=inputs.hashes(session, found.round, found.policy.version),
        earlier=earlier,
        based_on=based_on,
    )


def _earlier(session: Session, found: Basis) -> tuple[int | None, tuple[tuple[Unit, ...], ...]]:
    """The newest kept plan, and its groups that no existing branch goes on in: they stay together where they can."""
    from coverage_census.commands.plan.kept import latest

    kept = latest(session, found.round, "joint")
    if kept is None or kept[1].joint is None:
        return None, ()
    return kept[0].number, tuple(group.units for group in kept[1].joint.groups if group.branch_key is None)


def decided(found: Basis, areas: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The rows that a plan looks at: who has members but no branch, joint branches, and who could take others in."""
    every = _few(found, areas) if found.is_few else _many(found, areas)
    names = [*FIELDS, "joint_units_min", "joint_units_max", *PROVENANCE, *DERIVED]
    return [{**{name: row.get(name) for name in names}, "joint_branch": branch(row)} for row in every]


def _few(found: Basis, areas: Sequence[str]) -> list[dict[str, Any]]:
    """Record by record: an eighth of the work for a county."""
    return [
        row
        for row in among(found.judged_rows("formation"), areas, PLACES)
        if (not row["excluded"] and (row["advice"] == "joint_or_affiliated" or row.get("has_org")))
        or (not row["gone"] and row.get("org_form") == "joint")
    ]


def _many(found: Basis, areas: Sequence[str]) -> list[dict[str, Any]]:
    import narwhals as nw

    frame = found.judged({*FIELDS, *PROVENANCE}, {"formation"})
    frame = within(frame, areas, PLACES)
    joint_form, advised = nw.col("org_form") == "joint", nw.col("advice") == "joint_or_affiliated"
    looked_at = (~nw.col("excluded") & (advised | nw.col("has_org"))) | (~nw.col("gone") & joint_form)
    frame = frame.filter(looked_at.fill_null(False))
    names = [*FIELDS, "joint_units_min", "joint_units_max", *PROVENANCE, *DERIVED]
    return rows(frame.select(*names))
