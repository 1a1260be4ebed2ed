"""Two rounds side by side with marks in; the figures of the period between them (本期数) out."""

from typing import TYPE_CHECKING

from coverage_census.ledger import living

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FIGURES = {
    "party_orgs_built": "a.has_org AND NOT {earlier} AND ({later} OR NOT b.has_org) AND NOT {gone}",
    "unions_built": "a.has_union AND NOT b.has_union AND NOT {gone}",
    "leagues_built": "a.has_league AND NOT b.has_league AND NOT {gone}",
    "women_orgs_built": "a.has_women_org AND NOT b.has_women_org AND NOT {gone}",
}
_NEW = {
    "party_orgs_built": "a.has_org AND {later} AND NOT {gone}",
    "unions_built": "false",
    "leagues_built": "false",
    "women_orgs_built": "false",
}
"""Of organisations that were not in the ledger before, only what a date shows to be of the period counts."""


def figures(connection: "DuckDBPyConnection", since: str, *, joint: bool) -> dict[str, int | None]:
    """Newly built Party organisations, unions, leagues and women's organisations; joint branches put in order.

    From no to yes, not from unknown to yes, and of living organisations only. `joint`: the policy has a rule on
    joint branches, its gap stands in the marks; without one nobody can say (None).
    """
    dates = {name: _compared(since, sign) for name, sign in (("earlier", "<"), ("later", ">="))}
    dates["gone"] = living.gone("a")
    both = ", ".join(f"count(*) FILTER ({test.format(**dates)})" for test in _FIGURES.values())
    new = ", ".join(f"count(*) FILTER ({test.format(**dates)})" for test in _NEW.values())
    stayed = connection.execute(
        f"SELECT {both} FROM pairs p JOIN before b ON b.row = p.old JOIN after a ON a.row = p.new"
    ).fetchall()[0]
    came = connection.execute(f"SELECT {new} FROM after a ANTI JOIN pairs p ON p.new = a.row").fetchall()[0]
    found: dict[str, int | None] = {name: one + other for name, one, other in zip(_FIGURES, stayed, came, strict=True)}
    return found | {"joint_adjusted": _adjusted(connection) if joint else None}


def _adjusted(connection: "DuckDBPyConnection") -> int:
    found = connection.execute(
        "SELECT count(*) FROM touched p JOIN marks_before m ON m.row = p.old JOIN marks_after x ON x.row = p.new "
        "WHERE m.joint_gap = 'irregular_joint' AND x.joint_gap IS DISTINCT FROM 'irregular_joint' "
        "AND x.joint_verdict IS DISTINCT FROM 'unknown'"
    ).fetchall()[0]
    return int(found[0])


def _compared(since: str, sign: str) -> str:
    """A founding date of perhaps unknown month against a day, as far as known: 2026 says nothing of 2026-05-26."""
    known = f"least(length(a.org_founded_on), {len(since)})"
    date, day = f"left(a.org_founded_on, {known})", f"left('{since}', {known})"
    exact = f"({date} {sign} {day})" if sign == "<" else f"({date} > {day} OR ({date} = {day} AND {known} >= 10))"
    return f"coalesce({exact}, false)"
