"""A round under a policy in; its organisations as the plans look at them out."""

from collections.abc import Collection, Sequence

from coverage_census.model.record import Row
from coverage_census.policy.decide import frames, records
from coverage_census.policy.decide.joint import branch
from coverage_census.policy.decided.areas import PLACES, among, within
from coverage_census.policy.decided.basis import Basis

DERIVED = (
    "excluded", "formal_low", "formal_high", "members_low", "members_high", "advice", "basis", "verdict_formation",
)  # fmt: skip
PROVENANCE = ("source_file", "source_sheet", "source_row")


def joint(found: Basis, areas: Sequence[str], fields: Sequence[str]) -> list[Row]:
    """The rows that a plan looks at: who has members but no branch, joint branches, and who could take others in;
    of each these `fields`, and where it was read."""
    names = [*fields, "joint_units_min", "joint_units_max", *PROVENANCE, *DERIVED]
    every = _few(found, areas) if found.is_few else _many(found, areas, fields, names)
    return [{**{name: row.get(name) for name in names}, "joint_branch": branch(row)} for row in every]


def _few(found: Basis, areas: Sequence[str]) -> list[Row]:
    """Record by record: an eighth of the work for a county."""
    return [
        row
        for row in among(found.judged_rows("formation"), areas, PLACES)
        if (not row["excluded"] and (row["advice"] == "joint_or_affiliated" or row.get("has_org")))
        or (not row["gone"] and row.get("org_form") == "joint")
    ]


def _many(found: Basis, areas: Sequence[str], fields: Sequence[str], names: Sequence[str]) -> list[Row]:
    import narwhals as nw

    frame = found.judged({*fields, *PROVENANCE}, {"formation"})
    frame = within(frame, areas, PLACES)
    joint_form, advised = nw.col("org_form") == "joint", nw.col("advice") == "joint_or_affiliated"
    looked_at = (~nw.col("excluded") & (advised | nw.col("has_org"))) | (~nw.col("gone") & joint_form)
    frame = frame.filter(looked_at.fill_null(False))
    return frames.rows(frame.select(*names))


def those(now: Basis, names: Collection[str], codes: Collection[str], fields: Sequence[str]) -> Sequence[Row]:
    """The organisations of a plan as they are now, and nobody else's row."""
    import narwhals as nw

    columns = [*fields, "operating_status", *PROVENANCE, *DERIVED]
    if now.is_few:
        every = (row for row in now.judged_rows("formation") if row["name"] in names or row.get("uscc") in codes)
        return [{**{name: row.get(name) for name in columns}, "joint_branch": branch(row)} for row in every]
    frame = now.judged({*fields, "operating_status", *PROVENANCE}, {"formation"})
    named = nw.col("name").is_in(sorted(names)) | nw.col("uscc").is_in(sorted(codes)).fill_null(False)
    return [{**row, "joint_branch": branch(row)} for row in frames.rows(frame.filter(named).select(*columns))]


def organisations(found: Basis, areas: Sequence[str]) -> list[Row]:
    """The organisations of these areas with all their facts, in one order whatever the ledger's is."""
    chosen = among(frames.plain_rows(found.table), areas, ("township", "county"))
    chosen = sorted(chosen, key=lambda row: tuple(row[name] or "" for name in (*PLACES, "name", "uscc", "code")))
    return records.completed(chosen, found.policy)
